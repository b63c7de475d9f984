import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { Bar } from '../../components/bar.tsx';
import { useFormats } from '../../context.ts';
import { useNow } from '../../use-now.ts';
import styles from './queue.module.css';

/** Progress, stage or state of a file in a column of fixed width, so that nothing jumps. */
export function JobProgress({ job, name }: { readonly job: JobView; readonly name: string }) {
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
          label={t('queue.fileProgress', { title: name })}
        />
        {fetching ? (
          <span className={styles.progressText}>
            <span className={styles.sizes}>
              {t('queue.of', {
                done: formats.bytes(job.receivedBytes),
                total: formats.size(job.totalBytes, job.totalIsEstimate),
              })}
            </span>
            <Pace bytesPerSecond={job.bytesPerSecond} secondsLeft={job.secondsLeft} />
          </span>
        ) : (
          <span className={styles.progressText}>{t(`states.stage.${stage}`)}</span>
        )}
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
        {(job.state === 'waiting' || job.state === 'paused') && (
          <span>
            {job.receivedBytes > 0
              ? t('queue.of', {
                  done: formats.bytes(job.receivedBytes),
                  total: formats.size(job.totalBytes, job.totalIsEstimate),
                })
              : formats.size(job.totalBytes, job.totalIsEstimate)}
          </span>
        )}
      </span>
    </div>
  );
}

interface PaceProps {
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
}

/** How fast it goes and how long it takes, as far as that is known. */
export function Pace({ bytesPerSecond, secondsLeft }: PaceProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (bytesPerSecond === 0) return null;
  return (
    <span className={styles.pace}>
      {secondsLeft === null
        ? formats.speed(bytesPerSecond)
        : t('queue.pace', {
            speed: formats.speed(bytesPerSecond),
            left: formats.span(secondsLeft),
          })}
    </span>
  );
}

function RetryIn({ atMs }: { readonly atMs: number | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(1000);
  if (atMs === null || atMs <= now) return <span>{t('states.job.retrying')}</span>;
  return <span>{t('queue.retryIn', { span: formats.span((atMs - now) / 1000) })}</span>;
}
