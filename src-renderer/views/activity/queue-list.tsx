import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId, JobId } from '../../../src-preload/contract/ids.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { useFormats, useMirror } from '../../context.ts';
import { type JobFilter, type QueueRow, queueRows, rowKey } from '../../store/queue-rows.ts';
import { isActive } from '../../store/selectors.ts';
import { useFramePlace } from '../shell/frame.ts';
import { AlbumRow } from './album-row.tsx';
import { JobItem } from './job-item.tsx';
import styles from './queue.module.css';
import { type OpenMenu, RowMenu } from './row-menu.tsx';
import { useJobName } from './use-job-name.ts';
import { useRowKeys } from './use-row-keys.ts';

const HEIGHTS = { section: 56, album: 64, job: 48 } as const satisfies Record<
  QueueRow['kind'],
  number
>;
const OVERSCAN = 12;

const toggledIn = <Id,>(old: ReadonlySet<Id>, id: Id): ReadonlySet<Id> => {
  const next = new Set(old);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** Every file of the queue by album, what is under way first; only the rows in sight are there. */
export function QueueList({ filter }: { readonly filter: JobFilter }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const groups = useMirror((mirror) => mirror.jobs);
  const running = useMirror(({ run }) => isActive(run));
  const [toggled, setToggled] = useState<ReadonlySet<AlbumId>>(new Set());
  const [unfolded, setUnfolded] = useState<ReadonlySet<JobId>>(new Set());
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { getFrame, offset, listRef } = useFramePlace();
  const nameOf = useJobName();
  const kept = useRef<string | null>(null);
  /** What had the focus when the menu was opened, and gets it back. */
  const opener = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (menu === null) opener.current?.focus({ preventScroll: true });
  }, [menu]);
  const rows = useMemo(
    () => queueRows(groups, { running, filter, toggled }),
    [groups, running, filter, toggled],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: getFrame,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'job'],
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: OVERSCAN,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      const at = rows.findIndex((row) => rowKey(row) === kept.current);
      return at === -1 || seen.includes(at) ? seen : [...seen, at].sort((a, b) => a - b);
    },
    scrollMargin: offset,
  });

  const toggle = useCallback((id: AlbumId) => setToggled((old) => toggledIn(old, id)), []);
  const details = useCallback((job: JobView) => setUnfolded((old) => toggledIn(old, job.id)), []);
  const openMenu = useCallback(
    (of: OpenMenu['of'], title: string, jobs: readonly JobView[], anchor: Element) => {
      const { activeElement } = document;
      opener.current = activeElement instanceof HTMLElement ? activeElement : null;
      const { left, top, width, height } = anchor.getBoundingClientRect();
      setMenu({ of, title, jobs, at: { left, top, width, height } });
    },
    [],
  );
  const jobMenu = useCallback(
    (job: JobView, anchor: HTMLElement) => openMenu('job', nameOf(job), [job], anchor),
    [openMenu, nameOf],
  );
  const albumMenu = useCallback(
    (title: string, jobs: readonly JobView[], anchor: HTMLElement) =>
      openMenu('album', title, jobs, anchor),
    [openMenu],
  );
  const keys = useRowKeys({ rows, virtualizer, onToggle: toggle, onDetails: details, kept });

  /** The menu key and the other mouse button open the menu of the row they are on. */
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    const place = (event.target as Element).closest<HTMLElement>('[data-row]');
    const row = rows[Number(place?.dataset.index)];
    const anchor = place?.querySelector('[aria-haspopup="menu"]');
    if (row === undefined || row.kind === 'section' || !anchor) return;
    event.preventDefault();
    if (row.kind === 'job') openMenu('job', nameOf(row.job), [row.job], anchor);
    else openMenu('album', row.jobs[0]?.albumTitle ?? '', row.jobs, anchor);
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows in it */}
      <div
        ref={listRef}
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
        onContextMenu={onContextMenu}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const key = rowKey(row);
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              data-row={key}
              className={styles.row}
              style={{ transform: `translateY(${item.start - offset}px)` }}
            >
              {row.kind === 'section' && (
                <h2 className={styles.section}>
                  {t(`queue.sections.${row.section}`)}
                  <span className={styles.sectionCount}>{formats.count(row.albums)}</span>
                </h2>
              )}
              {row.kind === 'album' && (
                <AlbumRow
                  albumId={row.albumId}
                  jobs={row.jobs}
                  section={row.section}
                  open={row.open}
                  onToggle={toggle}
                  onMenu={albumMenu}
                  current={keys.current === key}
                />
              )}
              {row.kind === 'job' && (
                <JobItem
                  job={row.job}
                  open={unfolded.has(row.job.id)}
                  onDetails={details}
                  onMenu={jobMenu}
                  current={keys.current === key}
                />
              )}
            </div>
          );
        })}
      </div>
      <RowMenu menu={menu} onClose={() => setMenu(null)} onDetails={details} />
    </>
  );
}
