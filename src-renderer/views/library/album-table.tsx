// biome-ignore-all lint/a11y/useSemanticElements: rows lie freely in a grid, which table elements lose their meaning in
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and the buttons in headings take the focus, cells do not
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { firstOrder, type LibrarySort, SORT_KEYS, type SortKey } from '../../store/library.ts';
import { useFramePlace } from '../shell/frame.ts';
import { AlbumRow } from './album-row.tsx';
import { useDrawn } from './drawn.ts';
import { SelectBox } from './select-box.tsx';
import { everything, NO_SELECTION } from './selection.ts';
import styles from './table.module.css';
import { type AlbumListProps, useRoving } from './use-roving.ts';

/** Below this width an album takes two lines, so that no column is left out, in pixels. */
const WIDE = 820;
const ONE_LINE = 44;
const TWO_LINES = 60;
/** Height of the line of tracks that a search found. */
const HITS = 20;
const OVERSCAN = 14;
const NO_HITS: readonly string[] = [];

interface AlbumTableProps extends AlbumListProps {
  /** Null while the best match comes first. */
  readonly sort: LibrarySort | null;
  readonly onSort: (sort: LibrarySort) => void;
}

/** The library as a table of any length; its headings sort it. */
export function AlbumTable(props: AlbumTableProps) {
  const { ids, trackHits, selection, onSelect, sort, onSort } = props;
  const { t } = useTranslation();
  const { getFrame, offset, width, listRef } = useFramePlace();
  const lines = width >= WIDE ? 'one' : 'two';
  const withHits = trackHits.size > 0;
  const rowHeight = (lines === 'one' ? ONE_LINE : TWO_LINES) + (withHits ? HITS : 0);
  const virtualizer = useVirtualizer({
    count: width === 0 ? 0 : ids.length,
    getScrollElement: getFrame,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: offset,
    scrollPaddingStart: 72,
    scrollPaddingEnd: selection.ids.size > 0 ? 96 : 24,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes depend on rowHeight alone
  useEffect(() => virtualizer.measure(), [rowHeight]);
  const item = useRoving(props, 1, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }));
  const { drawn, ...focus } = useDrawn(
    virtualizer.getVirtualItems().map(({ index }) => index),
    { count: ids.length, current: item.current, resting: !virtualizer.isScrolling },
  );
  const all = ids.length > 0 && ids.every((id) => selection.ids.has(id));
  return (
    <div
      className={styles.table}
      data-lines={lines}
      role="grid"
      aria-label={t('library.title')}
      aria-multiselectable="true"
      aria-rowcount={ids.length + 1}
      aria-colcount={SORT_KEYS.length + 1}
      tabIndex={-1}
      onKeyDown={item.onKeyDown}
    >
      <div className={styles.header} role="row" aria-rowindex={1}>
        <span className={styles.select} role="columnheader">
          <SelectBox
            label={t('library.select.everything')}
            checked={all}
            reachable
            onToggle={() => onSelect(all ? NO_SELECTION : everything(ids))}
          />
        </span>
        {SORT_KEYS.map((key) => (
          <Heading key={key} column={key} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div
        ref={(element) => {
          item.list.current = element;
          listRef(element);
        }}
        className={styles.rows}
        style={{
          height: virtualizer.getTotalSize(),
          backgroundSize: `100% ${rowHeight}px`,
        }}
        role="rowgroup"
        {...focus}
      >
        {drawn.map(({ slot, index }) => {
          const id = ids[index];
          return (
            id !== undefined && (
              <AlbumRow
                key={slot}
                albumId={id}
                index={index}
                top={index * rowHeight}
                height={rowHeight}
                reachable={index === item.current}
                selected={selection.ids.has(id)}
                hits={withHits ? (trackHits.get(id) ?? NO_HITS) : undefined}
                onFocus={item.onFocus}
                onPress={item.onPress}
                onToggle={item.onToggle}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface HeadingProps {
  readonly column: SortKey;
  readonly sort: LibrarySort | null;
  readonly onSort: (sort: LibrarySort) => void;
}

/** A column's heading: sorts by it, and turns the order round when it is sorted by it already. */
function Heading({ column, sort, onSort }: HeadingProps) {
  const { t } = useTranslation();
  const mine = sort?.key === column ? sort : null;
  const Arrow = mine?.descending === true ? IconArrowDown : IconArrowUp;
  return (
    <span
      className={styles.heading}
      data-column={column}
      role="columnheader"
      aria-sort={mine === null ? 'none' : mine.descending ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className={styles.sort}
        data-chosen={mine !== null || undefined}
        onClick={() =>
          onSort(mine === null ? firstOrder(column) : { ...mine, descending: !mine.descending })
        }
      >
        <span className={styles.headingName}>{t(`library.columns.${column}`)}</span>
        {mine !== null && <Arrow size={14} stroke={2.2} aria-hidden="true" />}
      </button>
    </span>
  );
}
