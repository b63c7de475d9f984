import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type AlbumId, albumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { type ChangeableAnswer, changeAnswer } from '../../support/store-answers.ts';

const ALBUM = ALBUMS.slowWeather;
const TRACKS = tracksOf(ALBUM);
const [SINGLE] = demoAlbums(ALBUM).purchases.flatMap(({ trackId }) => trackId ?? []);

let run: EngineHarness;
afterEach(() => run.close());

const changeList = (change: (answer: ChangeableAnswer) => void, id: string = ALBUM) =>
  changeAnswer(run.store, 'album/get', { album_id: id }, change);
const music = async () => (await run.tree()).filter((path) => /\.(flac|mp3)$/.test(path));
const album = async (id: string = ALBUM) =>
  (await run.engine.snapshot()).albums.find((each) => each.id === albumId(id));
const lists = (asked: readonly { call: string }[]) =>
  asked.filter(({ call }) => call === 'album/get').length;

describe('a track list of the service that', () => {
  const gaps: readonly (readonly [string, (answer: ChangeableAnswer) => void, number])[] = [
    [
      'drops a track',
      ({ tracks }) => {
        (tracks.items[0] as Record<string, unknown>).id = null;
      },
      5,
    ],
    [
      'begins anew before its total',
      ({ tracks }) => {
        tracks.items.splice(4);
      },
      4,
    ],
    [
      'is empty',
      ({ tracks }) => {
        tracks.items.splice(0);
      },
      1,
    ],
  ];
  it.each(gaps.map(([name, change, saved]) => ({ name, change, saved })))(
    '$name: the album fails with ALBUM_LIST_INCOMPLETE, the others are synced, and the next sync asks again',
    async ({ change, saved }) => {
      run = await engineHarness({ catalogue: demoAlbums(ALBUM) });
      const fault = await changeList(change);
      expect(await run.sync()).toMatchObject({
        state: 'finished',
        totals: { downloaded: saved, failed: 1 },
      });
      expect(await music()).toHaveLength(saved);
      expect(run.eventCodes()).toContain('ALBUM_LIST_INCOMPLETE');
      const [line] = (await run.jobs()).filter((job) => job.state === 'failed');
      expect(line).toMatchObject({
        title: 'Slow Weather',
        error: { code: 'ALBUM_LIST_INCOMPLETE' },
      });
      expect((await album())?.status).toBe('needs-attention');
      await run.reopen();
      expect((await album())?.status).toBe('partly');
      fault.remove();
      const { asked, result } = await run.asking(run.sync);
      expect(lists(asked)).toBe(1);
      expect(result.totals).toMatchObject({ downloaded: 6 - saved, skipped: saved, failed: 0 });
      expect((await album())?.status).toBe('synced');
    },
  );

  it('ends before its total is not taken for all of it', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUM) });
    const first = await changeList(({ tracks }) => {
      tracks.items.splice(4);
    });
    const next = await changeAnswer(
      run.store,
      'album/get',
      { album_id: ALBUM, offset: '4' },
      ({ tracks }) => {
        tracks.items = [];
      },
    );
    expect((await run.sync()).totals).toMatchObject({ downloaded: 4, failed: 1 });
    first.remove();
    next.remove();
    expect((await run.sync()).totals).toMatchObject({ downloaded: 2, failed: 0 });
  });

  it('has more tracks by now is asked for again, once', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUM) });
    const { album: known, track } = run.store.catalogue.find(TRACKS[5]!)!;
    run.store.catalogue.addAlbum({ ...known, tracks: known.tracks.slice(0, 5) });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 5, failed: 0 });
    run.store.catalogue.addAlbum({ ...known, tracks: [...known.tracks.slice(0, 5), track] });
    const { asked, result } = await run.asking(run.sync);
    expect(lists(asked)).toBe(1);
    expect(result.totals).toMatchObject({ downloaded: 1, skipped: 5 });
    expect(lists((await run.asking(run.sync)).asked)).toBe(0);
  });

  it('does not name a singly bought track: its purchase row says enough', async () => {
    const catalogue = demoAlbums(ALBUM);
    run = await engineHarness({
      catalogue: { ...catalogue, purchases: catalogue.purchases.filter((each) => each.trackId) },
    });
    await changeList(({ tracks }) => {
      tracks.items = tracks.items.filter((item) => item.id !== SINGLE);
      tracks.total = tracks.items.length;
    });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, failed: 0, unavailable: 0 });
    expect(await music()).toHaveLength(1);
    expect(await album()).toMatchObject({ status: 'synced', tracksDone: 1, tracksTotal: 1 });
  });

  it('does not name a track that was bought singly besides its album: all of both is saved', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUM) });
    await changeList(({ tracks }) => {
      tracks.items = tracks.items.filter((item) => item.id !== SINGLE);
      tracks.total = tracks.items.length;
    });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 6, failed: 0 });
    expect(await music()).toHaveLength(6);
    expect((await run.engine.desk.album(ALBUM as AlbumId)).tracks).toHaveLength(6);
  });
});

describe('an album bought whole that the catalogue lost', () => {
  it('is named as unavailable and never as synced, also when a single of it was bought and is saved', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUM) });
    run.store.catalogue.withdrawAlbum(ALBUM);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, unavailable: 1, failed: 0 });
    expect(await album()).toMatchObject({ status: 'partly', tracksDone: 1, tracksTotal: 6 });
  });

  it('keeps what is there of it when its list is lost too', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUM) });
    await run.sync();
    run.store.catalogue.withdrawAlbum(ALBUM);
    const files = await run.manifest();
    await rm(run.path(files.find((file) => file.trackId === TRACKS[5])!.path));
    await run.reopen({ newHome: true });
    expect((await run.sync()).totals).toMatchObject({ skipped: 5, unavailable: 1, failed: 0 });
    expect(await album()).toMatchObject({ status: 'withheld', tracksDone: 5 });
  });
});

describe('a single that the shop sold as part of another album than the one that is owned whole', () => {
  const COMPILATION = 'compilation01';
  const [TRACK = 0] = TRACKS;
  const whole = demoAlbums(ALBUM).purchases.filter(({ trackId }) => trackId === null);
  const single = { ...whole[0]!, albumId: COMPILATION, trackId: TRACK, orderId: 77 };

  async function open(purchases: ReturnType<typeof demoAlbums>['purchases']) {
    const { albums } = demoAlbums();
    const known = albums.find(({ id }) => id === ALBUM)!;
    const compilation = {
      ...known,
      id: COMPILATION,
      title: 'Best of 2020',
      tracks: known.tracks.slice(0, 1),
    };
    run = await engineHarness({
      catalogue: { albums: [...albums, compilation], purchases, oddRows: [] },
    });
    // The store serves each track as part of one album: of the one that is owned whole.
    run.store.catalogue.addAlbum(known);
  }

  it('is stored once, under the whole album', async () => {
    await open([...whole, single]);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 6, failed: 0 });
    expect(await music()).toHaveLength(6);
    expect((await run.engine.snapshot()).albums.map(({ id }) => id)).toEqual([ALBUM]);
    await run.reopen();
    expect((await run.engine.snapshot()).albums.map(({ id }) => id)).toEqual([ALBUM]);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 6 });
  });

  it('stays where it is when it was there first', async () => {
    await open([single]);
    await run.sync();
    const [first] = await music();
    run.store.catalogue.addPurchase(whole[0]!);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 6, skipped: 1, failed: 0 });
    expect(await music()).toContain(first);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 7 });
  });
});

describe('two who ask for one list', () => {
  it('share one call: a preview and the sync after it', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUM, ALBUMS.tapeHiss, ALBUMS.longTable) });
    await run.engine.refreshPurchases();
    const { asked } = await run.asking(() => Promise.all([run.engine.preview(), run.sync()]));
    const ids = asked.filter(({ call }) => call === 'album/get').map((each) => each.albumId);
    expect(ids.sort()).toEqual([ALBUM, ALBUMS.tapeHiss, ALBUMS.longTable].sort());
  });
});
