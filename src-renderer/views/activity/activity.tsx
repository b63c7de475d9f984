import { Button } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/empty.tsx';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { isActive, isUpToDate, type JobFilter, syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { JobList } from './job-list.tsx';
import { RunHead } from './run-head.tsx';
import { RunNotices } from './run-notices.tsx';
import { Tiles } from './tiles.tsx';
import { UnavailableList } from './unavailable-list.tsx';

/** The current run, or how the last one ended. */
export function Activity() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const run = useMirror((mirror) => mirror.run);
  const jobCount = useMirror((mirror) => mirror.jobs.size);
  const ready = useMirror((mirror) => syncObstacle(mirror) === null);
  const [filter, setFilter] = useState<JobFilter>('all');
  const begin = useCall(bridge.startSync);

  if (run === null) {
    return (
      <Empty
        page
        icon={<IconActivity size={32} stroke={1.5} />}
        title={t('activity.empty.title')}
        text={t('activity.empty.text')}
      >
        {ready ? (
          <Button loading={begin.busy} onClick={() => void begin.start(undefined)}>
            {t('copy.sync')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => goTo(navigation, 'library')}>
            {t('activity.toLibrary')}
          </Button>
        )}
      </Empty>
    );
  }
  const quiet = isUpToDate(run);
  return (
    <>
      <RunHead run={run} />
      <RunNotices run={run} />
      <Tiles run={run} filter={filter} onFilter={setFilter} />
      {filter === 'unavailable' && !isActive(run) && <UnavailableList runId={run.id} />}
      {(jobCount > 0 || !quiet) && <JobList run={run} filter={filter} />}
    </>
  );
}
