import { dirname, join } from 'node:path';
import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import {
  diskError,
  type FileSystem,
  flushFolder,
  ifThere,
  makeFolders,
  systemCode,
} from './file-system.ts';
import { isContainedPath } from './names.ts';
import { renamePatiently } from './patient-rename.ts';

/** What {@link commitFile} needs to know. Relative paths have `/` between components. */
export interface CommitRequest {
  readonly rootPath: string;
  /** Absolute, on the volume of the root. */
  readonly from: string;
  /** Relative to the root. */
  readonly targetPath: string;
  /** Takes a file found at the target out of the way, whole; null where none may be moved. */
  readonly setAside: (() => Promise<unknown>) | null;
  /** Lets a target that another program holds open for a moment (Windows) be tried again. */
  readonly clock?: Pick<Clock, 'sleep'>;
}

/**
 * Gives a finished file its final name, in the order of architecture §4 step 6: flush the file, rename, flush
 * the folder. A file that is at the target already is never overwritten: it is set aside first, or the target is
 * occupied. A kill at any point leaves whole files only, and calling again goes on.
 *
 * Throws `PATH_OCCUPIED`, `PATH_NOT_WRITABLE`, `PATH_TOO_LONG`, `DISK_FULL` and `DISK_FAILED` (also when the
 * target's folder is on another volume than the root: reason `EXDEV`).
 */
export async function commitFile(
  fs: FileSystem,
  request: CommitRequest,
): Promise<{ modifiedMs: number; bytes: number }> {
  const { rootPath, targetPath, setAside, clock } = request;
  const occupied = (cause?: unknown) =>
    new CratefulError('PATH_OCCUPIED', { path: targetPath }, cause);
  if (!isContainedPath(targetPath)) {
    throw new CratefulError('PATH_NOT_WRITABLE', { path: targetPath, reason: 'outside the root' });
  }
  const target = join(rootPath, targetPath);
  try {
    // Before any folder is made: a root that went away must not be made anew.
    await flushFile(fs, request.from);
    await makeFolders(fs, dirname(target)).catch((error: unknown) => {
      // A file stands where one of the folders belongs.
      const blocked = ['ENOTDIR', 'EEXIST'].includes(systemCode(error) ?? '');
      throw blocked ? occupied(error) : error;
    });
    const there = await ifThere(fs.lstat(target));
    if (there) {
      if (!setAside || there.isDirectory()) throw occupied();
      await setAside();
    }
    await renamePatiently(fs, request.from, target, clock);
    await flushFolder(fs, dirname(target));
    const saved = await fs.stat(target);
    return { modifiedMs: Math.floor(saved.mtimeMs), bytes: saved.size };
  } catch (error) {
    throw diskError(error, targetPath);
  }
}

async function flushFile(fs: FileSystem, path: string): Promise<void> {
  // Windows flushes only what was opened for writing.
  const handle = await fs.open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
