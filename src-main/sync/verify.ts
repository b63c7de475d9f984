import pMap from 'p-map';
import type { VerifyFinding } from '../../src-preload/contract/album-view.ts';
import type { AlbumId, RootId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { AudioPool } from '../audio/pool.ts';
import { asCratefulError, hasCode } from '../errors.ts';
import { type FileSystem, ifThere, spelledPath } from '../files/file-system.ts';
import { requireRootThere } from '../files/root.ts';
import type { Library } from '../library/library.ts';
import { judgeAudio } from './look-inside.ts';

/** What verifying files works with. */
export interface VerifyParts {
  readonly fs: FileSystem;
  readonly audio: Pick<AudioPool, 'inspect' | 'hash'>;
  readonly library: Pick<Library, 'files'>;
}

/** Which files are verified, and who hears of it. */
export interface VerifyRequest {
  readonly rootId: RootId;
  readonly rootPath: string;
  /** Null for everything under the root. */
  readonly albumIds: readonly AlbumId[] | null;
  /** Files looked into at once; asked before each album. */
  readonly atOnce: () => number;
  readonly signal: AbortSignal;
  /** How much there is to do; comes first. */
  readonly onTotal: (total: { readonly files: number; readonly bytes: number }) => void;
  /** A file is done, and what is wrong with it; null when it is what was saved. */
  readonly onFile: (file: LibraryFile, problem: VerifyFinding['problem'] | null) => Promise<void>;
}

/**
 * Compares files with their receipts: there, as long as they were, with the sound that was proven. Edited tags are no
 * difference; side files are compared byte by byte. What is found is noted in the library, so that the next plan
 * looks at those files again.
 *
 * Throws `LIBRARY_ROOT_MISSING` when the drive goes away meanwhile, `CANCELLED`, and faults of the database.
 */
export async function verifyFiles(parts: VerifyParts, request: VerifyRequest): Promise<void> {
  const { library } = parts;
  const { rootId, signal } = request;
  const wanted = request.albumIds && new Set(request.albumIds);
  const glances = (await library.files.glances(rootId)).filter(
    ({ albumId }) => wanted?.has(albumId) ?? true,
  );
  request.onTotal({
    files: glances.length,
    bytes: glances.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  for (const albumId of new Set(glances.map((glance) => glance.albumId))) {
    // Read anew: a sync may have replaced files since.
    const rows = await library.files.byAlbum(rootId, albumId);
    const verify = async (row: LibraryFile) => {
      signal.throwIfAborted();
      await verifyFile(parts, request, row);
    };
    await pMap(rows, verify, { concurrency: request.atOnce() });
  }
}

async function verifyFile(
  parts: VerifyParts,
  request: VerifyRequest,
  row: LibraryFile,
): Promise<void> {
  const { library } = parts;
  let file = row;
  let problem = await problemOf(parts, request, file);
  if (problem) {
    const rows = await library.files.byAlbum(row.rootId, row.albumId);
    const now = rows.find((each) => each.kind === row.kind && isSame(each, row));
    // A sync gave it another file while it was looked at: that one counts.
    if (now && (now.path !== row.path || now.receipt.sha256 !== row.receipt.sha256)) {
      file = now;
      problem = await problemOf(parts, request, file);
    }
  }
  // A drive that goes away fails in the middle of a file first: neither lost nor damaged is believed without it.
  if (problem) await requireRootThere(parts.fs, request.rootPath);
  // That a file is missing, every look at the disk finds out by itself.
  await library.files.noteFinding(file, problem === 'missing' ? null : problem);
  await request.onFile(file, problem);
}

const isSame = (one: LibraryFile, other: LibraryFile): boolean =>
  one.trackId === null ? one.path === other.path : one.trackId === other.trackId;

async function problemOf(
  { fs, audio }: VerifyParts,
  { rootPath, signal }: VerifyRequest,
  row: LibraryFile,
): Promise<VerifyFinding['problem'] | null> {
  const path = await spelledPath(fs, rootPath, row.path);
  const stats = await ifThere(fs.stat(path)).catch(() => null);
  if (!stats?.isFile()) return 'missing';
  try {
    if (row.kind === 'track') {
      const judged = judgeAudio(row, await audio.inspect(path, signal), null);
      return judged === 'whole' ? null : judged === 'other' ? 'changed' : 'damaged';
    }
    const { sha256, bytes } = await audio.hash(path);
    if (sha256 === row.receipt.sha256) return null;
    return bytes === row.receipt.bytes ? 'damaged' : 'changed';
  } catch (error) {
    if (signal.aborted) throw asCratefulError(error);
    // Gone while it was opened, or no longer readable: either way it is not what was saved.
    if (await isGone(fs, path)) return 'missing';
    if (hasCode(error, 'DISK_FAILED', 'PATH_NOT_WRITABLE')) return 'damaged';
    throw error;
  }
}

const isGone = (fs: FileSystem, path: string): Promise<boolean> =>
  fs.stat(path).then(
    () => false,
    () => true,
  );
