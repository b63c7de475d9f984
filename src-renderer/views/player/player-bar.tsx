import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
  IconVolume,
  IconVolumeOff,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Cover } from '../../components/cover.tsx';
import { useFormats, useMirror, useNavigation } from '../../context.ts';
import { openAlbum } from '../../navigation.ts';
import styles from './player.module.css';
import { currentTrack, type Player, type PlayerTrack } from './player.ts';
import { usePlayer, usePlayerState } from './player-context.tsx';
import { Range } from './range.tsx';
import { useMediaSession } from './use-media-session.ts';

/** The small player at the foot of the window, while something plays. */
export function PlayerBar() {
  const player = usePlayer();
  const track = usePlayerState(currentTrack);
  if (player === null || track === null) return null;
  return <OpenPlayer player={player} track={track} />;
}

interface OpenPlayerProps {
  readonly player: Player;
  readonly track: PlayerTrack;
}

function OpenPlayer({ player, track }: OpenPlayerProps) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const state = usePlayerState((each) => each.state);
  const last = usePlayerState((each) => each.index === each.tracks.length - 1);
  const hasCover = useMirror((mirror) => mirror.albums.get(track.albumId)?.hasCover ?? false);
  useMediaSession(player);
  useSpace(player);
  const going = state === 'playing' || state === 'loading';
  return (
    <section className={styles.player} data-player aria-label={t('player.label')}>
      <button
        type="button"
        className={styles.what}
        onClick={() => openAlbum(navigation, track.albumId)}
      >
        <span className={styles.thumb}>
          <Cover key={track.albumId} albumId={track.albumId} hasCover={hasCover} />
        </span>
        <span className={styles.words}>
          <VisuallyHidden>{t('player.show')}</VisuallyHidden>
          <span className={styles.title}>{track.title}</span>
          <span className={styles.artist}>{track.artist}</span>
        </span>
      </button>
      <div className={styles.controls}>
        <Control label={t('player.previous')} onClick={player.previous}>
          <IconPlayerSkipBackFilled size={17} aria-hidden="true" />
        </Control>
        <Tooltip label={going ? t('player.pause') : t('player.play')}>
          <ActionIcon
            size={40}
            radius="xl"
            aria-label={going ? t('player.pause') : t('player.play')}
            onClick={player.toggle}
          >
            {going ? (
              <IconPlayerPauseFilled size={18} aria-hidden="true" />
            ) : (
              <IconPlayerPlayFilled size={18} aria-hidden="true" />
            )}
          </ActionIcon>
        </Tooltip>
        <Control label={t('player.next')} onClick={player.next} disabled={last}>
          <IconPlayerSkipForwardFilled size={17} aria-hidden="true" />
        </Control>
      </div>
      {state === 'failed' ? (
        <p className={styles.fault} role="alert">
          {t('player.failed')}
        </p>
      ) : (
        <Position player={player} />
      )}
      <Volume player={player} />
      <div className={styles.close}>
        <Control label={t('player.close')} onClick={player.close}>
          <IconX size={17} stroke={2} aria-hidden="true" />
        </Control>
      </div>
      <VisuallyHidden role="status">
        {state === 'failed' ? '' : t('player.now', { title: track.title, artist: track.artist })}
      </VisuallyHidden>
    </section>
  );
}

interface ControlProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

function Control({ label, onClick, disabled = false, children }: ControlProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Position({ player }: { readonly player: Player }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const position = usePlayerState((state) => Math.floor(state.position));
  const duration = usePlayerState((state) => state.duration);
  const words = { position: formats.clock(position), duration: formats.clock(duration) };
  return (
    <div className={styles.position}>
      <span className={styles.time}>{words.position}</span>
      <Range
        label={t('player.seek')}
        text={t('player.position', words)}
        value={position}
        most={Math.max(1, Math.ceil(duration))}
        step={5}
        disabled={duration === 0}
        onChange={player.seek}
      />
      <span className={styles.time}>{words.duration}</span>
    </div>
  );
}

function Volume({ player }: { readonly player: Player }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const volume = usePlayerState((state) => state.volume);
  const muted = usePlayerState((state) => state.muted);
  const Icon = muted || volume === 0 ? IconVolumeOff : IconVolume;
  return (
    <div className={styles.volume}>
      <Control label={muted ? t('player.unmute') : t('player.mute')} onClick={player.toggleMute}>
        <Icon size={18} stroke={1.75} aria-hidden="true" />
      </Control>
      <Range
        label={t('player.volume')}
        text={formats.percent(muted ? 0 : volume)}
        value={muted ? 0 : Math.round(volume * 100)}
        most={100}
        step={5}
        onChange={(value) => player.setVolume(value / 100)}
      />
    </div>
  );
}

/** Space plays and pauses wherever it has no other meaning. */
function useSpace(player: Player): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest(CONTROLS)) return;
      event.preventDefault();
      player.toggle();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [player]);
}

const CONTROLS =
  'button, a, input, textarea, select, summary, [role="row"], [role="dialog"], [role="menu"], [contenteditable]';
