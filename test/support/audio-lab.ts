import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type AudioPool, createAudioPool, type Proof } from '../../src-main/audio/pool.ts';
import type { TagSet } from '../../src-main/audio/tags.ts';
import { CratefulError } from '../../src-main/errors.ts';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { type EncodedFlac, encodeFlac, type FlacSpec, testSignal } from './flac-encoder.ts';

/** The worker's source, which Node runs as it stands. */
export const AUDIO_WORKER = new URL('../../src-main/audio/worker.ts', import.meta.url);

/** A folder and a pool of two threads for one test file; both are gone when its tests are done. */
export interface AudioLab {
  readonly folder: string;
  readonly pool: AudioPool;
  /** Writes a file into the folder and gives its path. */
  save(name: string, bytes: Buffer | string): string;
  prove(path: string, extension: string, seconds?: number | null): Promise<Proof>;
}

/** Sets up an {@link AudioLab}; called once, beside the tests that use it. */
export function useAudioLab(): AudioLab {
  let folder = '';
  let pool: AudioPool | null = null;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crateful-audio-'));
    pool = createAudioPool({ workerUrl: AUDIO_WORKER, threads: 2 });
  });
  afterAll(async () => {
    await pool?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    get pool() {
      return pool!;
    },
    save(name, bytes) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    prove(path, extension, seconds = null) {
      return pool!.prove({ path, extension, expectedDurationSeconds: seconds });
    },
  };
}

/** Lower-case hex. */
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Two seconds of stereo at 16 bit and 44.1 kHz, unless told otherwise. */
export const makeFlac = (more: Partial<FlacSpec> = {}): EncodedFlac =>
  encodeFlac({
    sampleRate: 44_100,
    bitDepth: 16,
    channels: testSignal(88_200, 2, 16),
    blockSize: 4096,
    style: () => ({ subframe: 'fixed', order: 2, coding: 'mid-side' }),
    ...more,
  });

/** The fault a promise rejects with, as it would cross a boundary. */
export async function faultOf(promise: Promise<unknown>): Promise<ErrorView> {
  const fault = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(fault).toBeInstanceOf(CratefulError);
  return (fault as CratefulError).toView();
}

/** Every field a track can have. */
export const TAGS: TagSet = {
  TITLE: ['Ærø: Op. 27 (Live)'],
  ARTIST: ['Mira Vogel', '雨の日'],
  ALBUM: ['Night Trains'],
  ALBUMARTIST: ['Mira Vogel'],
  TRACKNUMBER: ['3'],
  TRACKTOTAL: ['12'],
  DISCNUMBER: ['1'],
  DISCTOTAL: ['2'],
  DATE: ['2021-03-05'],
  YEAR: ['2021'],
  GENRE: ['Jazz', 'Vocal'],
  LABEL: ['Low Tide'],
  COMPOSER: ['A. One', 'B. Two'],
  PERFORMER: ['Mira Vogel (Main Artist, Piano)', 'Jo (Bass)'],
  ISRC: ['QZABC2100001'],
  UPC: ['0123456789012'],
  BARCODE: ['0123456789012'],
  COPYRIGHT: ['℗ 2021 Low Tide'],
  REPLAYGAIN_TRACK_GAIN: ['-7.31 dB'],
  REPLAYGAIN_TRACK_PEAK: ['0.988000'],
  ITUNESADVISORY: ['0'],
  QOBUZ_TRACK_ID: ['123456'],
  QOBUZ_ALBUM_ID: ['abc123'],
};
