/** Where albums and tracks stand under a library root (names-and-layout §1, architecture §2). Pure. */
import type { Album, AlbumDetail, Purchase, Track } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Placement, SideChoice } from '../../src-preload/contract/library.ts';
import { DEFAULT_TEMPLATE, type TemplateWord } from '../../src-preload/contract/naming.ts';
import { displayTitle, titleParts } from '../../src-preload/contract/titles.ts';
import { cutToBytes, pathKey, safeComponent, visibleText } from './names.ts';
import { fillIn, templateOf } from './template.ts';
import { namesTrackArtists } from './various-artists.ts';

/** Paths must not depend on the format: all names are cut as if they ended in the longest extension. */
const LONGEST_EXTENSION = 'flac';
/** Whatever else stands in a file name may take this much of it, so that the title is never cut away. */
const MAX_WORD_BYTES = 100;

/** What stands in a name for a word the catalogue says nothing about, where the template does not leave it out. */
const INSTEAD: Partial<Record<TemplateWord, string>> = {
  albumArtist: 'Unknown Artist',
  label: 'Unknown Label',
  genre: 'Unknown Genre',
  year: 'Unknown Year',
  date: 'Unknown Date',
  upc: 'No UPC',
};
const insteadOf = (word: TemplateWord): string => INSTEAD[word] ?? '';

/** Text as it is, or nothing when there is nothing to see in it. */
const seen = (text: string | null): string =>
  text === null || visibleText(text) === '' ? '' : text.trim();

type AlbumWord = Exclude<TemplateWord, 'disc' | 'track' | 'title' | 'artist'>;

function albumWords(album: Album): Record<AlbumWord, string> {
  const { title, version } = titleParts(album);
  return {
    albumArtist: seen(album.artist),
    // A version alone still names an album.
    album: seen(title) === '' && version === '' ? 'Untitled Album' : title,
    version,
    year: seen(album.releaseDate).slice(0, 4),
    date: seen(album.releaseDate),
    label: seen(album.label),
    genre: seen(album.genres[0] ?? null),
    upc: seen(album.upc),
  };
}

/** The components of an album's folder as raw text, still to be made safe. */
function folderComponents(album: Album, template: string): string[] {
  const words: Partial<Record<TemplateWord, string>> = albumWords(album);
  return fillIn(templateOf(template).folder, (word) => words[word] ?? '', insteadOf);
}

/** An album's folder by a naming template, before any twin is told apart. */
export const albumFolder = (album: Album, template: string): string =>
  folderComponents(album, template)
    .map((raw) => safeComponent(raw))
    .join('/');

/**
 * Folders for the albums of a complete purchase listing that have none yet, oldest purchase first by
 * (date, album id), whatever the order of the rows (architecture §2). Existing placements are never changed.
 * The later of two albums that would share a folder, or of which one's would lie in the other's, gets ` [<album id>]`;
 * a parent folder that differs from one already there only by case or normalisation takes its spelling. Tracks bought
 * singly share the placement of their album.
 */
export function assignPlacements(input: {
  readonly rootId: RootId;
  /** For the albums that have no placement yet. */
  readonly template: string;
  readonly sides: SideChoice;
  readonly existing: readonly Placement[];
  readonly purchases: readonly Purchase[];
}): Placement[] {
  const { rootId, template, sides } = input;
  const placed = new Set(input.existing.map((placement) => placement.albumId));
  const taken = createFolders();
  for (const folder of input.existing.map((placement) => placement.folder).sort()) {
    taken.add(folder);
  }
  const added: Placement[] = [];
  for (const { album } of oldestFirst(input.purchases)) {
    if (placed.has(album.id)) continue;
    const folder = taken.free(folderComponents(album, template), album.id);
    taken.add(folder);
    added.push({ rootId, albumId: album.id, folder, template, sides });
  }
  return added;
}

/** Album folders that are given away, and their parents as they are spelled. */
function createFolders() {
  const albums = new Set<string>();
  const spellings = new Map<string, string>();

  const parentsOf = (folder: string): string[] => {
    const components = folder.split('/');
    return components.slice(1).map((_, index) => components.slice(0, index + 1).join('/'));
  };

  const spelled = (components: readonly string[]): string => {
    let folder = components[0] ?? '';
    for (const component of components.slice(1)) {
      folder = `${spellings.get(pathKey(folder)) ?? folder}/${component}`;
    }
    return folder;
  };

  return {
    add(folder: string): void {
      albums.add(pathKey(folder));
      for (const parent of parentsOf(folder)) {
        if (!spellings.has(pathKey(parent))) spellings.set(pathKey(parent), parent);
      }
    },
    /** The folder these components name, with the id where one of them is taken. */
    free(raw: readonly string[], id: AlbumId): string {
      const turns = raw.map(() => 0);
      for (;;) {
        const folder = spelled(
          raw.map((text, index) => safeComponent(text, { suffix: mark(id, turns[index] ?? 0) })),
        );
        const inside = parentsOf(folder).findIndex((parent) => albums.has(pathKey(parent)));
        const isTaken = albums.has(pathKey(folder)) || spellings.has(pathKey(folder));
        if (inside < 0 && !isTaken) return folder;
        const at = inside < 0 ? raw.length - 1 : inside;
        turns[at] = (turns[at] ?? 0) + 1;
      }
    },
  };
}

/**
 * The album folder that a file lies in which was saved before manifests named folders: there was one layout. Null for a
 * path that is none of it.
 */
export function folderOf(path: string): string | null {
  const [artist, album, ...rest] = path.split('/');
  return artist && album && rest.length > 0 ? `${artist}/${album}` : null;
}

/** One entry an album, described by its own purchase rather than by that of a single track. */
function oldestFirst(purchases: readonly Purchase[]): { album: Album; purchasedAt: number }[] {
  const albums = new Map<AlbumId, { album: Album; purchasedAt: number }>();
  for (const purchase of [...purchases].sort(byDescription)) {
    const known = albums.get(purchase.albumId);
    albums.set(purchase.albumId, {
      album: known?.album ?? { ...purchase.album, id: purchase.albumId },
      purchasedAt: Math.min(purchase.purchasedAt, known?.purchasedAt ?? purchase.purchasedAt),
    });
  }
  return [...albums.values()].sort(
    (a, b) => a.purchasedAt - b.purchasedAt || compare(a.album.id, b.album.id),
  );
}

/** Albums before single tracks, then by date and track, so that equal rows sort equally whatever came first. */
const byDescription = (a: Purchase, b: Purchase): number =>
  Number(a.trackId !== null) - Number(b.trackId !== null) ||
  a.purchasedAt - b.purchasedAt ||
  (a.trackId ?? 0) - (b.trackId ?? 0) ||
  compare(albumFolder(a.album, DEFAULT_TEMPLATE), albumFolder(b.album, DEFAULT_TEMPLATE));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What tells the twin of a name apart: its id or (when a title imitates that) its id and a number. */
const mark = (id: AlbumId | TrackId, turn: number): string =>
  turn === 0 ? '' : ` [${id}]${turn > 1 ? ` (${turn})` : ''}`;

/**
 * The path of every track of an album, bought or not, so that buying more of it moves nothing: what the
 * placement's template says below its folder. `{disc}` is empty unless there are several discs; `{track}` has two digits,
 * three when the album has 100 tracks or a track number of 100. Of twins, the one with the lower id keeps the plain name
 * and the others get ` [<track id>]`. Relative, `/` between components, NFC, no two alike.
 *
 * @param extensionOf without its dot; it changes nothing else about the path.
 */
export function trackPaths(
  detail: AlbumDetail,
  placement: Pick<Placement, 'folder' | 'template'>,
  extensionOf: (track: Track) => string,
): Map<TrackId, string> {
  const { album, tracks } = detail;
  const { file } = templateOf(placement.template);
  const ofAlbum = shortened(albumWords(album));
  const discs = album.discCount > 1 || tracks.some((track) => track.discNumber > 1);
  const count = Math.max(album.trackCount, tracks.length);
  const highest = Math.max(count, ...tracks.map((track) => track.trackNumber));
  const width = highest < 100 ? 2 : String(highest).length;
  const withArtist = namesTrackArtists(detail);

  const taken = new Set<string>();
  const paths = new Map<TrackId, string>();
  for (const track of [...tracks].sort((a, b) => a.id - b.id)) {
    const words: Record<TemplateWord, string> = {
      ...ofAlbum,
      disc: discs ? String(track.discNumber) : '',
      track: String(track.trackNumber).padStart(width, '0'),
      artist: withArtist ? cutToBytes(visibleText(track.artist), MAX_WORD_BYTES) : '',
      title: visibleText(displayTitle(track)) || 'Untitled',
    };
    const components = fillIn(file, (word) => words[word], insteadOf);
    const parents = components.slice(0, -1).map((raw) => safeComponent(raw));
    let stem = '';
    for (let turn = 0; stem === '' || taken.has(pathKey(stem)); turn += 1) {
      const name = safeComponent(components.at(-1) ?? '', {
        suffix: mark(track.id, turn),
        extension: LONGEST_EXTENSION,
      });
      const plain = name.slice(0, -`.${LONGEST_EXTENSION}`.length);
      stem = [placement.folder, ...parents, plain].join('/');
    }
    taken.add(pathKey(stem));
    paths.set(track.id, `${stem}.${extensionOf(track)}`);
  }
  return paths;
}

const shortened = (words: Record<AlbumWord, string>): Record<AlbumWord, string> =>
  Object.fromEntries(
    Object.entries(words).map(([word, text]) => [
      word,
      cutToBytes(visibleText(text), MAX_WORD_BYTES),
    ]),
  ) as Record<AlbumWord, string>;

/** Where an album's cover stands. No track can have this name: theirs end in an audio extension. */
export const coverPath = (folder: string): string => `${folder}/cover.jpg`;

/**
 * Where one of an album's booklets stands: named after the goodie, ` (2)` and so on for the same name again
 * (qobuz-api §4.9), always `.pdf`, so that it meets neither a track nor the cover.
 *
 * @param index into `album.goodies`.
 */
export function bookletPath(folder: string, album: Album, index: number): string {
  const taken = new Set<string>();
  let path = '';
  for (const { name } of album.goodies.slice(0, index + 1)) {
    for (let turn = 1; ; turn += 1) {
      path = `${folder}/${safeComponent(name.replace(/\.pdf\s*$/i, ''), {
        suffix: turn === 1 ? '' : ` (${turn})`,
        extension: 'pdf',
        fallback: 'Booklet',
      })}`;
      if (!taken.has(pathKey(path))) break;
    }
    taken.add(pathKey(path));
  }
  return path;
}

/**
 * Whether a file's whole path is more than the platform's programs can open: 259 UTF-16 units on Windows
 * (MAX_PATH less its NUL), 1,023 UTF-8 bytes on macOS, 4,095 on Linux.
 */
export function isPathTooLong(
  rootPath: string,
  relativePath: string,
  platform: NodeJS.Platform,
): boolean {
  const whole = `${rootPath.replace(/[\\/]+$/, '')}/${relativePath}`;
  if (platform === 'win32') return whole.length > 259;
  return new TextEncoder().encode(whole).length > (platform === 'darwin' ? 1023 : 4095);
}
