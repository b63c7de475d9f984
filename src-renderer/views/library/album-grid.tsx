import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFramePlace } from '../shell/frame.ts';
import { AlbumCard } from './album-card.tsx';
import { useDrawn } from './drawn.ts';
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
  const inMotion = useRef(false);
  inMotion.current = virtualizer.isScrolling;
  const inSight = virtualizer
    .getVirtualItems()
    .flatMap((row) => Array.from({ length: columns }, (_, column) => row.index * columns + column));
  const { drawn, ...focus } = useDrawn(inSight, {
    count: ids.length,
    current: item.current,
    resting: !virtualizer.isScrolling,
  });

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
      {...focus}
    >
      <Ghosts
        columns={columns}
        width={cover}
        rowHeight={rowHeight}
        height={Math.floor(ids.length / Math.max(1, columns)) * rowHeight}
      />
      <ul aria-label={t('library.title')}>
        {drawn.map(({ slot, index }) => {
          const id = ids[index];
          const row = Math.floor(index / columns);
          return (
            id !== undefined && (
              <li
                key={slot}
                className={styles.cell}
                data-place={index}
                aria-setsize={ids.length}
                aria-posinset={index + 1}
                style={{
                  width: cover,
                  height: rowHeight - GAP,
                  transform: `translate(${(index % columns) * (cover + GAP)}px, ${row * rowHeight}px)`,
                }}
              >
                <AlbumCard
                  albumId={id}
                  index={index}
                  reachable={index === item.current}
                  selected={selection.ids.has(id)}
                  hits={withHits ? (trackHits.get(id) ?? NO_HITS) : undefined}
                  inMotion={inMotion}
                  onFocus={item.onFocus}
                  onPress={item.onPress}
                  onToggle={item.onToggle}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

interface GhostsProps {
  readonly columns: number;
  readonly width: number;
  readonly rowHeight: number;
  readonly height: number;
}

/**
 * A place for each cover behind the covers, so that a row scrolled to before it is drawn is no hole. One stripe for a
 * column: a single pattern for both directions takes twice the time to draw everything.
 */
const Ghosts = ({ columns, width, rowHeight, height }: GhostsProps) => (
  <div aria-hidden="true">
    {Array.from({ length: columns }, (_, column) => column * (width + GAP)).map((left) => (
      <div
        key={left}
        className={styles.ghosts}
        style={{
          left: left + 2,
          width: width - 4,
          height,
          backgroundImage: `linear-gradient(var(--c-side) ${width - 4}px, transparent ${width - 4}px)`,
          backgroundSize: `100% ${rowHeight}px`,
        }}
      />
    ))}
  </div>
);
