import type { AlbumDetail, Purchase } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId, RootId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Placement } from '../../src-preload/contract/library.ts';
import type { KeepReason, PlacementChange, StepMove } from '../../src-preload/contract/steps.ts';
import { displayAlbumTitle } from '../../src-preload/contract/titles.ts';
import { assignPlacements, isPathTooLong, trackPaths } from '../files/layout.ts';
import { pathKey } from '../files/names.ts';
import type { ScanEntry } from '../files/scan.ts';
import type { DiskIndex } from './disk-index.ts';
import { type Companions, companionMoves } from './rearrange-companions.ts';
import type { Rename } from './rename.ts';

/** Everything that where albums belong depends on; nothing else does. */
export interface RearrangeInput {
  readonly rootId: RootId;
  readonly rootPath: string;
  readonly platform: NodeJS.Platform;
  /** The naming template albums are to follow. */
  readonly template: string;
  readonly purchases: readonly Purchase[];
  readonly placements: readonly Placement[];
  readonly rows: readonly LibraryFile[];
  readonly entries: readonly ScanEntry[];
  readonly disk: DiskIndex;
  /** Track lists that are known, of albums with rows. */
  readonly details: ReadonlyMap<AlbumId, AlbumDetail>;
  /** Albums one of whose files is between its name and its row. */
  readonly saving: ReadonlySet<AlbumId>;
}

/** What a template does to the albums that are there. */
export interface Rearrangement {
  readonly moves: readonly StepMove[];
  readonly placements: readonly PlacementChange[];
  /** Names by album, only of albums of which a file moves. */
  readonly albums: ReadonlyMap<AlbumId, readonly Rename[]>;
  readonly keeps: readonly { readonly what: string; readonly reason: KeepReason }[];
  /** Cue sheets and playlists of albums whose tracks get other names, as the disk has them now. */
  readonly lists: readonly string[];
}

/**
 * Where every album that was placed by another template belongs by this one, and what of it moves there: its tracks, cover
 * and booklets, and the person's own files that stand with it. Albums that follow the template already keep their folder,
 * as does whatever cannot move as a whole; the others are placed around them, the oldest purchase first (architecture §2).
 */
export function planRearrangement(input: RearrangeInput): Rearrangement {
  const rows = Map.groupBy(input.rows, (row) => row.albumId);
  const titles = new Map(input.purchases.map(({ albumId, album }) => [albumId, album]));
  const keeps: { what: string; reason: KeepReason }[] = [];
  const free: Placement[] = [];
  const kept: Placement[] = [];
  for (const placement of input.placements) {
    const album = titles.get(placement.albumId);
    if (placement.template === input.template || !album) {
      kept.push(placement);
      continue;
    }
    const reason = whyKept(input, rows.get(placement.albumId) ?? [], placement.albumId);
    if (reason === null) free.push(placement);
    else {
      kept.push(placement);
      keeps.push({ what: displayAlbumTitle(album), reason });
    }
  }
  const settled = place(input, free, kept);
  const claimed = new Set(input.rows.map(({ path }) => pathKey(path)));
  const companions: Companions = {
    entries: input.entries.filter(({ path }) => !claimed.has(pathKey(path))),
    folders: input.placements.map(({ folder }) => folder),
    rows: input.rows,
  };
  const albums = new Map<AlbumId, readonly Rename[]>();
  const placements: PlacementChange[] = [];
  const lists: string[] = [];
  for (const { before, after } of settled) {
    const own = rows.get(before.albumId) ?? [];
    const detail = input.details.get(before.albumId);
    const tracks = renamedRows(input, { before, after, detail, rows: own, keeps });
    const others = own.length > 0 ? companionMoves(companions, before, after, tracks) : [];
    const renames = [...tracks, ...others].filter(({ entry, to }) => entry.path !== to);
    placements.push({ albumId: before.albumId, before, after });
    if (renames.length === 0) continue;
    albums.set(before.albumId, renames);
    if (tracks.some(({ entry, to }) => nameOf(entry.path) !== nameOf(to))) {
      lists.push(...others.map(({ entry }) => entry.path).filter(isList));
    }
  }
  const moves = [...albums.values()].flat().map(
    ({ entry, to }): StepMove => ({
      from: entry.storedPath,
      to,
      bytes: entry.bytes,
      modifiedMs: entry.modifiedMs,
      before: null,
      after: null,
    }),
  );
  return { moves, placements, albums, keeps, lists };
}

const isList = (path: string): boolean => /\.(?:cue|m3u8?|pls|xspf)$/i.test(path);

/** The last component of a path. */
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const folderOfPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Why an album keeps its place as a whole; null when it may move. */
function whyKept(
  { disk, details, saving }: RearrangeInput,
  rows: readonly LibraryFile[],
  albumId: AlbumId,
): KeepReason | null {
  if (saving.has(albumId)) return 'saving';
  if (rows.length === 0) return null;
  if (!details.has(albumId)) return 'not-listed';
  // What is missing is fetched to where it was: it comes first, or the album would be torn apart.
  if (rows.some(({ path }) => disk.get(path) === undefined)) return 'incomplete';
  return null;
}

interface Placed {
  readonly before: Placement;
  readonly after: Placement;
}

/** New folders, until no path is too long for this system: whoever has such a one keeps the old folder. */
function place(
  input: RearrangeInput,
  free: readonly Placement[],
  kept: readonly Placement[],
): Placed[] {
  const { rootId, template } = input;
  const wanted = new Map(free.map((placement) => [placement.albumId, placement]));
  const added = assignPlacements({
    rootId,
    template,
    sides: { covers: true, booklets: true },
    existing: kept,
    purchases: input.purchases.filter(({ albumId }) => wanted.has(albumId)),
  });
  return added.flatMap((placement) => {
    const before = wanted.get(placement.albumId);
    return before ? [{ before, after: { ...placement, sides: before.sides } }] : [];
  });
}

/**
 * The rows' files of an album under their new names. A name that somebody gave a file by hand is kept in the new folder; a
 * file that stands elsewhere altogether stays there.
 */
function renamedRows(
  input: RearrangeInput,
  of: Placed & {
    readonly detail: AlbumDetail | undefined;
    readonly rows: readonly LibraryFile[];
    readonly keeps: { what: string; reason: KeepReason }[];
  },
): Rename[] {
  const { before, after, detail, rows, keeps } = of;
  const olds = detail ? trackPaths(detail, before, () => 'x') : null;
  const news = detail ? trackPaths(detail, after, () => 'x') : null;
  return rows.flatMap((row): Rename[] => {
    const entry = input.disk.get(row.path);
    if (!entry) return [];
    const old = row.trackId === null ? undefined : olds?.get(row.trackId);
    const next = row.trackId === null ? undefined : news?.get(row.trackId);
    const to = old && next ? renamed(entry.path, old, next) : within(entry.path, before, after);
    if (to === null) {
      keeps.push({ what: entry.path, reason: 'moved-by-hand' });
      return [];
    }
    if (isPathTooLong(input.rootPath, to, input.platform)) {
      keeps.push({ what: entry.path, reason: 'path-too-long' });
      return [];
    }
    return [{ entry, to, row }];
  });
}

/** A track's new path: by the template, or with its own name in the new folder. Null when it stands elsewhere. */
function renamed(path: string, old: string, next: string): string | null {
  const dot = nameOf(path).lastIndexOf('.');
  const extension = dot > 0 ? nameOf(path).slice(dot + 1) : '';
  const withExtension = (named: string) => `${named.slice(0, -'x'.length)}${extension}`;
  if (pathKey(path) === pathKey(withExtension(old))) return withExtension(next);
  if (pathKey(folderOfPath(path)) !== pathKey(folderOfPath(old))) return null;
  return `${folderOfPath(next)}/${nameOf(path)}`;
}

/** The same place in the album's new folder; null for a path outside of the old one. */
function within(path: string, before: Placement, after: Placement): string | null {
  const isInside = pathKey(path).startsWith(`${pathKey(before.folder)}/`);
  // Counted by components: two spellings of one folder need not be of one length.
  const rest = path.split('/').slice(before.folder.split('/').length);
  return isInside ? [after.folder, ...rest].join('/') : null;
}
