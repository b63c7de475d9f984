import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { albumId } from '../../../src-preload/contract/ids.ts';
import { bigLibrary } from '../../support/big-library.ts';
import { ALBUMS, demoAlbums, demoPurchase, tracksOf } from '../../support/demo-albums.ts';
import {
  type EngineHarness,
  engineHarness,
  type HarnessOptions,
} from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { apiFaults, inject, statusFaults } from '../../support/faults.ts';

const DAY_MS = 24 * 3_600_000;
let run: EngineHarness;
afterEach(() => run.close());

async function synced(ids: readonly string[], options: HarnessOptions = {}) {
  run = await engineHarness({ catalogue: demoAlbums(...ids), ...options });
  await run.sync();
  return run;
}

const calls = (asked: readonly { call: string }[], call: string) =>
  asked.filter((each) => each.call === call).length;

describe('a later sync', () => {
  it('asks for a new album only: its list once, its files once', async () => {
    await synced([ALBUMS.slowWeather]);
    run.store.catalogue.addPurchase(demoPurchase(ALBUMS.tapeHiss));
    const { asked, result } = await run.asking(run.sync);
    expect(asked.filter(({ call }) => call === 'album/get').map((each) => each.albumId)).toEqual([
      ALBUMS.tapeHiss,
    ]);
    const files = asked.filter(({ call }) => call === 'file').map(({ trackId }) => trackId);
    expect(files.sort()).toEqual(tracksOf(ALBUMS.tapeHiss));
    expect(calls(asked, 'track/getFileUrl')).toBe(4);
    expect(result.totals).toMatchObject({ downloaded: 4, skipped: 6 });
  });

  it('fetches a pre-order once it is released', async () => {
    await synced([ALBUMS.preOrder]);
    expect(await run.tree()).toEqual([]);
    const [first, ...rest] = tracksOf(ALBUMS.preOrder);
    for (const id of [first!, ...rest]) {
      const { files } = run.store.catalogue.find(tracksOf(ALBUMS.slowWeather)[0]!)!.track;
      run.store.catalogue.changeTrack(id, { files });
    }
    run.store.catalogue.setFormats({ albumId: ALBUMS.preOrder }, [6, 5]);
    const { totals } = await run.sync();
    expect(totals).toMatchObject({ downloaded: 4, failed: 0, unavailable: 0 });
    expect(await run.tree()).toHaveLength(5);
  });

  it('loses nothing when the list of purchases shrinks: what is gone from it stays owned and stays on disk', async () => {
    await synced([ALBUMS.slowWeather, ALBUMS.tapeHiss]);
    const before = await run.tree();
    run.store.catalogue.revoke({ albumId: ALBUMS.tapeHiss });
    const { totals } = await run.sync();
    expect(totals).toMatchObject({ downloaded: 0, skipped: 10, failed: 0 });
    expect(run.eventCodes()).toContain('LISTING_SHRANK');
    expect(await run.tree()).toEqual(before);
    const { albums } = await run.engine.snapshot();
    expect(albums.map((album) => album.id)).toContain(ALBUMS.tapeHiss);
  });

  it('reads a listing that fails as a fault and not as an empty one', async () => {
    await synced([ALBUMS.tapeHiss]);
    const before = await run.tree();
    inject(run.store, statusFaults.serverError(), { on: 'purchase/getUserPurchases' });
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'stopped', error: { code: 'SERVICE_UNAVAILABLE' } });
    expect(await run.tree()).toEqual(before);
    expect((await run.engine.snapshot()).albums).toHaveLength(1);
  });
});

describe('what the service withholds', () => {
  const withheld = tracksOf(ALBUMS.nightBus)[4]!;

  it('is not asked for again by the next sync, which says the same of it', async () => {
    await synced([ALBUMS.nightBus]);
    const first = await run.job(withheld);
    expect(first.error).toMatchObject({ code: 'TRACK_WITHHELD' });
    const { asked, result } = await run.asking(run.sync);
    expect(calls(asked, 'track/getFileUrl')).toBe(0);
    expect(result.totals).toMatchObject({ downloaded: 0, unavailable: 1, failed: 0 });
    expect((await run.job(withheld)).error).toEqual(first.error);
  });

  it('is asked for again when the formats of the purchase change', async () => {
    await synced([ALBUMS.nightBus]);
    run.store.catalogue.changeTrack(withheld, { withheldBy: null });
    run.store.catalogue.setFormats({ albumId: ALBUMS.nightBus }, [6]);
    const { totals } = await run.sync();
    expect(totals).toMatchObject({ downloaded: 1, unavailable: 0 });
  });

  it('is asked for again when its album is bought after the single that was refused', async () => {
    const catalogue = demoAlbums(ALBUMS.slowWeather);
    const [single] = catalogue.purchases.filter(({ trackId }) => trackId !== null);
    run = await engineHarness({ catalogue: { ...catalogue, purchases: [single!] } });
    const fault = inject(
      run.store,
      apiFaults.restricted('TrackRestrictedByPurchaseCredentials'),
      {},
    );
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, unavailable: 1 });
    fault.remove();
    run.store.catalogue.addPurchase(demoPurchase(ALBUMS.slowWeather));
    expect((await run.sync()).totals).toMatchObject({ downloaded: 6, unavailable: 0 });
  });

  it('is asked for again after 30 days', async () => {
    await synced([ALBUMS.nightBus]);
    run.store.catalogue.changeTrack(withheld, { withheldBy: null });
    run.clock.leap(29 * DAY_MS);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, unavailable: 1 });
    run.clock.leap(2 * DAY_MS);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, unavailable: 0 });
  });

  it('is asked for again at once by hand', async () => {
    await synced([ALBUMS.nightBus]);
    await run.sync();
    run.store.catalogue.changeTrack(withheld, { withheldBy: null });
    await run.engine.queue.retry([(await run.job(withheld)).id]);
    await eventually(async () => (await run.job(withheld)).state).toBe('done');
    await eventually(async () => (await run.engine.snapshot()).run?.state).toBe('finished');
    expect(await run.tree()).toHaveLength(8);
  });
});

describe('the catalogue', () => {
  it('may lose an album that was fetched before: its list is cached', async () => {
    await synced([ALBUMS.slowWeather]);
    run.store.catalogue.withdrawAlbum(ALBUMS.slowWeather);
    const [victim] = (await run.tree()).filter((path) => path.endsWith('.flac'));
    await rm(run.path(victim!));
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, skipped: 5, failed: 0 });
    expect(await run.tree()).toContain(victim);
  });

  it('may lose the album of a single before it was ever fetched: its purchase row says enough', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.fieldNotes) });
    run.store.catalogue.withdrawAlbum(ALBUMS.fieldNotes);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, failed: 0 });
    expect(run.eventCodes()).toContain('ALBUM_FROM_PURCHASE');
    expect((await run.tree()).filter((path) => path.endsWith('.flac'))).toHaveLength(1);
  });

  it('may lose a whole album before it was ever fetched: it is named as unavailable', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss) });
    run.store.catalogue.revoke({
      albumId: ALBUMS.slowWeather,
      trackId: tracksOf(ALBUMS.slowWeather)[2]!,
    });
    run.store.catalogue.withdrawAlbum(ALBUMS.slowWeather);
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', error: null });
    expect(view.totals).toMatchObject({ downloaded: 4, failed: 0, unavailable: 1 });
    const [line] = (await run.jobs()).filter((job) => job.state === 'unavailable');
    expect(line).toMatchObject({ title: 'Slow Weather', error: { code: 'TRACK_UNAVAILABLE' } });
  });

  it('may have a lasting fault about one album: the others are saved', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.loudNeighbours, ALBUMS.tapeHiss) });
    const { intercept } = statusFaults.serverError(500);
    const ofOne: typeof intercept = (call) =>
      call.query.get('album_id') === ALBUMS.tapeHiss && intercept ? intercept(call) : null;
    inject(run.store, { intercept: ofOne }, { on: 'album/get' });
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', totals: { downloaded: 4, failed: 1 } });
    const [line] = (await run.jobs()).filter((job) => job.state === 'failed');
    expect(line?.error?.code).toBe('SERVICE_UNAVAILABLE');
  });

  it('may be down altogether: the run stops instead of asking for every list in vain', async () => {
    run = await engineHarness({ catalogue: bigLibrary({ albums: 60, singles: 0 }) });
    inject(run.store, statusFaults.serverError(500), { on: 'album/get' });
    const { asked, result } = await run.asking(run.sync);
    expect(result).toMatchObject({ state: 'stopped', error: { code: 'SERVICE_UNAVAILABLE' } });
    const lists = asked.filter(({ call }) => call === 'album/get').map((each) => each.albumId);
    expect(new Set(lists).size).toBeLessThan(10);
  });

  it('answers nonsense about one album: that album alone fails, and heals with the next sync', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.loudNeighbours, ALBUMS.tapeHiss) });
    const { intercept } = statusFaults.otherJson();
    const ofOne: typeof intercept = (call) =>
      call.query.get('album_id') === ALBUMS.tapeHiss ? intercept!(call) : null;
    const fault = inject(run.store, { intercept: ofOne }, { on: 'album/get' });
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', error: null });
    expect(view.totals).toMatchObject({ downloaded: 4, failed: 1 });
    const [line] = (await run.jobs()).filter((job) => job.state === 'failed');
    expect(line).toMatchObject({
      albumId: ALBUMS.tapeHiss,
      title: 'Tape Hiss Summer',
      error: { code: 'SERVICE_UNREADABLE' },
    });
    const { albums } = await run.engine.snapshot();
    expect(albums.find((album) => album.id === albumId(ALBUMS.tapeHiss))?.status).toBe(
      'needs-attention',
    );
    fault.remove();
    expect((await run.sync()).totals).toMatchObject({ downloaded: 4, skipped: 4, failed: 0 });
  });
});
