import { createHash, type Hash } from 'node:crypto';
import { readSync } from 'node:fs';
import type { ByteRange } from './audio-facts.ts';

const CHUNK_BYTES = 1 << 20;

/** sha256 of a range of an open file, lower-case hex. */
export function hashRange(fd: number, range: ByteRange): string {
  const hash = createHash('sha256');
  eachChunk(fd, range, (chunk) => hash.update(chunk));
  return hash.digest('hex');
}

/** Calls `use` with the bytes of a range in order, through one reused buffer; stops short at the file's end. */
export function eachChunk(fd: number, range: ByteRange, use: (chunk: Buffer) => unknown): void {
  const buffer = Buffer.alloc(Math.max(1, Math.min(CHUNK_BYTES, range.end - range.start)));
  for (let offset = range.start; offset < range.end; ) {
    const got = readSync(fd, buffer, 0, Math.min(buffer.length, range.end - offset), offset);
    if (got === 0) return;
    use(buffer.subarray(0, got));
    offset += got;
  }
}

/** Whether two ranges of open files hold the same bytes; `seen` gets every byte of the second range. */
export function sameBytes(
  fdA: number,
  rangeA: ByteRange,
  fdB: number,
  rangeB: ByteRange,
  seen?: Hash,
): boolean {
  if (rangeA.end - rangeA.start !== rangeB.end - rangeB.start) return false;
  const other = Buffer.alloc(CHUNK_BYTES);
  let offset = rangeB.start;
  let same = true;
  eachChunk(fdA, rangeA, (chunk) => {
    let got = 0;
    while (got < chunk.length) {
      const more = readSync(fdB, other, got, chunk.length - got, offset + got);
      if (more === 0) break;
      got += more;
    }
    seen?.update(other.subarray(0, got));
    same &&= got === chunk.length && chunk.equals(other.subarray(0, got));
    offset += got;
  });
  return same && offset === rangeB.end;
}
