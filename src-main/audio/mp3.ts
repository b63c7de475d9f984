import { CratefulError } from '../errors.ts';
import type { AudioFacts } from './audio-facts.ts';
import { ByteWindow } from './byte-window.ts';
import { classifyTail, id3v2Length } from './container.ts';
import { hashRange } from './hash-range.ts';

const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_1 = [44_100, 48_000, 32_000];

/** One MPEG audio layer III frame header. */
export interface Mp3Header {
  readonly frameBytes: number;
  /** Samples per channel in the frame. */
  readonly samples: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bytes of side information, behind which an info header may stand. */
  readonly sideBytes: number;
}

/** Reads a layer III header (ISO 11172-3 §2.4.1.3, 13818-3); null when these four bytes are none. */
export function parseMp3Header(bytes: Uint8Array, at: number): Mp3Header | null {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  if (a !== 0xff || (b & 0xe6) !== 0xe2) return null;
  const version = (b >>> 3) & 3;
  const bitrateIndex = c >>> 4;
  const rateIndex = (c >>> 2) & 3;
  if (version === 1 || bitrateIndex === 0 || bitrateIndex === 15 || rateIndex === 3) return null;
  const isVersion1 = version === 3;
  const sampleRate = (RATES_1[rateIndex] ?? 0) / (isVersion1 ? 1 : version === 2 ? 2 : 4);
  const bitrate = ((isVersion1 ? BITRATES_1 : BITRATES_2)[bitrateIndex] ?? 0) * 1000;
  const samples = isVersion1 ? 1152 : 576;
  const channels = d >>> 6 === 3 ? 1 : 2;
  return {
    frameBytes: Math.floor(((samples / 8) * bitrate) / sampleRate) + ((c >>> 1) & 1),
    samples,
    sampleRate,
    channels,
    sideBytes: isVersion1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17,
  };
}

/**
 * Proves an MP3's structure: behind the tags in front, frame follows frame without a gap up to the end or to
 * tags at the end, none cut, none of another kind, and as many as its info header counts. MP3 carries no
 * checksum, so a flipped bit inside a frame is not seen (architecture §4 step 4). The hash covers all frames.
 * Throws AUDIO_DAMAGED with `reason` and the `second` it was noticed at.
 */
export function proveMp3(fd: number, fileBytes: number): AudioFacts {
  const window = new ByteWindow(fd, id3v2Length(fd, 0, fileBytes), fileBytes);
  skipZeros(window);
  const start = window.offset;
  let first: Mp3Header | null = null;
  let stated: InfoHeader | null = null;
  let frames = 0;
  const fail = (reason: string): never => {
    const second = first === null ? 0 : Math.floor((frames * first.samples) / first.sampleRate);
    throw new CratefulError('AUDIO_DAMAGED', { reason, second });
  };

  while (window.ensure(4) >= 4) {
    const header = parseMp3Header(window.bytes, window.position);
    if (header === null) break;
    if (window.ensure(header.frameBytes) < header.frameBytes) fail('truncated');
    if (first === null) {
      first = header;
      stated = readInfoHeader(window, header);
      if (stated === null) frames += 1;
    } else {
      if (header.sampleRate !== first.sampleRate || header.samples !== first.samples) {
        fail('format-changed');
      }
      frames += 1;
    }
    window.skip(header.frameBytes);
  }

  if (first === null || frames === 0) return fail('no-audio');
  const end = window.offset;
  const tail = classifyTail(fd, end, fileBytes);
  if (tail === 'unknown') fail('lost-sync');
  if (tail === 'zeros' && stated === null) fail('truncated');
  if (stated !== null && !agrees(stated, frames, end - start)) {
    fail((stated.frames ?? 0) > frames ? 'frames-missing' : 'frames-extra');
  }
  const totalSamples = frames * first.samples;
  return {
    durationSeconds: totalSamples / first.sampleRate,
    samplingRateKHz: first.sampleRate / 1000,
    bitDepth: null,
    channels: first.channels,
    totalSamples,
    audioHash: { kind: 'frames-sha256', value: hashRange(fd, { start, end }) },
    md5: 'not-applicable',
    audio: { start, end },
  };
}

/** What an info header counts; null where it does not. */
interface InfoHeader {
  readonly frames: number | null;
  /** All frames' bytes, the info frame's included. */
  readonly bytes: number | null;
}

/**
 * The Xing, Info or VBRI header that encoders put in place of a first frame of silence; it is not music.
 * Null when the frame is an ordinary one.
 */
function readInfoHeader(window: ByteWindow, header: Mp3Header): InfoHeader | null {
  const frame = window.bytes.subarray(window.position, window.position + header.frameBytes);
  const at = 4 + header.sideBytes;
  const name = frame.toString('latin1', at, at + 4);
  if ((name === 'Xing' || name === 'Info') && frame.length >= at + 16) {
    const flags = frame.readUInt32BE(at + 4);
    const frames = (flags & 1) === 0 ? null : frame.readUInt32BE(at + 8);
    const bytesAt = at + (frames === null ? 8 : 12);
    return { frames, bytes: (flags & 2) === 0 ? null : frame.readUInt32BE(bytesAt) };
  }
  // VBRI always stands 32 bytes behind the header.
  if (frame.toString('latin1', 36, 40) === 'VBRI' && frame.length >= 54) {
    return { frames: frame.readUInt32BE(50), bytes: frame.readUInt32BE(46) };
  }
  return null;
}

/**
 * Whether the info header's counts fit what was walked. One of the two suffices, since encoders differ in
 * whether they count the info frame; without a count of bytes a difference of that one frame is allowed.
 */
function agrees(stated: InfoHeader, frames: number, bytes: number): boolean {
  if (stated.frames === frames || stated.bytes === bytes) return true;
  if (stated.frames === null) return stated.bytes === null;
  return stated.bytes === null && stated.frames === frames + 1;
}

/** Padding that some writers leave between the tag and the first frame. */
function skipZeros(window: ByteWindow): void {
  while (window.ensure(1) > 0 && window.bytes[window.position] === 0) window.skip(1);
}
