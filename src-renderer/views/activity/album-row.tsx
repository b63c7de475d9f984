import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { AlbumLine } from '../../components/album-line.tsx';
import { Bar } from '../../components/bar.tsx';
import { useFormats, useMirror } from '../../context.ts';
import { albumProgress, type QueueSection, tally } from '../../store/queue-rows.ts';
import { Pace } from './job-progress.tsx';
import styles from './queue.module.css';
import { RowActions } from './row-actions.tsx';

interface AlbumRowProps {
  readonly albumId: AlbumId;
  readonly jobs: readonly JobView[];
  readonly section: QueueSection;
  readonly open: boolean;
  readonly onToggle: (albumId: AlbumId) => void;
  readonly onMenu: (title: string, jobs: readonly JobView[], anchor: HTMLElement) => void;
  /** Whether it is the row that Tab leads to. */
  readonly current: boolean;
}

/** An album in the queue; opens and closes its files, and acts on all of them. */
export const AlbumRow = memo(function AlbumRow(props: AlbumRowProps) {
  const { albumId, jobs, section, open, onToggle, onMenu, current } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const album = useMirror((mirror) => mirror.albums.get(albumId));
  const count = tally(jobs);
  const title = album ? displayAlbumTitle(album) : (jobs[0]?.albumTitle ?? '');
  const artist = album?.artist ?? jobs[0]?.artist ?? '';
  const wanted = count.total - count.unavailable - count.cancelled;
  const progress = section === 'now' ? albumProgress(jobs) : null;
  return (
    <div className={styles.album}>
      <AlbumLine
        albumId={albumId}
        hasCover={album?.hasCover ?? false}
        title={title}
        subtitle={artist}
        open={open}
        onToggle={onToggle}
        tabIndex={current ? 0 : -1}
      />
      <div className={styles.progress}>
        {progress !== null && (
          <Bar share={progress.share} label={t('queue.albumProgress', { title })} />
        )}
        <span className={styles.progressText}>
          {wanted > 0 && (
            <span>
              {t('queue.of', { done: formats.count(count.done), total: formats.count(wanted) })}
            </span>
          )}
          {progress !== null && <Pace {...progress} />}
        </span>
        {count.failed + count.paused + count.unavailable > 0 && (
          <span className={styles.chips}>
            {count.failed > 0 && (
              <span className={styles.albumFailed}>
                {t('queue.albumFailed', {
                  count: count.failed,
                  amount: formats.count(count.failed),
                })}
              </span>
            )}
            {count.paused > 0 && (
              <span>
                {t('queue.albumPaused', {
                  count: count.paused,
                  amount: formats.count(count.paused),
                })}
              </span>
            )}
            {count.unavailable > 0 && (
              <span className={styles.albumUnavailable}>
                {t('queue.albumUnavailable', {
                  count: count.unavailable,
                  amount: formats.count(count.unavailable),
                })}
              </span>
            )}
          </span>
        )}
      </div>
      <RowActions
        jobs={jobs}
        title={title}
        tabbable={current}
        onMenu={(anchor) => onMenu(title, jobs, anchor)}
      />
    </div>
  );
});
