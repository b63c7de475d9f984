import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { useFormats } from '../../context.ts';
import { useFault } from '../../use-fault.ts';
import styles from './queue.module.css';

interface JobFaultProps {
  readonly job: JobView;
  readonly open: boolean;
  readonly tabbable: boolean;
  readonly onDetails: (job: JobView) => void;
}

/** Why a file failed and what to do about it, in words; the details unfold below. */
export function JobFault({ job, open, tabbable, onDetails }: JobFaultProps) {
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
            ` ${t('queue.attempts', { count: job.attempts, amount: formats.count(job.attempts) })}`}
        </p>
      )}
      <button
        type="button"
        className={styles.detailsButton}
        aria-expanded={open}
        tabIndex={tabbable ? 0 : -1}
        onClick={() => onDetails(job)}
      >
        <IconChevronRight size={14} stroke={2} aria-hidden="true" />
        {t('queue.details.title')}
      </button>
    </div>
  );
}
