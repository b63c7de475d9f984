import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Placement } from '../../src-preload/contract/library.ts';
import type { Inspection } from '../audio/pool.ts';
import { pathKey } from '../files/names.ts';
import type { ScanEntry } from '../files/scan.ts';
import type { FileGlance } from '../library/files.ts';

/** A row whose file is found elsewhere now. */
export interface Move {
  readonly albumId: AlbumId;
  readonly trackId: TrackId | null;
  /** The row's path before. */
  readonly from: string;
  /** Where the file is now. */
  readonly to: string;
}

/** A row and a file that may be its own. */
export interface Match {
  readonly row: LibraryFile;
  readonly entry: ScanEntry;
  /** Whether the file's own tags name the row's track. */
  readonly named: boolean;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The ending of a path, with its dot and in lower case. */
export const extensionOf = (path: string): string =>
  path.slice(path.lastIndexOf('.')).toLowerCase();

/** Whether a file is the one a row stands for: the sound that was saved, whole, and no other track by its tags. */
export function isOf(row: LibraryFile, seen: Inspection): boolean {
  const { audioHash } = row.receipt;
  if (!seen.whole || !seen.audioHash || !audioHash) return false;
  const stranger = seen.qobuzTrackId !== null && seen.qobuzTrackId !== row.trackId;
  return (
    !stranger && seen.audioHash.kind === audioHash.kind && seen.audioHash.value === audioHash.value
  );
}

/**
 * Matches in their order: those whose tags say so first, then those of an unchanged size, then of an unchanged name,
 * then of an unchanged folder, then by the alphabet. The same matches always give the same answer.
 */
export function likeliestFirst(matches: readonly Match[]): readonly Match[] {
  const merit = ({ row, entry, named }: Match): number =>
    (named ? 8 : 0) +
    (entry.bytes === row.bytes ? 4 : 0) +
    (nameOf(entry.path) === nameOf(row.path) ? 2 : 0) +
    (folderOf(entry.path) === folderOf(row.path) ? 1 : 0);
  return [...matches].sort(
    (a, b) =>
      merit(b) - merit(a) || compare(a.row.path, b.row.path) || compare(a.entry.path, b.entry.path),
  );
}

/** Gives each row one file and each file one row at most, the likeliest first. */
export function assign(matches: readonly Match[]): readonly Match[] {
  const rows = new Set<LibraryFile>();
  const entries = new Set<ScanEntry>();
  return likeliestFirst(matches).filter(({ row, entry }) => {
    if (rows.has(row) || entries.has(entry)) return false;
    rows.add(row);
    entries.add(entry);
    return true;
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The placements that follow their albums: of those albums of which no file is left in the folder they were given, and
 * all that moved lie in one other folder. An album that was spread over several, or put among another's files, keeps its
 * placement: what is new of it still goes where it was.
 *
 * @param rows of each album, at the paths where its files are now.
 */
export function followingPlacements(
  placements: ReadonlyMap<AlbumId, Placement>,
  rows: ReadonlyMap<AlbumId, readonly FileGlance[]>,
  moves: readonly Move[],
  isThere: (path: string) => boolean,
): readonly Placement[] {
  const byAlbum = new Map<AlbumId, Move[]>();
  for (const move of moves) {
    const ofAlbum = byAlbum.get(move.albumId);
    if (ofAlbum) ofAlbum.push(move);
    else byAlbum.set(move.albumId, [move]);
  }
  const following = [...byAlbum].flatMap(([albumId, ofAlbum]) => {
    const placement = placements.get(albumId);
    const folder = placement && newFolder(placement.folder, ofAlbum);
    if (!placement || !folder || folder === placement.folder) return [];
    const stays = (rows.get(albumId) ?? []).some(
      ({ path }) => path.startsWith(`${placement.folder}/`) && isThere(path),
    );
    return stays ? [] : [{ ...placement, folder }];
  });
  if (following.length === 0) return following;
  const followed = new Set(following.map(({ albumId }) => albumId));
  const taken = new Set(
    [...placements.values()].flatMap(({ albumId, folder }) =>
      followed.has(albumId) ? [] : [pathKey(folder)],
    ),
  );
  return following.filter(({ folder }) => {
    const key = pathKey(folder);
    if ([...parentsOf(key), key].some((each) => taken.has(each))) return false;
    taken.add(key);
    return true;
  });
}

/** The one folder an album's files were moved to; null when there are several, or it is the root itself. */
function newFolder(folder: string, moves: readonly Move[]): string | null {
  const folders = new Set(
    moves.map(({ from, to }) => {
      const inside = from.startsWith(`${folder}/`) ? from.slice(folder.length) : null;
      // With the folders of its discs, or what else the template has below the album's own.
      if (inside !== null && to.endsWith(inside)) return to.slice(0, to.length - inside.length);
      const below = inside === null ? '' : folderOf(inside);
      const parent = folderOf(to);
      return parent.endsWith(below) ? parent.slice(0, parent.length - below.length) : parent;
    }),
  );
  const [only] = folders;
  return folders.size === 1 && only ? only : null;
}

function parentsOf(path: string): string[] {
  const components = path.split('/');
  return components.slice(1).map((_, index) => components.slice(0, index + 1).join('/'));
}
