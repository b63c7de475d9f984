import { Button } from '@mantine/core';
import { IconListSearch, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Bar } from '../../components/bar.tsx';
import { useFormats, useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo, type PageName } from '../../navigation.ts';
import { hold, waitsFor } from '../../store/queue-head.ts';
import { isActive, runShare, syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import styles from './sidebar.module.css';

/** Preview and Sync; while a run is under way, where it stands and Stop. */
export function SyncControls({ page }: { readonly page: PageName }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const run = useMirror((mirror) => mirror.run);
  const held = useMirror((mirror) => hold(mirror, Date.now()));
  const waits = useMirror(({ background }) => waitsFor(background));
  const obstacle = useMirror(syncObstacle);
  const begin = useCall(bridge.startSync);
  const stop = useCall(bridge.stopSync);

  if (isActive(run)) {
    const share = runShare(run);
    return (
      <div className={styles.controls}>
        <div className={styles.live}>
          <span>{t(`queue.headlines.${held ?? run.state}`)}</span>
          <span className={styles.tabular}>{formats.percent(share)}</span>
        </div>
        <Bar share={run.totals.planned === 0 ? null : share} label={t('queue.overall')} />
        <Button
          variant="default"
          fullWidth
          leftSection={<IconPlayerStop size={18} stroke={1.75} />}
          loading={stop.busy || run.state === 'stopping'}
          onClick={() => void stop.start()}
        >
          {t('copy.stop')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.controls}>
      {waits !== null && <p className={styles.note}>{t(`queue.headlines.${waits}`)}</p>}
      <Button
        fullWidth
        size="md"
        leftSection={<IconRefresh size={18} stroke={1.9} />}
        loading={begin.busy}
        disabled={obstacle !== null}
        aria-describedby={obstacle === null ? undefined : 'sync-obstacle'}
        onClick={() => {
          goTo(navigation, 'activity');
          void begin.start(undefined);
        }}
      >
        {t('copy.sync')}
      </Button>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconListSearch size={18} stroke={1.75} />}
        disabled={obstacle !== null}
        aria-current={page === 'preview' ? 'page' : undefined}
        onClick={() => goTo(navigation, 'preview')}
      >
        {t('copy.preview')}
      </Button>
      {obstacle !== null && (
        <p className={styles.note} id="sync-obstacle">
          {t(`copy.obstacles.${obstacle}`)}
        </p>
      )}
    </div>
  );
}
