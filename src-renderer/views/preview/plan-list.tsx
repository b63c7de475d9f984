import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { AlbumPlan } from '../../../src-preload/contract/plan.ts';
import { useFramePlace } from '../shell/frame.ts';
import { PlanAlbum } from './plan-album.tsx';
import { PlanItemRow } from './plan-item-row.tsx';
import { type PlanRow, planRows } from './plan-rows.ts';
import styles from './preview.module.css';

const HEIGHTS = { album: 64, item: 56 } as const;
const OVERSCAN = 12;

const keyOf = (row: PlanRow): string =>
  row.kind === 'album'
    ? row.plan.albumId
    : `${row.item.albumId}/${row.item.trackId}/${row.item.kind}/${row.item.sideIndex}`;

/** The plan by album, each to be opened; only the rows in sight are there. */
export function PlanList({ albums }: { readonly albums: readonly AlbumPlan[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ReadonlySet<AlbumId>>(new Set());
  const rows = useMemo(() => planRows(albums, open), [albums, open]);
  const { getFrame, offset, listRef } = useFramePlace();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: getFrame,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'item'],
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: OVERSCAN,
    scrollMargin: offset,
  });
  const toggle = (albumId: AlbumId): void =>
    setOpen((old) => {
      const next = new Set(old);
      if (!next.delete(albumId)) next.add(albumId);
      return next;
    });
  return (
    <section aria-label={t('preview.byAlbum')}>
      <h2 className={styles.subtitle}>{t('preview.byAlbum')}</h2>
      <div ref={listRef} className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((place) => {
          const row = rows[place.index];
          if (row === undefined) return null;
          return (
            <div
              key={place.key}
              ref={virtualizer.measureElement}
              data-index={place.index}
              className={styles.row}
              style={{ transform: `translateY(${place.start - offset}px)` }}
            >
              {row.kind === 'album' ? (
                <PlanAlbum plan={row.plan} open={row.open} onToggle={toggle} />
              ) : (
                <PlanItemRow item={row.item} />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
