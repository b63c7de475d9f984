import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EventInput } from '../../../src-main/events.ts';
import { isAppIdRefusal, isSignatureRefusal, readAnswer } from '../../../src-main/qobuz/answers.ts';
import { albumOf, trackOf } from '../../../src-main/qobuz/catalogue.ts';
import { readFileUrl } from '../../../src-main/qobuz/file-url.ts';
import { readRows } from '../../../src-main/qobuz/purchases.ts';
import {
  albumPageSchema,
  albumSchema,
  pageSchema,
  trackSchema,
} from '../../../src-main/qobuz/schemas.ts';
import { profileOf } from '../../../src-main/qobuz/session.ts';
import { qobuzFixture } from '../../support/fixtures.ts';

type Json = Record<string, unknown>;
const fixture = (name: string) => qobuzFixture(name) as Json;

/** Reads one list of a purchases fixture and what was reported on the way. */
function rows(name: string, kind: 'albums' | 'tracks') {
  const events: EventInput[] = [];
  const page = pageSchema.parse(fixture(name)[kind]);
  return { ...readRows(page.items, kind, 0, { emit: (event) => events.push(event) }), events };
}

/** Reads an `album/get` fixture. */
function detail(name: string) {
  const body = fixture(name);
  const album = albumOf(albumSchema.parse(body));
  const items = albumPageSchema.parse(body).tracks.items;
  return {
    album,
    tracks: items.map((row, index) => trackOf(trackSchema.parse(row), album, index + 1)),
  };
}

describe('purchases as the service sends them', () => {
  it('reads albums with their entitlement, DSD included', () => {
    const { purchases, oddRows } = rows(
      'synthetic-2026/getUserPurchases-type-albums-populated.json',
      'albums',
    );
    expect(oddRows).toBe(0);
    expect(purchases.map((purchase) => [purchase.albumId, purchase.formatIds])).toEqual([
      ['aaaaaaaaaaa01', [55]],
      ['aaaaaaaaaaa02', [7, 6, 5]],
      ['aaaaaaaaaaa03', [56]],
    ]);
    expect(purchases[1]).toMatchObject({
      trackId: null,
      purchasedAt: 1756700002,
      formatsKnown: true,
      downloadable: true,
      track: null,
      album: {
        title: 'ぷり Hi-Res Record',
        artist: 'Band B',
        releaseDate: '2020-09-13',
        trackCount: 11,
      },
    });
  });

  it('tells an empty list of formats (pre-order) from text ids and from no list at all', () => {
    const { purchases } = rows(
      'synthetic-2026/getUserPurchases-type-albums-variants.json',
      'albums',
    );
    expect(
      purchases.map(({ formatIds, formatsKnown, downloadable }) => ({
        formatIds,
        formatsKnown,
        downloadable,
      })),
    ).toEqual([
      { formatIds: [], formatsKnown: true, downloadable: false },
      { formatIds: [7, 6, 5], formatsKnown: true, downloadable: true },
      { formatIds: [], formatsKnown: false, downloadable: true },
    ]);
  });

  it('reads a singly bought track with its album', () => {
    const { purchases } = rows(
      'synthetic-2026/getUserPurchases-type-tracks-populated.json',
      'tracks',
    );
    expect(purchases).toHaveLength(1);
    expect(purchases[0]).toMatchObject({
      albumId: 'aaaaaaaaaaa02',
      trackId: 7000001,
      formatIds: [6, 5],
      album: { artist: 'Band B', coverUrl: expect.stringMatching(/_600\.jpg$/) },
      track: {
        title: 'Single Song',
        version: 'Remastered 2020',
        artist: 'Singer',
        composers: ['Writer'],
        credits: [
          { name: 'Singer', roles: ['Main Artist'] },
          { name: 'Writer', roles: ['Composer', 'Lyricist'] },
        ],
        trackNumber: 4,
        replayGainDb: -6.5,
        replayPeak: 0.98,
      },
    });
  });

  it('reads rows of 2015, which know no formats and no release date but the stamp', () => {
    const name = 'vvaidy-qobuz/purchase_get-user-purchases.json';
    const albums = rows(name, 'albums');
    const tracks = rows(name, 'tracks');
    expect([albums.oddRows, tracks.oddRows]).toEqual([0, 0]);
    expect(albums.purchases[0]).toMatchObject({
      albumId: '0808699111126',
      formatsKnown: false,
      album: {
        releaseDate: '2015-05-01',
        discCount: 2,
        genres: ['Electro'],
        coverUrl: 'https://static.qobuz.com/images/covers/26/11/0808699111126_600.jpg',
      },
    });
    expect(tracks.purchases[0]).toMatchObject({ trackId: 22799167, albumId: '0060254713804' });
    expect(tracks.purchases[0]?.track?.credits.at(-1)).toEqual({
      name: 'Anna Chedid Publishing - Warner Chapell Music France',
      roles: [],
    });
  });

  it.each([
    ['synthetic-2026/getUserPurchases-type-albums-empty.json', 'albums'],
    ['synthetic-2026/getUserPurchases-type-tracks-empty.json', 'tracks'],
    ['synthetic-2026/getUserPurchases-noparams-empty.json', 'tracks'],
  ] as const)('reads %s as a list without rows', (name, kind) => {
    expect(rows(name, kind)).toMatchObject({ purchases: [], oddRows: 0 });
  });

  it('reports one odd row and keeps its neighbours', () => {
    const events: EventInput[] = [];
    const good = { id: 7, title: 'Seven' };
    const read = readRows([good, null, { id: 'x' }, { ...good, id: 'eight' }], 'albums', 500, {
      emit: (event) => events.push(event),
    });
    expect(read.purchases.map((purchase) => purchase.albumId)).toEqual(['7', 'eight']);
    expect(read.oddRows).toBe(2);
    expect(events.map((event) => [event.code, event.context?.row])).toEqual([
      ['LISTING_ODD_ROW', 501],
      ['LISTING_ODD_ROW', 502],
    ]);
  });
});

describe('albums as the service sends them', () => {
  it('reads the flat album of 2015 with its booklet', () => {
    const { album, tracks } = detail('vvaidy-qobuz/album_get.json');
    expect(album).toMatchObject({
      artist: 'Daft Punk',
      discCount: 1,
      trackCount: 13,
      goodies: [{ name: 'Livret numérique', url: 'https://www.qobuz.com/goodies/000025909.pdf' }],
    });
    expect(tracks).toHaveLength(13);
    expect(tracks[0]?.composers).toContain('Nile Rodgers');
    expect(tracks[0]?.credits.find((credit) => credit.name === 'Nile Rodgers')?.roles).toEqual([
      'Composer',
      'Guitar',
      'Lyricist',
    ]);
  });

  it('reads the flat album of 2019: genres, discs, works, commas and dashes in names', () => {
    const { album, tracks } = detail('remade/album_get-flat-2019.json');
    expect(album).toMatchObject({
      genres: ['Pop/Rock', 'Electro'],
      explicit: true,
      discCount: 2,
      releaseDate: '2019-01-10',
      upc: '0000000019001',
      maximumSamplingRateKHz: 88.2,
    });
    expect(tracks[0]?.credits.at(-1)).toEqual({
      name: 'Jon - Paul Reed',
      roles: ['Producer', 'Mixing Engineer'],
    });
    expect(tracks[1]).toMatchObject({ version: 'Live', explicit: true, isrc: 'ZZAA01900002' });
    expect(tracks[2]).toMatchObject({
      work: 'Suite for Two Boats',
      artist: 'The Hollow Lanterns',
      composers: [],
      discNumber: 2,
      isrc: null,
    });
  });

  it('reads the v2 shape to the same album and tracks', () => {
    const { album, tracks } = detail('remade/album_get-v2.json');
    expect(album).toMatchObject({
      title: 'Glass Orchard',
      version: 'Deluxe',
      artist: 'Mira Vale',
      artists: ['Mira Vale', 'Tom Ash'],
      label: 'Windfall',
      genres: ['Jazz'],
      releaseDate: '2024-02-29',
      trackCount: 2,
      maximumBitDepth: 24,
      maximumSamplingRateKHz: 192,
    });
    expect(tracks).toMatchObject([
      { id: 41001, artist: 'Mira Vale', discNumber: 1, trackNumber: 1, composers: ['Mira Vale'] },
      { id: 41002, artist: 'Tom Ash', discNumber: 2, trackNumber: 7, durationSeconds: 250 },
    ]);
  });

  it('reads the track of 2015 whose credits are parted by carriage returns', () => {
    const body = fixture('vvaidy-qobuz/track_get.json');
    const album = albumOf(albumSchema.parse(body.album));
    const track = trackOf(trackSchema.parse(body), album, 1);
    expect(track.credits[0]).toEqual({
      name: 'Ciara',
      roles: ['Associated Performer', 'Main Artist'],
    });
    expect(track.composers[0]).toBe('Ciara Harris');
    expect(album.genres).toEqual(['Pop/Rock', 'Pop']);
  });

  it.each([
    ['album_search.json', 'albums'],
    ['album_getFeatured.json', 'albums'],
    ['artist_get-with-albums.json', 'albums'],
    ['collection_get-albums.json', null],
    ['favorite_get-user-favorites.json', 'albums'],
  ] as const)('reads every album in %s', (name, key) => {
    const body = fixture(`vvaidy-qobuz/${name}`);
    const page = pageSchema.parse(key === null ? body : body[key]);
    expect(page.items.length).toBeGreaterThan(0);
    for (const item of page.items) expect(albumSchema.safeParse(item).success).toBe(true);
  });

  it.each([
    ['track_search.json', 'tracks'],
    ['catalog_search.json', 'tracks'],
    ['playlist_get.json', 'tracks'],
  ] as const)('reads every track in %s', (name, key) => {
    const page = pageSchema.parse(fixture(`vvaidy-qobuz/${name}`)[key]);
    expect(page.items.length).toBeGreaterThan(0);
    for (const item of page.items) expect(trackSchema.safeParse(item).success).toBe(true);
  });

  it.each([
    'artist_get.json',
    'genre_list.json',
    'label_get.json',
    'playlist_get-user-playlists.json',
    'purchase_get-articles.json',
    'success.json',
  ])('does not take %s for an album', (name) => {
    expect(albumSchema.safeParse(fixture(`vvaidy-qobuz/${name}`)).success).toBe(false);
  });
});

describe('file addresses as the service sends them', () => {
  it.each([
    [
      'synthetic-2026/getFileUrl-download-flac.json',
      7,
      { formatId: 7, samplingRateKHz: 96, bitDepth: 24 },
    ],
    ['synthetic-2026/getFileUrl-download-dsf.json', 56, { mimeType: 'audio/x-dsf', bitDepth: 1 }],
    ['vvaidy-qobuz/track_get-file-url.json', 6, { samplingRateKHz: 44.1, durationSeconds: 245 }],
  ])('takes %s', (name, wanted, expected) => {
    expect(readFileUrl(fixture(name), wanted)).toMatchObject(expected);
  });

  it.each([
    ['getFileUrl-sample.json', 5, 'PREVIEW_ONLY', 'UserUncredentialed'],
    [
      'getFileUrl-restricted-no-url.json',
      27,
      'NOT_ENTITLED',
      'TrackRestrictedByPurchaseCredentials',
    ],
    ['getFileUrl-downgraded.json', 7, 'NOT_ENTITLED', 'FormatRestrictedByFormatAvailability'],
  ])('refuses %s', (name, wanted, code, restriction) => {
    expect(() => readFileUrl(fixture(`synthetic-2026/${name}`), wanted)).toThrowError(
      expect.objectContaining({ code, params: { restriction } }),
    );
  });

  it.each([
    ['SampleRestrictedByRightHolders', 'TRACK_WITHHELD'],
    ['TrackRestrictedByRightHolders', 'TRACK_WITHHELD'],
    ['TrackRestrictedByTerritorialAvailability', 'TRACK_UNAVAILABLE'],
    ['GeoRestricted', 'TRACK_UNAVAILABLE'],
    ['FormatRestrictedBySubscription', 'NOT_ENTITLED'],
    ['SomethingNobodyHasSeen', 'TRACK_UNAVAILABLE'],
  ])('reads the restriction %s as %s', (restriction, code) => {
    expect(() => readFileUrl({ restrictions: [{ code: restriction }] }, 6)).toThrowError(
      expect.objectContaining({ code, params: { restriction } }),
    );
  });

  it('lets the rights holder weigh more than a missing format', () => {
    const restrictions = [
      { code: 'FormatRestrictedByFormatAvailability' },
      { code: 'TrackRestrictedByRightHolders' },
    ];
    expect(() => readFileUrl({ restrictions }, 6)).toThrowError(
      expect.objectContaining({ code: 'TRACK_WITHHELD' }),
    );
  });

  it('refuses a preview that is not marked as one, and a format nobody asked for', () => {
    const url = 'https://streaming.qobuz.com/file?eid=1&range=20-30&hmac=FAKE';
    expect(() => readFileUrl({ url, format_id: 5 }, 5)).toThrowError(
      expect.objectContaining({ code: 'PREVIEW_ONLY' }),
    );
    const whole = 'https://download-v2.qobuz.com/file?eid=1&hmac=FAKE';
    expect(() => readFileUrl({ url: whole, format_id: 5 }, 6)).toThrowError(
      expect.objectContaining({ code: 'WRONG_FORMAT', params: { wanted: 6, served: 5 } }),
    );
  });
});

describe('accounts and errors as the service sends them', () => {
  it('reads an account without a plan, as welcome as any', () => {
    const body = fixture('vvaidy-qobuz/user_login.json') as { user: Json };
    body.user.credential = { id: 1, label: null, parameters: null };
    expect(profileOf(body)).toEqual({
      id: '123456',
      name: 'myLogin',
      country: 'GB',
      plan: null,
    });
  });

  it('names the plan and never uses an e-mail as a name', () => {
    expect(profileOf(fixture('remade/user_login-subscriber.json'))).toEqual({
      id: '1000002',
      name: 'Sam Sample',
      country: 'GB',
      plan: 'Qobuz Studio',
    });
  });

  it('keeps the service’s words and drops their trace id', () => {
    const text = JSON.stringify(fixture('synthetic-2026/error-401-auth-required.json'));
    const answer = readAnswer({ status: 401, headers: {}, text });
    expect(answer.message).toBe('User authentication is required.');
  });

  it('tells a bad signature from a withdrawn app id and from anything else', () => {
    const judge = (name: string) => {
      const answer = readAnswer({
        status: 400,
        headers: {},
        text: JSON.stringify(fixture(`synthetic-2026/${name}`)),
      });
      return [isSignatureRefusal(answer), isAppIdRefusal(answer)];
    };
    expect(judge('error-400-signature.json')).toEqual([true, false]);
    expect(judge('error-400-appid.json')).toEqual([false, true]);
    expect(judge('error-404-none.json')).toEqual([false, false]);
  });
});

describe('the fixtures themselves', () => {
  it('are all read by a test above, or belong to a call Crateful does not make', () => {
    const unused = ['LICENSE', 'getUserPurchasesIds', 'purchase_get-user-purchases-ids.json'];
    const source = ['signing.test.ts', 'contract.test.ts']
      .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
      .join('\n');
    const names = ['synthetic-2026', 'vvaidy-qobuz', 'remade'].flatMap((folder) =>
      readdirSync(new URL(`../../fixtures/qobuz/${folder}`, import.meta.url)),
    );
    const forgotten = names.filter(
      (name) => !source.includes(name) && !unused.some((start) => name.startsWith(start)),
    );
    expect(forgotten).toEqual([]);
  });
});
