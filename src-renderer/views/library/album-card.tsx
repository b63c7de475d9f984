import { memo, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import { AlbumStatus } from '../../components/album-status.tsx';
import { Bar } from '../../components/bar.tsx';
import { Cover } from '../../components/cover.tsx';
import { FormatBadges } from '../../components/format-badges.tsx';
import { useMirror } from '../../context.ts';
import styles from './grid.module.css';
import { SelectBox } from './select-box.tsx';
import type { AlbumListItem } from './use-roving.ts';

interface AlbumCardProps extends Pick<AlbumListItem, 'onFocus' | 'onPress' | 'onToggle'> {
  readonly albumId: AlbumId;
  readonly index: number;
  /** Whether the tab key comes to this card; one of a grid at a time. */
  readonly reachable: boolean;
  readonly selected: boolean;
  /** Titles of tracks a search found; undefined keeps no room for them. */
  readonly hits: readonly string[] | undefined;
  /** Whether the grid is being scrolled. */
  readonly inMotion: RefObject<boolean>;
}

/** An album in the grid: cover, what it is, its best format and where it stands. */
export const AlbumCard = memo(function AlbumCard(props: AlbumCardProps) {
  const { albumId, index, reachable, selected, hits, inMotion, onFocus, onPress, onToggle } = props;
  const { t } = useTranslation();
  const album = useMirror((mirror) => mirror.albums.get(albumId));
  if (album === undefined) return null;
  const title = displayAlbumTitle(album);
  return (
    <div className={styles.card} data-selected={selected || undefined} data-status={album.status}>
      <button
        type="button"
        className={styles.press}
        data-index={index}
        tabIndex={reachable ? 0 : -1}
        onFocus={() => onFocus(index)}
        onClick={(event) => onPress(albumId, event)}
      >
        <span className={styles.cover}>
          <Cover albumId={albumId} hasCover={album.hasCover} late={inMotion.current} />
          {album.status === 'syncing' && (
            <span className={styles.cardBar}>
              <Bar
                share={album.tracksTotal === 0 ? null : album.tracksDone / album.tracksTotal}
                label={t('queue.albumProgress', { title })}
              />
            </span>
          )}
        </span>
        <span className={styles.name} title={title}>
          {title}
        </span>
        <span className={styles.by}>
          <span className={styles.artist} title={album.artist}>
            {album.artist}
          </span>
          {album.year !== null && <span className={styles.year}>{album.year}</span>}
        </span>
        {hits !== undefined && hits.length > 0 && (
          <span className={styles.hits} title={hits.join(', ')}>
            {hits.join(', ')}
          </span>
        )}
        <span className={styles.foot}>
          <AlbumStatus album={album} />
          <FormatBadges
            formatIds={album.servedFormatIds.length > 0 ? album.servedFormatIds : album.formatIds}
            most={1}
          />
        </span>
      </button>
      <span className={styles.box}>
        <SelectBox
          label={t('library.select.one', { title })}
          checked={selected}
          reachable={reachable}
          onToggle={(event) => onToggle(albumId, event)}
        />
      </span>
    </div>
  );
});
