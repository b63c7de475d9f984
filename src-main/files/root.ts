import { join } from 'node:path';
import { z } from 'zod';
import {
  accountId,
  type JobId,
  jobId,
  type RootId,
  rootId,
} from '../../src-preload/contract/ids.ts';
import { CratefulError, hasCode } from '../errors.ts';
import {
  diskError,
  type FileSystem,
  flushFolder,
  ifThere,
  makeFolders,
  replaceContents,
  systemCode,
} from './file-system.ts';
import { WORK_FOLDER } from './work-folder.ts';

const MARKER_FILE = 'root.json';
/** The marker, relative to its root. */
export const MARKER_PATH = `${WORK_FOLDER}/${MARKER_FILE}`;

const markerSchema = z.object({
  version: z.literal(1),
  libraryId: z.string().min(1).transform(rootId),
  accountId: z.string().min(1).transform(accountId),
  /** Unix milliseconds. */
  createdAtMs: z.number(),
});

/** What tells this library's folder from an empty mount point or another library (traps §2 rule 7). */
export type Marker = z.infer<typeof markerSchema>;

/** What stands at a path that is, or may become, a library root. */
export interface RootInspection {
  /**
   * `absent`: nothing there. `empty`: a folder without anything of the user's in it. `unmarked`: a folder with files and
   * no marker. `marked`: a marker, which may be null when it cannot be read or is from a later version.
   */
  readonly state: 'absent' | 'empty' | 'unmarked' | 'marked';
  readonly marker: Marker | null;
}

/** What file managers and systems put into any folder or volume; a folder with only these counts as empty. */
const SYSTEM_ENTRIES = new Set([
  WORK_FOLDER,
  '.DS_Store',
  'desktop.ini',
  'Thumbs.db',
  '.Spotlight-V100',
  '.Trashes',
  '.fseventsd',
  '.directory',
  'lost+found',
  'System Volume Information',
  '$RECYCLE.BIN',
]);

/**
 * Looks at a root without changing anything. What a missing marker means, new or `LIBRARY_ROOT_MISSING`, the
 * caller decides: only it knows whether the path was a root before (architecture §5).
 *
 * Throws `PATH_NOT_WRITABLE` (a file at that path, or no right to look) and `DISK_FAILED`.
 */
export async function inspectRoot(fs: FileSystem, path: string): Promise<RootInspection> {
  try {
    const entries = await ifThere(fs.readdir(path));
    if (entries === null) return { state: 'absent', marker: null };
    const text = await ifThere(fs.readFile(join(path, WORK_FOLDER, MARKER_FILE), 'utf8'));
    if (text !== null) return { state: 'marked', marker: parseMarker(text) };
    const own = entries.filter((entry) => !SYSTEM_ENTRIES.has(entry) && !entry.startsWith('._'));
    return { state: own.length === 0 ? 'empty' : 'unmarked', marker: null };
  } catch (error) {
    throw diskError(error, '.');
  }
}

/**
 * Whether a known root is at its place. One whose drive was pulled out answers every question with an error until the
 * system lets it go: it is as much away as one whose mount point is empty. Throws `PATH_NOT_WRITABLE`.
 */
export async function isRootThere(fs: FileSystem, path: string): Promise<boolean> {
  try {
    return (await inspectRoot(fs, path)).state === 'marked';
  } catch (error) {
    if (hasCode(error, 'DISK_FAILED')) return false;
    throw error;
  }
}

/** Throws `LIBRARY_ROOT_MISSING` where {@link isRootThere} says no. */
export async function requireRootThere(fs: FileSystem, path: string): Promise<void> {
  if (!(await isRootThere(fs, path))) throw new CratefulError('LIBRARY_ROOT_MISSING', { path });
}

/** Throws `LIBRARY_ROOT_MISSING` when the folder is not there, or another library's is in its place. */
export async function requireSameRoot(
  fs: FileSystem,
  { id, path }: { readonly id: RootId; readonly path: string },
): Promise<void> {
  const { marker } = await inspectRoot(fs, path);
  if (marker?.libraryId !== id) throw new CratefulError('LIBRARY_ROOT_MISSING', { path });
}

function parseMarker(text: string): Marker | null {
  try {
    return markerSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Not JSON: a marker all the same, only not one we can read.
    return null;
  }
}

/**
 * Creates a root with its parents and writes its marker, durably. A marker that is there already is replaced: this is
 * also how a known root is started anew. Everything else in the folder stays.
 *
 * Throws `PATH_NOT_WRITABLE`, `DISK_FULL` and `DISK_FAILED`.
 */
export async function createRoot(fs: FileSystem, path: string, marker: Marker): Promise<void> {
  const work = join(path, WORK_FOLDER);
  try {
    await makeFolders(fs, work);
    await replaceContents(fs, join(work, MARKER_FILE), [`${JSON.stringify(marker, null, 2)}\n`]);
  } catch (error) {
    // EEXIST: a file has the folder's name. ENOENT: Windows' word for a drive that is not there.
    if (['EEXIST', 'ENOENT'].includes(systemCode(error) ?? '')) {
      throw new CratefulError('PATH_NOT_WRITABLE', { path: '.' }, error);
    }
    throw diskError(error, '.');
  }
}

/**
 * Absolute path of a job's working file: `part` is what came over the network, `tagged` the second file made
 * from it (architecture §4). On the root's volume, so that the last step is a rename.
 */
export const partPath = (rootPath: string, job: JobId, kind: 'part' | 'tagged'): string =>
  join(rootPath, WORK_FOLDER, `${job}.${kind}`);

/**
 * Removes working files that belong to no job in `keep` and were not written to for `maxAgeMs` (30 days by
 * architecture §4). Gives how many. Throws `PATH_NOT_WRITABLE` and `DISK_FAILED`.
 */
export async function removeStaleParts(
  fs: FileSystem,
  options: {
    readonly rootPath: string;
    readonly keep: ReadonlySet<JobId>;
    readonly nowMs: number;
    readonly maxAgeMs: number;
  },
): Promise<number> {
  const work = join(options.rootPath, WORK_FOLDER);
  let removed = 0;
  try {
    for (const name of (await ifThere(fs.readdir(work))) ?? []) {
      const [, id] = /^(.+)\.(?:part|tagged)$/.exec(name) ?? [];
      if (id === undefined || options.keep.has(jobId(id))) continue;
      const file = join(work, name);
      const info = await ifThere(fs.lstat(file));
      if (!info?.isFile() || options.nowMs - info.mtimeMs < options.maxAgeMs) continue;
      await fs.unlink(file);
      removed += 1;
    }
    if (removed > 0) await flushFolder(fs, work);
  } catch (error) {
    throw diskError(error, WORK_FOLDER);
  }
  return removed;
}
