import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { AlbumLine } from '../../components/album-line.tsx';
import { useFormats, useMirror } from '../../context.ts';
import { tally } from '../../store/selectors.ts';
import styles from './activity.module.css';

interface AlbumRowProps {
  readonly albumId: AlbumId;
  readonly jobs: readonly JobView[];
  readonly open: boolean;
  readonly onToggle: (albumId: AlbumId) => void;
}

/** An album in the list of a run; opens and closes its files. */
export const AlbumRow = memo(function AlbumRow({ albumId, jobs, open, onToggle }: AlbumRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const album = useMirror((mirror) => mirror.albums.get(albumId));
  const count = tally(jobs);
  const title = album ? displayAlbumTitle(album) : (jobs[0]?.albumTitle ?? '');
  const artist = album?.artist ?? jobs[0]?.artist ?? '';
  return (
    <AlbumLine
      albumId={albumId}
      hasCover={album?.hasCover ?? false}
      title={title}
      subtitle={artist}
      open={open}
      onToggle={onToggle}
    >
      {count.failed > 0 && (
        <span className={styles.albumFailed}>
          {t('activity.albumFailed', { count: count.failed, amount: formats.count(count.failed) })}
        </span>
      )}
      {count.unavailable > 0 && (
        <span className={styles.albumUnavailable}>
          {t('activity.albumUnavailable', {
            count: count.unavailable,
            amount: formats.count(count.unavailable),
          })}
        </span>
      )}
      {count.unavailable < count.total && (
        <span className={styles.albumCount}>
          {t('activity.of', {
            done: formats.count(count.done),
            total: formats.count(count.total - count.unavailable),
          })}
        </span>
      )}
    </AlbumLine>
  );
});
