import { Button } from '@mantine/core';
import { IconHistory, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/empty.tsx';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import type { JobFilter } from '../../store/queue-rows.ts';
import { isActive, isUpToDate, syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { Limits } from './limits.tsx';
import styles from './queue.module.css';
import { QueueHead } from './queue-head.tsx';
import { QueueList } from './queue-list.tsx';
import { RunNotices } from './run-notices.tsx';
import { SpeedGraph } from './speed-graph.tsx';
import { Tiles } from './tiles.tsx';
import { UnavailableList } from './unavailable-list.tsx';

/** The queue: the current run or how the last one ended, and every file that was, is or will be fetched. */
export function Activity() {
  const run = useMirror((mirror) => mirror.run);
  const hasJobs = useMirror((mirror) => mirror.jobs.size > 0);
  const [filter, setFilter] = useState<JobFilter>('all');
  if (run === null && !hasJobs) return <NothingYet />;
  return (
    <>
      <QueueHead />
      {run !== null && <RunNotices run={run} />}
      <div className={styles.panel}>
        {isActive(run) && <SpeedGraph />}
        <Limits />
      </div>
      {run !== null && <Tiles run={run} filter={filter} onFilter={setFilter} />}
      {run !== null && filter === 'unavailable' && !isActive(run) && (
        <UnavailableList runId={run.id} />
      )}
      {(hasJobs || run === null || !isUpToDate(run)) && <QueueList filter={filter} />}
    </>
  );
}

function NothingYet() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const ready = useMirror((mirror) => syncObstacle(mirror) === null);
  const begin = useCall(bridge.startSync);
  return (
    <Empty
      page
      icon={<IconStack2 size={32} stroke={1.5} />}
      title={t('queue.empty.title')}
      text={t('queue.empty.text')}
    >
      {ready ? (
        <Button loading={begin.busy} onClick={() => void begin.start(undefined)}>
          {t('copy.sync')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => goTo(navigation, 'library')}>
          {t('queue.toLibrary')}
        </Button>
      )}
      <Button
        variant="subtle"
        leftSection={<IconHistory size={18} stroke={1.75} />}
        onClick={() => goTo(navigation, 'history')}
      >
        {t('history.title')}
      </Button>
    </Empty>
  );
}
