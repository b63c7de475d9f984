import {
  IconAlertTriangle,
  IconChevronRight,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconPlayerStop,
  IconRefresh,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../src-preload/contract/queue.ts';
import { useFormats, useMirror } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useFault } from '../../use-fault.ts';
import styles from './history.module.css';
import { type Outcome, outcomeOf } from './outcome.ts';
import { RunAlbums } from './run-albums.tsx';

const ICONS: Readonly<Record<Outcome, typeof IconRefresh>> = {
  'under-way': IconRefresh,
  'nothing-new': IconCircleCheckFilled,
  finished: IconCircleCheckFilled,
  failures: IconAlertTriangle,
  stopped: IconPlayerStop,
  cut: IconCircleDashed,
};

/** A run of the past: when, how long, how it ended and what it did; unfolds into its albums. */
export function RunRow({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fault = useFault();
  const current = useMirror((mirror) => (isActive(mirror.run) ? mirror.run.id : null));
  const albumsId = useId();
  const [open, setOpen] = useState(false);
  const outcome = outcomeOf(run, current);
  const Icon = ICONS[outcome];
  const { totals } = run;
  const added =
    totals === null || totals.downloaded === 0
      ? null
      : t('history.added', {
          count: totals.downloaded,
          amount: formats.count(totals.downloaded),
          size: formats.bytes(totals.bytes),
        });
  const others = (['skipped', 'failed', 'unavailable'] as const).flatMap((name) => {
    const count = totals?.[name] ?? 0;
    return count === 0 ? [] : [{ name, count }];
  });
  return (
    <li className={styles.run} data-outcome={outcome}>
      <button
        type="button"
        className={styles.line}
        aria-expanded={open}
        aria-controls={open ? albumsId : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon className={styles.icon} size={18} stroke={1.75} aria-hidden="true" />
        <span className={styles.when}>
          <span className={styles.date}>{formats.moment(run.startedAtMs)}</span>
          <span className={styles.outcome}>
            {t(`history.outcomes.${outcome}`)}
            {run.endedAtMs !== null &&
              ` · ${formats.span((run.endedAtMs - run.startedAtMs) / 1000)}`}
          </span>
        </span>
        <span className={styles.totals}>
          {added !== null && <span className={styles.added}>{added}</span>}
          {others.length > 0 && (
            <span className={styles.others}>
              {others.map(({ name, count }) => (
                <span key={name} data-name={name}>
                  {t(`history.totals.${name}`, { count, amount: formats.count(count) })}
                </span>
              ))}
            </span>
          )}
        </span>
        <IconChevronRight className={styles.chevron} size={16} stroke={2} aria-hidden="true" />
        {run.error !== null && run.error.code !== 'CANCELLED' && (
          <span className={styles.fault}>{fault(run.error).sentence}</span>
        )}
      </button>
      {open && (
        <div id={albumsId} className={styles.albums}>
          <RunAlbums runId={run.id} />
        </div>
      )}
    </li>
  );
}
