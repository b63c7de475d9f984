/**
 * Names that mean the same on NTFS, APFS, ext4 and exFAT, so that a library can move between them
 * (names-and-layout §3, docs/decisions/names-on-four-file-systems.md). Pure.
 */

/** Longest component in UTF-8 bytes: ext4's limit. It implies the 255 UTF-16 units of NTFS, APFS and exFAT. */
export const MAX_COMPONENT_BYTES = 255;

/**
 * Characters no reader can see: zero-width and bidirectional marks (Default_Ignorable_Code_Point), private
 * use, noncharacters and lone surrogates. ext4's case folding and HFS+ skip the first kind when they compare,
 * so two names that differ only in them would be twins.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Co}\p{Noncharacter_Code_Point}\p{Cs}]/gu;
const CONTROL_OR_SPACE = /[\p{Cc}\p{Z}]+/gu;

/** Device names of Windows, reserved whatever follows the first dot (Microsoft, "Naming Files, Paths"). */
const RESERVED =
  /^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$)(?= *(\.|$))/i;

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/\?/g, ''],
  [/\.{3}/g, '\u2026'],
  [/ *: *$/g, ''],
  [/ *: +/g, ' - '],
  [/[:/\\|]/g, '-'],
  [/"/g, "'"],
  [/</g, '('],
  [/>/g, ')'],
  [/\*/g, '_'],
];

const encoder = new TextEncoder();
const byteLength = (text: string): number => encoder.encode(text).length;

const visible = (raw: string): string =>
  raw
    .normalize('NFC')
    .replace(CONTROL_OR_SPACE, ' ')
    .replace(INVISIBLE, '')
    .replace(/ {2,}/g, ' ')
    .trim();

/**
 * Text as it may stand inside a component: NFC, one space between words, nothing invisible, and the nine
 * forbidden characters replaced: `: ` by ` - `; `/ \ | :` by `-`; `"` by `'`; `< >` by round brackets; `*`
 * by `_`; `?` dropped; three dots by an ellipsis. Text made of nothing else becomes one `_` per character.
 * Empty only when there was nothing to see.
 */
export function visibleText(raw: string): string {
  const seen = visible(raw);
  let text = seen;
  for (const [pattern, replacement] of REPLACEMENTS) text = text.replace(pattern, replacement);
  text = visible(text);
  return /^[. ]*$/.test(text) ? seen.replace(/[^ ]/gu, '_') : text;
}

/** The longest beginning of `text` of at most `bytes` UTF-8 bytes that splits no grapheme it can keep. */
export function cutToBytes(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  const cut = fitting(graphemes(text), bytes);
  // One grapheme longer than all the room there is: its code points are all that is left to cut at.
  return cut === '' ? fitting(text, bytes) : cut;
}

function* graphemes(text: string): Generator<string> {
  // An unlocalised segmenter: the cut must not depend on the user's language.
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    yield segment;
  }
}

function fitting(pieces: Iterable<string>, bytes: number): string {
  let kept = '';
  let left = bytes;
  for (const piece of pieces) {
    left -= byteLength(piece);
    if (left < 0) break;
    kept += piece;
  }
  return kept;
}

const trimEnds = (text: string): string => text.replace(/^[. ]+|[. ]+$/g, '');

/**
 * One path component that NTFS, APFS, ext4 and exFAT all accept and keep as it is: {@link visibleText},
 * without leading or trailing dots and spaces, no reserved device name (`AUX.flac` becomes `AUX_.flac`), at
 * most 255 bytes. What must go is cut from `raw`; `suffix` and `extension` stay whole. Idempotent.
 *
 * @param options.suffix kept after the cut text, such as ` [123]`.
 * @param options.extension without its dot.
 * @param options.fallback stands in for text with nothing to see in it.
 */
export function safeComponent(
  raw: string,
  options: { extension?: string; suffix?: string; fallback?: string } = {},
): string {
  const tail = `${options.suffix ?? ''}${options.extension ? `.${options.extension}` : ''}`;
  const text = trimEnds(visibleText(raw)) || (options.fallback ?? 'Untitled');
  const room = MAX_COMPONENT_BYTES - byteLength(tail);
  const cut = trimEnds(cutToBytes(text.replace(RESERVED, '$1_'), room));
  // Once more, for a device name that only the cut laid bare.
  return `${cut}${tail}`.replace(RESERVED, '$1_');
}

/**
 * A key that is equal for two paths whenever one of the four file systems takes them for the same file:
 * invisible characters dropped, full case folding (`ß` = `ẞ` = `ss`), NFC. Independent of the locale; the
 * dotless `ı` stays apart from `i`, as in NTFS and APFS. No compatibility folding: `ﬁ` = `fi` comes from
 * case folding alone, `①` stays apart from `1`.
 */
export function pathKey(path: string): string {
  return path
    .normalize('NFD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .split('\u0131')
    .map(foldCase)
    .join('\u0131')
    .normalize('NFC');
}

/**
 * Unicode's full case folding by what the language offers: down, up (which spells `ß` out) and down again.
 * The down step writes a final sigma by its place in the word, so that is undone.
 */
const foldCase = (text: string): string =>
  text.toLowerCase().toUpperCase().toLowerCase().replaceAll('\u03c2', '\u03c3');

/**
 * Whether a relative path in our form (`/` between components) stays inside the folder it is joined to, on
 * every platform. It need not be a name of ours: adopted files keep theirs.
 */
export const isContainedPath = (path: string): boolean =>
  path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\\0]/.test(part));
