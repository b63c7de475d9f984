import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { useFramePlace } from '../shell/frame.ts';
import { AlbumCard } from './album-card.tsx';
import { columnsFor, moveFocus } from './grid.ts';
import styles from './library.module.css';

const GAP = 24;
/** Height of the words below a cover, as the style sheet sets it. */
const WORDS = 84;
/** Rows kept ready on either side, so that fast scrolling shows no empty ones. */
const OVERSCAN = 8;

/** A grid of covers of any length; only the rows in sight are there. Arrow keys move between albums. */
export function AlbumGrid({ ids }: { readonly ids: readonly AlbumId[] }) {
  const { t } = useTranslation();
  const { getFrame, offset, width, listRef } = useFramePlace();
  const grid = useRef<HTMLDivElement | null>(null);
  const wanted = useRef<number | null>(null);
  const [focus, setFocus] = useState(0);
  const columns = columnsFor(width);
  const cover = columns === 0 ? 0 : (width - GAP * (columns - 1)) / columns;
  const rowHeight = Math.round(cover) + WORDS + GAP;
  const current = Math.min(focus, ids.length - 1);
  const virtualizer = useVirtualizer({
    count: columns === 0 ? 0 : Math.ceil(ids.length / columns),
    getScrollElement: getFrame,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: offset,
    scrollPaddingStart: 24,
    scrollPaddingEnd: 24,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes depend on rowHeight alone
  useEffect(() => virtualizer.measure(), [rowHeight]);
  useEffect(() => {
    if (wanted.current === null) return;
    const card = grid.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (card === null || card === undefined) return;
    wanted.current = null;
    card.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveFocus(event.key, current, ids.length, columns);
    if (next === null) return;
    event.preventDefault();
    wanted.current = next;
    setFocus(next);
    virtualizer.scrollToIndex(Math.floor(next / columns), { align: 'auto' });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are taken from the buttons inside
    <div
      ref={(element) => {
        grid.current = element;
        listRef(element);
      }}
      className={styles.grid}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      <ul aria-label={t('library.title')}>
        {virtualizer.getVirtualItems().map((row) => {
          const first = row.index * columns;
          return ids.slice(first, first + columns).map((id, column) => (
            <li
              key={id}
              className={styles.cell}
              aria-setsize={ids.length}
              aria-posinset={first + column + 1}
              style={{
                width: cover,
                transform: `translate(${column * (cover + GAP)}px, ${row.start - offset}px)`,
              }}
            >
              <AlbumCard
                albumId={id}
                index={first + column}
                reachable={first + column === current}
                onFocus={setFocus}
              />
            </li>
          ));
        })}
      </ul>
    </div>
  );
}
