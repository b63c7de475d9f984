import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import { AlbumStatus } from '../../components/album-status.tsx';
import { Bar } from '../../components/bar.tsx';
import { Cover } from '../../components/cover.tsx';
import { FormatBadges } from '../../components/format-badges.tsx';
import { useMirror, useNavigation } from '../../context.ts';
import styles from './library.module.css';

interface AlbumCardProps {
  readonly albumId: AlbumId;
  readonly index: number;
  /** Whether the tab key comes to this card; one of a grid at a time. */
  readonly reachable: boolean;
  readonly onFocus: (index: number) => void;
}

/** An album in the grid: cover, what it is, its best format and where it stands. */
export const AlbumCard = memo(function AlbumCard({
  albumId,
  index,
  reachable,
  onFocus,
}: AlbumCardProps) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const album = useMirror((mirror) => mirror.albums.get(albumId));
  if (album === undefined) return null;
  const title = displayAlbumTitle(album);
  return (
    <button
      type="button"
      className={styles.card}
      data-index={index}
      tabIndex={reachable ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={() => navigation.setState({ albumId })}
    >
      <span className={styles.cover}>
        <Cover albumId={albumId} hasCover={album.hasCover} />
        {album.status === 'syncing' && (
          <span className={styles.cardBar}>
            <Bar
              share={album.tracksTotal === 0 ? null : album.tracksDone / album.tracksTotal}
              label={t('activity.albumProgress', { title })}
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
      <span className={styles.foot}>
        <AlbumStatus album={album} />
        <FormatBadges formatIds={album.formatIds} most={1} />
      </span>
    </button>
  );
});
