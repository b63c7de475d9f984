import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../../context.ts';
import { type CareRoom, goTo } from '../../navigation.ts';
import styles from './care.module.css';

interface RoomHeadProps {
  readonly room: CareRoom;
  /** What can be done there, at the end of the line. */
  readonly children?: ReactNode;
}

/** The head of a room of the care page: the way back, its name, what it is for. */
export function RoomHead({ room, children }: RoomHeadProps) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  return (
    <>
      <Button
        className={styles.back}
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowLeft size={16} stroke={1.75} />}
        onClick={() => goTo(navigation, 'care')}
      >
        {t('nav.care')}
      </Button>
      <div className={styles.head}>
        <h1 className={styles.title}>{t(`care.rooms.${room}.title`)}</h1>
        {children !== undefined && <div className={styles.headActions}>{children}</div>}
      </div>
      <p className={styles.lead}>{t(`care.rooms.${room}.text`)}</p>
    </>
  );
}
