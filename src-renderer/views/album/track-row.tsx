import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCopyOff,
  IconFileOff,
  IconFolderOpen,
  IconLock,
  IconPlayerPause,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRefresh,
  IconUsers,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackView } from '../../../src-preload/contract/album-view.ts';
import { badgeOf } from '../../../src-preload/contract/format.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { Badge } from '../../components/format-badges.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { useFault } from '../../use-fault.ts';
import { currentTrack, type PlayerTrack } from '../player/player.ts';
import { usePlayer, usePlayerState } from '../player/player-context.tsx';
import { performersLine, roleWords } from './discs.ts';
import styles from './track.module.css';

const ICONS = {
  synced: IconCircleCheckFilled,
  'not-synced': IconCircleDashed,
  syncing: IconRefresh,
  paused: IconPlayerPause,
  unavailable: IconLock,
  failed: IconAlertTriangle,
  missing: IconFileOff,
  damaged: IconAlertTriangle,
  'left-out': IconCopyOff,
} as const satisfies Record<TrackView['status'], typeof IconLock>;

interface TrackRowProps {
  readonly track: TrackView;
  readonly albumId: AlbumId;
  readonly albumArtist: string;
  /** What the player gets when this one is played. */
  readonly playable: readonly PlayerTrack[];
}

/** One track: what it is, what of it is on disk, and why if it is not. */
export function TrackRow({ track, albumId, albumArtist, playable }: TrackRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useFault();
  const creditsId = useId();
  const [open, setOpen] = useState(false);
  const current = usePlayerState((state) => currentTrack(state)?.id === track.id);
  const Icon = ICONS[track.status];
  const fault = track.error === null ? null : words(track.error);
  const performers = performersLine(track, albumArtist);
  return (
    <li className={styles.track} data-status={track.status} data-current={current || undefined}>
      <div className={styles.line}>
        <Start track={track} albumId={albumId} playable={playable} />
        <span className={styles.words}>
          <span className={styles.title}>{track.title}</span>
          {performers !== null && <span className={styles.performers}>{performers}</span>}
        </span>
        {track.performers.length > 0 && (
          <Tooltip label={t('album.creditsShort')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              className={styles.credit}
              aria-label={t('album.credits', { title: track.title })}
              aria-expanded={open}
              aria-controls={creditsId}
              onClick={() => setOpen(!open)}
            >
              <IconUsers size={15} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
        <span className={styles.served}>{served(track)}</span>
        <span className={styles.length}>{formats.clock(track.durationSeconds)}</span>
        <span className={styles.status} title={t(`states.track.${track.status}`)}>
          <Icon size={16} stroke={1.75} role="img" aria-label={t(`states.track.${track.status}`)} />
        </span>
      </div>
      {fault !== null && (
        <p className={styles.fault}>
          {fault.sentence} {fault.remedy}
        </p>
      )}
      {open && (
        <dl className={styles.credits} id={creditsId}>
          {track.performers.map(({ name, roles }) => (
            <div key={`${name}/${roles.join()}`} className={styles.creditLine}>
              <dt>{name}</dt>
              <dd>{roles.map(roleWords).join(', ')}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** What is on disk: its real resolution where that is known. */
function served({ servedFormatId, bitDepth, samplingRateKHz }: TrackView) {
  if (servedFormatId === null) return null;
  const badge = badgeOf(servedFormatId);
  const exact = bitDepth !== null && samplingRateKHz !== null && badge.kind !== 'lossy';
  const dsd = badge.label.startsWith('DSD');
  return (
    <Badge badge={exact && !dsd ? { ...badge, label: `${bitDepth}/${samplingRateKHz}` } : badge} />
  );
}

type StartProps = Pick<TrackRowProps, 'track' | 'albumId' | 'playable'>;

/** The track's number, and the button in its place that plays it or shows where it lies. */
function Start({ track, albumId, playable }: StartProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const player = usePlayer();
  const show = useCall(bridge.showInFolder);
  const playing = usePlayerState(
    (state) =>
      currentTrack(state)?.id === track.id &&
      (state.state === 'playing' || state.state === 'loading'),
  );
  const mine = usePlayerState((state) => currentTrack(state)?.id === track.id);
  const number = <span className={styles.number}>{track.trackNumber}</span>;
  const { title } = track;
  if (track.playable) {
    return (
      <span className={styles.start} data-startable>
        {number}
        <button
          type="button"
          className={styles.play}
          aria-label={playing ? t('album.pauseTrack', { title }) : t('album.playTrack', { title })}
          onClick={() => {
            if (mine) player?.toggle();
            else
              player?.play(
                playable,
                playable.findIndex(({ id }) => id === track.id),
              );
          }}
        >
          {playing ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        </button>
      </span>
    );
  }
  if (track.servedFormatId === null || track.bytes === 0) {
    return <span className={styles.start}>{number}</span>;
  }
  // On disk, and not for the window to play: DSD.
  return (
    <span className={styles.start} data-startable>
      {number}
      <Tooltip label={t('album.dsdShort')}>
        <button
          type="button"
          className={styles.play}
          aria-label={t('album.dsd', { title })}
          onClick={() => void show.start({ albumId, trackId: track.id })}
        >
          <IconFolderOpen size={16} stroke={1.75} />
        </button>
      </Tooltip>
    </span>
  );
}
