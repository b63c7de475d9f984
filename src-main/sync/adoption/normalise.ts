/**
 * Names as they are compared with each other: what people, shops and programs write differently about the same thing
 * is the same here (docs/decisions/what-makes-a-match-sure.md). Pure.
 */

/** A title taken apart. Both parts are folded. */
export interface FoldedTitle {
  readonly name: string;
  /** What makes it another recording: `live`, `piano demo`. Empty for the recording itself, however often remastered. */
  readonly version: string;
}

/** An album's name taken apart. All parts are folded. */
export interface FoldedAlbum {
  readonly name: string;
  /** Which edition it says it is, remastered and deluxe ones included. */
  readonly edition: string;
  /** The disc its name says it is; null when it says none. */
  readonly disc: number | null;
}

/** Letters that are written with others, and no accent of any. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
};
const SPELLED_OUT = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
/** An accent is a mark over a letter of these scripts; elsewhere marks are letters of their own. */
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;
const APOSTROPHES = /['’‘`´ʼ′]/gu;
const ARTICLE = /^(?:the|a|an|der|die|das|les|le|la|los|las|el|il|lo|gli) (?=.)/u;
const ARTICLE_AT_END = /, (?:the|a|an|der|die|das|les|le|la|los|las|el|il)$/iu;

/** Lower-case words without accents and punctuation, `&` and `und` as `and`. Idempotent. */
export function foldWords(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTS, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .replace(SPELLED_OUT, (letter) => LETTERS[letter] ?? letter);
  const words = plain
    .replace(APOSTROPHES, '')
    .replace(/[&+]/gu, ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/(?<=^| )und(?= |$)/gu, 'and')
    .trim();
  // A name that is all signs ("÷", "???") is still a name.
  return words === '' ? plain.replace(/\s+/gu, ' ').trim() : words;
}

/** {@link foldWords} without the articles a name begins with, or ends with in a sorted list ("Beatles, The"). */
export function foldName(text: string): string {
  let name = foldWords(text.trim().replace(ARTICLE_AT_END, ''));
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replace(ARTICLE, '');
  }
  return name;
}

const GUEST = '(?:feat(?:uring)?|ft)(?:\\.|\\b)';
/** Guests in a title: `(feat. X)`, `[with X]`, ` ft. X` up to the next bracket. */
const GUESTS = new RegExp(
  `\\s*[([{]\\s*(?:${GUEST}|with\\b)[^)\\]}]*[)\\]}]|\\s+${GUEST}[^([{]*`,
  'giu',
);
/** What stands in brackets at the end. */
const LAST_BRACKET = /^(.*\S)\s*[([{]([^()[\]{}]*)[)\]}]\s*$/su;
/** What stands behind a dash at the end. */
const LAST_DASH = /^(.*\S)\s+[-–—]\s+([^–—]+?)\s*$/su;
/** Behind a dash only these words make a version; anything else is part of the name. */
const VERSION_WORD =
  /\b(?:re-?master(?:ed|ing)?|live|mix|remix|edit|version|demo|acoustic|instrumental|mono|stereo|deluxe|expanded|edition|anniversary|bonus|sessions?|take \d+|reprise|unplugged|explicit|outtake|single|original|rehearsal|remaster[a-zé]*)\b/iu;
/** Words that do not make another recording, and what folder names add about files. */
const NEUTRAL =
  /^(?:\d+|\d+(?:st|nd|rd|th)|re|(?:re)?master(?:ed|ing|isee?|isiert)?|digital(?:ly)?|deluxe|expanded|special|limited|complete|edition|ed|anniversary|bonus|track|explicit|clean|album|original|version|stereo|hi|res|hires|flac|mp3|dsf|dsd|web|qobuz|cd|lossless|bits?|\d+bits?|k?hz|\d+k?hz|kbps|v0)$/u;

/** Splits what stands in brackets, or behind a dash, off the end of a title; as often as there is something. */
function withoutEnds(text: string): { readonly rest: string; readonly ends: readonly string[] } {
  let rest = text.trim();
  const ends: string[] = [];
  for (;;) {
    const bracket = LAST_BRACKET.exec(rest);
    const dash = bracket ? null : LAST_DASH.exec(rest);
    const found = bracket ?? (dash && VERSION_WORD.test(dash[2] ?? '') ? dash : null);
    if (!found) return { rest, ends };
    rest = found[1] ?? '';
    ends.unshift(found[2] ?? '');
  }
}

/** A track's title: its name without guests, and what makes it another recording. */
export function foldTitle(text: string, version: string | null = null): FoldedTitle {
  const { rest, ends } = withoutEnds(text.replace(GUESTS, ''));
  const said = version === null || version.trim() === '' ? ends : [...ends, version];
  const words = foldWords(said.join(' ').replace(GUESTS, '')).split(' ');
  const distinct = words.filter((word) => word !== '' && !NEUTRAL.test(word));
  return { name: foldName(rest), version: [...new Set(distinct)].join(' ') };
}

const DISC = '(?:cd|dis[ck]|disque|disco|platte|lp)';
/** A folder that is one disc of an album, or the end of an album's name that says so. */
const DISC_NAME = new RegExp(
  `^${DISC}\\s*[-_.#]?\\s*(\\d{1,2})(?!\\d)(?:\\s*(?:of|von|/)\\s*\\d+)?`,
  'iu',
);
const DISC_AT_END = new RegExp(
  `^(.*\\S)(?:\\s*[([{]|\\s*[-–—,:]\\s*|\\s+)${DISC}\\s*[-_.#]?\\s*(\\d{1,2})(?:\\s*(?:of|von|/)\\s*\\d+)?[)\\]}]?\\s*$`,
  'isu',
);

/** The disc a folder is, by its name alone: `CD1`, `Disc 2 - The Night`; null when it is none. */
export function discOfFolder(name: string): number | null {
  const [, digits] = DISC_NAME.exec(name.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** An album's name: without its disc, and with its edition apart. */
export function foldAlbum(text: string, version: string | null = null): FoldedAlbum {
  const [, before, digits] = DISC_AT_END.exec(text) ?? [];
  const { rest, ends } = withoutEnds(before ?? text);
  return {
    name: foldName(rest),
    edition: foldWords([...ends, version ?? ''].join(' ')),
    disc: digits === undefined ? null : Number(digits),
  };
}

const BETWEEN_ARTISTS = new RegExp(
  `\\s*[;,/&+]\\s*|\\s+(?:${GUEST}|vs\\.?|with|and|und|et|x)\\s+`,
  'giu',
);
/** Names that say that nobody in particular is meant. */
const NOBODY =
  /^(?:various(?: artists?)?|va|v a|verschiedene(?: interpreten| kunstler)?|divers|sampler|artistes varies|unknown(?: artist)?|unbekannt(?:er interpret)?|varios artistas)$/u;

/** Everybody some artists' names name: each as written, and taken apart. Empty when it is nobody in particular. */
export function foldArtists(names: readonly string[]): ReadonlySet<string> {
  const all = names.flatMap((name) => [name, ...name.split(BETWEEN_ARTISTS)]);
  return new Set(all.map(foldName).filter((name) => name !== '' && !NOBODY.test(name)));
}

/** An ISRC as it is compared: twelve letters and digits; null when it is none. */
export function foldIsrc(text: string): string | null {
  const isrc = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(isrc) ? isrc : null;
}

/** A UPC or EAN as it is compared: programs drop and add zeros in front. Null when it is none. */
export function foldUpc(text: string): string | null {
  const upc = text.replace(/[\s-]/g, '').replace(/^0+/, '');
  return /^\d{8,14}$/.test(upc) ? upc : null;
}
