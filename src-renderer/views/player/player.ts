import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlbumId, TrackId } from '../../../src-preload/contract/ids.ts';

/** A track the player was given. */
export interface PlayerTrack {
  readonly albumId: AlbumId;
  readonly id: TrackId;
  readonly title: string;
  readonly artist: string;
}

/** What plays. `idle` shows no player at all. */
export interface PlayerState {
  readonly state: 'idle' | 'loading' | 'playing' | 'paused' | 'failed';
  /** The playable tracks of one album, in its order. */
  readonly tracks: readonly PlayerTrack[];
  readonly index: number;
  /** Seconds. */
  readonly position: number;
  /** Seconds; 0 until it is known. */
  readonly duration: number;
  /** Between 0 and 1. */
  readonly volume: number;
  readonly muted: boolean;
}

/** The part of an audio element that the player drives. */
export type PlayerAudio = Pick<
  HTMLAudioElement,
  | 'src'
  | 'currentTime'
  | 'duration'
  | 'volume'
  | 'muted'
  | 'paused'
  | 'play'
  | 'pause'
  | 'load'
  | 'removeAttribute'
  | 'addEventListener'
  | 'removeEventListener'
>;

/** One audio element and what a person can do with it. */
export interface Player {
  readonly store: StoreApi<PlayerState>;
  /** Plays one of these tracks; the others are before and after it. */
  play(tracks: readonly PlayerTrack[], index: number): void;
  /** Pauses or goes on; tries again after a failure. */
  toggle(): void;
  next(): void;
  /** The track before; the start of this one when it has played for a while. */
  previous(): void;
  /** @param seconds - from the start of the track */
  seek(seconds: number): void;
  setVolume(volume: number): void;
  toggleMute(): void;
  /** Stops, and shows no player any more. */
  close(): void;
  /** Lets go of the audio element. */
  dispose(): void;
}

const IDLE = { state: 'idle', tracks: [], index: 0, position: 0, duration: 0 } as const;

/** From here on "previous" means the start of the track at hand, in seconds. */
const RESTART_AFTER = 3;

/** The track that plays, or null. */
export const currentTrack = ({ tracks, index }: PlayerState): PlayerTrack | null =>
  tracks[index] ?? null;

/** Drives an audio element through the tracks of an album. Its events alone say what goes on. */
export function createPlayer(
  audio: PlayerAudio,
  addressOf: (track: PlayerTrack) => string,
): Player {
  const store = createStore<PlayerState>(() => ({
    ...IDLE,
    volume: audio.volume,
    muted: audio.muted,
  }));
  const { getState, setState } = store;
  const idle = (): boolean => getState().state === 'idle';
  // A failure is told by the `error` event; being interrupted by the next track is none.
  const start = (): void => void audio.play().catch(() => undefined);
  const say = (state: PlayerState['state']) => (): void => {
    if (!idle()) setState({ state });
  };

  const listeners: readonly (readonly [string, () => void])[] = [
    ['playing', say('playing')],
    ['waiting', () => getState().state === 'playing' && setState({ state: 'loading' })],
    ['pause', () => getState().state !== 'failed' && say('paused')()],
    ['error', say('failed')],
    ['timeupdate', () => !idle() && setState({ position: audio.currentTime })],
    [
      'durationchange',
      () => setState({ duration: Number.isFinite(audio.duration) ? audio.duration : 0 }),
    ],
    ['volumechange', () => setState({ volume: audio.volume, muted: audio.muted })],
    [
      'ended',
      () => {
        const { index, tracks } = getState();
        if (index + 1 < tracks.length) goTo(index + 1);
        else setState({ state: 'paused', position: 0 });
      },
    ],
  ];
  for (const [name, listener] of listeners) audio.addEventListener(name, listener);

  function goTo(index: number): void {
    const track = getState().tracks[index];
    if (track === undefined) return;
    setState({ index, state: 'loading', position: 0, duration: 0 });
    audio.src = addressOf(track);
    start();
  }
  const release = (): void => {
    audio.pause();
    audio.removeAttribute('src');
    audio.load();
  };
  return {
    store,
    play(tracks, index) {
      setState({ tracks });
      goTo(index);
    },
    toggle() {
      const { state, index } = getState();
      if (state === 'idle') return;
      if (state === 'failed') goTo(index);
      else if (audio.paused) start();
      else audio.pause();
    },
    next: () => goTo(getState().index + 1),
    previous() {
      const { index, position } = getState();
      if (index === 0 || position > RESTART_AFTER) audio.currentTime = 0;
      else goTo(index - 1);
    },
    seek(seconds) {
      const { duration } = getState();
      const position = Math.min(Math.max(0, seconds), duration);
      audio.currentTime = position;
      setState({ position });
    },
    setVolume(volume) {
      audio.volume = Math.min(1, Math.max(0, volume));
      audio.muted = false;
    },
    toggleMute() {
      audio.muted = !audio.muted;
    },
    close() {
      setState(IDLE);
      release();
    },
    dispose() {
      for (const [name, listener] of listeners) audio.removeEventListener(name, listener);
      release();
    },
  };
}
