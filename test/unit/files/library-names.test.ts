import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  assignPlacements,
  bookletPath,
  coverPath,
  trackPaths,
} from '../../../src-main/files/layout.ts';
import { isContainedPath } from '../../../src-main/files/names.ts';
import { parseTemplate } from '../../../src-main/files/template.ts';
import type { Album, Purchase, Track } from '../../../src-preload/contract/catalogue.ts';
import { albumId, rootId, trackId } from '../../../src-preload/contract/ids.ts';
import {
  DEFAULT_TEMPLATE,
  TEMPLATE_PRESETS,
  TEMPLATE_WORDS,
} from '../../../src-preload/contract/naming.ts';
import { anyText, refusals } from './name-rules.ts';

/** The names of the fault catalogue, each as a title, an artist, a label or a version may be. */
const TRAPS = [
  ...[
    'CON',
    'AUX.flac',
    'nul',
    'COM1 .x',
    'Ends in a dot.',
    'Ends in a space ',
    ' . ',
    '..',
    '../..',
  ],
  ...[
    '/',
    '\\',
    ':',
    '*',
    '?',
    '"',
    '<',
    '>',
    '|',
    'a/b\\c:d*e?f"g<h>i|j',
    'C:\\Windows',
    '/etc/passwd',
  ],
  ...['', ' ', '\u200f\u202eRTL', '\u202emarks\u202c', 'cover', 'cover.jpg', 'Disc 1', 'Disc 2'],
  ...[
    '夜想曲'.repeat(90),
    '🎧'.repeat(70),
    '👨‍👩‍👧‍👦'.repeat(12),
    'e\u0301'.repeat(200),
    'x'.repeat(300),
  ],
  ...[
    'Twin',
    'TWIN',
    'twin',
    'Café',
    'Cafe\u0301',
    'CAFÉ',
    'Straße',
    'STRASSE',
    'ﬁne',
    'fine',
    'İ',
    'i',
  ],
  ...[
    'Twin [2]',
    'Twin [3]',
    'Twin [1000003]',
    '01 - Twin',
    '\ud800',
    '\u0000',
    'a\u0000b',
    '\ufeffTwin',
  ],
];
const name = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...TRAPS) }, anyText);
/** Few words, so that twins are the rule. */
const twin = fc.constantFrom(
  'Twin',
  'TWIN',
  'Twi\u200bn',
  'Twin ',
  'Café',
  'Cafe\u0301',
  'Twin [2]',
);
const text = fc.oneof(twin, name);

const someAlbum = fc.record({
  title: text,
  version: fc.option(fc.oneof(fc.constantFrom('Deluxe', 'DELUXE', 'Deluxe '), text)),
  artist: fc.oneof(fc.constantFrom('Ada Lund', 'ADA LUND', 'Various Artists'), text),
  label: fc.option(text),
  genres: fc.array(text, { maxLength: 1 }),
  releaseDate: fc.constantFrom(null, '2020', '2021-02-03', '../2021'),
  upc: fc.option(fc.constantFrom('0012345678905', '/', 'CON')),
  discCount: fc.integer({ min: 0, max: 3 }),
  trackCount: fc.constantFrom(0, 1, 12, 120),
  goodies: fc.array(fc.record({ name: text, url: fc.constant('https://static.qobuz.com/x.pdf') }), {
    maxLength: 2,
  }),
});
const someTrack = fc.record({
  title: text,
  version: fc.option(text),
  work: fc.option(text),
  artist: text,
  // Two discs with the same numbers, and numbers nobody counts with.
  trackNumber: fc.constantFrom(0, 1, 1, 2, 99, 100, 1000),
  discNumber: fc.integer({ min: 1, max: 2 }),
});

/** Whatever the checker of templates lets through, however odd. */
const anyTemplate = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TEMPLATE_WORDS.map((word) => `{${word}}`)),
      fc.constantFrom(
        '/',
        '/',
        '<',
        '>',
        ' - ',
        '.',
        ' ',
        'CON',
        'Disc ',
        ':',
        '?',
        '{album}',
        '{title}',
      ),
      fc.constantFrom('{album}/', '/{title}', '<{version}>', '<Disc {disc}/>'),
      anyText,
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((parts) => parts.join(''))
  .map((made) => [made, `{album}/${made}{title}`, `${made}{album}/{title}`])
  .map((tries) => tries.find((each) => !('problem' in parseTemplate(each))) ?? DEFAULT_TEMPLATE);
const template = fc.oneof(anyTemplate, fc.constantFrom(...Object.values(TEMPLATE_PRESETS)));

type Made = readonly (readonly [
  Partial<Album>,
  readonly Partial<Track>[],
  { readonly purchasedAt: number },
])[];
const library = fc.array(
  fc.tuple(
    someAlbum,
    fc.array(someTrack, { maxLength: 6 }),
    // Several on one day, so that the id decides.
    fc.record({ purchasedAt: fc.integer({ min: 1, max: 3 }) }),
  ),
  { maxLength: 7 },
);

const ROOT = rootId('root');
const BARE: Omit<Album, 'id'> = {
  title: '',
  version: null,
  artist: '',
  artists: [],
  label: null,
  genres: [],
  releaseDate: null,
  upc: null,
  copyright: null,
  discCount: 1,
  trackCount: 1,
  durationSeconds: 0,
  explicit: false,
  coverUrl: null,
  goodies: [],
  maximumBitDepth: null,
  maximumSamplingRateKHz: null,
};

const purchasesOf = (made: Made): Purchase[] =>
  made.map(([patch, , { purchasedAt }], index) => {
    const id = albumId(String(index + 1));
    const bought = { formatIds: [6], formatsKnown: true, downloadable: true };
    return {
      albumId: id,
      trackId: null,
      purchasedAt,
      ...bought,
      album: { ...BARE, ...patch, id },
      track: null,
    };
  });

/** Every file of a library, as `album/track` or `album/side file` and its path. */
function filesOf(made: Made, pattern: string, purchases: readonly Purchase[]): Map<string, string> {
  const sides = { covers: true, booklets: true };
  const given = { rootId: ROOT, template: pattern, sides, existing: [], purchases };
  const files = new Map<string, string>();
  for (const placement of assignPlacements(given)) {
    const index = Number(placement.albumId) - 1;
    const album: Album = { ...BARE, ...made[index]![0], id: placement.albumId };
    const tracks = made[index]![1].map(
      (patch, at): Track => ({
        id: trackId(index * 100 + at + 1),
        albumId: placement.albumId,
        title: '',
        version: null,
        work: null,
        artist: '',
        credits: [],
        composers: [],
        trackNumber: 1,
        discNumber: 1,
        durationSeconds: 60,
        isrc: null,
        copyright: null,
        explicit: false,
        replayGainDb: null,
        replayPeak: null,
        ...patch,
      }),
    );
    const extension = (track: Track) => (track.id % 3 === 0 ? 'mp3' : 'flac');
    for (const [id, path] of trackPaths({ album, tracks }, placement, extension)) {
      files.set(`${placement.albumId}/${id}`, path);
    }
    files.set(`${placement.albumId}/cover`, coverPath(placement.folder));
    for (const at of album.goodies.keys()) {
      files.set(`${placement.albumId}/booklet ${at}`, bookletPath(placement.folder, album, at));
    }
  }
  return files;
}

/**
 * A path as the least telling of file systems sees it, apart from the code under test: no case by two ways (NTFS
 * compares by upper case, APFS by folding), no accents' form, nothing invisible.
 */
const seenBy = (path: string): readonly string[] => {
  const bare = path
    .normalize('NFD')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '');
  return [bare.toUpperCase(), bare.toLowerCase(), path.normalize('NFC')];
};

it('a whole library has no two files at one place and no name a file system refuses or alters, under any template, and stays in its root', () => {
  fc.assert(
    fc.property(library, template, (made, pattern) => {
      const paths = [...filesOf(made, pattern, purchasesOf(made)).values()];
      const views = paths.map(seenBy);
      for (const view of [0, 1, 2]) {
        expect(new Set(views.map((each) => each[view])).size).toBe(paths.length);
      }
      // And no file where another's folder has to be.
      const files = new Set(views.map(([upper]) => upper));
      for (const path of paths) {
        const parts = path.split('/');
        for (let depth = 1; depth < parts.length; depth += 1) {
          expect(files.has(seenBy(parts.slice(0, depth).join('/'))[0])).toBe(false);
        }
      }
      for (const path of paths) {
        expect(path.split('/').flatMap(refusals)).toEqual([]);
        expect(isContainedPath(path)).toBe(true);
        expect(path.split('/')).not.toContain('.crateful');
      }
    }),
    { numRuns: 250 },
  );
});

it('a whole library comes out the same whatever order the purchases are listed in', () => {
  const shuffled = library.chain((made) =>
    fc.tuple(
      fc.constant(made),
      fc.shuffledSubarray(purchasesOf(made), { minLength: made.length, maxLength: made.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, template, ([made, other], pattern) => {
      const one = filesOf(made, pattern, purchasesOf(made));
      expect(new Map([...filesOf(made, pattern, other)].sort())).toEqual(new Map([...one].sort()));
    }),
    { numRuns: 120 },
  );
});
