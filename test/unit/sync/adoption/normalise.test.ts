import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hintsOf } from '../../../../src-main/sync/adoption/from-name.ts';
import {
  discOfFolder,
  foldAlbum,
  foldArtists,
  foldIsrc,
  foldName,
  foldTitle,
  foldUpc,
  foldWords,
} from '../../../../src-main/sync/adoption/normalise.ts';

describe('a name as it is compared', () => {
  it.each([
    ['BJÖRK', 'bjork'],
    ['Sigur Rós', 'Sigur Ros'],
    ['Bjo\u0308rk', 'Björk'],
    ['Sinéad O’Connor', "Sinead O'Connor"],
    ['Weiß', 'WEISS'],
    ['Ærø', 'Aero'],
    ['Simon & Garfunkel', 'Simon and Garfunkel'],
    ['Hall und Oates', 'Hall & Oates'],
    ['AC/DC', 'AC-DC'],
    ['Op. 27, No. 2', 'op 27 no 2'],
    ['Ｆｕｌｌ Ｗｉｄｔｈ', 'full width'],
    ['ﬁsh', 'fish'],
  ])('takes %j and %j for one', (one, other) => {
    expect(foldWords(one)).toBe(foldWords(other));
  });

  it.each([
    ['The Beatles', 'Beatles, The'],
    ['Die Ärzte', 'Ärzte'],
    ['Les Négresses Vertes', 'negresses vertes'],
    ['The The', 'the'],
  ])('takes %j and %j for one without the article', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it.each([
    ['Bach', 'Back'],
    ['は', 'ば'],
    ['÷', '+'],
    ['Part 1', 'Part 2'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  it('is the same when it is folded again, and never empty where there was something to see', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldWords(foldWords(text))).toBe(foldWords(text));
        expect(foldName(foldName(text))).toBe(foldName(text));
        const { name } = foldTitle(text);
        expect(foldTitle(name).name).toBe(name);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a title', () => {
  it.each([
    ['Heroes (Remastered 2011)', 'heroes', ''],
    ['Heroes - 2011 Remaster', 'heroes', ''],
    ['Heroes (2017 Remaster) [Explicit]', 'heroes', ''],
    ['Heroes (Live)', 'heroes', 'live'],
    ['Heroes - Live at Earls Court', 'heroes', 'live at earls court'],
    ['Umbrella (feat. JAY-Z)', 'umbrella', ''],
    ['Umbrella [ft. JAY-Z] (Radio Edit)', 'umbrella', 'radio edit'],
    ['Umbrella featuring Jay-Z', 'umbrella', ''],
    ['Under Pressure (with David Bowie)', 'under pressure', ''],
    ['Dance with Me', 'dance with me', ''],
    ['(I Can’t Get No) Satisfaction', 'i cant get no satisfaction', ''],
    ['Sing (Happy)', 'sing', 'happy'],
    ['Symphony No. 5 - I. Allegro', 'symphony no 5 i allegro', ''],
    ['(untitled)', 'untitled', ''],
    ['1979', '1979', ''],
  ])('%j is %j, version %j', (text, name, version) => {
    expect(foldTitle(text)).toEqual({ name, version });
  });

  it('has the version that stands beside it', () => {
    expect(foldTitle('Heroes', 'Live')).toEqual(foldTitle('Heroes (Live)'));
    expect(foldTitle('Heroes (Live)', 'Live')).toEqual(foldTitle('Heroes (Live)'));
    expect(foldTitle('Heroes', '2011 Remaster')).toEqual(foldTitle('Heroes'));
  });
});

describe('an album', () => {
  it.each([
    ['The Wall (Disc 2)', 'wall', '', 2],
    ['The Wall [CD1]', 'wall', '', 1],
    ['The Wall CD 2', 'wall', '', 2],
    ['The Wall - Disc 1 of 2', 'wall', '', 1],
    ['The Wall (Remastered 2011) [CD 2]', 'wall', 'remastered 2011', 2],
    ['The Wall [Deluxe Edition]', 'wall', 'deluxe edition', null],
    ['The Wall (1979) [FLAC 24-96]', 'wall', '1979 flac 24 96', null],
  ])('%j is %j, edition %j, disc %j', (text, name, edition, disc) => {
    expect(foldAlbum(text)).toEqual({ name, edition, disc });
  });
});

it('knows the folder of a disc by its name', () => {
  const folders = [
    'CD1',
    'Disc 2',
    'disk_03',
    'Disc 1 - The Day',
    'CDs',
    'Disco 2000',
    'Discovery',
  ];
  expect(folders.map(discOfFolder)).toEqual([1, 2, 3, 1, null, null, null]);
});

describe('artists', () => {
  it.each([
    ['A feat. B', 'b'],
    ['Ella Fitzgerald & Louis Armstrong', 'louis armstrong'],
    ['Carreras; Domingo; Pavarotti', 'domingo'],
    ['Simon & Garfunkel', 'simon and garfunkel'],
    ['The Beatles', 'beatles'],
  ])('%j name %j', (text, name) => {
    expect(foldArtists([text])).toContain(name);
  });

  it('are nobody where they are various', () => {
    expect(foldArtists(['Various Artists', 'VA', 'Verschiedene Interpreten', 'V.A.'])).toEqual(
      new Set(),
    );
  });
});

it('compares ISRCs and UPCs however they are written, and nothing else as one', () => {
  expect(foldIsrc('us-s1z-99-00001')).toBe('USS1Z9900001');
  expect(foldIsrc('none')).toBeNull();
  expect(foldUpc('0 60245-5830919')).toBe(foldUpc('0602455830919'));
  expect(foldUpc('0602455830919')).toBe(foldUpc('602455830919'));
  expect(foldUpc('n/a')).toBeNull();
});

describe('a path', () => {
  const hints = (path: string) => {
    const { titles, artists, albums, discNumber, trackNumber, folder } = hintsOf(path);
    return {
      title: titles[0] ?? null,
      artist: artists[0] ?? null,
      albums,
      discNumber,
      trackNumber,
      folder,
    };
  };
  it.each([
    [
      'A/B/01 - Title.flac',
      { title: 'Title', artist: 'A', discNumber: null, trackNumber: 1, folder: 'A/B' },
    ],
    ['A/B/01. Title.flac', { title: 'Title', trackNumber: 1 }],
    [
      'A - B (1999)/1-01 Title.flac',
      { title: 'Title', artist: 'A', discNumber: 1, trackNumber: 1 },
    ],
    ['A/B/CD2/03 Title.mp3', { title: 'Title', discNumber: 2, trackNumber: 3, folder: 'A/B' }],
    ['A/B/Disc 1 - The Day/03 Title.mp3', { title: 'Title', discNumber: 1, folder: 'A/B' }],
    ['A - B - 04 - Title.flac', { title: 'Title', artist: 'A', trackNumber: 4 }],
    ['A/B/01_My_Long_Title.flac', { title: 'My Long Title', trackNumber: 1 }],
    ['A/B/Track 07.flac', { title: null, trackNumber: 7 }],
    ['A/B/203 Title.flac', { title: 'Title', discNumber: 2, trackNumber: 3 }],
    ['A/B/1979.flac', { title: '1979', trackNumber: null }],
    ['Title.flac', { title: 'Title', artist: null, folder: '' }],
  ])('%j says what its names say', (path, expected) => {
    expect(hints(path)).toMatchObject(expected);
  });

  it('offers a title that begins with a number both ways', () => {
    expect(hintsOf('Nena/Nena/99 Luftballons.mp3').titles).toEqual([
      'Luftballons',
      '99 Luftballons',
    ]);
  });

  it('takes the year off an album’s folder', () => {
    expect(hintsOf('A/1999 - B/01 C.flac').albums[0]).toBe('B');
    expect(hintsOf('A/(1999) B/01 C.flac').albums[0]).toBe('B');
    expect(hintsOf('A - 1999 - B/01 C.flac').albums).toContain('B');
  });
});
