import { beforeEach, describe, expect, it } from 'vitest';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';
import {
  createPlayer,
  currentTrack,
  type Player,
  type PlayerAudio,
} from '../../../src-renderer/views/player/player.ts';

/** An audio element that plays without sound: it only says what a real one would say. */
class SilentAudio extends EventTarget {
  src = '';
  currentTime = 0;
  duration = Number.NaN;
  volume = 1;
  muted = false;
  paused = true;
  play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event('playing'));
    return Promise.resolve();
  }
  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }
  load(): void {}
  removeAttribute(): void {
    this.src = '';
  }
  reach(seconds: number, duration = 200): void {
    this.duration = duration;
    this.currentTime = seconds;
    this.dispatchEvent(new Event('durationchange'));
    this.dispatchEvent(new Event('timeupdate'));
  }
  end(): void {
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
    this.dispatchEvent(new Event('ended'));
  }
}

const tracks = [1, 2, 3].map((id) => ({
  albumId: albumId('album'),
  id: trackId(id),
  title: `Track ${id}`,
  artist: 'Somebody',
}));

let audio: SilentAudio;
let player: Player;

beforeEach(() => {
  audio = new SilentAudio();
  player = createPlayer(audio as unknown as PlayerAudio, ({ id }) => `audio:${id}`);
});

const title = () => currentTrack(player.store.getState())?.title ?? null;
const state = () => player.store.getState().state;

describe('the player', () => {
  it('plays the track that was chosen, and pauses and goes on', () => {
    player.play(tracks, 1);
    expect([audio.src, title(), state()]).toEqual(['audio:2', 'Track 2', 'playing']);
    player.toggle();
    expect([state(), audio.paused]).toEqual(['paused', true]);
    player.toggle();
    expect(state()).toBe('playing');
  });

  it('goes on with the next track by itself, and stops after the last', () => {
    player.play(tracks, 1);
    audio.end();
    expect([audio.src, state()]).toEqual(['audio:3', 'playing']);
    audio.end();
    expect([title(), state()]).toEqual(['Track 3', 'paused']);
  });

  it('goes back to the track before only from the first seconds of one', () => {
    player.play(tracks, 2);
    audio.reach(40);
    player.previous();
    expect([audio.src, audio.currentTime]).toEqual(['audio:3', 0]);
    audio.reach(1);
    player.previous();
    expect(audio.src).toBe('audio:2');
    player.next();
    expect(audio.src).toBe('audio:3');
    player.next();
    expect(audio.src).toBe('audio:3');
  });

  it('stays within the track when it is told to seek', () => {
    player.play(tracks, 0);
    audio.reach(10);
    player.seek(5000);
    expect(audio.currentTime).toBe(200);
    player.seek(-4);
    expect(player.store.getState().position).toBe(0);
  });

  it('says that a track failed, and tries it again when asked', () => {
    player.play(tracks, 0);
    audio.dispatchEvent(new Event('error'));
    audio.pause();
    expect(state()).toBe('failed');
    player.toggle();
    expect([audio.src, state()]).toEqual(['audio:1', 'playing']);
  });

  it('lets go of the file when it is closed, and stays silent about it', () => {
    player.play(tracks, 0);
    audio.reach(10);
    player.close();
    audio.reach(11);
    expect([audio.src, title(), state(), player.store.getState().position]).toEqual([
      '',
      null,
      'idle',
      0,
    ]);
  });

  it('unmutes when the volume is set', () => {
    player.toggleMute();
    expect(audio.muted).toBe(true);
    player.setVolume(0.4);
    expect([audio.muted, audio.volume]).toEqual([false, 0.4]);
  });
});
