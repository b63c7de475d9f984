import { Button } from '@mantine/core';
import { IconDisc, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/empty.tsx';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { useCall } from '../../use-call.ts';
import styles from './check.module.css';
import { CheckFacts } from './check-facts.tsx';
import { CheckOutcome } from './check-outcome.tsx';
import { CheckProgress } from './check-progress.tsx';
import { ExportMenu } from './export-menu.tsx';
import { RoomHead } from './room-head.tsx';

/** Checks every file of the library against what was proven when it was saved. */
export function CheckPage() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const check = useCall(bridge.verifyAlbums);
  const verify = useMirror((mirror) => mirror.verify);
  const root = useMirror((mirror) => mirror.root);
  const nothing = useMirror(({ albums }) =>
    [...albums.values()].every(({ tracksDone }) => tracksDone === 0),
  );
  const away = root !== null && root.state === 'missing';
  if (nothing && verify === null && !away) {
    return (
      <>
        <RoomHead room="check" />
        <Empty
          icon={<IconDisc size={32} stroke={1.5} />}
          title={t('verify.nothing')}
          text={t('care.check.emptyText')}
        >
          <Button variant="default" onClick={() => goTo(navigation, 'library')}>
            {t('care.check.toLibrary')}
          </Button>
        </Empty>
      </>
    );
  }
  const running = verify?.state === 'running';
  return (
    <>
      <RoomHead room="check">
        <ExportMenu disabled={away} />
        <Button
          leftSection={<IconShieldCheck size={18} stroke={1.75} />}
          disabled={away || running}
          loading={check.busy}
          onClick={() => void check.start({ albumIds: null })}
        >
          {t('care.check.everything')}
        </Button>
      </RoomHead>
      <div className={styles.states}>
        {running ? (
          <CheckProgress verify={verify} full />
        ) : (
          <CheckFacts last={root?.lastCheck ?? null} />
        )}
        {verify !== null && !running && <CheckOutcome verify={verify} />}
      </div>
      <p className={styles.proven}>{t('care.check.proven')}</p>
    </>
  );
}
