import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { CratefulError } from '../errors.ts';
import type { ByteRange } from './audio-facts.ts';
import { eachChunk, sameBytes } from './hash-range.ts';
import { readAt } from './read-at.ts';

/** A piece of the second file: new bytes, or a range of the source that is copied unchanged. */
export type FilePart = Buffer | ByteRange;

/**
 * Writes the second file of architecture §4 step 5 from new bytes and ranges of the source, fsyncs it, reads
 * it back from the disk and compares every byte with what it was to be; the sha256 is of what was read back.
 * Throws TAGGING_FAILED when a byte differs; after any fault the second file is gone.
 */
export function writeSecondFile(
  sourceFd: number,
  to: string,
  parts: readonly FilePart[],
): { sha256: string; bytes: number } {
  try {
    const fd = openSync(to, 'w+');
    try {
      for (const part of parts) {
        if (Buffer.isBuffer(part)) writeAll(fd, part);
        else eachChunk(sourceFd, part, (chunk) => writeAll(fd, chunk));
      }
      fsyncSync(fd);
      return readBack(sourceFd, fd, parts);
    } finally {
      closeSync(fd);
    }
  } catch (fault) {
    rmSync(to, { force: true });
    throw fault;
  }
}

function readBack(
  sourceFd: number,
  fd: number,
  parts: readonly FilePart[],
): { sha256: string; bytes: number } {
  const hash = createHash('sha256');
  let offset = 0;
  for (const part of parts) {
    const length = Buffer.isBuffer(part) ? part.length : part.end - part.start;
    const written = { start: offset, end: offset + length };
    if (Buffer.isBuffer(part)) {
      const bytes = readAt(fd, offset, length);
      if (!bytes.equals(part)) throw new CratefulError('TAGGING_FAILED', { reason: 'tags-differ' });
      hash.update(bytes);
    } else if (!sameBytes(sourceFd, part, fd, written, hash)) {
      throw new CratefulError('TAGGING_FAILED', { reason: 'audio-differs' });
    }
    offset += length;
  }
  return { sha256: hash.digest('hex'), bytes: offset };
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}
