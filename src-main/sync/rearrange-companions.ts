import type { LibraryFile, Placement } from '../../src-preload/contract/library.ts';
import { pathKey } from '../files/names.ts';
import type { ScanEntry } from '../files/scan.ts';
import type { Rename } from './rename.ts';

/** What stands beside the files with a row, and what tells whose it is. */
export interface Companions {
  /** Files without a row. */
  readonly entries: readonly ScanEntry[];
  /** Folders of all albums of the library. */
  readonly folders: readonly string[];
  /** Files of all albums. */
  readonly rows: readonly LibraryFile[];
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const stemOf = (path: string): string => {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
};
const isIn = (path: string, folder: string): boolean =>
  pathKey(path).startsWith(`${pathKey(folder)}/`);

/**
 * A person's own files that go along with an album: those named like a track follow its name (`01 - A.lrc`,
 * `01 - A.de.lrc`), everything else in the album's folder keeps its place in the folder. In a folder that other albums'
 * files share only the former are known to be this album's.
 */
export function companionMoves(
  { entries, folders, rows }: Companions,
  before: Placement,
  after: Placement,
  tracks: readonly Rename[],
): Rename[] {
  const isShared =
    rows.some((row) => row.albumId !== before.albumId && isIn(row.path, before.folder)) ||
    folders.some((folder) => isIn(folder, before.folder));
  const named = tracks.filter(({ row }) => row?.kind === 'track');
  const stems = named.map(({ entry, to }) => ({
    folder: pathKey(parentOf(entry.path)),
    stem: pathKey(stemOf(entry.path)),
    length: stemOf(entry.path).length,
    to: stemOf(to),
  }));
  const folderMap = newFolders(named);
  const taken = new Set(tracks.map(({ to }) => pathKey(to)));
  const moves: Rename[] = [];
  for (const entry of entries) {
    const folder = pathKey(parentOf(entry.path));
    const like = stems.find(
      (each) => each.folder === folder && pathKey(entry.path).startsWith(`${each.stem}.`),
    );
    const inFolder = !isShared && isIn(entry.path, before.folder);
    if (!like && !inFolder) continue;
    const plain = [after.folder, ...entry.path.split('/').slice(before.folder.split('/').length)];
    const moved = inFolder ? movedAlong(entry.path, folderMap) : null;
    const choices = [
      ...(like ? [`${like.to}${entry.path.slice(like.length)}`] : []),
      ...(moved ? [moved] : []),
      ...(inFolder ? [plain.join('/')] : []),
    ];
    // Files of two folders that become one may have one name: the later keeps its place in the folder, or stays.
    const to = choices.find((choice) => !taken.has(pathKey(choice)));
    if (to === undefined) continue;
    taken.add(pathKey(to));
    moves.push({ entry, to, row: null });
  }
  return moves;
}

/** Where a file goes with the nearest folder above it whose tracks stay together. */
function movedAlong(path: string, folders: ReadonlyMap<string, string>): string | null {
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
    const target = folders.get(pathKey(folder));
    if (target !== undefined) return `${target}${path.slice(folder.length)}`;
  }
  return null;
}

/** Where the tracks of a folder go, for folders whose tracks stay together. */
function newFolders(tracks: readonly Rename[]): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { entry, to } of tracks) {
    const folder = pathKey(parentOf(entry.path));
    const targets = found.get(folder) ?? new Set();
    found.set(folder, targets.add(parentOf(to)));
  }
  return new Map(
    [...found].flatMap(([folder, targets]) => {
      const [only] = targets;
      return targets.size === 1 && only !== undefined ? [[folder, only] as const] : [];
    }),
  );
}
