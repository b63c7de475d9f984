import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDown,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconClock,
  IconFolderOpen,
  IconLock,
  IconPlayerPause,
  IconPlayerStop,
  IconRotate,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { badgeOf } from '../../../src-preload/contract/format.ts';
import type { JobState } from '../../../src-preload/contract/states.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { Bar } from '../../components/bar.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { useFault } from '../../use-fault.ts';
import { useNow } from '../../use-now.ts';
import styles from './activity.module.css';

const ICONS: Readonly<Record<JobState, typeof IconLock>> = {
  waiting: IconCircleDashed,
  running: IconArrowDown,
  retrying: IconClock,
  paused: IconPlayerPause,
  committing: IconArrowDown,
  done: IconCircleCheckFilled,
  failed: IconAlertTriangle,
  unavailable: IconLock,
  cancelled: IconPlayerStop,
};

/** One file of a run: its state, how far it is, and when it failed, why and what to do. */
export const JobItem = memo(function JobItem({ job }: { readonly job: JobView }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const retry = useCall(bridge.retryJobs);
  const show = useCall(bridge.showInFolder);
  const Icon = ICONS[job.state];
  const lasting = job.state === 'failed' || job.state === 'unavailable';
  const name = job.kind === 'track' ? job.title : t(`activity.kinds.${job.kind}`);
  return (
    <div className={styles.job} data-state={job.state}>
      <Icon className={styles.jobIcon} size={16} stroke={1.9} aria-hidden="true" />
      <div className={styles.jobWords}>
        <span className={styles.jobTitle}>{name}</span>
        {job.formatId !== null && (
          <span className={styles.jobFormat}>{badgeOf(job.formatId).label}</span>
        )}
      </div>
      <JobProgress job={job} name={name} />
      <div className={styles.jobAction}>
        {lasting && job.error?.code !== 'PRE_ORDER' && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRotate size={14} stroke={1.9} />}
            loading={retry.busy}
            aria-label={t('activity.retryOne', { title: name })}
            onClick={() => void retry.start({ jobIds: [job.id] })}
          >
            {t('activity.retry')}
          </Button>
        )}
        {job.state === 'done' && (
          <Tooltip label={t('app.showInFolder')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('activity.showOne', { title: name })}
              loading={show.busy}
              onClick={() => void show.start({ jobId: job.id })}
            >
              <IconFolderOpen size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {job.error !== null && (lasting || job.state === 'retrying') && <JobFault job={job} />}
    </div>
  );
});

/** Progress, stage or state in a column of fixed width, so that nothing jumps. */
function JobProgress({ job, name }: { readonly job: JobView; readonly name: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (job.state === 'running' || job.state === 'committing') {
    const stage = job.state === 'committing' ? 'saving' : (job.stage ?? 'asking');
    const fetching = stage === 'fetching';
    const share = job.totalBytes > 0 ? job.receivedBytes / job.totalBytes : null;
    return (
      <div className={styles.progress}>
        <Bar
          share={fetching ? share : stage === 'asking' ? 0 : 1}
          label={t('activity.fileProgress', { title: name })}
        />
        <span className={styles.progressText}>
          <span>
            {fetching
              ? t('activity.of', {
                  done: formats.bytes(job.receivedBytes),
                  total: formats.size(job.totalBytes, job.totalIsEstimate),
                })
              : t(`states.stage.${stage}`)}
          </span>
          {fetching && job.bytesPerSecond > 0 && <span>{formats.speed(job.bytesPerSecond)}</span>}
        </span>
      </div>
    );
  }
  return (
    <div className={styles.progress}>
      <span className={styles.progressText}>
        {job.state === 'retrying' ? (
          <RetryIn atMs={job.retryAtMs} />
        ) : (
          <span>{t(`states.job.${job.state}`)}</span>
        )}
        {job.state === 'done' && <span>{formats.bytes(job.receivedBytes || job.totalBytes)}</span>}
        {job.state === 'waiting' && (
          <span>{formats.size(job.totalBytes, job.totalIsEstimate)}</span>
        )}
      </span>
    </div>
  );
}

function RetryIn({ atMs }: { readonly atMs: number | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(1000);
  if (atMs === null || atMs <= now) return <span>{t('states.job.retrying')}</span>;
  return <span>{t('activity.retryIn', { span: formats.span((atMs - now) / 1000) })}</span>;
}

function JobFault({ job }: { readonly job: JobView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useFault();
  if (job.error === null) return null;
  const { sentence, remedy } = words(job.error);
  return (
    <div className={styles.fault}>
      <p>{sentence}</p>
      {job.state !== 'retrying' && (
        <p className={styles.remedy}>
          {remedy}
          {job.attempts > 1 &&
            ` ${t('activity.attempts', { count: job.attempts, amount: formats.count(job.attempts) })}`}
        </p>
      )}
    </div>
  );
}
