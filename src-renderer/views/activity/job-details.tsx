import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatName } from '../../../src-preload/contract/formats.ts';
import type { JobDetails } from '../../../src-preload/contract/queue.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { useFault } from '../../use-fault.ts';
import { detailsText } from './details-text.ts';
import styles from './queue.module.css';

interface JobDetailsProps {
  readonly job: JobView;
  readonly name: string;
  readonly tabbable: boolean;
}

/** What unfolds below a file: where it goes, which formats it asks for, and each try with its code and status. */
export function JobDetailsPanel({ job, name, tabbable }: JobDetailsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useFault();
  const { bridge } = useSurroundings();
  const { start, fault } = useCall(bridge.getJobDetails, 'keep');
  const copy = useCall(bridge.copyText);
  const [details, setDetails] = useState<JobDetails | null>(null);
  const [copied, setCopied] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt or state has other details
  useEffect(() => {
    let wanted = true;
    void start({ jobId: job.id }).then((found) => {
      if (wanted && found !== undefined) setDetails(found);
    });
    return () => {
      wanted = false;
    };
  }, [start, job.id, job.attempts, job.state]);

  if (fault !== null) {
    return (
      <div className={styles.details}>
        <FaultNotice fault={fault} />
      </div>
    );
  }
  if (details === null) {
    return <p className={styles.details}>{t('queue.details.loading')}</p>;
  }
  return (
    <div className={styles.details}>
      <dl className={styles.facts}>
        {job.error !== null && (
          <>
            <dt>{t('queue.details.code')}</dt>
            <dd className={styles.code}>{job.error.code}</dd>
          </>
        )}
        <dt>{t('queue.details.file')}</dt>
        <dd className={styles.code}>{details.path}</dd>
        {details.formatIds.length > 0 && (
          <>
            <dt>{t('queue.details.formats')}</dt>
            <dd>{details.formatIds.map(formatName).join(', ')}</dd>
          </>
        )}
      </dl>
      {details.attempts.length === 0 ? (
        <p className={styles.remedy}>{t('queue.details.noAttempts')}</p>
      ) : (
        <table className={styles.attempts}>
          <caption>{t('queue.details.attempts')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('queue.details.number')}</th>
              <th scope="col">{t('queue.details.time')}</th>
              <th scope="col">{t('queue.details.what')}</th>
              <th scope="col">{t('queue.details.code')}</th>
              <th scope="col">{t('queue.details.status')}</th>
            </tr>
          </thead>
          <tbody>
            {details.attempts.map((attempt) => (
              <tr key={attempt.number}>
                <td>{formats.count(attempt.number)}</td>
                <td>{formats.moment(attempt.atMs)}</td>
                <td>{words(attempt.error).sentence}</td>
                <td className={styles.code}>{attempt.error.code}</td>
                <td>{attempt.status ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <button
        type="button"
        className={styles.detailsButton}
        tabIndex={tabbable ? 0 : -1}
        aria-label={t('queue.details.copyOf', { title: name })}
        onClick={() =>
          void copy
            .start({ text: detailsText(job, name, details) })
            .then((done) => setCopied(done !== undefined))
        }
      >
        {copied ? (
          <IconCheck size={14} stroke={2} aria-hidden="true" />
        ) : (
          <IconCopy size={14} stroke={2} aria-hidden="true" />
        )}
        <span role="status">{copied ? t('queue.details.copied') : t('queue.details.copy')}</span>
      </button>
    </div>
  );
}
