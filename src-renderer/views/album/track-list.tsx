import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconLock,
  IconRefresh,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import { badgeOf } from '../../../src-preload/contract/format.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { TrackView } from '../../../src-preload/contract/views.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { settle, useFormats, useSurroundings } from '../../context.ts';
import { useFault } from '../../use-fault.ts';
import styles from './album.module.css';

const ICONS = {
  synced: IconCircleCheckFilled,
  'not-synced': IconCircleDashed,
  syncing: IconRefresh,
  unavailable: IconLock,
  failed: IconAlertTriangle,
} as const satisfies Record<TrackView['status'], typeof IconLock>;

interface TrackListProps {
  readonly albumId: AlbumId;
  /** Changes whenever the tracks may have; they are then asked for again. */
  readonly revision: string;
}

/** An album's tracks, asked for when the album is opened. */
export function TrackList({ albumId, revision }: TrackListProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const [tracks, setTracks] = useState<readonly TrackView[] | null>(null);
  const [fault, setFault] = useState<ErrorView | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and tries only say "ask again"
  useEffect(() => {
    let current = true;
    void settle(bridge.getAlbumTracks({ albumId })).then((reply) => {
      if (!current) return;
      setFault(reply.ok ? null : reply.error);
      if (reply.ok) setTracks(reply.value);
    });
    return () => {
      current = false;
    };
  }, [bridge, albumId, revision, tries]);

  if (tracks === null && fault !== null) {
    return (
      <FaultNotice fault={fault}>
        <Button size="sm" onClick={() => setTries((count) => count + 1)}>
          {t('app.tryAgain')}
        </Button>
      </FaultNotice>
    );
  }
  if (tracks === null) {
    return <div className={styles.loading} role="status" aria-label={t('album.loading')} />;
  }
  const discs = [...new Set(tracks.map((track) => track.discNumber))];
  return (
    <>
      {discs.map((disc) => (
        <section key={disc} className={styles.disc}>
          {discs.length > 1 && <h3 className={styles.discTitle}>{t('album.disc', { disc })}</h3>}
          <ul>
            {tracks
              .filter((track) => track.discNumber === disc)
              .map((track) => (
                <TrackRow key={track.id} track={track} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function TrackRow({ track }: { readonly track: TrackView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useFault();
  const Icon = ICONS[track.status];
  const fault = track.error === null ? null : words(track.error);
  return (
    <li className={styles.track} data-status={track.status}>
      <span className={styles.number}>{track.trackNumber}</span>
      <span className={styles.trackWords}>
        <span className={styles.trackTitle}>{track.title}</span>
        <span className={styles.trackArtist}>{track.artist}</span>
        {fault !== null && (
          <span className={styles.trackFault}>
            {fault.sentence} {fault.remedy}
          </span>
        )}
      </span>
      {track.servedFormatId !== null && (
        <span className={styles.served}>
          {track.bitDepth !== null && track.samplingRateKHz !== null
            ? `${track.bitDepth}/${track.samplingRateKHz}`
            : badgeOf(track.servedFormatId).label}
        </span>
      )}
      <span className={styles.length}>{formats.clock(track.durationSeconds)}</span>
      <Icon
        className={styles.trackIcon}
        size={16}
        stroke={1.75}
        role="img"
        aria-label={t(`states.track.${track.status}`)}
      />
    </li>
  );
}
