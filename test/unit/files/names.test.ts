import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutToBytes,
  isContainedPath,
  pathKey,
  safeComponent,
  visibleText,
} from '../../../src-main/files/names.ts';
import { anyText, refusals } from './name-rules.ts';

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

describe('safeComponent', () => {
  it('makes of any text a component that all four file systems accept', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom(undefined, 'flac', 'mp3', 'pdf'),
        fc.constantFrom(undefined, ' [12345678]', ' (2)'),
        (raw, extension, suffix) => {
          expect(refusals(safeComponent(raw, { extension, suffix }))).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('leaves alone what it made', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(undefined, 'flac'), (raw, extension) => {
        const once = safeComponent(raw, { extension });
        expect(safeComponent(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps suffix and extension whole however long the text is', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const name = safeComponent(raw.repeat(20), { suffix: ' [42]', extension: 'flac' });
        expect(name.endsWith(' [42].flac')).toBe(true);
        expect(name.length).toBeGreaterThan(' [42].flac'.length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['AC/DC', 'AC-DC'],
    ['Symphony No. 9: IV. Presto', 'Symphony No. 9 - IV. Presto'],
    ['12:00', '12-00'],
    ['Overture:', 'Overture'],
    ["What's Going On?", "What's Going On"],
    ['"Heroes"', "'Heroes'"],
    ['M*A*S*H', 'M_A_S_H'],
    ['<Intro>', '(Intro)'],
    ['Left | Right \\ Centre', 'Left - Right - Centre'],
    ['...And Justice for All', '…And Justice for All'],
    ['Wait...', 'Wait…'],
    ['.hack', 'hack'],
    ['R.E.M.', 'R.E.M'],
    ['  two\tparts\r\n ', 'two parts'],
    ['..', '__'],
    ['.', '_'],
    ['???', '___'],
    [':', '_'],
    ['', 'Untitled'],
    [' \u200b\u0000 ', 'Untitled'],
    ['CON', 'CON_'],
    ['con.fusion', 'con_.fusion'],
    ['Aux .Live', 'Aux_ .Live'],
    ['COM¹', 'COM¹_'],
    ['lpt0', 'lpt0_'],
    ['CONIN$', 'CONIN$_'],
    ['Concert', 'Concert'],
    ['COM10', 'COM10'],
    ['Cafe\u0301', 'Caf\u00e9'],
    ['\u202eevil\u202c \u2067mark\u2069', 'evil mark'],
    ['Broken \ud800 half', 'Broken half'],
    ['../../etc/passwd', '-..-etc-passwd'],
  ])('names %j as %j', (raw, name) => {
    expect(safeComponent(raw)).toBe(name);
  });

  it('marks a device name that only the extension completes', () => {
    expect(safeComponent('AUX', { extension: 'flac' })).toBe('AUX_.flac');
  });

  it.each([
    ['CJK', '夜'],
    ['emoji with a skin tone', '👍🏽'],
    ['flags', '🇩🇪'],
    ['letters with loose accents', 'x\u0323\u0308'],
  ])('cuts %s between graphemes, as late as fits, and keeps the extension', (_, grapheme) => {
    const name = safeComponent(grapheme.repeat(200), { extension: 'flac' });
    const whole = grapheme.normalize('NFC');
    const kept = Math.floor(250 / bytes(whole));
    expect(name).toBe(`${whole.repeat(kept)}.flac`);
  });

  it('cuts inside a grapheme only when that alone is too long', () => {
    const zalgo = `a${'\u0334'.repeat(300)}`;
    expect(cutToBytes(zalgo, 5)).toBe('a\u0334\u0334');
    expect(refusals(safeComponent(zalgo, { extension: 'mp3' }))).toEqual([]);
  });
});

describe('visibleText', () => {
  it('is empty only when there was nothing to see', () => {
    expect(visibleText('\u2060\u00ad\ufeff \n')).toBe('');
    expect(visibleText('*')).toBe('_');
  });
});

describe('pathKey', () => {
  it.each([
    ['Straße', 'STRASSE'],
    ['Straẞe', 'strasse'],
    ['Café', 'CAFE\u0301'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδος/x', 'οδοσ/x'],
    ['ﬁn', 'FIN'],
    ['ſong', 'Song'],
    ['Åse', '\u212bSE'],
    ['İstanbul', 'i\u0307stanbul'],
    ['Ꮳ', 'ꮳ'],
    ['a\u200db', 'AB'],
  ])('takes %j and %j for the same file', (one, other) => {
    expect(pathKey(one)).toBe(pathKey(other));
  });

  it.each([
    ['ırmak', 'irmak'],
    ['①', '1'],
    ['Café', 'Cafe'],
    ['ａ', 'a'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(pathKey(one)).not.toBe(pathKey(other));
  });

  it('is equal for every letter, its upper and its lower case, and for its two normal forms', () => {
    const apart: string[] = [];
    for (let point = 0; point <= 0x1_ffff; point += 1) {
      // ı has an upper case of its own only in Turkish; everywhere else it is another letter than i.
      if ((point >= 0xd800 && point <= 0xdfff) || point === 0x131) continue;
      const character = String.fromCodePoint(point);
      const forms = [
        character.toUpperCase(),
        character.toLowerCase(),
        character.normalize('NFC'),
        character.normalize('NFD'),
        pathKey(character),
      ];
      const key = pathKey(character);
      if (forms.some((form) => pathKey(form) !== key)) apart.push(`U+${point.toString(16)}`);
    }
    expect(apart).toEqual([]);
  });

  it('is the key of itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(pathKey(pathKey(text))).toBe(pathKey(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('isContainedPath', () => {
  it.each(['a/b.flac', 'Disc 1/01 - ….flac', '..a/b', '12:00.flac'])(
    'takes %j as inside',
    (path) => {
      expect(isContainedPath(path)).toBe(true);
    },
  );

  it.each(['', '/a', 'a//b', '../a', 'a/../../b', './a', 'a\\..\\b', 'a/\0'])(
    'takes %j as outside',
    (path) => {
      expect(isContainedPath(path)).toBe(false);
    },
  );
});
