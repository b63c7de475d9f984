import type { LibraryFile } from '../../src-preload/contract/library.ts';
import { pathKey } from '../files/names.ts';

/** Size and time of a file on the disk, in bytes and whole unix milliseconds; null where there is none. */
export interface Standing {
  readonly bytes: number;
  readonly modifiedMs: number;
}

/**
 * Which files of a manifest the database has to take over: those it has no row for, and those where the manifest says
 * something else than the row and the disk agrees with the manifest. Both happen: another computer has worked in the
 * same folder, or the database is older than the folder. What the disk does not confirm stays as it is.
 *
 * @param look asked only about files that are said to be different things.
 */
export async function mergeManifest(
  rows: readonly LibraryFile[],
  said: readonly LibraryFile[],
  look: (path: string) => Promise<Standing | null>,
): Promise<readonly LibraryFile[]> {
  const byPath = new Map(rows.map((row) => [pathKey(row.path), row]));
  const bySubject = new Map(rows.map((row) => [subjectOf(row), row]));
  const taken: LibraryFile[] = [];
  for (const file of said) {
    const there = byPath.get(pathKey(file.path));
    const same = bySubject.get(subjectOf(file));
    if (!there && !same) taken.push(file);
    else if (await isNewer(file, there ?? same, there !== undefined, look)) taken.push(file);
  }
  return taken;
}

const subjectOf = ({ albumId, trackId, path }: LibraryFile): string =>
  `${albumId}/${trackId ?? pathKey(path)}`;

async function isNewer(
  said: LibraryFile,
  row: LibraryFile | undefined,
  atItsPath: boolean,
  look: (path: string) => Promise<Standing | null>,
): Promise<boolean> {
  if (!row || isSame(said, row)) return false;
  const there = await look(said.path);
  if (there?.bytes !== said.bytes) return false;
  // Its row is about another place: it counts for as long as its file is there.
  if (!atItsPath) return (await look(row.path)) === null;
  if (row.bytes !== there.bytes) return true;
  return said.modifiedMs === there.modifiedMs && row.modifiedMs !== there.modifiedMs;
}

const isSame = (one: LibraryFile, other: LibraryFile): boolean =>
  one.path === other.path &&
  one.trackId === other.trackId &&
  one.albumId === other.albumId &&
  one.bytes === other.bytes &&
  one.receipt.sha256 === other.receipt.sha256;
