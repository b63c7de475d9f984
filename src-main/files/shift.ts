import type { Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { StayReason } from '../../src-preload/contract/steps.ts';
import type { Clock } from '../ports.ts';
import { type FileSystem, ifThere, makeFolders, systemCode } from './file-system.ts';
import { pathKey } from './names.ts';

/** What a file must still be for it to be moved. */
export interface Expected {
  readonly bytes: number;
  /** Unix milliseconds, whole; null where only the size counts. */
  readonly modifiedMs: number | null;
}

/**
 * Where a file stands after it was given its new name: under both names, or under the new one alone. `stays` says why it
 * has no new name.
 */
export type Given =
  | { readonly names: 'both' | 'new' }
  | { readonly names: 'old'; readonly stays: StayReason };

const stays = (reason: StayReason): Given => ({ names: 'old', stays: reason });

const BUSY = new Set(['EBUSY', 'EPERM', 'EACCES']);
/** As `commitFile` waits: virus scanners and indexers let go within about a second. */
const BUSY_WAITS_MS = [50, 150, 400, 1000];

const REASONS: Readonly<Record<string, StayReason>> = {
  ENOENT: 'vanished',
  EEXIST: 'occupied',
  ENOTDIR: 'occupied',
  EISDIR: 'occupied',
  ENOTEMPTY: 'occupied',
  EBUSY: 'busy',
  EPERM: 'busy',
  EACCES: 'busy',
  EXDEV: 'busy',
  ENAMETOOLONG: 'name-refused',
  EINVAL: 'name-refused',
  EILSEQ: 'name-refused',
};

/** Why one file has to stay after a system's error; null for an error that is not about this file alone. */
export const stayReason = (error: unknown): StayReason | null =>
  REASONS[systemCode(error) ?? ''] ?? null;

/** What a path names; null for nothing, also where a file stands in place of one of its folders. */
export async function glimpse(fs: FileSystem, path: string): Promise<Stats | null> {
  try {
    return await ifThere(fs.lstat(path));
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** Whether this is a file, and the one that is meant. */
export const isExpected = (found: Stats, { bytes, modifiedMs }: Expected): boolean =>
  found.isFile() &&
  found.size === bytes &&
  (modifiedMs === null || Math.floor(found.mtimeMs) === modifiedMs);

/**
 * Gives a file of a volume another name there, beside the old one where the file system has hard links: a name that is
 * taken is never overwritten, whoever takes it at the same moment. Where there are none it is renamed after a look. Called
 * again after a kill it goes on where it was. Flushing folders is the caller's.
 *
 * Throws the system's errors that are not about this file alone.
 */
export async function giveName(
  fs: FileSystem,
  source: string,
  target: string,
  expected: Expected,
): Promise<Given> {
  try {
    const now = await peekName(fs, source, target, expected);
    if (now === 'both' || now === 'new') return { names: now };
    if (now !== 'old') return stays(now);
    await makeFolders(fs, dirname(target));
    return await linkOrRename(fs, source, target);
  } catch (error) {
    const reason = stayReason(error);
    if (reason === null) throw error;
    return stays(reason);
  }
}

/** Which names a file has on its way from one to another, or why it cannot have the other; `old` when it still can. */
export async function peekName(
  fs: FileSystem,
  source: string,
  target: string,
  expected: Expected,
): Promise<'old' | 'both' | 'new' | StayReason> {
  const [old, there] = [await glimpse(fs, source), await glimpse(fs, target)];
  if (old === null) return there && isExpected(there, expected) ? 'new' : 'vanished';
  if (!isExpected(old, expected)) return 'changed';
  if (there === null) return 'old';
  return (await areTwoNames(fs, source, target, old, there)) ? 'both' : 'occupied';
}

async function linkOrRename(fs: FileSystem, source: string, target: string): Promise<Given> {
  try {
    await fs.link(source, target);
    return { names: 'both' };
  } catch (error) {
    // EPERM, ENOTSUP, EMLINK and others: systems differ in how they say that there are no second names here.
    if (['EEXIST', 'ENOENT', 'ENOSPC', 'EROFS', 'EIO'].includes(systemCode(error) ?? ''))
      throw error;
  }
  if (await glimpse(fs, target)) return stays('occupied');
  await fs.rename(source, target);
  return { names: 'new' };
}

/**
 * Whether two paths are two names of one file, so that one of them can go. The same inode is not enough: a path through a
 * symbolic link, or in other case, may be the very same name.
 */
async function areTwoNames(
  fs: FileSystem,
  source: string,
  target: string,
  old: Stats,
  there: Stats,
): Promise<boolean> {
  if (old.ino === 0 || old.ino !== there.ino || old.dev !== there.dev || old.nlink < 2)
    return false;
  if (pathKey(basename(source)) !== pathKey(basename(target))) return true;
  const [one, other] = await Promise.all([
    fs.realpath(dirname(source)),
    fs.realpath(dirname(target)),
  ]);
  return pathKey(one) !== pathKey(other);
}

/** Takes the old name away from a file that has both. Gives whether it went: another program may hold on to it. */
export async function dropOldName(
  fs: FileSystem,
  clock: Pick<Clock, 'sleep'>,
  source: string,
): Promise<boolean> {
  for (const waitMs of [...BUSY_WAITS_MS, null]) {
    try {
      await ifThere(fs.unlink(source));
      return true;
    } catch (error) {
      if (!BUSY.has(systemCode(error) ?? '')) throw error;
      if (waitMs !== null) await clock.sleep(waitMs);
    }
  }
  return false;
}
