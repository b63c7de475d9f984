import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFramePlace } from '../shell/frame.ts';
import { AlbumCard } from './album-card.tsx';
import styles from './grid.module.css';
import { columnsFor } from './grid.ts';
import { type AlbumListProps, useRoving } from './use-roving.ts';

const GAP = 24;
/** Height of the words below a cover, as the style sheet sets it. */
const WORDS = 84;
/** Height of the line of tracks that a search found. */
const HITS = 20;
/** Rows kept ready on either side, so that fast scrolling shows no empty ones. */
const OVERSCAN = 3;
const NO_HITS: readonly string[] = [];

/** A grid of covers of any length; only the rows in sight are there. Arrow keys move between albums. */
export function AlbumGrid(props: AlbumListProps) {
  const { ids, trackHits, selection } = props;
  const { t } = useTranslation();
  const { getFrame, offset, width, listRef } = useFramePlace();
  const columns = columnsFor(width);
  const cover = columns === 0 ? 0 : (width - GAP * (columns - 1)) / columns;
  const withHits = trackHits.size > 0;
  const rowHeight = Math.round(cover) + WORDS + GAP + (withHits ? HITS : 0);
  const virtualizer = useVirtualizer({
    count: columns === 0 ? 0 : Math.ceil(ids.length / columns),
    getScrollElement: getFrame,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: offset,
    scrollPaddingStart: 24,
    scrollPaddingEnd: selection.ids.size > 0 ? 96 : 24,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes depend on rowHeight alone
  useEffect(() => virtualizer.measure(), [rowHeight]);
  const item = useRoving(props, columns, (index) =>
    virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' }),
  );
  const fullRows = columns === 0 ? 0 : Math.floor(ids.length / columns);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are taken from the buttons inside
    <div
      ref={(element) => {
        item.list.current = element;
        listRef(element);
      }}
      className={styles.grid}
      data-selecting={selection.ids.size > 0 || undefined}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={item.onKeyDown}
    >
      <div
        className={styles.ghosts}
        style={{
          height: fullRows * rowHeight,
          ...ghostSizes(cover, rowHeight),
        }}
        aria-hidden="true"
      />
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
                reachable={first + column === item.current}
                selected={selection.ids.has(id)}
                hits={withHits ? (trackHits.get(id) ?? NO_HITS) : undefined}
                onFocus={item.onFocus}
                onPress={item.onPress}
                onToggle={item.onToggle}
              />
            </li>
          ));
        })}
      </ul>
    </div>
  );
}

/** A place for each cover behind the covers, so that a row scrolled to before it is drawn is no hole. */
const ghostSizes = (cover: number, rowHeight: number): CSSProperties => ({
  backgroundImage: `linear-gradient(transparent ${cover - 4}px, var(--c-ground) ${cover - 4}px), linear-gradient(to right, var(--c-side) ${cover - 4}px, transparent ${cover - 4}px)`,
  backgroundSize: `${cover + GAP}px ${rowHeight}px`,
});
