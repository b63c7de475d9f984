import { discOfFolder } from './normalise.ts';

/** What a file's place and name say about it, for files whose tags say less. Raw text, in the order of likelihood. */
export interface NameHints {
  readonly titles: readonly string[];
  readonly artists: readonly string[];
  readonly albums: readonly string[];
  readonly discNumber: number | null;
  readonly trackNumber: number | null;
  /** Relative: the album's folder, with the folders of its discs taken together. Empty for the scanned folder itself. */
  readonly folder: string;
}

const DISC_AND_TRACK = /^(\d{1,2})[-.](\d{1,3})(?!\d)[\s._-]*/u;
const DISC_AND_TRACK_IN_ONE = /^([1-9])(\d{2})(?!\d)[\s._-]+/u;
const TRACK = /^(\d{1,3})(?!\d)\s*[._)-]?[\s._-]*/u;
/** A name that says nothing but its number. */
const NUMBERED = /^(?:track|titel|title|piste|traccia|pista|audiotrack)\s*(\d{1,3})$/iu;
const DASH = /\s+[-–—]\s+/u;
const YEAR_IN_FRONT = /^[([]?(?:19|20)\d{2}[)\]]?\s*[-–—.]?\s+(?=\S)/u;

/**
 * Reads `01 - Title.flac`, `1-01 Artist - Title.flac`, `Artist - Album - 03 - Title.mp3` in folders like
 * `Artist - Album (Year)/CD2` or `Artist/Album`.
 *
 * @param path relative, `/` between components.
 */
export function hintsOf(path: string): NameHints {
  const folders = path.split('/');
  const fileName = folders.pop() ?? '';
  const disc = discOfFolder(folders.at(-1) ?? '');
  if (disc !== null) folders.pop();
  const own = ofStem(spaced(fileName.replace(/\.[^.]*$/u, '')));
  const parent = spaced(folders.at(-1) ?? '').replace(YEAR_IN_FRONT, '');
  const above = spaced(folders.at(-2) ?? '');
  const [first = '', ...rest] = parent.split(DASH);
  const behindArtist = rest.join(' - ').replace(YEAR_IN_FRONT, '');
  return {
    titles: own.titles,
    artists: said(own.artists, rest.length > 0 ? [first] : [], [above]),
    albums: said(own.albums, [parent], [behindArtist]),
    discNumber: own.disc ?? disc,
    trackNumber: own.track,
    folder: folders.join('/'),
  };
}

interface StemHints {
  readonly titles: readonly string[];
  readonly artists: readonly string[];
  readonly albums: readonly string[];
  readonly disc: number | null;
  readonly track: number | null;
}

function ofStem(stem: string): StemHints {
  const [, only] = NUMBERED.exec(stem) ?? [];
  if (only !== undefined) {
    return { titles: [], artists: [], albums: [], disc: null, track: Number(only) };
  }
  const parts = stem.split(DASH);
  // "Artist - Album - 03 - Title": the number stands between what is around the track and its title.
  const at = parts.findIndex((part, index) => index > 0 && /^\d{1,3}$/.test(part));
  if (at > 0 && at < parts.length - 1) {
    const [artist = '', ...albums] = parts.slice(0, at);
    const titles = [parts.slice(at + 1).join(' - ')];
    const track = Number(parts[at]);
    return { titles, artists: [artist], albums: said([albums.join(' - ')]), disc: null, track };
  }
  const { rest, disc, track } = numbersOf(stem);
  const words = rest.split(DASH);
  const behind = words.length > 1 ? [words.slice(1).join(' - '), words.at(-1)] : [];
  // "99 Luftballons" begins with no track number.
  const titles = said([rest], behind, [stem]);
  const artists = words.length > 1 ? said([words[0]]) : [];
  return { titles, artists, albums: [], disc, track };
}

/** The numbers a name begins with. A title that is nothing but a number keeps it. */
function numbersOf(stem: string): {
  readonly rest: string;
  readonly disc: number | null;
  readonly track: number | null;
} {
  for (const pattern of [DISC_AND_TRACK, DISC_AND_TRACK_IN_ONE]) {
    const [all = '', disc, track] = pattern.exec(stem) ?? [];
    const rest = stem.slice(all.length);
    if (all !== '' && rest !== '') return { rest, disc: Number(disc), track: Number(track) };
  }
  const [all = '', digits] = TRACK.exec(stem) ?? [];
  const rest = stem.slice(all.length);
  if (all === '' || rest === '') return { rest: stem, disc: null, track: null };
  return { rest, disc: null, track: Number(digits) };
}

/** Names without spaces have underscores, or dots, in their place. */
const spaced = (name: string): string => {
  const trimmed = name.trim();
  return trimmed.includes(' ') ? trimmed : trimmed.replaceAll('_', ' ').trim();
};

const said = (...lists: readonly (readonly (string | undefined)[])[]): readonly string[] => [
  ...new Set(lists.flat().flatMap((text) => (text?.trim() ? [text.trim()] : []))),
];
