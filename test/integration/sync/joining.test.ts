import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { albumId } from '../../../src-preload/contract/ids.ts';
import type { SettingsPatch } from '../../../src-preload/contract/settings.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject } from '../../support/faults.ts';
import { faultyFileSystem } from '../../support/faulty-file-system.ts';
import { BO, secondAccount } from '../../support/second-account.ts';
import { surroundings } from '../../support/surroundings.ts';

let run: EngineHarness;
afterEach(() => run.close());

const WEATHER = albumId(ALBUMS.slowWeather);
const HISS = albumId(ALBUMS.tapeHiss);

const state = async () => (await run.engine.snapshot()).run?.state ?? null;
const stateOf = async (id: number) => (await run.job(id)).state;
const idOf = async (id: number) => (await run.job(id)).id;
const tracks = async (of: string) =>
  (await run.jobs()).filter((job) => job.kind === 'track' && job.state === of);
const listed = () =>
  eventually(async () => (await run.engine.snapshot()).run?.listingDone).toBe(true);

/** An engine whose transfers stop half-way, one at a time. */
async function stalling(settings: SettingsPatch = {}) {
  const around = surroundings();
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss),
    settings: { concurrency: 1, saveCovers: false, setupStep: 'done', ...settings },
    ports: around.ports,
  });
  const fault = inject(run.store, bodyFaults.stallAt(0.5));
  return { around, fault };
}
const fetching = () =>
  eventually(
    async () => (await tracks('running')).filter((job) => job.receivedBytes > 0).length,
  ).toBe(1);

describe('what somebody paused stays paused', () => {
  it('when a run over one album goes on after a restart', async () => {
    const { fault } = await stalling();
    await run.engine.refreshPurchases();
    const ended = run.engine.startSync({ albumIds: [WEATHER] });
    await fetching();
    await listed();
    const last = tracksOf(ALBUMS.slowWeather).at(-1)!;
    await run.engine.queue.pauseJobs([await idOf(last)]);
    fault.remove();
    await run.reopen();
    await ended;
    await run.engine.resume();
    await eventually(state).toBe('finished');
    expect(await stateOf(last)).toBe('paused');
  });

  it('when the network comes back to a run over everything that an album had joined', async () => {
    const { around, fault } = await stalling();
    await run.engine.background.begin();
    const ended = run.sync();
    await fetching();
    await listed();
    const last = tracksOf(ALBUMS.slowWeather).at(-1)!;
    await run.engine.queue.pauseJobs([await idOf(last)]);
    void run.engine.startSync({ albumIds: [HISS] });
    await listed();
    around.setOnline(false);
    expect(await ended).toMatchObject({ error: { code: 'OFFLINE' } });
    fault.remove();
    around.setOnline(true);
    await eventually(state).toBe('finished');
    expect(await stateOf(last)).toBe('paused');
  });

  it('when an album joins a run over everything that has not begun yet', async () => {
    const { fault } = await stalling();
    const first = run.sync();
    await fetching();
    await listed();
    const last = tracksOf(ALBUMS.slowWeather).at(-1)!;
    await run.engine.queue.pauseJobs([await idOf(last)]);
    await run.engine.stopSync();
    await first;
    fault.remove();
    const ended = run.sync();
    void run.engine.startSync({ albumIds: [HISS] });
    await ended;
    expect(await stateOf(last)).toBe('paused');
  });
});

describe('a run that the network left', () => {
  it('goes on whole although something else was asked for before the network was back', async () => {
    const { around, fault } = await stalling();
    await run.engine.refreshPurchases();
    await run.engine.background.begin();
    const ended = run.engine.startSync({ albumIds: [WEATHER] });
    await fetching();
    around.setOnline(false);
    expect(await ended).toMatchObject({ error: { code: 'OFFLINE' } });
    const gone = inject(run.store, { intercept: () => 'reset' }, { on: 'api' });
    const other = await run.engine.startSync({ albumIds: [HISS] });
    expect(other).toMatchObject({ error: { code: 'OFFLINE' } });
    gone.remove();
    fault.remove();
    around.setOnline(true);
    await eventually(async () => (await run.tree()).length).toBe(10);
  });
});

describe('a run that is being stopped', () => {
  it('is followed by what is asked for meanwhile', async () => {
    const { fault } = await stalling();
    await run.engine.refreshPurchases();
    const ended = run.engine.startSync({ albumIds: [WEATHER] });
    await fetching();
    fault.remove();
    const stopped = run.engine.stopSync();
    const wanted = run.engine.startSync({ albumIds: [HISS] });
    await stopped;
    expect(await ended).toMatchObject({ state: 'stopped' });
    expect(await wanted).toMatchObject({ state: 'finished', totals: { downloaded: 4 } });
  });

  it('is followed by a retry asked for meanwhile', async () => {
    const { fault } = await stalling();
    await run.engine.refreshPurchases();
    const ended = run.engine.startSync({ albumIds: [WEATHER] });
    await fetching();
    await listed();
    const last = tracksOf(ALBUMS.slowWeather).at(-1)!;
    await run.engine.queue.pauseJobs([await idOf(last)]);
    fault.remove();
    const stopped = run.engine.stopSync();
    await run.engine.queue.resumeJobs([await idOf(last)]);
    await stopped;
    await ended;
    await eventually(() => stateOf(last)).toBe('done');
  });

  it('is not begun again by the schedule at once', async () => {
    await stalling({ syncEveryMinutes: 15 });
    await run.engine.refreshPurchases();
    const ended = run.engine.startSync({ albumIds: [WEATHER] });
    await fetching();
    await run.engine.background.begin();
    run.clock.leap(3600_000);
    const listings = () =>
      run.asked().filter(({ call }) => call === 'purchase/getUserPurchases').length;
    const before = listings();
    await run.engine.stopSync();
    await ended;
    const from = run.clock.now();
    await eventually(() => run.clock.now() - from > 120_000).toBe(true);
    expect(listings()).toBe(before);
    expect(await state()).toBe('stopped');
  });
});

it('holds a pause that comes while a run still heals what the last one left', async () => {
  let killedPath: string | null = null;
  let paused: Promise<void> | null = null;
  const fs = faultyFileSystem(({ path }) => {
    if (killedPath && path.endsWith(killedPath)) paused ??= run.engine.queue.pause();
    return null;
  });
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.tapeHiss),
    settings: { saveCovers: false },
    standIns: { fs },
  });
  await run.sync();
  const [killed, gone] = await tracks('done');
  const database = new Database(join(run.home, 'library.sqlite'));
  database.prepare("UPDATE jobs SET state = 'committing' WHERE id = ?").run(killed!.id);
  database.prepare('DELETE FROM files WHERE path = ?').run(killed!.path);
  database.close();
  await rm(run.path(gone!.path));
  killedPath = killed!.path;
  const ended = run.sync();
  await eventually(async () => (await tracks('waiting')).length).toBe(1);
  await listed();
  expect(paused).not.toBeNull();
  expect(await state()).toBe('paused');
  expect(await run.tree()).not.toContain(gone!.path);
  await run.engine.queue.resume();
  expect(await ended).toMatchObject({ state: 'finished', totals: { downloaded: 1 } });
});

it('ends like any other when the token of the environment brings another account in the middle of it', async () => {
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
  await run.reopen({ environment: { token: secondAccount(run.store) }, folder: false });
  expect(await run.sync()).toMatchObject({ error: { code: 'NO_LIBRARY_ROOT' } });
  expect((await run.engine.snapshot()).account).toMatchObject({ id: BO.id });
  expect(await run.sync()).toMatchObject({ error: { code: 'NO_LIBRARY_ROOT' } });
});
