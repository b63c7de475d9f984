import type { ByteWindow } from '../byte-window.ts';
import { crc16 } from './crc.ts';
import { type FrameHeader, parseFrameHeader } from './frame-header.ts';

/**
 * Finds where the frame at the window's position ends without decoding it: at the first place that carries
 * a valid frame header and up to which the frame's CRC-16 holds. Returns the frame's length in bytes and
 * leaves the following header in `next`; 0 when there is no such place in the window.
 */
export function findFrameEnd(window: ByteWindow, header: FrameHeader, next: FrameHeader): number {
  const { bytes, position, end } = window;
  let crc = 0;
  let summed = position;
  for (let at = position + header.headerBytes; at < end; at++) {
    if (bytes[at] !== 0xff || ((bytes[at + 1] as number) & 0xfe) !== 0xf8) continue;
    if (!parseFrameHeader(bytes, at, end, next)) continue;
    crc = crc16(bytes, summed, at, crc);
    summed = at;
    if (crc === 0) return at - position;
  }
  return 0;
}
