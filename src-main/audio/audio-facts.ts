import type { AudioHash } from '../../src-preload/contract/library.ts';

/** What a proof found out about a file's sound. */
export interface AudioFacts {
  readonly durationSeconds: number;
  readonly samplingRateKHz: number;
  /** Null where the format has none (MP3). */
  readonly bitDepth: number | null;
  readonly channels: number;
  /** Samples per channel. */
  readonly totalSamples: number;
  readonly audioHash: AudioHash;
  /** `not-applicable`: the format carries no checksum, or the audio was not decoded. */
  readonly md5: 'matched' | 'was-unset' | 'not-applicable';
  /** Where the audio itself stands in the file: tags before and after it are not part. */
  readonly audio: ByteRange;
}

/** File offsets, `end` not included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
