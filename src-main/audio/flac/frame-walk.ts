import type { ByteWindow } from '../byte-window.ts';
import { crc16 } from './crc.ts';
import { type FrameHeader, parseFrameHeader } from './frame-header.ts';

/**
 * Finds where the frame at the window's position ends without decoding it: at the first place that carries
 * a valid frame header and up to which the frame's CRC-16 holds. Returns the frame's length in bytes and
 * leaves the following header in `next`; 0 when there is no such place in the window.
 */
export function findFrameEnd(window: ByteWindow, header: FrameHeader, next: FrameHeader): number {
  const { bytes, view, position, end } = window;
  let crc = 0;
  let summed = position;
  let at = bytes.indexOf(0xff, position + header.headerBytes);
  while (at >= 0 && at < end) {
    if (((bytes[at + 1] as number) & 0xfe) === 0xf8 && parseFrameHeader(bytes, at, end, next)) {
      crc = crc16(view, summed, at, crc);
      summed = at;
      if (crc === 0) return at - position;
    }
    at = bytes.indexOf(0xff, at + 1);
  }
  return 0;
}
