import { CratefulError } from '../errors.ts';
import type { AudioFacts } from './audio-facts.ts';
import { classifyTail } from './container.ts';
import { hashRange } from './hash-range.ts';
import { readAt } from './read-at.ts';

/** Bytes in front of the samples: the chunks `DSD ` (28), `fmt ` (52) and the head of `data` (12). */
const HEAD_BYTES = 92;

/** Where the ID3v2 tag stands that a DSF's first 28 bytes point to; null when it has none. */
export function dsfTagOffset(head: Buffer): number | null {
  const pointer = head.length < 28 ? 0 : Number(head.readBigUInt64LE(20));
  return pointer === 0 ? null : pointer;
}

/**
 * Proves a DSF's structure (Sony, DSF File Format Specification 1.01): the three chunks state sizes that fit
 * each other, the sample count and the file; an ID3v2 tag stands where the pointer says. DSF carries no
 * checksum (architecture §4 step 4). The hash covers the samples. Throws AUDIO_DAMAGED with `reason`.
 */
export function proveDsf(fd: number, fileBytes: number): AudioFacts {
  const fail = (reason: string): never => {
    throw new CratefulError('AUDIO_DAMAGED', { reason, second: 0 });
  };
  const head = readAt(fd, 0, HEAD_BYTES);
  if (head.length < HEAD_BYTES) fail('truncated');
  const size = (at: number): number => Number(head.readBigUInt64LE(at));
  const isShaped =
    head.toString('latin1', 0, 4) === 'DSD ' &&
    size(4) === 28 &&
    head.toString('latin1', 28, 32) === 'fmt ' &&
    size(32) === 52 &&
    head.toString('latin1', 80, 84) === 'data';
  if (!isShaped) fail('metadata-invalid');

  const channels = head.readUInt32LE(52);
  const sampleRate = head.readUInt32LE(56);
  const totalSamples = size(64);
  const blockBytes = head.readUInt32LE(72);
  if (channels === 0 || sampleRate === 0 || totalSamples === 0 || blockBytes === 0) {
    fail('metadata-invalid');
  }
  // One bit a sample, whatever the bit order that `bits per sample` (1 or 8) stands for.
  const blocks = Math.ceil(totalSamples / 8 / blockBytes);
  const end = 80 + size(84);
  if (size(84) - 12 !== blocks * blockBytes * channels) fail('samples-missing');
  if (end > fileBytes || size(12) > fileBytes) fail('truncated');
  const pointer = dsfTagOffset(head);
  if (pointer === null) {
    if (classifyTail(fd, end, fileBytes) === 'unknown') fail('trailing-data');
  } else if (pointer < end || readAt(fd, pointer, 3).toString('latin1') !== 'ID3') {
    fail('metadata-invalid');
  }

  return {
    durationSeconds: totalSamples / sampleRate,
    samplingRateKHz: sampleRate / 1000,
    bitDepth: 1,
    channels,
    totalSamples,
    audioHash: { kind: 'frames-sha256', value: hashRange(fd, { start: HEAD_BYTES, end }) },
    md5: 'not-applicable',
    audio: { start: HEAD_BYTES, end },
  };
}
