import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** A disk that refuses tagged files, in the thread that is told of it. */
export interface FailingWrites {
  /** The system's code of the refusal. */
  readonly code: string;
  /** Bytes of each file that go through before. */
  readonly bytes: number;
  /** The disk fails for as long as this file is there. */
  readonly armed: string;
  /** Made once a write was refused. */
  readonly struck: string;
}

/** Lets this thread's writes to tagged files fail; which files these are is told by their names. */
export function failWrites({ code, bytes: limit, armed, struck }: FailingWrites): void {
  const { openSync, writeSync, existsSync, writeFileSync } = fs;
  /** Bytes written so far to each tagged file that is open. */
  const written = new Map<number, number>();
  fs.openSync = (path, ...rest) => {
    const fd = openSync(path, ...rest);
    if (String(path).endsWith('.tagged')) written.set(fd, 0);
    else written.delete(fd);
    return fd;
  };
  const write = (fd: number, bytes: Uint8Array, offset = 0, length = bytes.length - offset) => {
    const before = written.get(fd);
    if (before === undefined || !existsSync(armed)) return writeSync(fd, bytes, offset, length);
    if (before >= limit) {
      writeFileSync(struck, '');
      throw Object.assign(new Error(code), { code, syscall: 'write' });
    }
    // As a disk that fills up does it: the first write is short, the next one fails.
    const count = writeSync(fd, bytes, offset, Math.min(length, limit - before));
    written.set(fd, before + count);
    return count;
  };
  fs.writeSync = write as typeof fs.writeSync;
  syncBuiltinESMExports();
}
