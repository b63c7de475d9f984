import type { AdoptionWhy } from '../../../src-preload/contract/adoption.ts';
import type { FileFacts } from '../../audio/file-facts.ts';
import { hintsOf, type NameHints } from './from-name.ts';
import type { Good, Goods, GoodTrack } from './goods.ts';
import {
  type FoldedAlbum,
  type FoldedTitle,
  foldAlbum,
  foldArtists,
  foldIsrc,
  foldTitle,
  foldUpc,
} from './normalise.ts';

/** A file that was found, with what it says about itself. */
export interface FoundFile {
  /** Relative to the scanned folder, `/` between components. */
  readonly path: string;
  readonly facts: FileFacts;
}

/** What a file says, folded once. */
export interface Testimony {
  readonly file: FoundFile;
  readonly hints: NameHints;
  readonly titles: readonly FoldedTitle[];
  /** Whether its tags name a title; else its name has to. */
  readonly titled: boolean;
  readonly artists: ReadonlySet<string>;
  readonly albums: readonly FoldedAlbum[];
  /** Whether its tags name an album; what a folder is called may mean anything. */
  readonly albumTagged: boolean;
  readonly isrcs: readonly string[];
  readonly upc: string | null;
  readonly disc: number | null;
  readonly number: number | null;
  readonly year: string | null;
}

/** How well a file and a track fit. */
export interface Evidence {
  readonly to: GoodTrack;
  readonly certainty: 'sure' | 'likely';
  readonly why: AdoptionWhy;
  /** What it weighs when the files of a folder vote for an album. */
  readonly weight: number;
  /** Seconds between the two lengths; null when the file states none. */
  readonly gapSeconds: number | null;
}

/** Seconds by which the lengths of one recording may differ: the proof's own tolerance (architecture §4 step 3). */
const SAME_LENGTH_SECONDS = 1.5;
/** Seconds up to which people's own rips differ: silence at the ends, a hidden count-in. */
const LIKE_LENGTH_SECONDS = 3;

/** What an ISRC weighs together with the UPC: both name the very same edition. */
export const BY_ISRC_AND_UPC = 7;

/** Folds what a file says: its tags, and where they are silent its name and folders. */
export function testimonyOf(file: FoundFile): Testimony {
  const { tags } = file.facts;
  const hints = hintsOf(file.path);
  const titled = tags.title !== null;
  const albums = tags.album === null ? hints.albums : [tags.album];
  const folded = albums.map((album) => foldAlbum(album));
  const taggedArtists = [...tags.artists, ...(tags.albumArtist ? [tags.albumArtist] : [])];
  return {
    file,
    hints,
    titles: (tags.title === null ? hints.titles : [tags.title]).map((title) => foldTitle(title)),
    titled,
    artists: foldArtists(taggedArtists.length > 0 ? taggedArtists : hints.artists),
    albums: folded,
    albumTagged: tags.album !== null,
    isrcs: tags.isrcs.flatMap((isrc) => foldIsrc(isrc) ?? []),
    upc: tags.upc === null ? null : foldUpc(tags.upc),
    disc:
      tags.discNumber ?? hints.discNumber ?? folded.find(({ disc }) => disc !== null)?.disc ?? null,
    number: tags.trackNumber ?? hints.trackNumber,
    year: tags.year === null ? (yearIn(hints.folder) ?? null) : String(tags.year),
  };
}

const yearIn = (folder: string): string | undefined =>
  /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(folder.slice(folder.lastIndexOf('/') + 1))?.[0];

/** Every owned track a file may be, with what speaks for it. */
export function evidenceFor(file: Testimony, goods: Goods): readonly Evidence[] {
  const candidates = new Set<GoodTrack>();
  const { qobuzTrackId } = file.file.facts.tags;
  if (qobuzTrackId !== null) for (const each of goods.byId(qobuzTrackId)) candidates.add(each);
  for (const isrc of file.isrcs) for (const each of goods.byIsrc(isrc)) candidates.add(each);
  const albums = new Set(file.upc === null ? [] : goods.byUpc(file.upc));
  for (const { name } of file.albums) for (const each of goods.byAlbumName(name)) albums.add(each);
  for (const good of albums) {
    for (const each of good.tracks) if (hasNumber(file, each)) candidates.add(each);
  }
  for (const { name } of file.titles) for (const each of goods.byName(name)) candidates.add(each);
  return [...candidates].flatMap((to) => weigh(file, to) ?? []);
}

/** What speaks for a file being a track, the strongest alone; null when nothing does. */
function weigh(file: Testimony, to: GoodTrack): Evidence | null {
  const { facts } = file.file;
  const { durationSeconds } = facts;
  const gapSeconds =
    durationSeconds === null ? null : Math.abs(durationSeconds - to.track.durationSeconds);
  const isSame = gapSeconds !== null && gapSeconds <= SAME_LENGTH_SECONDS;
  const isLike = gapSeconds !== null && gapSeconds <= LIKE_LENGTH_SECONDS;
  const found = (certainty: Evidence['certainty'], why: AdoptionWhy, weight: number): Evidence => ({
    to,
    certainty,
    why,
    weight,
    gapSeconds,
  });
  if (facts.tags.qobuzTrackId === to.track.id) {
    return isSame || gapSeconds === null ? found('sure', 'id', 8) : found('likely', 'id-length', 4);
  }
  const album = albumAgreement(file, to.good);
  const isUpc = file.upc !== null && file.upc === to.good.upc;
  if (to.isrc !== null && file.isrcs.includes(to.isrc) && (isLike || gapSeconds === null)) {
    if (!isSame) return found('likely', 'isrc-length', 3);
    return album === 'other'
      ? found('likely', 'isrc-other-album', 1)
      : found('sure', 'isrc', isUpc ? BY_ISRC_AND_UPC : 5);
  }
  const title = titleAgreement(file, to);
  if (isUpc && isSame && hasNumber(file, to)) {
    return title === 'other' ? found('likely', 'upc-title', 3) : found('sure', 'upc', 6);
  }
  if (!isLike) return null;
  const artist = artistAgreement(file, to);
  if (artist === 'other') return null;
  if (title === 'same' && album === 'same')
    return found('likely', file.titled ? 'names' : 'file-name', 3);
  if (title === 'near' && album === 'same') return found('likely', 'near-title', 2);
  if (title === 'same' && album === 'unsaid' && artist === 'same')
    return found('likely', 'no-album', 1);
  // A name that is only a number, in a folder that names the album.
  const byPlace = title === 'unsaid' && album === 'same' && isSame && hasNumber(file, to);
  return byPlace ? found('likely', 'place', 1) : null;
}

/** Why a file is taken for nothing. */
export function whyNone(file: Testimony, goods: Goods): 'other-length' | 'other-album' | 'nothing' {
  const { durationSeconds } = file.file.facts;
  const named = file.titles
    .flatMap(({ name }) => goods.byName(name))
    .filter((to) => artistAgreement(file, to) === 'same' && titleAgreement(file, to) !== 'other');
  if (named.length === 0) return 'nothing';
  const isLike = ({ track }: GoodTrack): boolean =>
    Math.abs((durationSeconds ?? Infinity) - track.durationSeconds) <= LIKE_LENGTH_SECONDS;
  return named.some(isLike) ? 'other-album' : 'other-length';
}

/** How far the file's album is this one. A folder that is called something else says nothing. */
function albumAgreement(file: Testimony, good: Good): 'same' | 'unsaid' | 'other' {
  if (file.file.facts.tags.qobuzAlbumId === good.albumId) return 'same';
  if (file.upc !== null && file.upc === good.upc) return 'same';
  if (file.albums.some(({ name }) => name === good.name.name)) return 'same';
  return file.albumTagged ? 'other' : 'unsaid';
}

/** `near`: the owned track is a version and the file names none, which is a careless tag more often than another take. */
function titleAgreement(file: Testimony, to: GoodTrack): 'same' | 'near' | 'unsaid' | 'other' {
  if (file.titles.length === 0) return 'unsaid';
  let near = false;
  for (const title of file.titles) {
    for (const owned of to.titles) {
      if (title.name !== owned.name) continue;
      if (title.version === owned.version) return 'same';
      near ||= title.version === '';
    }
  }
  return near ? 'near' : 'other';
}

const artistAgreement = (file: Testimony, to: GoodTrack): 'same' | 'unsaid' | 'other' => {
  if (file.artists.size === 0) return 'unsaid';
  if (to.artists.size === 0 || [...file.artists].some((name) => to.artists.has(name)))
    return 'same';
  // Folders above may mean anything: only tags can say that it is somebody else.
  return file.file.facts.tags.artists.length > 0 ? 'other' : 'unsaid';
};

const hasNumber = ({ number, disc }: Testimony, { track, good }: GoodTrack): boolean =>
  number === track.trackNumber &&
  (disc === null
    ? good.tracks.every((each) => each.track.discNumber === 1)
    : disc === track.discNumber);
