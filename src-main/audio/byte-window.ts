import { readSync } from 'node:fs';

/** How much is read at once; with its slack, all the memory a proof needs beside one frame's samples. */
const CHUNK_BYTES = 1 << 20;
/** Readable bytes behind the window's end, so that 32-bit reads at the last byte stay inside the buffer. */
const SLACK_BYTES = 16;

/**
 * A sliding view of a file: `bytes[position … end)` is what follows, and `ensure` reads on. It reads
 * synchronously because it only runs in worker threads, where that costs least, and reuses one buffer
 * whatever the file's size.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(CHUNK_BYTES + SLACK_BYTES);
  view: DataView = viewOf(this.bytes);
  /** Index in `bytes` of the first byte not consumed; callers move it forward. */
  position = 0;
  /** Index in `bytes` behind the last byte read. */
  end = 0;
  readonly #fd: number;
  readonly #fileEnd: number;
  /** File offset of `bytes[0]`. */
  #base: number;

  /** Reads `[from, to)` of the open file. */
  constructor(fd: number, from: number, to: number) {
    this.#fd = fd;
    this.#base = from;
    this.#fileEnd = to;
  }

  /** File offset of `position`. */
  get offset(): number {
    return this.#base + this.position;
  }

  /** Bytes from `position` to the end of the range, read or not. */
  get remaining(): number {
    return Math.max(0, this.#fileEnd - this.offset);
  }

  /** Makes `count` bytes available from `position` on if the file has them; returns how many there are. */
  ensure(count: number): number {
    if (this.end - this.position < count) this.#read(count);
    return this.end - this.position;
  }

  /** Moves on by any number of bytes, reading none of them. */
  skip(count: number): void {
    this.position += count;
    if (this.position > this.end) {
      this.#base += this.position;
      this.position = 0;
      this.end = 0;
    }
  }

  #read(count: number): void {
    const held = this.end - this.position;
    const wanted = Math.max(count, CHUNK_BYTES);
    const target =
      wanted + SLACK_BYTES > this.bytes.length ? Buffer.alloc(wanted + SLACK_BYTES) : this.bytes;
    this.bytes.copy(target, 0, this.position, this.end);
    if (target !== this.bytes) {
      this.bytes = target;
      this.view = viewOf(target);
    }
    this.#base += this.position;
    this.position = 0;
    this.end = held;
    const capacity = target.length - SLACK_BYTES;
    while (this.end < capacity) {
      const offset = this.#base + this.end;
      const length = Math.min(capacity - this.end, this.#fileEnd - offset);
      const got = length > 0 ? readSync(this.#fd, target, this.end, length, offset) : 0;
      if (got === 0) break;
      this.end += got;
    }
    target.fill(0, this.end, this.end + SLACK_BYTES);
  }
}

const viewOf = (bytes: Buffer): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
