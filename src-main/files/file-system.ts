import { constants } from 'node:fs';
import * as promises from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CratefulError } from '../errors.ts';
import { pathKey } from './names.ts';

/** The one seam for the disk: what Crateful uses of node:fs/promises, so that tests can make any call fail. */
export type FileSystem = Pick<
  typeof promises,
  | 'access'
  | 'copyFile'
  | 'link'
  | 'lstat'
  | 'mkdir'
  | 'open'
  | 'opendir'
  | 'readFile'
  | 'readdir'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'stat'
  | 'statfs'
  | 'unlink'
  | 'utimes'
  | 'utimes'
>;

/** The real disk. */
export const nodeFileSystem: FileSystem = promises;

/** The system's code of a failed call (`ENOENT`, …), or null. */
export function systemCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/**
 * A disk fault by its name: `DISK_FULL` (ENOSPC, EDQUOT), `PATH_NOT_WRITABLE` (EACCES, EPERM, EROFS, or a file
 * where a folder should be), `PATH_TOO_LONG`, `DISK_FAILED` for EIO and all others. A fault that already has a
 * name keeps it.
 *
 * @param path goes into the fault's parameters: relative to the library root where there is one.
 */
export function diskError(error: unknown, path: string): CratefulError {
  if (error instanceof CratefulError) return error;
  const reason = systemCode(error) ?? 'unknown';
  switch (reason) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new CratefulError('DISK_FULL', { path, reason, freeBytes: 0 }, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new CratefulError('PATH_NOT_WRITABLE', { path, reason }, error);
    case 'ENAMETOOLONG':
      return new CratefulError('PATH_TOO_LONG', { path, reason }, error);
    default:
      return new CratefulError('DISK_FAILED', { path, reason }, error);
  }
}

/** What a call gives, or null when the file or folder it names does not exist. */
export async function ifThere<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The absolute path of a library file as the disk spells it: a name in other letters or in the normalisation of a Mac is
 * the same file (architecture §3, path_key). The plain path where there is no such file.
 */
export async function spelledPath(
  fs: Pick<FileSystem, 'lstat' | 'readdir'>,
  root: string,
  path: string,
): Promise<string> {
  const plain = join(root, path);
  if (await ifThere(fs.lstat(plain)).catch(() => null)) return plain;
  let folder = root;
  for (const component of path.split('/')) {
    const names = await fs.readdir(folder).catch((): string[] => []);
    const key = pathKey(component);
    const spelled = names.includes(component)
      ? component
      : names.find((name) => pathKey(name) === key);
    if (spelled === undefined) return plain;
    folder = join(folder, spelled);
  }
  return folder;
}

/** Whether files can be made in a folder, or in the nearest of its parents that there is. */
export async function canWrite(fs: FileSystem, folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      await fs.access(path, constants.W_OK | constants.X_OK);
      return true;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || path === dirname(path)) return false;
    }
  }
}

/** Codes by which systems say that a folder cannot be flushed; Windows and some network shares never can. */
const CANNOT_FLUSH_FOLDERS = new Set(['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** Flushes a folder, so that names given or taken in it outlive a power cut where the system can promise that. */
export async function flushFolder(fs: Pick<FileSystem, 'open'>, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!CANNOT_FLUSH_FOLDERS.has(systemCode(error) ?? '')) throw error;
  }
}

/** Creates a folder with its parents, and flushes each parent that got a new child. */
export async function makeFolders(fs: FileSystem, folder: string): Promise<void> {
  const first = await fs.mkdir(folder, { recursive: true });
  if (first === undefined) return;
  const top = dirname(first);
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    await flushFolder(fs, parent);
    if (parent === top || parent === dirname(parent)) return;
  }
}

/**
 * Writes a small or line-by-line file so that readers, and a power cut at any moment, meet either the old
 * contents or the new ones. Two writers of one file at once are the caller's to exclude.
 */
export async function replaceContents(
  fs: FileSystem,
  path: string,
  chunks: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const next = `${path}.new`;
  const handle = await fs.open(next, 'w');
  try {
    for await (const chunk of chunks) await handle.appendFile(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(next, path);
  await flushFolder(fs, join(path, '..'));
}
