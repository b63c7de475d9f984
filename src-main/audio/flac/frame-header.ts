import { crc8 } from './crc.ts';

/** How two channels were coded: independently, or one of them as a difference (RFC 9639 §9.1.3). */
export type ChannelCoding = 'independent' | 'left-side' | 'side-right' | 'mid-side';

/** One frame's header, reused from frame to frame so that walking allocates nothing. */
export interface FrameHeader {
  /** Bytes of the header, its CRC-8 included. */
  headerBytes: number;
  /** True when `number` counts samples; false when it counts frames. */
  variableBlockSize: boolean;
  /** Samples per channel. */
  blockSize: number;
  /** Hz; 0 when the header refers to STREAMINFO. */
  sampleRate: number;
  channels: number;
  coding: ChannelCoding;
  /** 0 when the header refers to STREAMINFO. */
  bitDepth: number;
  number: number;
}

/** The longest header: 4 fixed bytes, 7 of number, 2 of block size, 2 of rate, the CRC-8. */
export const MAX_HEADER_BYTES = 16;

const SAMPLE_RATES = [
  0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000,
];
const BIT_DEPTHS = [0, 8, 12, -1, 16, 20, 24, 32];
const CODINGS: readonly ChannelCoding[] = ['left-side', 'side-right', 'mid-side'];

/** An empty header to parse into. */
export const newFrameHeader = (): FrameHeader => ({
  headerBytes: 0,
  variableBlockSize: false,
  blockSize: 0,
  sampleRate: 0,
  channels: 0,
  coding: 'independent',
  bitDepth: 0,
  number: 0,
});

/**
 * Reads the frame header at `at` into `header`; false when there is none: no sync code, a reserved value,
 * a number in the wrong coding, or a CRC-8 that does not hold (RFC 9639 §9.1). `end` bounds what is read.
 */
export function parseFrameHeader(
  bytes: Uint8Array,
  at: number,
  end: number,
  header: FrameHeader,
): boolean {
  if (at + 6 > end) return false;
  const byte = (index: number): number => bytes[index] as number;
  if (byte(at) !== 0xff || (byte(at + 1) & 0xfe) !== 0xf8) return false;
  header.variableBlockSize = (byte(at + 1) & 1) === 1;
  const sizeCode = byte(at + 2) >>> 4;
  const rateCode = byte(at + 2) & 15;
  const channelCode = byte(at + 3) >>> 4;
  const depth = BIT_DEPTHS[(byte(at + 3) >>> 1) & 7] as number;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || depth < 0) return false;
  if ((byte(at + 3) & 1) === 1) return false;

  let next = at + 4;
  const lead = byte(next++);
  // The leading ones of the first byte say how many bytes follow, as in UTF-8 but up to 36 bits.
  const ones = Math.clz32(~(lead << 24));
  if (ones === 1 || ones === 8) return false;
  let number = ones === 0 ? lead : lead & (0x7f >>> ones);
  const extra =
    (sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0) + (rateCode < 12 ? 0 : rateCode === 12 ? 1 : 2);
  if (next + Math.max(0, ones - 1) + extra + 1 > end) return false;
  for (let more = ones - 1; more > 0; more--) {
    const part = byte(next++);
    if ((part & 0xc0) !== 0x80) return false;
    number = number * 64 + (part & 0x3f);
  }
  header.number = number;

  if (sizeCode === 1) header.blockSize = 192;
  else if (sizeCode < 6) header.blockSize = 576 << (sizeCode - 2);
  else if (sizeCode === 6) header.blockSize = byte(next++) + 1;
  else if (sizeCode === 7) {
    header.blockSize = ((byte(next) << 8) | byte(next + 1)) + 1;
    next += 2;
  } else header.blockSize = 256 << (sizeCode - 8);

  if (rateCode < 12) header.sampleRate = SAMPLE_RATES[rateCode] as number;
  else if (rateCode === 12) header.sampleRate = byte(next++) * 1000;
  else {
    header.sampleRate = ((byte(next) << 8) | byte(next + 1)) * (rateCode === 13 ? 1 : 10);
    next += 2;
  }

  header.channels = channelCode < 8 ? channelCode + 1 : 2;
  header.coding = channelCode < 8 ? 'independent' : (CODINGS[channelCode - 8] as ChannelCoding);
  header.bitDepth = depth;
  header.headerBytes = next + 1 - at;
  return crc8(bytes, at, next + 1) === 0;
}
