import fc from 'fast-check';

const RESERVED = new Set(
  ['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$'].concat(
    [...'0123456789¹²³'].flatMap((digit) => [`COM${digit}`, `LPT${digit}`]),
  ),
);

/** Why NTFS, APFS, ext4 or exFAT would refuse or alter a component; written apart from the code under test. */
export function refusals(name: string): string[] {
  const why: string[] = [];
  if (name === '' || name === '.' || name === '..') why.push('no name');
  if ([...'<>:"/\\|?*'].some((character) => name.includes(character))) why.push('forbidden');
  const codes = [...name].map((character) => character.codePointAt(0)!);
  if (codes.some((code) => code < 0x20 || (code >= 0x7f && code < 0xa0))) why.push('control');
  if (codes.some((code) => code >= 0xd800 && code <= 0xdfff)) why.push('lone surrogate');
  const hidden = [0x61c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff];
  const bidi = (code: number) =>
    (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  if (codes.some((code) => hidden.includes(code) || bidi(code))) why.push('invisible');
  if (/^[. ]|[. ]$/.test(name)) why.push('dot or space at an end');
  if (RESERVED.has(name.split('.')[0]!.trim().toUpperCase())) why.push('reserved');
  if (name !== name.normalize('NFC')) why.push('not NFC');
  if (Buffer.byteLength(name, 'utf8') > 255) why.push('over 255 bytes');
  if (name.length > 255) why.push('over 255 UTF-16 units');
  return why;
}

const nasty = fc.constantFrom(
  ...'<>:"/\\|?*. \t\n\0\u007f\u0085',
  ...['CON', 'aux', 'nul.', 'COM1', 'LPT³', 'CONOUT$', '..', '...', ' .', ': ', '../'],
  ...['é', 'e\u0301', '\u0323\u0307', 'ß', 'ẞ', 'İ', 'ı', 'Σ', 'ς', 'ﬁ', 'Å', '한', '가'],
  ...['\u200b', '\u200d', '\u202e', '\u2066', '\ufeff', '\u00ad', '\ue000', '\uffff', '\ud800'],
  ...['👨‍👩‍👧', '👍🏽', '🇩🇪', '夜の'.repeat(50), `a${'\u0334'.repeat(200)}`, 'x'.repeat(249)],
);

/** Titles as hostile as they come: whole Unicode, and what file systems trip over, in any order. */
export const anyText = fc
  .array(
    fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 6 })),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
