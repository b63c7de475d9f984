import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import {
  type AccountId,
  type AlbumId,
  type RootId,
  rootId,
  type TrackId,
} from '../../src-preload/contract/ids.ts';
import type {
  Placement,
  Refusal,
  SideChoice,
  TrackDecision,
} from '../../src-preload/contract/library.ts';
import type { Inspection } from '../audio/pool.ts';
import { CratefulError, hasCode } from '../errors.ts';
import { assignPlacements } from '../files/layout.ts';
import { isRootThere } from '../files/root.ts';
import { type ScanEntry, scanRoot, type Unscanned } from '../files/scan.ts';
import type { FileGlance, FileProblem } from '../library/files.ts';
import type { RootRow } from '../library/roots.ts';
import { type DiskIndex, indexDisk } from './disk-index.ts';
import type { RootParts } from './library-root.ts';

/** What stands where: everything a plan needs to know besides purchases and track lists. */
export interface Survey {
  readonly rootId: RootId;
  readonly rootPath: string;
  readonly placements: ReadonlyMap<AlbumId, Placement>;
  /** At a glance: an album that needs a plan has its whole rows read then. */
  readonly rows: ReadonlyMap<AlbumId, readonly FileGlance[]>;
  readonly disk: DiskIndex;
  readonly refusals: ReadonlyMap<TrackId, Refusal>;
  /** What people decided about single tracks, by album. */
  readonly decisions: ReadonlyMap<AlbumId, ReadonlyMap<TrackId, TrackDecision>>;
  /** What a verification found of files with a row, by path. */
  readonly findings: ReadonlyMap<string, FileProblem>;
  /** Paths of files that somebody moved there since they were saved. */
  readonly moved: ReadonlySet<string>;
  /** Rows' paths that are not written down yet, by the path the database still says. */
  readonly follow: ReadonlyMap<string, string>;
  /** Looks inside files that were needed already, by absolute path. */
  readonly inspected: ReadonlyMap<string, Inspection>;
}

/** Where is looked. */
export interface LookRequest {
  readonly accountId: AccountId;
  readonly path: string;
  /** Null for a place that is not a root yet. */
  readonly root: RootRow | null;
  readonly signal: AbortSignal;
}

/** A survey before the listing is known: its placements are those of earlier runs. */
export type Look = Survey;

/** Stands for a root that has no id yet; never stored. */
const NO_ROOT = rootId('');

/**
 * Scans the root once (architecture §5) and loads its rows.
 *
 * Throws `LIBRARY_ROOT_MISSING` (the drive went away), `DISK_FAILED` and `PATH_NOT_WRITABLE`.
 */
export async function lookAtDisk(
  parts: RootParts & { readonly scanWorkerUrl: URL },
  request: LookRequest,
): Promise<Look> {
  const { library } = parts;
  const { root, accountId } = request;
  const [disk, files, placements, refusals, findings, decided] = await Promise.all([
    scan(parts.scanWorkerUrl, request),
    root ? library.files.glances(root.id) : [],
    root ? library.placements.list(root.id) : [],
    library.refusals.list(accountId),
    root ? library.files.findings(root.id) : new Map<string, FileProblem>(),
    root ? library.decisions.list(root.id) : [],
  ]);
  // A mount point that the drive left during the scan is a folder without files: none of them is gone.
  if (root && !(await isRootThere(parts.fs, request.path))) {
    throw new CratefulError('LIBRARY_ROOT_MISSING', { path: request.path });
  }
  const rows = new Map<AlbumId, FileGlance[]>();
  for (const file of files) {
    const album = rows.get(file.albumId);
    if (album) album.push(file);
    else rows.set(file.albumId, [file]);
  }
  return {
    rootId: root?.id ?? NO_ROOT,
    rootPath: request.path,
    placements: byAlbum(placements),
    rows,
    disk,
    findings,
    moved: new Set(),
    follow: new Map(),
    inspected: new Map(),
    refusals: new Map(refusals.map((refusal) => [refusal.trackId, refusal])),
    decisions: decisionsByAlbum(decided),
  };
}

/** Decisions by album and track. */
export function decisionsByAlbum(
  decided: readonly TrackDecision[],
): ReadonlyMap<AlbumId, ReadonlyMap<TrackId, TrackDecision>> {
  const albums = Map.groupBy(decided, ({ albumId }) => albumId);
  return new Map(
    [...albums].map(([id, of]) => [id, new Map(of.map((each) => [each.trackId, each]))]),
  );
}

/**
 * Gives every album of the complete listing its folder, oldest purchase first (architecture §2); with `keep`
 * for ever, without it for a preview.
 */
export async function giveFolders(
  { library }: Pick<RootParts, 'library'>,
  look: Look,
  given: {
    readonly purchases: readonly Purchase[];
    readonly template: string;
    readonly sides: SideChoice;
    readonly keep: boolean;
  },
): Promise<Survey> {
  const { keep, ...how } = given;
  const existing = [...look.placements.values()];
  const added = assignPlacements({ ...how, rootId: look.rootId, existing });
  if (added.length === 0) return look;
  if (keep) await library.placements.add(added);
  return { ...look, placements: byAlbum([...existing, ...added]) };
}

/** Placements by their album. */
export const byAlbum = (placements: readonly Placement[]): ReadonlyMap<AlbumId, Placement> =>
  new Map(placements.map((placement) => [placement.albumId, placement]));

async function scan(workerUrl: URL, { path, root, signal }: LookRequest): Promise<DiskIndex> {
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
