import { CratefulError } from '../../errors.ts';
import { ByteWindow } from '../byte-window.ts';
import { classifyTail } from '../container.ts';
import { FrameDecoder, MAX_DECODED_BITS } from './decode.ts';
import {
  type FrameHeader,
  MAX_HEADER_BYTES,
  newFrameHeader,
  parseFrameHeader,
} from './frame-header.ts';
import { FrameSequence } from './frame-sequence.ts';
import { findFrameEnd } from './frame-walk.ts';
import { PcmDigest } from './pcm-digest.ts';
import { type FlacLayout, readLayout, type StreamInfo } from './stream-info.ts';

/**
 * How deep a proof goes. `decode` decodes every sample and computes the audio's MD5. `walk` checks every
 * frame's CRC-16 and its place without decoding: it finds every change of a byte, not a wrong MD5.
 */
export type ProofDepth = 'walk' | 'decode';

/** What was found out about the frames of a FLAC. */
export interface FlacProof {
  readonly layout: FlacLayout;
  /** Per channel. */
  readonly totalSamples: number;
  /** Lower-case hex of the decoded audio; null when nothing was decoded. */
  readonly pcmMd5: string | null;
  /** File offset behind the last frame; what follows is an ID3v1 tag or zeros. */
  readonly audioEnd: number;
}

/**
 * Proves that an open FLAC is whole: every frame's CRCs hold, frames run on without a gap, the sample count
 * is STREAMINFO's, and (unless `walk`) the decoded audio has STREAMINFO's MD5 when it states one
 * (architecture §4 step 4). Audio deeper than 24 bit is walked only. Behind a complete count of samples,
 * tags and zeros are tolerated. Throws AUDIO_DAMAGED with `reason` and the `second` it was noticed at.
 */
export function proveFlac(fd: number, fileBytes: number, depth: ProofDepth): FlacProof {
  const layout = readLayout(fd, fileBytes);
  const info = layout.streamInfo;
  const window = new ByteWindow(fd, layout.audioOffset, fileBytes);
  const sequence = new FrameSequence(info);
  const decodes = depth === 'decode' && info.bitDepth <= MAX_DECODED_BITS;
  const decoder = new FrameDecoder(info.channels, info.maxBlockSize);
  const digest = decodes ? new PcmDigest(info.bitDepth) : null;
  const frameBytes = longestFrame(info);
  let header = newFrameHeader();
  let next = newFrameHeader();
  const fail = (reason: string): never => {
    const second = Math.floor(sequence.samples / info.sampleRate);
    throw new CratefulError('AUDIO_DAMAGED', { reason, second });
  };

  while (window.ensure(frameBytes) > 0 && !sequence.complete) {
    if (!parseFrameHeader(window.bytes, window.position, window.end, header)) break;
    const fault = sequence.fault(header);
    if (fault !== null) fail(fault);
    const length = digest
      ? decoder.decode(window, header, info.bitDepth)
      : walkFrame(window, header, next, sequence, decoder, info);
    if (length === 0) fail(window.remaining <= frameBytes ? 'truncated' : 'frame-damaged');
    sequence.accept(header);
    digest?.add(decoder.samples, header.blockSize);
    window.skip(length);
    [header, next] = [next, header];
  }

  checkEnd(fd, window.offset, fileBytes, sequence, info, fail);
  const pcmMd5 = digest === null ? null : digest.hex();
  if (pcmMd5 !== null && info.md5 !== null && pcmMd5 !== info.md5) fail('md5-mismatch');
  return { layout, totalSamples: sequence.samples, pcmMd5, audioEnd: window.offset };
}

/** Length of the frame at the window's position without decoding it, except for the last one's end. */
function walkFrame(
  window: ByteWindow,
  header: FrameHeader,
  next: FrameHeader,
  sequence: FrameSequence,
  decoder: FrameDecoder,
  info: StreamInfo,
): number {
  const length = sequence.completes(header) ? 0 : findFrameEnd(window, header, next);
  // Nothing follows the last frame that would show its end: zeros appended to it would keep its CRC.
  return length > 0 ? length : decoder.decode(window, header, info.bitDepth);
}

function checkEnd(
  fd: number,
  offset: number,
  fileBytes: number,
  sequence: FrameSequence,
  info: StreamInfo,
  fail: (reason: string) => never,
): void {
  const tail = classifyTail(fd, offset, fileBytes);
  const tolerated = tail === 'none' || tail === 'tags' || (tail === 'zeros' && sequence.complete);
  if (info.totalSamples > 0 && !sequence.complete) {
    fail(tail === 'none' ? 'samples-missing' : 'frame-damaged');
  }
  if (!tolerated) fail('trailing-data');
  if (sequence.samples === 0) fail('no-audio');
  if (!sequence.startsAtZero && !sequence.complete) fail('frame-missing');
}

/** A bound for one frame: its samples verbatim, a little more for headers, or what STREAMINFO states. */
function longestFrame(info: StreamInfo): number {
  const verbatim = Math.ceil((info.maxBlockSize * (info.channels * info.bitDepth + 1)) / 8);
  return Math.max(verbatim + info.channels * 8, info.maxFrameBytes) + 2 * MAX_HEADER_BYTES;
}
