import type { ByteWindow } from '../byte-window.ts';
import { BitReader } from './bit-reader.ts';
import { crc16 } from './crc.ts';
import type { FrameHeader } from './frame-header.ts';
import { restoreFixed, restoreLpc } from './predict.ts';
import { decodeResidual } from './residual.ts';

/** The deepest audio this decoder reads: a difference channel of 24-bit audio needs 25 bits. */
export const MAX_DECODED_BITS = 24;

/**
 * Decodes single frames into its own sample buffers, which the next frame overwrites. Exact for every
 * subframe type up to {@link MAX_DECODED_BITS} (RFC 9639 §9.2).
 */
export class FrameDecoder {
  /** Samples of the last frame, one array a channel, valid up to its block size. */
  readonly samples: readonly Int32Array[];
  readonly #reader = new BitReader();
  readonly #coefficients = new Int32Array(32);

  constructor(channels: number, maxBlockSize: number) {
    this.samples = Array.from({ length: channels }, () => new Int32Array(maxBlockSize));
  }

  /**
   * Decodes the frame that starts at the window's position, whose header was parsed. Returns its length in
   * bytes, or 0 when it is not a whole valid frame within the window: malformed, cut, or its CRC-16 does
   * not hold.
   */
  decode(window: ByteWindow, header: FrameHeader, bitDepth: number): number {
    const start = window.position;
    const reader = this.#reader;
    reader.reset(window.view, start + header.headerBytes, window.end);
    for (let channel = 0; channel < header.channels; channel++) {
      const isSide =
        (header.coding === 'side-right' && channel === 0) ||
        ((header.coding === 'left-side' || header.coding === 'mid-side') && channel === 1);
      const samples = this.samples[channel];
      if (samples === undefined || samples.length < header.blockSize) return 0;
      if (!this.#subframe(samples, header.blockSize, bitDepth + (isSide ? 1 : 0))) return 0;
    }
    const end = Math.ceil(reader.position / 8) + 2;
    if (end > window.end || crc16(window.view, start, end) !== 0) return 0;
    this.#decorrelate(header);
    return end - start;
  }

  #subframe(samples: Int32Array, blockSize: number, depth: number): boolean {
    const reader = this.#reader;
    const head = reader.unsigned(8);
    if ((head & 0x80) !== 0) return false;
    const wasted = (head & 1) === 1 ? reader.unary() + 1 : 0;
    const bits = depth - wasted;
    if (bits < 1) return false;
    const type = head >>> 1;
    if (type === 0) samples.fill(reader.signed(bits), 0, blockSize);
    else if (type === 1) {
      for (let index = 0; index < blockSize; index++) samples[index] = reader.signed(bits);
    } else if (type >= 8 && type <= 12) {
      if (!this.#fixed(samples, blockSize, bits, type - 8)) return false;
    } else if (type >= 32) {
      if (!this.#lpc(samples, blockSize, bits, type - 31)) return false;
    } else return false;
    if (wasted > 0) {
      for (let index = 0; index < blockSize; index++) {
        samples[index] = (samples[index] as number) << wasted;
      }
    }
    return !reader.overrun;
  }

  #fixed(samples: Int32Array, blockSize: number, bits: number, order: number): boolean {
    if (order > blockSize) return false;
    for (let index = 0; index < order; index++) samples[index] = this.#reader.signed(bits);
    if (!decodeResidual(this.#reader, samples, blockSize, order)) return false;
    restoreFixed(samples, blockSize, order);
    return true;
  }

  #lpc(samples: Int32Array, blockSize: number, bits: number, order: number): boolean {
    const reader = this.#reader;
    if (order > blockSize) return false;
    for (let index = 0; index < order; index++) samples[index] = reader.signed(bits);
    const precision = reader.unsigned(4) + 1;
    const shift = reader.signed(5);
    // A precision of 16 is reserved; a negative shift is forbidden (RFC 9639 §9.2.6).
    if (precision === 16 || shift < 0) return false;
    this.#coefficients.fill(0);
    for (let tap = 0; tap < order; tap++) this.#coefficients[tap] = reader.signed(precision);
    if (!decodeResidual(reader, samples, blockSize, order)) return false;
    restoreLpc(samples, blockSize, this.#coefficients, order, shift, bits);
    return true;
  }

  #decorrelate(header: FrameHeader): void {
    if (header.coding === 'independent') return;
    const first = this.samples[0] as Int32Array;
    const second = this.samples[1] as Int32Array;
    const count = header.blockSize;
    if (header.coding === 'left-side') {
      for (let i = 0; i < count; i++) second[i] = (first[i] as number) - (second[i] as number);
    } else if (header.coding === 'side-right') {
      for (let i = 0; i < count; i++) first[i] = (first[i] as number) + (second[i] as number);
    } else {
      for (let i = 0; i < count; i++) {
        const side = second[i] as number;
        const double = ((first[i] as number) << 1) | (side & 1);
        first[i] = (double + side) >> 1;
        second[i] = (double - side) >> 1;
      }
    }
  }
}
