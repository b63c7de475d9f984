import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src-main/library/database.ts';
import type { Library } from '../../../src-main/library/library.ts';
import { MIGRATIONS } from '../../../src-main/library/migrations/migrations.ts';
import type { Owned } from '../../../src-main/library/search.ts';
import type { Album, Purchase, Track } from '../../../src-preload/contract/catalogue.ts';
import { type AlbumId, accountId, trackId } from '../../../src-preload/contract/ids.ts';
import { ACCOUNT, album, libraryWithRoot, purchase, track } from './rows.ts';

let folder: string;
let path: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-search-'));
  path = join(folder, 'library.sqlite');
  library = await libraryWithRoot(path);
});
afterEach(async () => {
  library.close();
  await rm(folder, { recursive: true, force: true });
});

const buy = (purchases: readonly Purchase[], account = ACCOUNT) =>
  library.purchases.saveListing(account, purchases, {
    kind: 'albums',
    listedAtMs: 1,
    rows: purchases.length,
    oddRows: 0,
  });
const bought = (id: string, patch: Partial<Album>): Purchase =>
  purchase(id, { album: { ...album(id), ...patch } });
const listed = (id: string, patch: Partial<Album>, ...tracks: Partial<Track>[]) =>
  library.albums.put({
    album: { ...album(id), ...patch },
    tracks: tracks.map((each, at) => ({
      ...track(id, Number.parseInt(id, 36) * 100 + at),
      ...each,
    })),
  });
const all = (): Owned => 'all';
const find = async (text: string, owned: (id: AlbumId) => Owned = all) =>
  library.search.find(text, owned);
const ids = async (text: string) => (await find(text)).albumIds;

describe('a search', () => {
  beforeEach(async () => {
    await buy([
      bought('a', {
        title: 'Ágætis byrjun',
        artist: 'Sigur Rós',
        artists: ['Sigur Rós'],
        label: 'Smekkleysa',
      }),
      bought('b', {
        title: 'Back in Black',
        version: '2020 Remaster',
        artist: 'AC/DC',
        artists: ['AC/DC'],
        label: 'Albert',
      }),
      bought('c', {
        title: 'Duets',
        artist: 'Élise Bernard',
        artists: ['Élise Bernard', 'Jürgen Weiß'],
        label: 'Édition Nord',
      }),
      bought('d', { title: 'Black Tea', artist: 'Nina Noir', artists: ['Nina Noir'], label: null }),
      bought('e', { title: '東京の夜', artist: 'Люди', artists: ['Люди'] }),
    ]);
  });

  it('finds albums by title, version, every artist and label, whatever case and accents', async () => {
    expect(await ids('agaetis')).toEqual([]);
    expect(await ids('byrjun')).toEqual(['a']);
    expect(await ids('SIGUR ros')).toEqual(['a']);
    expect(await ids('remaster')).toEqual(['b']);
    expect(await ids('jurgen')).toEqual(['c']);
    expect(await ids('edition nord')).toEqual(['c']);
    expect(await ids('élise')).toEqual(['c']);
    expect(await ids('e\u0301lise')).toEqual(['c']);
    expect(await ids('люд')).toEqual(['e']);
    expect(await ids('東京')).toEqual(['e']);
  });

  it('needs all words, in any order and any field, each from its beginning', async () => {
    expect(await ids('bl')).toEqual(expect.arrayContaining(['b', 'd']));
    expect(await ids('noir black')).toEqual(['d']);
    expect(await ids('black ac')).toEqual(['b']);
    expect(await ids('black zebra')).toEqual([]);
    expect(await ids('lack')).toEqual([]);
  });

  it('finds an album through its tracks and says which, with the album as context', async () => {
    await listed(
      'c',
      {},
      { title: 'Black Water' },
      { title: 'Lake', version: 'Live', work: null, artist: 'Guest Choir' },
      { title: 'Allegro', work: 'Symphony No. 5' },
    );
    expect(await find('water')).toEqual({
      albumIds: ['c'],
      tracks: [{ albumId: 'c', titles: ['Black Water'] }],
    });
    expect(await find('bernard lake')).toMatchObject({ tracks: [{ titles: ['Lake (Live)'] }] });
    expect(await find('symphony allegro')).toMatchObject({
      tracks: [{ titles: ['Symphony No. 5: Allegro'] }],
    });
    expect(await ids('guest choir')).toEqual(['c']);
    // Words of two different tracks are not one track.
    expect(await ids('water lake')).toEqual([]);
    // Albums that are meant themselves come first, and need no titles.
    const both = await find('black');
    expect(both.albumIds).toHaveLength(3);
    expect(both.albumIds[2]).toBe('c');
    expect(both.tracks).toEqual([{ albumId: 'c', titles: ['Black Water'] }]);
  });

  it('tells three titles an album at most, those that begin as it was typed first', async () => {
    await listed(
      'd',
      {},
      { title: 'A rain song' },
      { title: 'Summer rain' },
      { title: 'Rain dance' },
      { title: 'More rain' },
    );
    await listed('a', {}, { title: 'Slow rain' });
    const { albumIds, tracks } = await find('rain');
    expect(albumIds).toEqual(['d', 'a']);
    expect(tracks[0]?.titles).toHaveLength(3);
    expect(tracks[0]?.titles[0]).toBe('Rain dance');
  });

  it('follows what changes: another title, another list, another account', async () => {
    await listed('d', {}, { title: 'Old name' });
    await buy([bought('d', { title: 'Green Tea', artist: 'Nina Noir' })]);
    await listed('d', {}, { title: 'New name' });
    expect(await ids('black tea')).toEqual([]);
    expect(await ids('green tea')).toEqual(['d']);
    expect(await ids('old name')).toEqual([]);
    expect(await ids('new name')).toEqual(['d']);
    const other = accountId('2002');
    await library.accounts.upsert({ id: other, name: 'Bo', country: null, plan: null });
    await buy([bought('z', { title: 'Only theirs' })], other);
    expect((await find('only theirs', (id) => (id === 'z' ? null : 'all'))).albumIds).toEqual([]);
    expect(await ids('only theirs')).toEqual(['z']);
  });

  it('knows the tracks that were bought, and no others of their album', async () => {
    const single = { ...track('s', 77), title: 'Lone Star' };
    await buy([
      purchase('s', {
        trackId: trackId(77),
        track: single,
        album: { ...album('s'), title: 'Sampler' },
      }),
    ]);
    const owned = () => new Set([trackId(77)]);
    expect(await find('lone star', owned)).toMatchObject({
      albumIds: ['s'],
      tracks: [{ titles: ['Lone Star'] }],
    });
    await library.albums.put({
      album: { ...album('s'), title: 'Sampler' },
      tracks: [single, { ...track('s', 78), title: 'Lone Wolf' }],
    });
    expect(await find('lone', owned)).toMatchObject({ tracks: [{ titles: ['Lone Star'] }] });
    expect((await find('wolf', owned)).albumIds).toEqual([]);
    expect((await find('wolf')).albumIds).toEqual(['s']);
  });

  it.each([
    '"',
    '""',
    "'",
    '*',
    '(',
    ')',
    '^',
    ':',
    '-',
    '+',
    '{title}',
    'title:black',
    'NEAR(black tea)',
    'black AND',
    'OR',
    'NOT black',
    'black" OR "tea',
    'a"b',
    '\0',
    'black\0tea',
    '!!!',
    '😀',
    '%',
    '_',
    '; DROP TABLE albums',
    '\ud800',
    ' ',
    '',
  ])('takes %j for nothing but words', async (text) => {
    const found = await find(text);
    expect(found.albumIds.length).toBeLessThan(5);
    expect(await ids('byrjun')).toEqual(['a']);
  });

  it('finds a name with signs in it, and never breaks, whatever is typed', async () => {
    expect(await ids('ac/dc')).toEqual(['b']);
    expect(await ids('"ac/dc"')).toEqual(['b']);
    expect(await ids('ac & dc')).toEqual(['b']);
    expect(await ids('(2020')).toEqual(['b']);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
        await find(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a database from before there was a search', () => {
  it('is searched like a new one', async () => {
    await buy([bought('a', { title: 'First', artist: 'Ada' })]);
    await listed('a', {}, { title: 'Opening', version: 'Live' }, { title: 'Closing' });
    const single = { ...track('s', 77), title: 'Lone Star' };
    await buy([purchase('s', { trackId: trackId(77), track: single })]);
    library.close();
    const before = connect(path);
    const { sql } = {
      sql: "SELECT type, name FROM sqlite_schema WHERE name LIKE 'search%' OR name IN ('album_words', 'track_words', 'file_findings', 'files_track', 'purchases_album') ORDER BY type = 'table'",
    };
    await before.write(() => {
      for (const { type, name } of before.prepare<[], { type: string; name: string }>(sql).all()) {
        before.prepare(`DROP ${type} ${name}`).run();
      }
    });
    // Migration 6 once more, over rows that are there.
    const migration = MIGRATIONS.find((each) => each.includes('album_words'))!;
    await before.write(() => {
      for (const statement of migration.split(/;\s*$/m)) {
        if (statement.trim() !== '') before.prepare(statement).run();
      }
    });
    before.close();
    library = await libraryWithRoot(path);
    expect(await ids('first ada')).toEqual(['a']);
    expect(await find('open live')).toMatchObject({ tracks: [{ titles: ['Opening (Live)'] }] });
    expect(await ids('lone')).toEqual(['s']);
    await listed('a', {}, { title: 'Renamed' });
    expect(await ids('opening')).toEqual([]);
    expect(await ids('renamed')).toEqual(['a']);
  });
});
