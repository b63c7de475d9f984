import { readSync } from 'node:fs';

/** Reads up to `length` bytes at a file offset; fewer only at the end of the file. */
export function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const more = readSync(fd, bytes, got, length - got, offset + got);
    if (more === 0) break;
    got += more;
  }
  return bytes.subarray(0, got);
}
