import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CratefulError } from '../errors.ts';
import { diskError, type FileSystem, flushFolder, systemCode } from './file-system.ts';

/** Somewhere text is written to, piece by piece. */
export interface Sink {
  write(text: string): Promise<void>;
  /** Everything is written: it counts from now on. */
  finish(): Promise<void>;
  /** Nothing of it counts. */
  discard(): Promise<void>;
}

/**
 * A file that gets its name only once all of it is written and flushed; whatever had the name before stays until then.
 * Throws `PATH_NOT_WRITABLE`, `DISK_FULL` and `DISK_FAILED`.
 *
 * @param path absolute; chosen by a person, who was asked before something there is replaced.
 */
export async function openFileSink(
  fs: Pick<FileSystem, 'open' | 'rename' | 'rm'>,
  path: string,
): Promise<Sink> {
  const name = basename(path);
  const unfinished = join(dirname(path), `.${name}.${randomUUID().slice(0, 8)}`);
  const guarded = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      // The folder it would be in is not there.
      const nowhere = systemCode(error) === 'ENOENT';
      throw nowhere
        ? new CratefulError('PATH_NOT_WRITABLE', { path: name, reason: 'ENOENT' }, error)
        : diskError(error, name);
    }
  };
  const handle: FileHandle = await guarded(fs.open(unfinished, 'wx'));
  const finish = async () => {
    await handle.sync();
    await handle.close();
    await fs.rename(unfinished, path);
    await flushFolder(fs, dirname(path));
  };
  return {
    write: (text) => guarded(handle.appendFile(text)),
    finish: () => guarded(finish()),
    async discard() {
      // Closed already where it failed at its end.
      await handle.close().catch(() => undefined);
      await guarded(fs.rm(unfinished, { force: true }));
    },
  };
}
