import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  albumFolder,
  assignPlacements,
  bookletPath,
  coverPath,
  isPathTooLong,
  trackPaths,
} from '../../../src-main/files/layout.ts';
import { pathKey } from '../../../src-main/files/names.ts';
import type { Album, Purchase, Track } from '../../../src-preload/contract/catalogue.ts';
import { albumId, rootId, trackId } from '../../../src-preload/contract/ids.ts';
import { DEFAULT_TEMPLATE } from '../../../src-preload/contract/naming.ts';
import { anyText, refusals } from './name-rules.ts';

const ROOT = rootId('root');
const SIDES = { covers: true, booklets: true };
const at = (folder: string, template: string = DEFAULT_TEMPLATE) => ({ folder, template });

const album = (patch: Partial<Album> = {}): Album => ({
  id: albumId('a1'),
  title: 'Night Ferry',
  version: null,
  artist: 'Ada Lund',
  artists: ['Ada Lund'],
  label: null,
  genres: ['Jazz'],
  releaseDate: null,
  upc: null,
  copyright: null,
  discCount: 1,
  trackCount: 2,
  durationSeconds: 0,
  explicit: false,
  coverUrl: null,
  goodies: [],
  maximumBitDepth: null,
  maximumSamplingRateKHz: null,
  ...patch,
});

const track = (id: number, patch: Partial<Track> = {}): Track => ({
  id: trackId(id),
  albumId: albumId('a1'),
  title: `Song ${id}`,
  version: null,
  work: null,
  artist: 'Ada Lund',
  credits: [],
  composers: [],
  trackNumber: id,
  discNumber: 1,
  durationSeconds: 60,
  isrc: null,
  copyright: null,
  explicit: false,
  replayGainDb: null,
  replayPeak: null,
  ...patch,
});

const purchase = (id: string, purchasedAt: number, patch: Partial<Album> = {}): Purchase => ({
  albumId: albumId(id),
  trackId: null,
  purchasedAt,
  formatIds: [6],
  formatsKnown: true,
  downloadable: true,
  album: album({ id: albumId(id), ...patch }),
  track: null,
});

const place = (
  purchases: readonly Purchase[],
  existing: readonly { id: string; folder: string }[] = [],
) =>
  assignPlacements({
    rootId: ROOT,
    template: DEFAULT_TEMPLATE,
    sides: SIDES,
    existing: existing.map(({ id, folder }) => ({
      rootId: ROOT,
      albumId: albumId(id),
      ...at(folder),
      sides: SIDES,
    })),
    purchases,
  });

const folders = (...parameters: Parameters<typeof place>) =>
  Object.fromEntries(place(...parameters).map(({ albumId: id, folder }) => [id, folder]));

const paths = (albumPatch: Partial<Album>, tracks: readonly Track[], extension = 'flac') => [
  ...trackPaths({ album: album(albumPatch), tracks }, at('F'), () => extension).values(),
];

const shuffled = <T>(values: readonly T[]) =>
  fc.shuffledSubarray([...values], { minLength: values.length });

describe('album folders', () => {
  it('are named after album artist, title and version', () => {
    expect(albumFolder(album({ version: 'Remastered 2019' }), DEFAULT_TEMPLATE)).toBe(
      'Ada Lund/Night Ferry (Remastered 2019)',
    );
    expect(albumFolder(album({ artist: '', title: '\u200b' }), DEFAULT_TEMPLATE)).toBe(
      'Unknown Artist/Untitled Album',
    );
  });

  it('tell the later of two editions apart by its id, whatever its case or normalisation', () => {
    expect(
      folders([
        purchase('old', 1, { title: 'Café' }),
        purchase('new', 2, { title: 'CAFE\u0301' }),
        purchase('newer', 3, { title: 'Café', artist: 'ADA LUND' }),
      ]),
    ).toEqual({
      old: 'Ada Lund/Café',
      new: 'Ada Lund/CAFÉ [new]',
      newer: 'Ada Lund/Café [newer]',
    });
  });

  it('are never recomputed, and later purchases make way for them', () => {
    const existing = [{ id: 'late', folder: 'ada lund/Night Ferry' }];
    expect(folders([purchase('early', 1), purchase('late', 9)], existing)).toEqual({
      early: 'ada lund/Night Ferry [early]',
    });
  });

  it('are given oldest first, and by id on the same day', () => {
    expect(folders([purchase('c', 5), purchase('b', 7), purchase('a', 7)])).toEqual({
      c: 'Ada Lund/Night Ferry',
      a: 'Ada Lund/Night Ferry [a]',
      b: 'Ada Lund/Night Ferry [b]',
    });
  });

  it('take the artist spelling that came first', () => {
    expect(
      Object.values(
        folders([
          purchase('one', 1, { artist: 'dEUS', title: 'A' }),
          purchase('two', 2, { artist: 'Deus', title: 'B' }),
        ]),
      ),
    ).toEqual(['dEUS/A', 'dEUS/B']);
  });

  it('are shared by an album and tracks bought singly, dated by the older purchase', () => {
    const single: Purchase = {
      ...purchase('x', 1, { title: 'Night Ferry (as the row says)' }),
      trackId: trackId(7),
    };
    expect(folders([purchase('y', 2), purchase('x', 3), single])).toEqual({
      x: 'Ada Lund/Night Ferry',
      y: 'Ada Lund/Night Ferry [y]',
    });
  });

  it('stay apart even when a title imitates the mark of a twin', () => {
    const made = folders(
      [purchase('b', 2)],
      [
        { id: 'a', folder: 'Ada Lund/Night Ferry' },
        { id: 'z', folder: 'Ada Lund/Night Ferry [b]' },
      ],
    );
    expect(made).toEqual({ b: 'Ada Lund/Night Ferry [b] (2)' });
  });

  it('are valid, apart and the same whatever order the rows arrive in', () => {
    const rows = fc.array(
      fc.record({
        id: fc.stringMatching(/^[a-z0-9]{1,3}$/),
        at: fc.integer({ min: 0, max: 3 }),
        single: fc.option(fc.integer({ min: 1, max: 3 })),
        artist: fc.oneof(fc.constantFrom('Sol', 'SOL', 'Šol', 'S\u030col', ''), anyText),
        title: fc.oneof(fc.constantFrom('Luz', 'luz', 'Luz [a]', 'x'.repeat(300)), anyText),
      }),
      { maxLength: 12 },
    );
    const both = rows.chain((made) => fc.tuple(fc.constant(made), shuffled(made)));
    const toPurchases = (
      made: readonly {
        id: string;
        at: number;
        single: number | null;
        artist: string;
        title: string;
      }[],
    ) =>
      made.map(({ id, at, single, artist, title }) => ({
        ...purchase(id, at, { artist, title }),
        trackId: single === null ? null : trackId(single),
      }));
    fc.assert(
      fc.property(both, ([made, other]) => {
        const placed = place(toPurchases(made));
        expect(place(toPurchases(other))).toEqual(placed);
        expect(new Set(placed.map(({ folder }) => pathKey(folder))).size).toBe(placed.length);
        expect(placed.map((one) => one.albumId).sort()).toEqual(
          [...new Set(made.map(({ id }) => id))].sort(),
        );
        for (const { folder } of placed) {
          const components = folder.split('/');
          expect(components).toHaveLength(2);
          expect(components.flatMap(refusals)).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('track paths', () => {
  it('number the tracks with two digits and name version and work', () => {
    expect(
      paths({}, [
        track(1, { version: 'Live' }),
        track(2, { work: 'Sonata in G', title: 'II. Adagio' }),
        track(3, { title: 'AC/DC: Why?' }),
      ]),
    ).toEqual([
      'F/01 - Song 1 (Live).flac',
      'F/02 - Sonata in G - II. Adagio.flac',
      'F/03 - AC-DC - Why.flac',
    ]);
  });

  it('use disc folders only when there are several discs', () => {
    expect(
      paths({ discCount: 2 }, [track(1), track(2, { discNumber: 2, trackNumber: 1 })]),
    ).toEqual(['F/Disc 1/01 - Song 1.flac', 'F/Disc 2/01 - Song 2.flac']);
    expect(paths({ discCount: 1 }, [track(1)])).toEqual(['F/01 - Song 1.flac']);
  });

  it('widen to three digits from 100 tracks on', () => {
    expect(paths({ trackCount: 99 }, [track(1)])).toEqual(['F/01 - Song 1.flac']);
    expect(paths({ trackCount: 100 }, [track(1)])).toEqual(['F/001 - Song 1.flac']);
    expect(paths({}, [track(1), track(100)])).toEqual([
      'F/001 - Song 1.flac',
      'F/100 - Song 100.flac',
    ]);
  });

  it.each([
    'Various Artists',
    'VARIOUS',
    'V.A.',
    'V/A',
    'Varios Artistas',
    'Verschiedene Interpreten',
    'Artistes Divers',
    'Multi-interprètes',
    'Multi Interpretes',
  ])('name the track artist on albums by %j', (artist) => {
    expect(paths({ artist, artists: [artist] }, [track(1)])).toEqual([
      'F/01 - Ada Lund - Song 1.flac',
    ]);
  });

  it('name the track artist when several perform and none is an album artist', () => {
    const two = [track(1, { artist: 'Ben' }), track(2, { artist: 'Cleo' })];
    expect(paths({ artist: 'DJ Rix', artists: ['DJ Rix'] }, two)).toEqual([
      'F/01 - Ben - Song 1.flac',
      'F/02 - Cleo - Song 2.flac',
    ]);
    expect(paths({ artist: 'ben', artists: [] }, two)[0]).toBe('F/01 - Song 1.flac');
    expect(paths({ artist: 'DJ Rix' }, [two[0]!])).toEqual(['F/01 - Song 1.flac']);
  });

  it('do not name the track artist of classical works', () => {
    const performers = [track(1, { artist: 'Ben' }), track(2, { artist: 'Cleo' })];
    const works = performers.map((one) => ({ ...one, work: 'Song 1 Song 2' }));
    expect(paths({ artist: 'Orchestra', artists: [] }, works)[0]).not.toContain('Ben');
    const composed = performers.map((one) => ({ ...one, composers: ['Mahler'] }));
    expect(paths({ artist: 'Orchestra', genres: ['Classical'] }, composed)[0]).not.toContain('Ben');
    expect(paths({ artist: 'Orchestra', genres: ['Rock'] }, composed)[0]).toContain('Ben');
  });

  it('tell twins apart by the id of the later one', () => {
    expect(
      paths({}, [
        track(9, { trackNumber: 1, title: 'INTRO' }),
        track(4, { trackNumber: 1, title: 'Intro' }),
      ]),
    ).toEqual(['F/01 - Intro.flac', 'F/01 - INTRO [9].flac']);
  });

  it('never cut the title away for a long artist', () => {
    const [path] = paths({ artist: 'VA' }, [track(1, { artist: 'é'.repeat(300) })]);
    expect(path!.endsWith(' - Song 1.flac')).toBe(true);
  });

  it('are valid, apart, inside the folder, and the same for any order and any format', () => {
    const anyTrack = fc.record({
      title: fc.oneof(fc.constantFrom('Intro', 'INTRO', 'Intro [3]', 'é'.repeat(300)), anyText),
      version: fc.option(anyText),
      work: fc.option(anyText),
      artist: anyText,
      trackNumber: fc.integer({ min: 0, max: 3 }),
      discNumber: fc.integer({ min: 1, max: 2 }),
    });
    const tracks = fc
      .array(anyTrack, { maxLength: 10 })
      .map((made) => made.map((patch, index) => track(index + 1, patch)));
    fc.assert(
      fc.property(
        tracks.chain((made) => fc.tuple(fc.constant(made), shuffled(made))),
        fc.constantFrom('Various Artists', 'Ada Lund'),
        ([made, other], artist) => {
          const detail = (list: readonly Track[]) => ({ album: album({ artist }), tracks: list });
          const flac = trackPaths(detail(made), at('A/B'), () => 'flac');
          expect(new Map(trackPaths(detail(other), at('A/B'), () => 'flac'))).toEqual(flac);
          expect(flac.size).toBe(made.length);
          expect(new Set([...flac.values()].map(pathKey)).size).toBe(made.length);
          for (const path of flac.values()) {
            expect(path.startsWith('A/B/')).toBe(true);
            expect(path.split('/').flatMap(refusals)).toEqual([]);
          }
          const mp3 = trackPaths(detail(made), at('A/B'), () => 'mp3');
          expect([...mp3.values()].map((path) => path.replace(/mp3$/, 'flac'))).toEqual([
            ...flac.values(),
          ]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('side files', () => {
  const goodies = (...names: string[]) =>
    album({ goodies: names.map((name) => ({ name, url: 'https://static.qobuz.com/x.pdf' })) });

  it('name the cover cover.jpg and a booklet after its goodie', () => {
    expect(coverPath('F')).toBe('F/cover.jpg');
    expect(bookletPath('F', goodies('Livret Numérique'), 0)).toBe('F/Livret Numérique.pdf');
    expect(bookletPath('F', goodies('.Booklet.PDF'), 0)).toBe('F/Booklet.pdf');
    expect(bookletPath('F', goodies(''), 0)).toBe('F/Booklet.pdf');
  });

  it('number booklets of the same name', () => {
    const three = goodies('Booklet', 'BOOKLET', 'Booklet (2)', 'Booklet');
    expect([0, 1, 2, 3].map((index) => bookletPath('F', three, index))).toEqual([
      'F/Booklet.pdf',
      'F/BOOKLET (2).pdf',
      'F/Booklet (2) (2).pdf',
      'F/Booklet (3).pdf',
    ]);
  });

  it('are valid and apart whatever the goodies are called', () => {
    const names = fc.array(fc.oneof(fc.constantFrom('B', 'b', 'B (2)'), anyText), { maxLength: 6 });
    fc.assert(
      fc.property(names, (made) => {
        const all = made.map((_, index) => bookletPath('F', goodies(...made), index));
        expect(new Set(all.map(pathKey)).size).toBe(made.length);
        expect(all.flatMap((path) => path.split('/')).flatMap(refusals)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('isPathTooLong', () => {
  it.each([
    ['win32', 'C:\\Music', 259 - 'C:\\Music\\'.length, 'é'],
    ['darwin', '/Volumes/Music', 1023 - '/Volumes/Music/'.length, 'e'],
    ['linux', '/music/', 4095 - '/music/'.length, 'e'],
  ] as const)(
    'allows on %s what its programs can open and no more',
    (platform, root, room, letter) => {
      expect(isPathTooLong(root, letter.repeat(room), platform)).toBe(false);
      expect(isPathTooLong(root, letter.repeat(room + 1), platform)).toBe(true);
    },
  );

  it('counts bytes where the system does', () => {
    expect(isPathTooLong('/m', 'é'.repeat(600), 'darwin')).toBe(true);
    expect(isPathTooLong('/m', 'é'.repeat(600), 'linux')).toBe(false);
  });
});
