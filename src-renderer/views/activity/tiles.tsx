import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../src-preload/contract/views.ts';
import { useFormats } from '../../context.ts';
import type { JobFilter } from '../../store/queue-rows.ts';
import styles from './queue.module.css';

interface TilesProps {
  readonly run: RunView;
  readonly filter: JobFilter;
  readonly onFilter: (filter: JobFilter) => void;
}

/** The run in four numbers; each opens what it counts, and the same again closes it. */
export function Tiles({ run, filter, onFilter }: TilesProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { downloaded, skipped, unavailable, failed } = run.totals;
  const tile = (name: Exclude<JobFilter, 'all'>, value: number) => (
    <button
      type="button"
      className={styles.tile}
      data-name={name}
      data-some={value > 0 || undefined}
      aria-pressed={filter === name}
      disabled={value === 0 && filter !== name}
      onClick={() => onFilter(filter === name ? 'all' : name)}
    >
      <span className={styles.tileValue}>{formats.count(value)}</span>
      <span className={styles.tileName}>{t(`queue.tiles.${name}`)}</span>
    </button>
  );
  return (
    <div className={styles.tiles}>
      {tile('downloaded', downloaded)}
      <div className={styles.tile}>
        <span className={styles.tileValue}>{formats.count(skipped)}</span>
        <span className={styles.tileName}>{t('queue.tiles.skipped')}</span>
      </div>
      {tile('unavailable', unavailable)}
      {tile('failed', failed)}
    </div>
  );
}
