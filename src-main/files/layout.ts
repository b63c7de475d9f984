/** Where albums and tracks stand under a library root (names-and-layout §1, architecture §2). Pure. */
import type { Album, AlbumDetail, Purchase, Track } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Placement } from '../../src-preload/contract/library.ts';
import { displayAlbumTitle, displayTitle } from '../../src-preload/contract/titles.ts';
import { cutToBytes, pathKey, safeComponent, visibleText } from './names.ts';
import { namesTrackArtists } from './various-artists.ts';

/** Paths must not depend on the format: all names are cut as if they ended in the longest extension. */
const LONGEST_EXTENSION = 'flac';
/** A track artist may take this much of a file name, so that the title is never cut away. */
const MAX_TRACK_ARTIST_BYTES = 100;

const artistComponent = (album: Album): string =>
  safeComponent(album.artist, { fallback: 'Unknown Artist' });

const albumComponent = (album: Album, suffix = ''): string =>
  safeComponent(displayAlbumTitle(album), { suffix, fallback: 'Untitled Album' });

/** `Album Artist/Album Title[ (Version)]`, before any twin is told apart. */
export const albumFolder = (album: Album): string =>
  `${artistComponent(album)}/${albumComponent(album)}`;

/**
 * Folders for the albums of a complete purchase listing that have none yet, oldest purchase first by
 * (date, album id), whatever the order of the rows (architecture §2). Existing placements are never changed.
 * The later of two albums that would share a folder gets ` [<album id>]`; an artist folder that differs from
 * one already placed only by case or normalisation takes its spelling. Tracks bought singly share the
 * placement of their album.
 */
export function assignPlacements(input: {
  readonly rootId: RootId;
  readonly existing: readonly Placement[];
  readonly purchases: readonly Purchase[];
}): Placement[] {
  const placed = new Set(input.existing.map((placement) => placement.albumId));
  const taken = new Set<string>();
  const spellings = new Map<string, string>();
  const remember = (folder: string): void => {
    taken.add(pathKey(folder));
    const artist = folder.split('/', 1)[0] ?? folder;
    if (!spellings.has(pathKey(artist))) spellings.set(pathKey(artist), artist);
  };
  for (const folder of input.existing.map((placement) => placement.folder).sort()) remember(folder);

  const added: Placement[] = [];
  for (const { album } of oldestFirst(input.purchases)) {
    if (placed.has(album.id)) continue;
    const own = artistComponent(album);
    const artist = spellings.get(pathKey(own)) ?? own;
    const folder = firstFree(album.id, (suffix) => {
      const candidate = `${artist}/${albumComponent(album, suffix)}`;
      return taken.has(pathKey(candidate)) ? null : candidate;
    });
    remember(folder);
    added.push({ rootId: input.rootId, albumId: album.id, folder });
  }
  return added;
}

/** The album folder that a file of this layout lies in; null for a path that is none of it. */
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
  compare(albumFolder(a.album), albumFolder(b.album));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first name that is free: plain, with the id, or (when a title imitates that) with id and number. */
function firstFree(id: AlbumId | TrackId, attempt: (suffix: string) => string | null): string {
  for (let turn = 0; ; turn += 1) {
    const number = turn > 1 ? ` (${turn})` : '';
    const name = attempt(turn === 0 ? '' : ` [${id}]${number}`);
    if (name !== null) return name;
  }
}

/**
 * The path of every track of an album, bought or not, so that buying more of it moves nothing:
 * `folder[/Disc N]/NN - [Track Artist - ]Title.ext`. `Disc N` only when there are several discs; three
 * digits when the album has 100 tracks or a track number of 100. Of twins, the one with the lower id keeps
 * the plain name and the others get ` [<track id>]`. Relative, `/` between components, NFC, no two alike.
 *
 * @param extensionOf without its dot; it changes nothing else about the path.
 */
export function trackPaths(
  detail: AlbumDetail,
  folder: string,
  extensionOf: (track: Track) => string,
): Map<TrackId, string> {
  const { album, tracks } = detail;
  const discs = album.discCount > 1 || tracks.some((track) => track.discNumber > 1);
  const count = Math.max(album.trackCount, tracks.length);
  const highest = Math.max(count, ...tracks.map((track) => track.trackNumber));
  const width = highest < 100 ? 2 : String(highest).length;
  const withArtist = namesTrackArtists(detail);

  const taken = new Set<string>();
  const paths = new Map<TrackId, string>();
  for (const track of [...tracks].sort((a, b) => a.id - b.id)) {
    const parent = discs ? `${folder}/Disc ${track.discNumber}` : folder;
    const stem = firstFree(track.id, (suffix) => {
      const candidate = `${parent}/${trackStem(track, { width, withArtist, suffix })}`;
      return taken.has(pathKey(candidate)) ? null : candidate;
    });
    taken.add(pathKey(stem));
    paths.set(track.id, `${stem}.${extensionOf(track)}`);
  }
  return paths;
}

function trackStem(
  track: Track,
  options: { width: number; withArtist: boolean; suffix: string },
): string {
  const number = String(track.trackNumber).padStart(options.width, '0');
  const artist = options.withArtist ? [visibleText(track.artist)] : [];
  const parts = [
    number,
    ...artist.map((name) => cutToBytes(name, MAX_TRACK_ARTIST_BYTES)).filter((name) => name !== ''),
    visibleText(displayTitle(track)) || 'Untitled',
  ];
  const name = safeComponent(parts.join(' - '), {
    suffix: options.suffix,
    extension: LONGEST_EXTENSION,
  });
  return name.slice(0, -`.${LONGEST_EXTENSION}`.length);
}

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
