import { join } from 'node:path';
import { CratefulError, hasCode } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import { isThere, type Relocation } from '../files/relocate.ts';
import { type ScanEntry, scanRoot } from '../files/scan.ts';
import { WORK_FOLDER } from '../files/work-folder.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import { indexDisk } from './disk-index.ts';

/** What moves with a library, and how many files stay because they are not Crateful's. */
export interface MovingFiles {
  readonly files: readonly Relocation[];
  readonly leftBehind: number;
}

/** Work files that a library goes on with: unfinished downloads, and what was replaced and can be restored. */
const GOES_ALONG = /^(?:[^/]+\.(?:part|tagged)|replaced\/.+)$/;

/**
 * Every file that belongs to a library: those with a row that are there, as the disk spells them, and the work files.
 *
 * Throws what scanning throws.
 */
export async function movingFiles(
  parts: { readonly library: Pick<Library, 'files'>; readonly scanWorkerUrl: URL },
  root: RootRow,
  signal: AbortSignal,
): Promise<MovingFiles> {
  const { library, scanWorkerUrl } = parts;
  const entries = await scanRoot(root.path, scanWorkerUrl, { signal });
  const disk = indexDisk(entries);
  const rows = await library.files.list(root.id);
  const ours = new Set(rows.flatMap((row) => disk.get(row.path) ?? []));
  const work = join(root.path, WORK_FOLDER);
  const workFiles = await scanRoot(work, scanWorkerUrl, { signal }).catch((error: unknown) => {
    if (hasCode(error, 'LIBRARY_ROOT_MISSING')) return [];
    throw error;
  });
  const files = [...ours].map((entry) => relocation(root.path, entry, ''));
  for (const entry of workFiles) {
    if (GOES_ALONG.test(entry.path)) files.push(relocation(work, entry, `${WORK_FOLDER}/`));
  }
  return { files, leftBehind: entries.length - ours.size };
}

const relocation = (folder: string, entry: ScanEntry, prefix: string): Relocation => ({
  source: join(folder, entry.storedPath),
  target: `${prefix}${entry.path}`,
  bytes: entry.bytes,
  modifiedMs: entry.modifiedMs,
});

/**
 * The files that are not at their place under `to` yet. Throws `PATH_OCCUPIED` for the first place that something else
 * has taken, before anything is brought; whether a file of the same size is the same one shows when it is brought.
 */
export async function stillToBring(
  fs: FileSystem,
  files: readonly Relocation[],
  to: string,
): Promise<readonly Relocation[]> {
  const open: Relocation[] = [];
  for (const file of files) {
    const path = join(to, file.target);
    if (!(await isThere(fs, path))) {
      open.push(file);
      continue;
    }
    const there = await fs.lstat(path);
    if (!there.isFile() || there.size !== file.bytes) {
      throw new CratefulError('PATH_OCCUPIED', { path: file.target });
    }
  }
  return open;
}
