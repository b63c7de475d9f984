import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumView } from '../../../src-preload/contract/album-view.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import styles from './album.module.css';
import { discsOf } from './discs.ts';
import { playable } from './playable.ts';
import { TrackRow } from './track-row.tsx';

interface TrackListProps {
  readonly summary: AlbumSummary;
  readonly album: AlbumView;
}

/** An album's tracks, disc by disc. */
export function TrackList({ summary, album }: TrackListProps) {
  const { t } = useTranslation();
  const discs = useMemo(() => discsOf(album.tracks), [album.tracks]);
  const tracks = useMemo(() => playable(album), [album]);
  if (discs.length === 0) return <p className={styles.note}>{t('album.noTracks')}</p>;
  return discs.map(({ disc, tracks: listed }) => (
    <section key={disc} className={styles.disc}>
      <h2 className={discs.length > 1 ? styles.discTitle : styles.hidden}>
        {discs.length > 1 ? t('album.disc', { disc }) : t('album.tracksTitle')}
      </h2>
      <ol className={styles.tracks}>
        {listed.map((track) => (
          <TrackRow
            key={track.id}
            track={track}
            albumId={album.id}
            albumArtist={summary.artist}
            playable={tracks}
          />
        ))}
      </ol>
    </section>
  ));
}
