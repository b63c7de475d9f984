import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { AlbumId, TrackId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject, statusFaults } from '../../support/faults.ts';

const FLACS = ALBUMS.slowWeather as AlbumId;
const HIRES = ALBUMS.cathedral as AlbumId;
const MIXED = ALBUMS.copperAndGlass as AlbumId;
const DISCS = ALBUMS.longTable as AlbumId;
const DSD = ALBUMS.oneTake as AlbumId;
const WITHHELD = ALBUMS.nightBus as AlbumId;
const PRE_ORDER = ALBUMS.preOrder as AlbumId;
const MP3S = ALBUMS.tapeHiss as AlbumId;

let run: EngineHarness;
afterEach(() => run.close());

const open = async (...ids: readonly AlbumId[]) => {
  run = await engineHarness({ catalogue: demoAlbums(...ids) });
};
const page = (id: AlbumId) => run.engine.desk.album(id);
const summary = async (id: AlbumId) =>
  (await run.engine.snapshot()).albums.find((album) => album.id === id)!;
const offline = () => inject(run.store, statusFaults.reset(), { on: 'api' });

describe("an album's page", () => {
  it('shows what is on disk: what was served, not what the catalogue claims', async () => {
    await open(MIXED);
    await run.engine.refreshPurchases();
    const before = await page(MIXED);
    expect(new Set(before.tracks.map((track) => track.status))).toEqual(new Set(['not-synced']));
    expect(before.tracks.every((track) => !track.playable && track.bytes === 0)).toBe(true);
    await run.sync();
    const { tracks, folder } = await page(MIXED);
    const rows = (await run.manifest()).filter((row) => row.kind === 'track');
    for (const track of tracks) {
      const row = rows.find((each) => each.trackId === track.id)!;
      expect(track).toMatchObject({
        status: 'synced',
        servedFormatId: row.receipt.servedFormatId,
        samplingRateKHz: row.receipt.samplingRateKHz,
        bitDepth: row.receipt.bitDepth,
        bytes: (await stat(run.path(row.path))).size,
        playable: true,
        error: null,
      });
      expect(row.path.startsWith(`${folder}/`)).toBe(true);
    }
    // Two tracks of it exist in 16 bits only, whatever the album says.
    expect(tracks.filter((track) => track.bitDepth === 16)).toHaveLength(2);
    const served = [...new Set(rows.map((row) => row.receipt.servedFormatId))].sort();
    expect((await summary(MIXED)).servedFormatIds).toEqual(served);
  });

  it('has discs, performers, booklets and what it was bought in, best first', async () => {
    await open(DISCS);
    await run.engine.refreshPurchases();
    expect((await page(DISCS)).booklets).toMatchObject([{ index: 0, onDisk: false }]);
    await run.sync();
    const view = await page(DISCS);
    expect(view.discCount).toBe(2);
    expect(new Set(view.tracks.map((track) => track.discNumber))).toEqual(new Set([1, 2]));
    expect(view.tracks.some((track) => track.performers.length > 0)).toBe(true);
    expect(view.booklets).toMatchObject([{ index: 0, onDisk: true }]);
    expect(view.chosenFormatId).toBeNull();
    const order = [56, 55, 27, 7, 6, 5];
    expect(view.entitledFormatIds).toEqual(
      order.filter((id) => view.entitledFormatIds.includes(id)),
    );
    expect(view.entitledFormatIds.length).toBeGreaterThan(1);
    expect(view.durationSeconds).toBeGreaterThan(0);
  });

  it('opens without the service once its list is known, and from its files when it is not', async () => {
    await open(FLACS);
    await run.sync();
    const known = await page(FLACS);
    const gone = offline();
    expect(await page(FLACS)).toEqual(known);
    const home = run.home;
    await run.engine.dispose();
    const database = new Database(join(home, 'library.sqlite'));
    database.exec('DELETE FROM albums');
    database.close();
    await run.reopen();
    const { tracks } = await page(FLACS);
    expect(tracks.map((track) => track.id).sort()).toEqual(tracksOf(FLACS).sort());
    expect(new Set(tracks.map((track) => track.status))).toEqual(new Set(['synced']));
    gone.remove();
  });

  it('says why a track is not there: pre-order, withheld, gone from the disk', async () => {
    await open(PRE_ORDER, WITHHELD, FLACS);
    await run.sync();
    expect((await page(PRE_ORDER)).tracks[0]).toMatchObject({
      status: 'unavailable',
      error: { code: 'PRE_ORDER' },
    });
    await run.reopen();
    const withheld = (await page(WITHHELD)).tracks.filter(({ status }) => status !== 'synced');
    expect(withheld).toMatchObject([
      { status: 'unavailable', error: { code: expect.any(String) } },
    ]);
    const [victim] = (await run.tree()).filter(
      (path) => path.includes('Slow Weather') && path.endsWith('.flac'),
    );
    await rm(run.path(victim!));
    const missing = (await page(FLACS)).tracks.filter(({ status }) => status === 'missing');
    expect(missing).toMatchObject([{ bytes: 0, playable: false }]);
  });

  it('calls nothing missing while the drive is away', async () => {
    await open(FLACS);
    await run.sync();
    await rename(run.root, `${run.root}-away`);
    await run.reopen();
    const { tracks } = await page(FLACS);
    expect(new Set(tracks.map((track) => track.status))).toEqual(new Set(['synced']));
    expect(tracks.some((track) => track.playable)).toBe(false);
    await rename(`${run.root}-away`, run.root);
  });

  it('is refused for an album nobody bought', async () => {
    await open(FLACS);
    await run.sync();
    await expect(page(MP3S)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('what the shop withholds', () => {
  it('is still known after a restart, until the purchase changes', async () => {
    await open(WITHHELD);
    await run.sync();
    expect((await summary(WITHHELD)).status).toBe('withheld');
    await run.reopen();
    expect(await summary(WITHHELD)).toMatchObject({ status: 'withheld', tracksDone: 6 });
    await run.engine.startSync({ albumIds: [WITHHELD] });
    expect((await summary(WITHHELD)).status).toBe('withheld');
    // Also when its job is no longer in the queue; thirty days later it is asked for again.
    const forgetJobs = async () => {
      const { home } = run;
      await run.engine.dispose();
      const database = new Database(join(home, 'library.sqlite'));
      database.exec('DELETE FROM jobs');
      database.close();
      await run.reopen();
    };
    await forgetJobs();
    expect((await summary(WITHHELD)).status).toBe('withheld');
    run.clock.leap(31 * 24 * 3600 * 1000);
    await forgetJobs();
    expect((await summary(WITHHELD)).status).toBe('partly');
  });
});

describe('an album that is skipped', () => {
  it('is left out of preview and run, keeps its files, and comes back when it is taken up again', async () => {
    await open(FLACS, MP3S);
    await run.engine.refreshPurchases();
    await run.engine.desk.setSkipped([FLACS], true);
    expect((await summary(FLACS)).status).toBe('skipped');
    let preview = await run.engine.preview();
    while (!preview.final) preview = await run.engine.preview();
    expect(preview.albumsTotal).toBe(1);
    expect(preview.albums.map((album) => album.albumId)).toEqual([MP3S]);
    const { asked, result } = await run.asking(run.sync);
    expect(result.totals).toMatchObject({ downloaded: 4, failed: 0 });
    expect(asked.some(({ albumId }) => albumId === FLACS)).toBe(false);

    await run.reopen();
    expect((await summary(FLACS)).status).toBe('skipped');
    const selected = await run.engine.startSync({ albumIds: [FLACS, MP3S] });
    expect(selected.totals).toMatchObject({ planned: 4, downloaded: 0 });
    await run.engine.desk.setSkipped([FLACS], false);
    expect((await summary(FLACS)).status).toBe('not-synced');
    await run.engine.desk.setSkipped([FLACS], true);
    const byName = await run.engine.startSync({ albumIds: [FLACS] });
    expect(byName.totals).toMatchObject({ downloaded: 6 });
    expect((await summary(FLACS)).status).toBe('synced');

    await run.engine.desk.setSkipped([FLACS], true);
    await rm(run.path((await run.tree()).find((path) => path.endsWith('.flac'))!));
    await run.sync();
    expect((await run.tree()).filter((path) => path.endsWith('.flac'))).toHaveLength(5);
  });

  it('leaves the queue at once, in the middle of a run, and joins it again when taken back', async () => {
    run = await engineHarness({
      catalogue: demoAlbums(FLACS, MP3S),
      settings: { concurrency: 1 },
    });
    const slow = inject(run.store, bodyFaults.drip({ bytes: 1024, pauseMs: 10 }));
    const ended = run.sync();
    const waiting = async (id: AlbumId) =>
      (await run.jobs()).filter((job) => job.albumId === id && job.state === 'waiting').length;
    await eventually(async () => (await waiting(FLACS)) + (await waiting(MP3S))).toBeGreaterThan(7);
    await run.engine.desk.setSkipped([FLACS], true);
    expect((await run.jobs()).some((job) => job.albumId === FLACS && job.state !== 'done')).toBe(
      false,
    );
    await run.engine.desk.setSkipped([FLACS], false);
    await eventually(() => waiting(FLACS)).toBeGreaterThan(0);
    await run.engine.desk.setSkipped([FLACS], true);
    slow.remove();
    const view = await ended;
    expect(view).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect((await run.tree()).filter((path) => path.endsWith('.mp3'))).toHaveLength(4);
    expect((await summary(FLACS)).status).toBe('skipped');
  });
});

describe('an album in another format', () => {
  const endings = async () =>
    [...new Set((await run.tree()).map((path) => path.slice(path.lastIndexOf('.') + 1)))].sort();
  const settled = () =>
    eventually(async () => {
      const { run: view } = await run.engine.snapshot();
      return view?.state;
    }).toBe('finished');

  it('is fetched at once, remembered, and set back with the preference', async () => {
    await open(HIRES, FLACS);
    await run.sync();
    const before = await run.tree();
    await run.engine.desk.fetchInFormat(HIRES, 5);
    await eventually(async () => (await summary(HIRES)).servedFormatIds).toEqual([5]);
    await settled();
    expect((await page(HIRES)).chosenFormatId).toBe(5);
    expect(await endings()).toEqual(['flac', 'jpg', 'mp3']);
    expect((await run.workFiles()).filter((path) => /replaced\/.*\.flac$/.test(path))).toHaveLength(
      4,
    );
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 10 });

    await run.reopen();
    expect((await page(HIRES)).chosenFormatId).toBe(5);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 10 });
    await run.engine.desk.fetchInFormat(HIRES, null);
    await eventually(async () => (await summary(HIRES)).servedFormatIds).toEqual([27]);
    await settled();
    expect(await run.tree()).toEqual(before);
  });

  it('leaves what was served in that format already', async () => {
    await open(MIXED);
    await run.sync();
    const served = (await page(MIXED)).tracks.filter((track) => track.servedFormatId === 6).length;
    expect(served).toBeGreaterThan(0);
    await run.engine.desk.fetchInFormat(MIXED, 6);
    await eventually(async () => (await summary(MIXED)).servedFormatIds).toEqual([6]);
    await settled();
    const { tracks } = await page(MIXED);
    const old = (await run.workFiles()).filter((path) => /replaced\/.*\.flac$/.test(path));
    expect(old).toHaveLength(tracks.length - served);
  });

  it('joins a run that goes on', async () => {
    await open(HIRES, FLACS);
    await run.engine.refreshPurchases();
    expect((await run.engine.startSync({ albumIds: [HIRES] })).totals.downloaded).toBe(4);
    inject(run.store, bodyFaults.drip({ bytes: 2048, pauseMs: 10 }), { times: 2 });
    const ended = run.sync();
    await eventually(async () => (await run.jobs()).some((job) => job.state === 'running')).toBe(
      true,
    );
    await run.engine.desk.fetchInFormat(HIRES, 6);
    await ended;
    await eventually(async () => (await summary(HIRES)).servedFormatIds).toEqual([6]);
    expect((await summary(FLACS)).status).toBe('synced');
  });

  it('takes the place of what is on its way in the format it had', async () => {
    await open(HIRES);
    const slow = inject(run.store, bodyFaults.drip({ bytes: 2048, pauseMs: 10 }));
    const ended = run.sync();
    const received = async () => (await run.jobs()).filter((job) => job.receivedBytes > 0).length;
    await eventually(received).toBeGreaterThan(1);
    await run.engine.desk.fetchInFormat(HIRES, 6);
    slow.remove();
    await ended;
    await eventually(async () =>
      (await page(HIRES)).tracks.map((track) => track.servedFormatId),
    ).toEqual([6, 6, 6, 6]);
    await settled();
    expect(await summary(HIRES)).toMatchObject({ status: 'synced', servedFormatIds: [6] });
  });

  it('is refused when it was not bought in it, or nobody chose a folder', async () => {
    run = await engineHarness({ catalogue: demoAlbums(MP3S), folder: false });
    await run.engine.refreshPurchases();
    await expect(run.engine.desk.fetchInFormat(MP3S, 5)).rejects.toMatchObject({
      code: 'NO_LIBRARY_ROOT',
    });
    await run.engine.useFolder(run.root);
    await expect(run.engine.desk.fetchInFormat(MP3S, 27)).rejects.toMatchObject({
      code: 'NOT_ENTITLED',
    });
    expect((await page(MP3S)).chosenFormatId).toBeNull();
  });
});

describe('files for a player and a file manager', () => {
  it('are those of owned tracks under the root, and nothing else', async () => {
    await open(FLACS, MP3S, DSD);
    await run.sync();
    const media = (album: AlbumId, track: number) =>
      run.engine.desk.mediaFile(album, track as TrackId);
    const file = await media(FLACS, tracksOf(FLACS)[0]!);
    expect(file).toMatchObject({ type: 'audio/flac' });
    expect((await readFile(file!.path)).subarray(0, 4).toString()).toBe('fLaC');
    expect(await media(MP3S, tracksOf(MP3S)[0]!)).toMatchObject({ type: 'audio/mpeg' });
    expect(await media(DSD, tracksOf(DSD)[0]!)).toBeNull();
    expect((await page(DSD)).tracks[0]).toMatchObject({ status: 'synced', playable: false });
    expect(await media(MP3S, tracksOf(FLACS)[0]!)).toBeNull();
    expect(await media(HIRES, tracksOf(HIRES)[0]!)).toBeNull();
    await run.engine.accounts.signOut({ queue: 'keep' });
    expect(await media(FLACS, tracksOf(FLACS)[0]!)).toBeNull();
  });

  it('never lead out of the root, whatever a row says', async () => {
    await open(FLACS);
    await run.sync();
    await writeFile(`${run.root}-secret.flac`, 'not for anybody');
    const [track] = tracksOf(FLACS);
    const { home } = run;
    await run.engine.dispose();
    const database = new Database(join(home, 'library.sqlite'));
    const path = '../music-secret.flac';
    database
      .prepare('UPDATE files SET path = ?, path_key = ? WHERE track_id = ?')
      .run(path, path, track);
    database.close();
    await run.reopen();
    expect(await run.engine.desk.mediaFile(FLACS, track as TrackId)).toBeNull();
  });

  it('are shown themselves, or the nearest folder that is there', async () => {
    await open(FLACS);
    await run.sync();
    const trackId = tracksOf(FLACS)[0] as TrackId;
    const { pathOf } = run.engine.desk;
    const path = await pathOf({ albumId: FLACS, trackId });
    expect((await stat(path)).isFile()).toBe(true);
    expect(await pathOf({ trackId })).toBe(path);
    expect(await pathOf({ albumId: FLACS })).toBe(dirname(path));
    await rm(path);
    expect(await pathOf({ trackId })).toBe(dirname(path));
    await rm(dirname(path), { recursive: true });
    expect(await pathOf({ trackId })).toBe(dirname(dirname(path)));
    expect(await pathOf({ albumId: MP3S })).toBe(run.root);
  });
});
