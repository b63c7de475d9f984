import { closeSync, fstatSync, openSync } from 'node:fs';
import { CratefulError } from '../errors.ts';
import type { AudioFacts } from './audio-facts.ts';
import { containerOf, isAudio, recognise } from './container.ts';
import { proveDsf } from './dsf.ts';
import { type ProofDepth, proveFlac } from './flac/prove.ts';
import { hashRange } from './hash-range.ts';
import { proveMp3 } from './mp3.ts';

/** How far a file's duration may be from the service's, in seconds (architecture §4 step 3). */
export const DURATION_TOLERANCE_SECONDS = 1.5;

/** What is to be proven. */
export interface ProofRequest {
  readonly path: string;
  /** Without the dot; the planned one: `flac`, `mp3`, `dsf`, or another container's. */
  readonly extension: string;
  /** Null when the service states none. */
  readonly expectedDurationSeconds: number | null;
  /** Default `decode`; `walk` leaves out decoding and so the MD5 of a FLAC. */
  readonly depth?: ProofDepth;
}

/**
 * Steps 1, 3 and 4 of architecture §4 on a file that has all its bytes: it is what its extension says, its
 * structure and checksums hold, and it is as long as the service says. Throws NOT_AUDIO, WRONG_FORMAT,
 * AUDIO_DAMAGED, TOO_SHORT.
 */
export async function proveFile(request: ProofRequest): Promise<AudioFacts> {
  const fd = openSync(request.path, 'r');
  try {
    const bytes = fstatSync(fd).size;
    const found = recognise(fd, bytes);
    if (!isAudio(found)) throw new CratefulError('NOT_AUDIO', { looksLike: found });
    const expected = containerOf(request.extension);
    if (expected !== undefined && found !== expected) {
      throw new CratefulError('WRONG_FORMAT', { expected, found });
    }
    const facts = await factsOf(fd, bytes, found, request.path, request.depth ?? 'decode');
    if (request.expectedDurationSeconds !== null) {
      checkDuration(facts.durationSeconds, request.expectedDurationSeconds);
    }
    return facts;
  } finally {
    closeSync(fd);
  }
}

/**
 * The facts of an open file whose container was recognised; throws AUDIO_DAMAGED. A container without a
 * prover of its own is read by music-metadata and hashed whole, since nothing is known of its inside.
 */
export async function factsOf(
  fd: number,
  bytes: number,
  container: string,
  path: string,
  depth: ProofDepth,
): Promise<AudioFacts> {
  if (container === 'flac') return flacFacts(fd, bytes, depth);
  if (container === 'mp3') return proveMp3(fd, bytes);
  if (container === 'dsf') return proveDsf(fd, bytes);
  // Loaded only where it is needed: it would double the start of every thread.
  const { parseFile } = await import('music-metadata');
  const { format } = await parseFile(path, { duration: true, skipCovers: true }).catch((cause) => {
    throw new CratefulError('AUDIO_DAMAGED', { reason: 'unreadable', second: 0 }, cause);
  });
  if (format.duration === undefined) {
    throw new CratefulError('AUDIO_DAMAGED', { reason: 'no-duration', second: 0 });
  }
  const audio = { start: 0, end: bytes };
  return {
    durationSeconds: format.duration,
    samplingRateKHz: (format.sampleRate ?? 0) / 1000,
    bitDepth: format.bitsPerSample ?? null,
    channels: format.numberOfChannels ?? 0,
    totalSamples: Math.round(format.duration * (format.sampleRate ?? 0)),
    audioHash: { kind: 'frames-sha256', value: hashRange(fd, audio) },
    md5: 'not-applicable',
    audio,
  };
}

function flacFacts(fd: number, bytes: number, depth: ProofDepth): AudioFacts {
  const proof = proveFlac(fd, bytes, depth);
  const info = proof.layout.streamInfo;
  const audio = { start: proof.layout.audioOffset, end: proof.audioEnd };
  // A walk leaves STREAMINFO's MD5 as the audio's name; only without one the frames are hashed.
  const md5 = proof.pcmMd5 ?? (depth === 'walk' ? info.md5 : null);
  return {
    durationSeconds: proof.totalSamples / info.sampleRate,
    samplingRateKHz: info.sampleRate / 1000,
    bitDepth: info.bitDepth,
    channels: info.channels,
    totalSamples: proof.totalSamples,
    audioHash:
      md5 === null
        ? { kind: 'frames-sha256', value: hashRange(fd, audio) }
        : { kind: 'flac-pcm-md5', value: md5 },
    md5: proof.pcmMd5 === null ? 'not-applicable' : info.md5 === null ? 'was-unset' : 'matched',
    audio,
  };
}

/**
 * A clean truncation decodes well: only the service's duration tells (traps §2 rule 2). Shorter is TOO_SHORT;
 * longer is another recording or a damaged one, hence AUDIO_DAMAGED.
 */
function checkDuration(seconds: number, expectedSeconds: number): void {
  if (seconds < expectedSeconds - DURATION_TOLERANCE_SECONDS) {
    throw new CratefulError('TOO_SHORT', {
      expectedSeconds,
      seconds: Math.round(seconds * 10) / 10,
    });
  }
  if (seconds > expectedSeconds + DURATION_TOLERANCE_SECONDS) {
    throw new CratefulError('AUDIO_DAMAGED', { reason: 'too-long', second: Math.floor(seconds) });
  }
}
