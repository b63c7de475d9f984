import type { AdoptionWhy } from '../../../src-preload/contract/adoption.ts';
import type { Album, Track } from '../../../src-preload/contract/catalogue.ts';
import type { Receipt } from '../../../src-preload/contract/library.ts';
import type { AudioPool } from '../../audio/pool.ts';
import { hasCode } from '../../errors.ts';
import { formatOfFile } from '../preference.ts';
import { endingOf } from './find-files.ts';

/** What is proven of a file before the library takes it over. */
export interface Claim {
  /** Absolute. */
  readonly path: string;
  readonly track: Track;
  readonly album: Album;
  /** Whether it is known to be damaged, and only stands for the place a fresh one goes to. */
  readonly fresh: boolean;
}

/** A receipt for a file, or why it gets none. */
export type Verdict = { readonly receipt: Receipt } | { readonly damaged: AdoptionWhy };

/** Seconds by which a file may differ from the track it is taken for; more is a cut, or something else. */
const LIKE_LENGTH_SECONDS = 3;
/** Below this an MP3 is not what the shop sells as 320. */
const LEAST_KBPS_OF_320 = 300;

/**
 * Reads a file to its end as its kind allows (architecture §4 steps 3 and 4), and makes the receipt it is kept with. What it
 * was asked for as nobody knows, so nothing is fetched in its place by itself
 * (docs/decisions/adopting-existing-music.md).
 *
 * Throws `DISK_FAILED` and `PATH_NOT_WRITABLE` when it cannot be read, and `CANCELLED`.
 */
export async function proveClaim(
  audio: Pick<AudioPool, 'prove' | 'hash'>,
  { path, track, album, fresh }: Claim,
  options: { readonly cratefulVersion: string; readonly signal: AbortSignal },
): Promise<Verdict> {
  const { cratefulVersion, signal } = options;
  const unproven = {
    audioHash: null,
    durationSeconds: null,
    requestedFormatId: null,
    servedFormatId: null,
    samplingRateKHz: null,
    bitDepth: null,
    refusedFormats: [],
    cratefulVersion,
  };
  // Nothing of a damaged file is proven: the next plan looks inside, and fetches another in its place.
  if (fresh) return { receipt: { ...unproven, ...(await audio.hash(path)) } };
  try {
    const request = { path, extension: endingOf(path), expectedDurationSeconds: null };
    const {
      durationSeconds,
      samplingRateKHz,
      bitDepth,
      audioHash,
      audio: range,
    } = await audio.prove(request, signal);
    if (Math.abs(durationSeconds - track.durationSeconds) > LIKE_LENGTH_SECONDS) {
      return { damaged: 'wrong-length' };
    }
    const sound = { samplingRateKHz, bitDepth };
    const { maximumBitDepth, maximumSamplingRateKHz } = album;
    const most = { bitDepth: maximumBitDepth, samplingRateKHz: maximumSamplingRateKHz };
    const kbps = ((range.end - range.start) * 8) / durationSeconds / 1000;
    const isLess = bitDepth === null && kbps < LEAST_KBPS_OF_320;
    return {
      receipt: {
        ...unproven,
        ...(await audio.hash(path)),
        audioHash,
        durationSeconds,
        servedFormatId: isLess ? null : formatOfFile(null, sound, most),
        samplingRateKHz,
        bitDepth,
      },
    };
  } catch (error) {
    if (hasCode(error, 'AUDIO_DAMAGED', 'TOO_SHORT')) return { damaged: 'damaged' };
    if (hasCode(error, 'NOT_AUDIO', 'WRONG_FORMAT')) return { damaged: 'unreadable' };
    throw error;
  }
}
