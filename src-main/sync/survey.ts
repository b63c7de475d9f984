import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import {
  type AccountId,
  type AlbumId,
  rootId,
  type TrackId,
} from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Refusal } from '../../src-preload/contract/library.ts';
import { hasCode } from '../errors.ts';
import { assignPlacements } from '../files/layout.ts';
import { type ScanEntry, scanRoot, type Unscanned } from '../files/scan.ts';
import type { RootRow } from '../library/roots.ts';
import { type DiskIndex, indexDisk } from './disk-index.ts';
import type { RootParts } from './library-root.ts';

/** What stands where: everything a plan needs to know besides purchases and track lists. */
export interface Survey {
  readonly rootPath: string;
  readonly folders: ReadonlyMap<AlbumId, string>;
  readonly rows: ReadonlyMap<AlbumId, readonly LibraryFile[]>;
  readonly disk: DiskIndex;
  readonly refusals: ReadonlyMap<TrackId, Refusal>;
}

/** What is surveyed. */
export interface SurveyRequest {
  readonly accountId: AccountId;
  readonly path: string;
  /** Null for a place that is not a root yet; nothing is then written about it. */
  readonly root: RootRow | null;
  readonly purchases: readonly Purchase[];
  /** False for a preview: placements are computed, not given. */
  readonly givePlacements: boolean;
  readonly signal: AbortSignal;
}

/** Stands for a root that has no id yet; never stored. */
const NO_ROOT = rootId('');

/**
 * Scans the root once (architecture §5), loads its rows and gives every album of the complete listing its
 * folder, oldest purchase first (architecture §2).
 *
 * Throws `LIBRARY_ROOT_MISSING` (the drive went away), `DISK_FAILED` and `PATH_NOT_WRITABLE`.
 */
export async function survey(
  parts: RootParts & { readonly scanWorkerUrl: URL },
  request: SurveyRequest,
): Promise<Survey> {
  const { library } = parts;
  const { root, purchases, accountId } = request;
  const [disk, files, existing, refusals] = await Promise.all([
    scan(parts.scanWorkerUrl, request),
    root ? library.files.list(root.id) : [],
    root ? library.placements.list(root.id) : [],
    library.refusals.list(accountId),
  ]);
  const added = assignPlacements({ rootId: root?.id ?? NO_ROOT, existing, purchases });
  if (request.givePlacements && added.length > 0) await library.placements.add(added);
  const rows = new Map<AlbumId, LibraryFile[]>();
  for (const file of files) {
    const album = rows.get(file.albumId);
    if (album) album.push(file);
    else rows.set(file.albumId, [file]);
  }
  return {
    rootPath: request.path,
    folders: new Map([...existing, ...added].map(({ albumId, folder }) => [albumId, folder])),
    rows,
    disk,
    refusals: new Map(refusals.map((refusal) => [refusal.trackId, refusal])),
  };
}

async function scan(workerUrl: URL, { path, root, signal }: SurveyRequest): Promise<DiskIndex> {
  const unscanned: Unscanned[] = [];
  const entries: ScanEntry[] = await scanRoot(path, workerUrl, {
    signal,
    onUnscanned: (each) => unscanned.push(each),
  }).catch((error: unknown) => {
    // Only a place that is to become a root may be absent: a known one whose drive goes away in mid-scan
    // must not read as a library without files.
    if (root === null && hasCode(error, 'LIBRARY_ROOT_MISSING')) return [];
    throw error;
  });
  return indexDisk(entries, unscanned);
}
