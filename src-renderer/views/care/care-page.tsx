import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../../context.ts';
import { CARE_ROOMS, type CareRoom, goTo } from '../../navigation.ts';
import styles from './care.module.css';
import { ROOM_ICONS } from './room-icons.ts';

/** What can be done for a library beside syncing it, one room each. */
export function CarePage() {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{t('care.title')}</h1>
      </div>
      <p className={styles.lead}>{t('care.lead')}</p>
      <ul className={styles.rooms}>
        {CARE_ROOMS.map((room) => (
          <Room key={room} room={room} />
        ))}
      </ul>
    </>
  );
}

function Room({ room }: { readonly room: CareRoom }) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const Icon = ROOM_ICONS[room];
  return (
    <li>
      <button type="button" className={styles.room} onClick={() => goTo(navigation, room)}>
        <span className={styles.roomIcon}>
          <Icon size={22} stroke={1.6} aria-hidden="true" />
        </span>
        <span className={styles.roomWords}>
          <span className={styles.roomName}>{t(`care.rooms.${room}.title`)}</span>
          <span className={styles.roomText}>{t(`care.rooms.${room}.text`)}</span>
        </span>
        <IconChevronRight className={styles.chevron} size={18} stroke={1.75} aria-hidden="true" />
      </button>
    </li>
  );
}
