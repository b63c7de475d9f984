import type { ScanEntry } from '../../files/scan.ts';
import { endingOf } from './find-files.ts';

/** An audio file that moves, with where it goes. */
export interface Mover {
  /** Relative to the scanned folder, as scanned. */
  readonly path: string;
  /** Relative to the root. */
  readonly target: string;
  /** The folder of its album, relative to the root. */
  readonly albumFolder: string;
}

/** A file that goes along. */
export interface Companion {
  readonly entry: ScanEntry;
  readonly target: string;
}

/** What belongs to one track by its name. */
const OF_TRACK: ReadonlySet<string> = new Set(['lrc', 'cue']);
/** What belongs to the album of the folder it lies in. */
const OF_ALBUM =
  /^(?:(?:cover|folder|front|back|albumart[^/]*|booklet[^/]*)\.(?:jpe?g|png|webp)|.+\.(?:pdf|cue|log|m3u8?))$/iu;

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const stemOf = (path: string): string => path.replace(/\.[^./]*$/u, '');

/**
 * The files that go along with music on its way: lyrics and cue sheets beside their track and by its name, and covers,
 * booklets and logs of a folder all of whose music goes to one album. Everything else stays. Pure.
 *
 * @param staying audio files of the look that do not move.
 */
export function companionsOf(
  movers: readonly Mover[],
  staying: readonly string[],
  others: readonly ScanEntry[],
): readonly Companion[] {
  const byStem = new Map(movers.map((mover) => [stemOf(mover.path), mover]));
  const albums = new Map<string, Set<string>>();
  for (const { path, albumFolder } of movers) {
    const folder = parentOf(path);
    albums.set(folder, (albums.get(folder) ?? new Set()).add(albumFolder));
  }
  const mixed = new Set(staying.map(parentOf));
  return others.flatMap((entry): Companion[] => {
    const ending = endingOf(entry.path);
    const mover = OF_TRACK.has(ending) ? byStem.get(stemOf(entry.path)) : undefined;
    if (mover) return [{ entry, target: `${stemOf(mover.target)}.${ending}` }];
    const folder = parentOf(entry.path);
    const [album, ...more] = albums.get(folder) ?? [];
    const isAlone = album !== undefined && more.length === 0 && !mixed.has(folder);
    if (!isAlone || !OF_ALBUM.test(nameOf(entry.path))) return [];
    return [{ entry, target: `${album}/${nameOf(entry.path).normalize('NFC')}` }];
  });
}
