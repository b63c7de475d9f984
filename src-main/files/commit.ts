import { dirname, extname, join } from 'node:path';
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
import { REPLACED_FOLDER } from './root.ts';

/** What {@link commitFile} needs to know. Relative paths have `/` between components. */
export interface CommitRequest {
  readonly rootPath: string;
  /** Absolute, on the volume of the root. */
  readonly from: string;
  /** Relative to the root. */
  readonly targetPath: string;
  /** Whether a file at the target may be set aside. */
  readonly replace: boolean;
  /** Relative to `.crateful/replaced/`: where a file found at the target goes. */
  readonly replacedName: string;
  /** Lets a target that another program holds open for a moment (Windows) be tried again. */
  readonly clock?: Pick<Clock, 'sleep'>;
}

/** Waits before trying a busy file again. Virus scanners and indexers let go within about a second. */
const BUSY_WAITS_MS = [50, 150, 400, 1000];
const BUSY = new Set(['EBUSY', 'EPERM', 'EACCES']);

/**
 * Gives a finished file its final name, in the order of architecture §4 step 6: flush the file, rename, flush
 * the folder. A file that is at the target already is never overwritten: it is moved to `.crateful/replaced/`
 * first when `replace` says so. A kill at any point leaves whole files only, and calling again goes on.
 *
 * Throws `PATH_OCCUPIED`, `PATH_NOT_WRITABLE`, `PATH_TOO_LONG`, `DISK_FULL` and `DISK_FAILED` (also when the
 * target's folder is on another volume than the root: reason `EXDEV`).
 */
export async function commitFile(
  fs: FileSystem,
  request: CommitRequest,
): Promise<{ modifiedMs: number; bytes: number }> {
  const { rootPath, targetPath, replace, replacedName } = request;
  const occupied = (cause?: unknown) =>
    new CratefulError('PATH_OCCUPIED', { path: targetPath }, cause);
  if (!isContainedPath(targetPath) || (replace && !isContainedPath(replacedName))) {
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
      if (!replace || there.isDirectory()) throw occupied();
      await setAside(fs, request, target);
    }
    await rename(fs, request, request.from, target);
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

async function setAside(fs: FileSystem, request: CommitRequest, target: string): Promise<void> {
  const wanted = join(request.rootPath, REPLACED_FOLDER, request.replacedName);
  const extension = extname(wanted);
  const stem = wanted.slice(0, wanted.length - extension.length);
  let free = wanted;
  for (let number = 2; await ifThere(fs.lstat(free)); number += 1) {
    free = `${stem} (${number})${extension}`;
  }
  await makeFolders(fs, dirname(free));
  await rename(fs, request, target, free);
  await flushFolder(fs, dirname(free));
}

async function rename(
  fs: FileSystem,
  { clock }: CommitRequest,
  from: string,
  to: string,
): Promise<void> {
  for (const waitMs of clock ? BUSY_WAITS_MS : []) {
    try {
      return await fs.rename(from, to);
    } catch (error) {
      if (!BUSY.has(systemCode(error) ?? '')) throw error;
      await clock?.sleep(waitMs);
    }
  }
  await fs.rename(from, to);
}
