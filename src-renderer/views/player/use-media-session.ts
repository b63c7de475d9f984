import { useEffect } from 'react';
import { useMirror } from '../../context.ts';
import { currentTrack, type Player } from './player.ts';
import { usePlayerState } from './player-context.tsx';

const session = () => navigator.mediaSession;

/** How far the system's own seek keys go, in seconds, when they do not say. */
const STEP = 10;

/** Tells the system what plays, and takes its media keys. */
export function useMediaSession(player: Player): void {
  const track = usePlayerState(currentTrack);
  const state = usePlayerState((each) => each.state);
  const duration = usePlayerState((each) => each.duration);
  const album = useMirror((mirror) => (track === null ? null : mirror.albums.get(track.albumId)));

  useEffect(() => {
    if (track === null) return;
    session().metadata = new MediaMetadata({
      title: track.title,
      artist: track.artist,
      album: album?.title ?? '',
    });
    return () => {
      session().metadata = null;
    };
  }, [track, album?.title]);

  useEffect(() => {
    session().playbackState =
      state === 'idle' ? 'none' : state === 'playing' || state === 'loading' ? 'playing' : 'paused';
  }, [state]);

  useEffect(() => {
    if (duration === 0) return;
    const tell = (): void => {
      const { position } = player.store.getState();
      session().setPositionState({ duration, position: Math.min(position, duration) });
    };
    tell();
    // The system counts on by itself; it is told only about jumps.
    let last = player.store.getState().position;
    return player.store.subscribe(({ position }) => {
      if (Math.abs(position - last) > 1) tell();
      last = position;
    });
  }, [player, duration]);

  useEffect(() => {
    const position = (): number => player.store.getState().position;
    const handlers: readonly (readonly [MediaSessionAction, MediaSessionActionHandler])[] = [
      ['play', () => player.toggle()],
      ['pause', () => player.toggle()],
      ['stop', () => player.close()],
      ['previoustrack', () => player.previous()],
      ['nexttrack', () => player.next()],
      ['seekto', ({ seekTime }) => player.seek(seekTime ?? 0)],
      ['seekbackward', ({ seekOffset }) => player.seek(position() - (seekOffset ?? STEP))],
      ['seekforward', ({ seekOffset }) => player.seek(position() + (seekOffset ?? STEP))],
    ];
    for (const [action, handler] of handlers) session().setActionHandler(action, handler);
    return () => {
      for (const [action] of handlers) session().setActionHandler(action, null);
    };
  }, [player]);
}
