import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdoptionFilter } from '../../../src-preload/contract/adoption.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFramePlace } from '../shell/frame.ts';
import styles from './adopt.module.css';
import { AlbumHead, FileRow, FolderHead, type Preference, type Ticker } from './review-row.tsx';
import { useReviewPages } from './use-review-pages.ts';

const HEIGHTS = { album: 72, folder: 44, file: 60 } as const;
const OVERSCAN = 10;

interface ReviewListProps {
  readonly filter: AdoptionFilter;
  readonly revision: number;
  readonly onTick: Ticker;
  readonly onPrefer: Preference;
}

/** The files of one filter by album; only the rows in sight are there, and only their pages were asked for. */
export function ReviewList({ filter, revision, onTick, onPrefer }: ReviewListProps) {
  const { t } = useTranslation();
  const pages = useReviewPages(filter, revision);
  const { getFrame, offset, listRef } = useFramePlace();
  const virtualizer = useVirtualizer({
    count: pages.total ?? 0,
    getScrollElement: getFrame,
    estimateSize: (index) => HEIGHTS[pages.row(index)?.kind ?? 'file'],
    overscan: OVERSCAN,
    scrollMargin: offset,
  });
  const places = virtualizer.getVirtualItems();
  const first = places[0]?.index ?? 0;
  const last = places.at(-1)?.index ?? 0;
  const { see } = pages;
  useEffect(() => see(first, last), [see, first, last]);
  if (pages.fault !== null) return <FaultNotice fault={pages.fault} />;
  if (pages.total === 0) return <p className={styles.none}>{t(`adopt.none.${filter}`)}</p>;
  return (
    <section aria-label={t('adopt.list')} aria-busy={pages.total === null}>
      <div ref={listRef} className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {places.map((place) => {
          const row = pages.row(place.index);
          return (
            <div
              key={place.key}
              ref={virtualizer.measureElement}
              data-index={place.index}
              className={styles.row}
              style={{ transform: `translateY(${place.start - offset}px)` }}
            >
              {row === undefined && <div className={styles.waiting} />}
              {row?.kind === 'album' && <AlbumHead row={row} filter={filter} onTick={onTick} />}
              {row?.kind === 'folder' && <FolderHead row={row} />}
              {row?.kind === 'file' && (
                <FileRow row={row} filter={filter} onTick={onTick} onPrefer={onPrefer} />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
