import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { RunView } from '../../../src-preload/contract/views.ts';
import { useFormats, useMirror } from '../../context.ts';
import { isActive, type JobFilter, type JobRow, jobRows } from '../../store/selectors.ts';
import { useFramePlace } from '../shell/frame.ts';
import styles from './activity.module.css';
import { AlbumRow } from './album-row.tsx';
import { JobItem } from './job-item.tsx';

const HEIGHTS = { section: 56, album: 64, job: 48 } as const satisfies Record<
  JobRow['kind'],
  number
>;
const OVERSCAN = 12;

const keyOf = (row: JobRow): string => {
  if (row.kind === 'section') return `section:${row.section}`;
  return row.kind === 'album' ? `album:${row.albumId}` : `job:${row.job.id}`;
};

interface JobListProps {
  readonly run: RunView;
  readonly filter: JobFilter;
}

/** Every file of a run by album, what is under way first; only the rows in sight are there. */
export function JobList({ run, filter }: JobListProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const groups = useMirror((mirror) => mirror.jobs);
  const [toggled, setToggled] = useState<ReadonlySet<AlbumId>>(new Set());
  const { getFrame, offset, listRef } = useFramePlace();
  const running = isActive(run);
  const rows = useMemo(
    () => jobRows(groups, { running, filter, toggled }),
    [groups, running, filter, toggled],
  );
  const toggle = useCallback((albumId: AlbumId) => {
    setToggled((old) => {
      const next = new Set(old);
      if (!next.delete(albumId)) next.add(albumId);
      return next;
    });
  }, []);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: getFrame,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'job'],
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: OVERSCAN,
    scrollMargin: offset,
  });

  return (
    <div ref={listRef} className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        return (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={styles.row}
            style={{ transform: `translateY(${item.start - offset}px)` }}
          >
            {row.kind === 'section' && (
              <h2 className={styles.section}>
                {t(`activity.sections.${row.section}`)}
                <span className={styles.sectionCount}>{formats.count(row.albums)}</span>
              </h2>
            )}
            {row.kind === 'album' && (
              <AlbumRow albumId={row.albumId} jobs={row.jobs} open={row.open} onToggle={toggle} />
            )}
            {row.kind === 'job' && <JobItem job={row.job} />}
          </div>
        );
      })}
    </div>
  );
}
