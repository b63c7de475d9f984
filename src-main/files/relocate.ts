import { dirname, join } from 'node:path';
import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { commitFile } from './commit.ts';
import { type FileSystem, flushFolder, ifThere, makeFolders, systemCode } from './file-system.ts';
import { WORK_FOLDER } from './work-folder.ts';

/** One file on its way from one root to another. */
export interface Relocation {
  /** Absolute. */
  readonly source: string;
  /** Relative to the new root, `/` between components. */
  readonly target: string;
  readonly bytes: number;
  /** Unix milliseconds. */
  readonly modifiedMs: number;
}

/** What files are brought with. */
export interface RelocateParts {
  readonly fs: FileSystem;
  readonly clock: Pick<Clock, 'sleep'>;
  /** sha256 and length of a file. */
  readonly hash: (path: string) => Promise<{ readonly sha256: string; readonly bytes: number }>;
}

/** A copy on its way to its name. */
const COPY = join(WORK_FOLDER, 'moving');

/**
 * Whether the new place takes a second name for a file of the old one: on the same volume, where the file system has
 * hard links. Then nothing is copied and no room is needed.
 */
export async function canLink(fs: FileSystem, file: string, toRoot: string): Promise<boolean> {
  const probe = join(toRoot, COPY);
  try {
    await fs.rm(probe, { force: true });
    await fs.link(file, probe);
    await fs.unlink(probe);
    return true;
  } catch {
    // EXDEV, EPERM, ENOTSUP, …: systems differ in how they say no. What else is wrong shows in the copy.
    return false;
  }
}

/**
 * Gives a file its name under the new root without touching the old one: a second name for the same bytes, or a
 * copy that is flushed and read back to compare. A file that is there already is taken for it only when it is the same.
 * A kill at any point leaves the source whole and no half file under a final name.
 *
 * Throws `PATH_OCCUPIED`, `DISK_FAILED` when the copy differs from its source or the source changed meanwhile, and what
 * `commitFile` throws.
 */
export async function bringFile(
  parts: RelocateParts,
  file: Relocation,
  to: { readonly root: string; readonly link: boolean },
): Promise<void> {
  const { fs } = parts;
  const target = join(to.root, file.target);
  if (await isThere(fs, target)) {
    if (await areSame(parts, file.source, target)) return;
    throw new CratefulError('PATH_OCCUPIED', { path: file.target });
  }
  if (to.link) {
    await makeFolders(fs, dirname(target));
    await fs.link(file.source, target);
    await flushFolder(fs, dirname(target));
    return;
  }
  const copy = join(to.root, COPY);
  const before = await fs.stat(file.source);
  await fs.rm(copy, { force: true });
  await fs.copyFile(file.source, copy);
  await fs.utimes(copy, before.atime, before.mtime);
  await flushCopy(fs, copy);
  const [ours, theirs] = await Promise.all([parts.hash(copy), parts.hash(file.source)]);
  const after = await fs.stat(file.source);
  if (ours.sha256 !== theirs.sha256 || after.size !== before.size) {
    throw new CratefulError('DISK_FAILED', { path: file.target, reason: 'copy differs' });
  }
  const { clock } = parts;
  const named = { from: copy, targetPath: file.target, setAside: null };
  await commitFile(fs, { rootPath: to.root, clock, ...named });
}

async function flushCopy(fs: FileSystem, path: string): Promise<void> {
  const handle = await fs.open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether something stands at a path; where a file stands in place of one of its folders nothing does. */
export const isThere = async (fs: FileSystem, path: string): Promise<boolean> =>
  (await ifThere(fs.lstat(path))) !== null;

/** Whether two files are one, or have the same bytes. */
export async function areSame(
  { fs, hash }: Pick<RelocateParts, 'fs' | 'hash'>,
  one: string,
  other: string,
): Promise<boolean> {
  const [a, b] = await Promise.all([fs.lstat(one), fs.lstat(other)]);
  if (!a.isFile() || !b.isFile() || a.size !== b.size) return false;
  if (a.ino !== 0 && a.ino === b.ino && a.dev === b.dev) return true;
  const [ours, theirs] = await Promise.all([hash(one), hash(other)]);
  return ours.sha256 === theirs.sha256;
}

/**
 * Removes files and then the folders they leave empty, up to `root` itself, which stays. Gives how many would not go;
 * what is not there any more counts as gone.
 */
export async function removeFiles(
  fs: FileSystem,
  root: string,
  paths: readonly string[],
): Promise<number> {
  let stayed = 0;
  for (const path of paths) {
    const gone = await fs.rm(path, { force: true }).then(
      () => true,
      () => false,
    );
    if (!gone) stayed += 1;
  }
  await removeEmptied(fs, root, paths);
  return stayed;
}

/** Removes the folders below `root` that files at these paths have left empty. */
export async function removeEmptied(
  fs: FileSystem,
  root: string,
  paths: readonly string[],
): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
  for (const folder of deepestFirst) await removeIfEmpty(fs, folder);
}

/** Removes an empty folder; one with anything in it stays. */
export async function removeIfEmpty(fs: FileSystem, folder: string): Promise<void> {
  try {
    await fs.rmdir(folder);
  } catch (error) {
    // ENOTEMPTY, or EEXIST and EPERM on some systems: somebody's files are in it.
    if (systemCode(error) === null) throw error;
  }
}
