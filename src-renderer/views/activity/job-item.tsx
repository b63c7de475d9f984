import {
  IconAlertTriangle,
  IconArrowDown,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconLock,
  IconPlayerPause,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { badgeOf } from '../../../src-preload/contract/format.ts';
import type { JobState } from '../../../src-preload/contract/states.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { JobDetailsPanel } from './job-details.tsx';
import { JobFault } from './job-fault.tsx';
import { JobProgress } from './job-progress.tsx';
import styles from './queue.module.css';
import { RowActions } from './row-actions.tsx';
import { useJobName } from './use-job-name.ts';

const ICONS: Readonly<Record<JobState, typeof IconLock>> = {
  waiting: IconCircleDashed,
  running: IconArrowDown,
  retrying: IconClock,
  paused: IconPlayerPause,
  committing: IconArrowDown,
  done: IconCircleCheckFilled,
  failed: IconAlertTriangle,
  unavailable: IconLock,
  cancelled: IconCircleX,
};

interface JobItemProps {
  readonly job: JobView;
  /** Whether its details are unfolded. */
  readonly open: boolean;
  readonly onDetails: (job: JobView) => void;
  readonly onMenu: (job: JobView, anchor: HTMLElement) => void;
  /** Whether it is the row that Tab leads to. */
  readonly current: boolean;
}

/** One file of the queue: its state, how far it is, what can be done, and when it failed, why and what to do. */
export const JobItem = memo(function JobItem(props: JobItemProps) {
  const { job, open, onDetails, onMenu, current } = props;
  const { t } = useTranslation();
  const name = useJobName()(job);
  const Icon = ICONS[job.state];
  const troubled =
    job.error !== null &&
    (job.state === 'failed' || job.state === 'unavailable' || job.state === 'retrying');
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset; a row that takes the focus for the list's keys
    <div
      className={styles.job}
      data-state={job.state}
      role="group"
      data-handle
      tabIndex={current ? 0 : -1}
      aria-label={`${name}, ${t(`queue.jobStates.${job.state}`)}`}
    >
      <Icon className={styles.jobIcon} size={16} stroke={1.9} aria-hidden="true" />
      <div className={styles.jobWords}>
        <span className={styles.jobTitle}>{name}</span>
        {job.formatId !== null && (
          <span className={styles.jobFormat}>{badgeOf(job.formatId).label}</span>
        )}
      </div>
      <JobProgress job={job} name={name} />
      <RowActions
        jobs={[job]}
        title={name}
        tabbable={current}
        onMenu={(anchor) => onMenu(job, anchor)}
      />
      {troubled && <JobFault job={job} open={open} tabbable={current} onDetails={onDetails} />}
      {open && <JobDetailsPanel job={job} name={name} tabbable={current} />}
    </div>
  );
});
