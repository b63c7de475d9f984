import { afterEach, describe, expect, it } from 'vitest';
import type { StoreAlbum } from '../../../src-main/demo/catalogue.ts';
import { DEMO_PLAYLIST } from '../../../src-main/demo/collection-calls.ts';
import { albumId, linkId } from '../../../src-preload/contract/ids.ts';
import type { LinkView } from '../../../src-preload/contract/links.ts';
import { ALBUMS, demoAlbums, demoPurchase, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';

let run: EngineHarness;
afterEach(() => run.close());

const link = (kind: string, id: string | number) => `https://open.qobuz.com/${kind}/${id}`;

/** An engine that knows what it owns, and has fetched nothing. */
async function opened(...ids: string[]) {
  run = await engineHarness({ catalogue: demoAlbums(...ids) });
  await run.engine.refreshPurchases();
  return run;
}

const views = async () => (await run.engine.snapshot()).links;

/** Adds a text and gives what came of its links, in the order of the text. */
async function added(text: string): Promise<readonly LinkView[]> {
  const before = (await views()).length;
  const count = run.engine.links.add(text);
  await eventually(async () =>
    (await views()).slice(0, count).every(({ state }) => state !== 'looking'),
  ).toBe(true);
  const now = await views();
  expect(now).toHaveLength(before + count);
  return now.slice(0, count).reverse();
}

/** Waits until the queue is empty again. */
const fetched = () =>
  eventually(async () => (await run.engine.snapshot()).run?.state).toBe('finished');

const filesAsked = () =>
  run.asked().flatMap(({ call, trackId }) => (call === 'file' ? [trackId] : []));

const albumOf = (id: string): StoreAlbum => {
  const album = run.store.catalogue.albums.get(id);
  if (!album) throw new Error(`the store has no album ${id}`);
  return album;
};

describe('a link to something owned', () => {
  it('queues an album at once, and says that it is here once it is', async () => {
    await opened(ALBUMS.tapeHiss, ALBUMS.slowWeather);
    const [view] = await added(link('album', ALBUMS.tapeHiss));
    expect(view).toMatchObject({
      state: 'queued',
      title: 'Tape Hiss Summer',
      artist: 'The Velvet Umbrellas',
      albumId: ALBUMS.tapeHiss,
      tracksTotal: 4,
      tracksOwned: 4,
      inShop: false,
    });
    await fetched();
    expect(filesAsked().sort()).toEqual(tracksOf(ALBUMS.tapeHiss));
    const [again] = await added(link('album', ALBUMS.tapeHiss));
    expect(again?.state).toBe('here');
  });

  it('queues one track of an album, and the whole album when asked', async () => {
    await opened(ALBUMS.tapeHiss);
    const [first, ...others] = tracksOf(ALBUMS.tapeHiss);
    const [view] = await added(link('track', first!));
    expect(view).toMatchObject({
      state: 'queued',
      albumId: ALBUMS.tapeHiss,
      trackId: first,
      offersAlbum: true,
    });
    await fetched();
    expect(filesAsked()).toEqual([first]);
    await run.engine.links.queue(view!.id);
    await eventually(() => filesAsked().sort()).toEqual([first, ...others].sort());
    expect((await views())[0]).toMatchObject({ state: 'queued', offersAlbum: false });
  });

  it('takes up an album again that was to be skipped', async () => {
    await opened(ALBUMS.tapeHiss);
    await run.engine.desk.setSkipped([albumId(ALBUMS.tapeHiss)], true);
    const [view] = await added(link('album', ALBUMS.tapeHiss));
    expect(view?.state).toBe('queued');
    await fetched();
    expect(filesAsked().sort()).toEqual(tracksOf(ALBUMS.tapeHiss));
  });

  it('finds what was bought a moment ago', async () => {
    await opened(ALBUMS.slowWeather);
    run.store.catalogue.addPurchase(demoPurchase(ALBUMS.tapeHiss));
    await eventually(async () => {
      const { purchases } = await run.engine.snapshot();
      return run.clock.now() - (purchases.listedAtMs ?? 0) > 60_000;
    }).toBe(true);
    const [view] = await added(link('album', ALBUMS.tapeHiss));
    expect(view?.state).toBe('queued');
  });
});

describe('a link to something that is not owned', () => {
  it('says so with title, cover and the page of the shop, and fetches nothing', async () => {
    await opened(ALBUMS.slowWeather);
    const [view] = await added(link('album', ALBUMS.tapeHiss));
    expect(view).toMatchObject({
      state: 'not-owned',
      title: 'Tape Hiss Summer',
      coverAlbumId: ALBUMS.tapeHiss,
      albumId: null,
      tracksOwned: 0,
      inShop: true,
    });
    expect(run.engine.links.shopAddress(view!.id, null)).toBe(link('album', ALBUMS.tapeHiss));
    expect(await run.engine.desk.coverFile(albumId(ALBUMS.tapeHiss), 'small')).not.toBeNull();
    expect(filesAsked()).toEqual([]);
    expect((await run.engine.snapshot()).run).toBeNull();
  });

  it('offers nothing that was not offered', async () => {
    await opened(ALBUMS.slowWeather);
    const [view] = await added(link('album', ALBUMS.tapeHiss));
    await expect(run.engine.links.queue(view!.id)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    expect(() => run.engine.links.shopAddress(view!.id, 3)).toThrow('INVALID_REQUEST');
    expect(() => run.engine.links.shopAddress(linkId('gone'), null)).toThrow('INVALID_REQUEST');
  });
});

describe('a link to a list', () => {
  it('tells how much of a playlist is owned, lists the rest, and queues the owned part when asked', async () => {
    await opened(ALBUMS.tapeHiss, ALBUMS.slowWeather);
    const [view] = await added(link('playlist', DEMO_PLAYLIST.id));
    const total = run.store.catalogue.albums.size;
    expect(view).toMatchObject({
      state: 'offer',
      kind: 'playlist',
      title: DEMO_PLAYLIST.name,
      tracksTotal: total,
      tracksOwned: 2,
    });
    expect(view?.rest).toHaveLength(total - 2);
    expect(filesAsked()).toEqual([]);
    const [missing] = view!.rest;
    expect(run.engine.links.shopAddress(view!.id, 0)).toBe(link('album', missing!.albumId));
    await run.engine.links.queue(view!.id);
    await fetched();
    expect(filesAsked().sort()).toEqual(
      [tracksOf(ALBUMS.tapeHiss)[0], tracksOf(ALBUMS.slowWeather)[0]].sort(),
    );
  });

  it('counts an artist’s own albums, without those where the artist is a guest', async () => {
    await opened(ALBUMS.slowWeather);
    const { artist } = albumOf(ALBUMS.slowWeather);
    const guest = albumOf(ALBUMS.tapeHiss);
    run.store.catalogue.changeTrack(guest.tracks[0]!.id, { performer: artist });
    const [view] = await added(link('artist', artist.id));
    expect(view).toMatchObject({ state: 'offer', title: artist.name, tracksOwned: 6 });
    expect(view?.rest.map((item) => item.albumId)).toEqual([ALBUMS.preOrder]);
  });

  it('says when nothing of a label is owned', async () => {
    await opened(ALBUMS.slowWeather);
    const [view] = await added(link('label', albumOf(ALBUMS.tapeHiss).label.id));
    expect(view).toMatchObject({ state: 'not-owned', tracksOwned: 0, tracksTotal: 4 });
  });

  it('counts singly bought tracks of an album on the list', async () => {
    await opened(ALBUMS.fieldNotes);
    const [view] = await added(link('label', albumOf(ALBUMS.fieldNotes).label.id));
    expect(view).toMatchObject({ state: 'offer', tracksOwned: 1, tracksTotal: 3 });
    expect(view?.rest).toHaveLength(1);
  });
});

describe('many links at once', () => {
  it('gives each its own answer, the bad ones included, and queues the good ones', async () => {
    await opened(ALBUMS.tapeHiss, ALBUMS.oneTake);
    const text = `First ${link('album', ALBUMS.tapeHiss)}, then https://example.org/x and
      ${link('album', 'nosuchalbum00')} (${link('track', 'abc')}) – ${link('album', ALBUMS.oneTake)}`;
    const found = await added(text);
    expect(found.map(({ state, problem }) => problem ?? state)).toEqual([
      'queued',
      'not-qobuz',
      'not-found',
      'bad-id',
      'queued',
    ]);
    await eventually(() => filesAsked().sort()).toEqual(
      [...tracksOf(ALBUMS.tapeHiss), ...tracksOf(ALBUMS.oneTake)].sort(),
    );
  });

  it('forgets what is dismissed', async () => {
    await opened(ALBUMS.slowWeather);
    const [first, second] = await added(`${link('album', 'nosuchalbum00')} https://example.org/x`);
    run.engine.links.dismiss([first!.id]);
    expect((await views()).map(({ id }) => id)).toEqual([second!.id]);
  });

  it('says what failed when there is no folder to put it into', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss), folder: false });
    await run.engine.refreshPurchases();
    const [view] = await added(link('album', ALBUMS.tapeHiss));
    expect(view).toMatchObject({ state: 'failed', error: { code: 'NO_LIBRARY_ROOT' } });
  });
});

it('leaves a link alone that was dismissed before its turn', async () => {
  await opened(ALBUMS.tapeHiss, ALBUMS.slowWeather);
  run.engine.links.add(`${link('album', ALBUMS.tapeHiss)} ${link('album', ALBUMS.slowWeather)}`);
  const second = (await views()).find(({ text }) => text.includes(ALBUMS.slowWeather));
  run.engine.links.dismiss([second!.id]);
  await eventually(async () => (await views()).map(({ state }) => state)).toEqual(['queued']);
  await fetched();
  // Links take turns: what is answered after it shows that its turn has passed.
  await added(link('album', ALBUMS.tapeHiss));
  expect(filesAsked().sort()).toEqual(tracksOf(ALBUMS.tapeHiss));
  expect(await run.jobs()).not.toContainEqual(
    expect.objectContaining({ albumId: ALBUMS.slowWeather }),
  );
});
