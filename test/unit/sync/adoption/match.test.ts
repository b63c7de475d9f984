import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundFile } from '../../../../src-main/sync/adoption/evidence.ts';
import { indexGoods, type OwnedList } from '../../../../src-main/sync/adoption/goods.ts';
import { type Match, matchFiles } from '../../../../src-main/sync/adoption/match.ts';
import { betterFormat } from '../../../../src-main/sync/adoption/quality.ts';
import { file, owned } from './owned.ts';

const heroes = owned(
  'heroes',
  { title: 'Heroes', version: '2017 Remaster', artist: 'David Bowie', upc: '0190295842871' },
  [
    ['Beauty and the Beast', 215, { isrc: 'USJT11700001' }],
    ['Joe the Lion', 188, { isrc: 'USJT11700002' }],
    ['Heroes', 371, { isrc: 'USJT11700003' }],
    ['Sons of the Silent Age', 195, { isrc: 'USJT11700004' }],
  ],
);
const best = owned(
  'best',
  { title: 'Best of Bowie', artist: 'David Bowie', releaseDate: '2002-10-22' },
  [
    ['Space Oddity', 315, { isrc: 'USJT11700090' }],
    ['Heroes', 371, { isrc: 'USJT11700003' }],
    ['Heroes', 216, { version: 'Single Version', isrc: 'USJT11700091' }],
  ],
);
const wall = owned('wall', { title: 'The Wall', artist: 'Pink Floyd', releaseDate: '1979-11-30' }, [
  ['In the Flesh?', 199],
  ['The Thin Ice', 147],
  ['Hey You', 280, { discNumber: 2, trackNumber: 1 }],
  ['Is There Anybody Out There?', 164, { discNumber: 2, trackNumber: 2 }],
]);
const plain = owned(
  'plain',
  { title: 'Lanterns', artist: 'Ines Okoro', releaseDate: '2016-01-01' },
  [
    ['Lanterns', 181],
    ['Sunday', 150],
  ],
);
const anniversary = owned(
  'anniv',
  {
    title: 'Lanterns',
    version: 'Anniversary Edition',
    artist: 'Ines Okoro',
    releaseDate: '2026-01-01',
  },
  [
    ['Lanterns', 181],
    ['Sunday', 150],
    ['Porch Song', 200],
  ],
);
const quartet = owned('quartet', { title: 'String Quartets', artist: 'Kestrel Quartet' }, [
  ['I. Allegro', 400, { work: 'Quartet No. 1 in D', composers: ['Jan Venn'] }],
  ['I. Allegro', 420, { work: 'Quartet No. 2 in G', composers: ['Jan Venn'] }],
]);
const ALL = [heroes, best, wall, plain, anniversary, quartet];

const match = (
  files: readonly FoundFile[],
  lists: readonly OwnedList[] = ALL,
  there: readonly number[] = [],
) =>
  matchFiles({
    files,
    goods: indexGoods(lists),
    there: ({ track }) => there.includes(track.id),
  });
/** What each file is taken for, in short. */
const told = (matches: readonly Match[]) =>
  matches.map(({ standing, why, to }) =>
    [
      standing,
      why,
      ...(to ? [`${to.good.albumId}/${to.track.discNumber}.${to.track.trackNumber}`] : []),
    ].join(' '),
  );

describe('a file is surely a track', () => {
  it('by the track id in its tags, whatever else they say', () => {
    const id = heroes.owned[1]!.id;
    expect(
      told(
        match([file('x/whatever.flac', 188.4, { qobuzTrackId: id, title: 'Song', album: 'Else' })]),
      ),
    ).toEqual(['sure id heroes/1.2']);
    expect(told(match([file('x/cut.flac', 100, { qobuzTrackId: id })]))).toEqual([
      'likely id-length heroes/1.2',
    ]);
  });

  it('by an ISRC that one owned track has, with its length', () => {
    const tags = { isrcs: ['us-jt1-17-00004'], title: 'Sons' };
    expect(told(match([file('a.flac', 195.9, tags)]))).toEqual(['sure isrc heroes/1.4']);
    expect(told(match([file('a.flac', 197.4, tags)]))).toEqual(['likely isrc-length heroes/1.4']);
    expect(told(match([file('a.flac', 240, tags)]))).toEqual(['unknown nothing']);
  });

  it('by the UPC with the track’s number and length', () => {
    const tags = { upc: '190295842871', trackNumber: 2, title: 'joe the lion' };
    expect(told(match([file('a.flac', 188, tags)]))).toEqual(['sure upc heroes/1.2']);
    expect(told(match([file('a.flac', 188, { ...tags, title: 'Something else' })]))).toEqual([
      'likely upc-title heroes/1.2',
    ]);
  });

  it('but not when its tags name an album that is not the owned one', () => {
    const tags = {
      isrcs: ['USJT11700004'],
      album: 'Nothing Has Changed',
      artists: ['David Bowie'],
    };
    expect(told(match([file('a.flac', 195, tags)]))).toEqual([
      'likely isrc-other-album heroes/1.4',
    ]);
  });
});

describe('one recording on two owned albums', () => {
  const tags = { isrcs: ['USJT11700003'], title: 'Heroes' };
  it('belongs to the album whose other tracks lie beside it', () => {
    const found = match([
      file('Bowie/Heroes/03.flac', 371, tags),
      file('Bowie/Heroes/04.flac', 195, { isrcs: ['USJT11700004'] }),
      file('Bowie/Best of/01.flac', 315, { isrcs: ['USJT11700090'] }),
      file('Bowie/Best of/02.flac', 371, tags),
    ]);
    expect(told(found)).toEqual([
      'sure isrc best/1.1',
      'likely isrc-album best/1.2',
      'likely isrc-album heroes/1.3',
      'sure isrc heroes/1.4',
    ]);
  });

  it('is the one its UPC says', () => {
    expect(told(match([file('03.flac', 371, { ...tags, upc: '0190295842871' })]))).toEqual([
      'sure isrc heroes/1.3',
    ]);
  });
});

describe('a hand-sorted library', () => {
  it('is matched by names of tags, however they are written', () => {
    const tags = { artists: ['BOWIE, DAVID', 'David Bowie'], album: '“Heroes” (Remastered)' };
    expect(
      told(
        match([
          file('1.mp3', 216.9, { ...tags, title: 'BEAUTY & THE BEAST' }),
          file('2.mp3', 188, { ...tags, title: 'Joe The Lion [2017 Remaster]' }),
        ]),
      ),
    ).toEqual(['likely names heroes/1.1', 'likely names heroes/1.2']);
  });

  it('is matched by the names of files and folders where there are no tags', () => {
    expect(
      told(
        match([
          file('Pink Floyd - The Wall (1979)/CD1/02 - The Thin Ice.flac', 147),
          file('Pink Floyd - The Wall (1979)/CD2/01 - Hey You.flac', 280),
          file('Pink Floyd - The Wall (1979)/CD2/Track 02.flac', 164),
          file('Pink Floyd/The Wall/1-01 In the Flesh_.flac', 199),
        ]),
      ),
    ).toEqual([
      'likely file-name wall/1.2',
      'likely file-name wall/2.1',
      'likely place wall/2.2',
      'likely file-name wall/1.1',
    ]);
  });

  it('is matched by a movement with its work, and by its composer as artist', () => {
    const tags = { artists: ['Jan Venn'], album: 'String Quartets' };
    expect(
      told(match([file('a.flac', 420, { ...tags, title: 'Quartet No. 2 in G: I. Allegro' })])),
    ).toEqual(['likely names quartet/1.2']);
  });

  it('keeps a live version from being taken for the studio’s', () => {
    const live = { artists: ['David Bowie'], album: 'Heroes', title: 'Heroes (Live)' };
    expect(told(match([file('a.flac', 371, live)]))).toEqual(['unknown nothing']);
    const single = { artists: ['David Bowie'], album: 'Best of Bowie', title: 'Heroes' };
    expect(told(match([file('a.flac', 216, single)]))).toEqual(['likely near-title best/1.3']);
    const cover = { ...live, artists: ['Somebody'], title: 'Heroes' };
    expect(told(match([file('a.flac', 371, cover)]))).toEqual(['unknown nothing']);
  });

  it('says why a file is nothing that is owned', () => {
    const tags = { artists: ['David Bowie'], title: 'Joe the Lion' };
    expect(told(match([file('a.flac', 240, { ...tags, album: 'Heroes' })]))).toEqual([
      'unknown other-length',
    ]);
    expect(told(match([file('a.flac', 188, { ...tags, album: 'Stage' })]))).toEqual([
      'unknown other-album',
    ]);
    expect(told(match([file('a.flac', 188, { title: 'Mine', artists: ['Me'] })]))).toEqual([
      'unknown nothing',
    ]);
  });
});

describe('two editions of one album', () => {
  const tags = { artists: ['Ines Okoro'], album: 'Lanterns' };
  it('are told apart by what the folder has, says, or dates itself', () => {
    const names = ['Lanterns', 'Sunday'] as const;
    const in_ = (folder: string, more = {}) =>
      names.map((title, index) =>
        file(`${folder}/0${index + 1}.flac`, [181, 150][index]!, { ...tags, title, ...more }),
      );
    expect(told(match(in_('Lanterns')))).toEqual([
      'likely names plain/1.1',
      'likely names plain/1.2',
    ]);
    expect(told(match(in_('x', { album: 'Lanterns [Anniversary Edition]' })))).toEqual([
      'likely names anniv/1.1',
      'likely names anniv/1.2',
    ]);
    const porch = file('x/03.flac', 200, { ...tags, title: 'Porch Song' });
    expect(told(match([...in_('x'), porch]))).toEqual([
      'likely names anniv/1.1',
      'likely names anniv/1.2',
      'likely names anniv/1.3',
    ]);
    expect(told(match(in_('Ines Okoro - Lanterns (2026)', { year: 2026 })))[0]).toBe(
      'likely names anniv/1.1',
    );
  });

  it('are not guessed at where nothing tells them apart', () => {
    const twin = {
      ...plain,
      detail: {
        ...plain.detail,
        album: { ...plain.detail.album, id: anniversary.detail.album.id },
      },
    };
    expect(
      told(match([file('x.flac', 181, { ...tags, title: 'Lanterns' })], [plain, twin])),
    ).toEqual(['unknown several']);
  });
});

describe('copies of one track', () => {
  const tags = { isrcs: ['USJT11700004'] };
  it('leave it to the best of them', () => {
    expect(
      told(
        match([
          file('a.mp3', 195, tags, { samplingRateKHz: 48 }),
          file('b.flac', 195, tags),
          file('c.flac', 195, tags, { bitDepth: 24, samplingRateKHz: 96 }),
        ]),
      ),
    ).toEqual([
      'copy better-copy heroes/1.4',
      'copy better-copy heroes/1.4',
      'sure isrc heroes/1.4',
    ]);
  });

  it('leave it to a sure one before a better that is only likely, and to the library before both', () => {
    const likely = file(
      'b.flac',
      195,
      { title: 'Sons of the Silent Age', artists: ['David Bowie'], album: 'Heroes' },
      { bitDepth: 24 },
    );
    const sure = file('a.mp3', 195, tags);
    expect(told(match([sure, likely]))).toEqual([
      'sure isrc heroes/1.4',
      'copy better-copy heroes/1.4',
    ]);
    expect(told(match([sure], ALL, [heroes.owned[3]!.id]))).toEqual(['copy there heroes/1.4']);
  });

  it('never leave it to a file that cannot be read', () => {
    const broken = file('a.flac', null, { qobuzTrackId: heroes.owned[0]!.id }, { readable: false });
    expect(
      told(match([broken, file('b.mp3', 215, { qobuzTrackId: heroes.owned[0]!.id })])),
    ).toEqual(['damaged unreadable', 'sure id heroes/1.1']);
  });
});

describe('whatever files there are', () => {
  const tracks = ALL.flatMap((list) => list.owned.map((track) => ({ list, track })));
  const anyFile = fc
    .record({
      of: fc.constantFrom(...tracks),
      says: fc.subarray(['title', 'artist', 'album', 'isrc', 'upc', 'id', 'number'] as const),
      off: fc.constantFrom(0, 1, 2.5, 60),
      bits: fc.constantFrom(16, 24),
      path: fc.tuple(fc.constantFrom('', 'x/', 'The Wall/', 'Bowie/Heroes/CD1/'), fc.nat(10_000)),
    })
    .map(({ of: { list, track }, says, off, bits, path: [folder, number] }) => {
      const { album } = list.detail;
      const has = (what: (typeof says)[number]) => says.includes(what);
      return file(
        `${folder}${number} x.flac`,
        track.durationSeconds + off,
        {
          title: has('title') ? track.title : null,
          artists: has('artist') ? [track.artist] : [],
          album: has('album') ? album.title : null,
          isrcs: has('isrc') && track.isrc ? [track.isrc] : [],
          upc: has('upc') ? album.upc : null,
          qobuzTrackId: has('id') ? track.id : null,
          trackNumber: has('number') ? track.trackNumber : null,
        },
        { bitDepth: bits },
      );
    });
  const anyFiles = fc.uniqueArray(anyFile, { selector: ({ path }) => path, maxLength: 20 });

  it('gives each file one answer, each track one file, and asks for evidence', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const matches = match(files);
        expect(matches.map((each) => each.file.path)).toEqual(files.map(({ path }) => path).sort());
        const given = matches.filter(
          ({ standing }) => standing === 'sure' || standing === 'likely',
        );
        expect(new Set(given.map(({ to }) => to)).size).toBe(given.length);
        for (const { file: each, to } of given) {
          const { tags, durationSeconds } = each.facts;
          const isNamed = tags.qobuzTrackId === to!.track.id;
          expect(isNamed || Math.abs(durationSeconds! - to!.track.durationSeconds) <= 3).toBe(true);
        }
      }),
    );
  });

  it('does not depend on their order', () => {
    fc.assert(
      fc.property(
        anyFiles.chain((files) =>
          fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length })),
        ),
        ([files, shuffled]) => {
          expect(told(match(shuffled))).toEqual(told(match(files)));
        },
      ),
    );
  });

  it('takes none that say nothing', () => {
    const silent = file('x/y.flac', 371);
    expect(told(match([silent]))).toEqual(['unknown nothing']);
  });
});

it('says that a better edition was bought only where the album has it', () => {
  const album = { maximumBitDepth: 24, maximumSamplingRateKHz: 96 };
  const cd = { samplingRateKHz: 44.1, bitDepth: 16 };
  const hires = { samplingRateKHz: 96, bitDepth: 24 };
  const mp3 = { samplingRateKHz: 44.1, bitDepth: null };
  expect(betterFormat(cd, [5, 6, 7], album)).toBe(7);
  expect(betterFormat(mp3, [5, 6], album)).toBe(6);
  expect(betterFormat(hires, [5, 6, 7, 27], album)).toBeNull();
  expect(
    betterFormat(cd, [5, 6, 7], { maximumBitDepth: 16, maximumSamplingRateKHz: 44.1 }),
  ).toBeNull();
  expect(betterFormat(cd, [5], album)).toBeNull();
  expect(betterFormat(cd, null, album)).toBeNull();
});
