// biome-ignore-all lint/a11y/useSemanticElements: rows lie freely in a grid, which table elements lose their meaning in
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and the buttons in headings take the focus, cells do not
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import { AlbumStatus } from '../../components/album-status.tsx';
import { FormatBadges } from '../../components/format-badges.tsx';
import { useFormats, useMirror } from '../../context.ts';
import { SelectBox } from './select-box.tsx';
import styles from './table.module.css';
import type { AlbumListItem } from './use-roving.ts';

interface AlbumRowProps extends Pick<AlbumListItem, 'onFocus' | 'onPress' | 'onToggle'> {
  readonly albumId: AlbumId;
  readonly index: number;
  /** Pixels. */
  readonly top: number;
  /** Pixels. */
  readonly height: number;
  readonly reachable: boolean;
  readonly selected: boolean;
  /** Titles of tracks a search found; undefined keeps no room for them. */
  readonly hits: readonly string[] | undefined;
}

/** An album as a row of the table. */
export const AlbumRow = memo(function AlbumRow(props: AlbumRowProps) {
  const { albumId, index, top, height, reachable, selected, hits } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const album = useMirror((mirror) => mirror.albums.get(albumId));
  if (album === undefined) return null;
  const title = displayAlbumTitle(album);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table takes the keys of its rows
    <div
      className={styles.row}
      style={{ height, transform: `translateY(${top}px)` }}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-place={index}
      data-status={album.status}
      tabIndex={reachable ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && props.onFocus(index)}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => props.onPress(albumId, event)}
    >
      <span className={styles.select} role="gridcell">
        <SelectBox
          label={t('library.select.one', { title })}
          checked={selected}
          reachable={reachable}
          onToggle={(event) => props.onToggle(albumId, event)}
        />
      </span>
      <span className={styles.title} role="gridcell">
        <span className={styles.clip} title={title}>
          {title}
        </span>
        {hits !== undefined && hits.length > 0 && (
          <span className={styles.hits} title={hits.join(', ')}>
            {hits.join(', ')}
          </span>
        )}
      </span>
      <Cell name="artist" words={album.artist} />
      <Cell name="year" words={album.year ?? ''} />
      <Cell name="label" words={album.label ?? ''} />
      <span className={styles.formats} role="gridcell">
        <FormatBadges
          formatIds={album.servedFormatIds.length > 0 ? album.servedFormatIds : album.formatIds}
          most={1}
        />
      </span>
      <Cell name="bought" words={formats.date(album.purchasedAt)} />
      <Cell name="size" words={album.bytes === 0 ? '' : formats.bytes(album.bytes)} />
      <span className={styles.status} role="gridcell">
        <AlbumStatus album={album} />
      </span>
    </div>
  );
});

interface CellProps {
  readonly name: 'artist' | 'year' | 'label' | 'bought' | 'size';
  readonly words: string;
}

const Cell = ({ name, words }: CellProps) => (
  <span className={styles[name]} role="gridcell" title={words === '' ? undefined : words}>
    {words}
  </span>
);
