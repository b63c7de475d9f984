import { afterEach, describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../../src-preload/contract/settings.ts';
import { ALBUMS, demoAlbums, demoPurchase } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject } from '../../support/faults.ts';
import { surroundings } from '../../support/surroundings.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const SCHEDULED: SettingsPatch = { setupStep: 'done', syncEveryMinutes: 15 };

let run: EngineHarness;
afterEach(() => run.close());

/** An engine on a small store whose schedule is at work. */
async function scene(settings: SettingsPatch = SCHEDULED) {
  const around = surroundings();
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.tapeHiss),
    settings,
    ports: around.ports,
  });
  await run.engine.background.begin();
  return around;
}

const view = async () => (await run.engine.snapshot()).background;
const state = async () => (await run.engine.snapshot()).run?.state ?? null;
const times = (call: string) => run.asked().filter((each) => each.call === call).length;
const listings = () => times('purchase/getUserPurchases');
const stamps = () => times('user/lastUpdate');
const synced = () => eventually(state).toBe('finished');
const boughtNow = (id: string) => ({
  ...demoPurchase(id),
  purchasedAt: Math.floor(run.clock.now() / 1000),
});
/** Lets that much time pass on the engine's clock, and the schedule see it. */
const pass = (milliseconds: number) => run.clock.leap(milliseconds);

describe('in the background', () => {
  it('syncs without being asked, and then only asks whether anything changed', async () => {
    await scene();
    await synced();
    expect(await run.tree()).not.toEqual([]);
    const before = { listings: listings(), stamps: stamps() };
    const { lastSyncAtMs } = await view();
    pass(20 * 60_000);
    await eventually(stamps).toBeGreaterThan(before.stamps);
    await eventually(async () => (await view()).lastSyncAtMs ?? 0).toBeGreaterThan(lastSyncAtMs!);
    expect(listings()).toBe(before.listings);
    expect((await view()).nextSyncAtMs).toBeGreaterThan(run.clock.now() + 14 * 60_000);
  });

  it('fetches what was bought since, as soon as the stamp says so', async () => {
    await scene();
    await synced();
    const before = await run.tree();
    run.store.catalogue.addPurchase(boughtNow(ALBUMS.loudNeighbours));
    pass(20 * 60_000);
    await eventually(async () => (await run.tree()).length).toBeGreaterThan(before.length);
    await synced();
  });

  it('lists everything at least daily, whatever the stamp says', async () => {
    await scene();
    await synced();
    const before = listings();
    pass(DAY);
    await eventually(listings).toBeGreaterThan(before);
  });

  it('counts a sync somebody asked for, and begins with its interval after it', async () => {
    await scene({ setupStep: 'done' });
    expect(await view()).toMatchObject({ nextSyncAtMs: null, lastSyncAtMs: null });
    await run.sync();
    const before = listings();
    await run.engine.updateSettings({ syncEveryMinutes: 60 });
    await eventually(async () => (await view()).nextSyncAtMs ?? 0).toBeGreaterThan(
      run.clock.now() + 50 * 60_000,
    );
    pass(HOUR + 5 * 60_000);
    const stampsBefore = stamps();
    await eventually(stamps).toBeGreaterThan(stampsBefore);
    expect(listings()).toBe(before);
  });

  it('remembers over a restart when it last looked', async () => {
    const around = await scene();
    await synced();
    const { lastSyncAtMs } = await view();
    const before = stamps();
    await run.reopen({ ports: around.ports });
    await run.engine.background.begin();
    expect(await view()).toMatchObject({ lastSyncAtMs, holding: null });
    expect((await view()).nextSyncAtMs).toBeGreaterThan(run.clock.now());
    expect(stamps()).toBe(before);
    pass(DAY);
    await eventually(stamps).toBeGreaterThan(before);
  });

  it('leaves out what somebody cancelled, over restarts, until somebody asks for everything', async () => {
    const around = await scene({ ...SCHEDULED, concurrency: 1, saveCovers: false });
    const stalled = inject(run.store, bodyFaults.stallAt(0.4));
    const waiting = async () => (await run.jobs()).filter((job) => job.state === 'waiting');
    await eventually(async () => (await waiting()).length).toBe(3);
    const [job] = await waiting();
    await run.engine.queue.cancel([job!.id]);
    await run.reopen({ ports: around.ports });
    stalled.remove();
    await run.engine.resume();
    await synced();
    expect(await run.tree()).toHaveLength(3);
    await run.engine.background.begin();
    const before = listings();
    pass(DAY);
    await eventually(listings).toBeGreaterThan(before);
    await synced();
    expect(await run.tree()).toHaveLength(3);
    await run.sync();
    expect(await run.tree()).toHaveLength(4);
  });

  it('waits for the end of the first run before it begins anything', async () => {
    await scene({ syncEveryMinutes: 15, setupStep: 'background' });
    expect(await view()).toMatchObject({ nextSyncAtMs: null, holding: null });
    expect(listings()).toBe(0);
    await run.engine.updateSettings({ setupStep: 'done' });
    await synced();
  });

  it('holds while the network is away and looks within 5 s of its return', async () => {
    const around = await scene();
    await synced();
    around.setOnline(false);
    const before = stamps();
    pass(HOUR);
    await eventually(view).toMatchObject({ online: false, holding: 'offline' });
    expect(stamps()).toBe(before);
    const backAtMs = run.clock.now();
    around.setOnline(true);
    await eventually(stamps).toBeGreaterThan(before);
    const asked = run.asked().filter(({ call }) => call === 'user/lastUpdate');
    expect(asked.at(-1)!.request.at - backAtMs).toBeLessThan(5000);
    await eventually(view).toMatchObject({ online: true, holding: null });
  });

  it('stops a run that the network left, and goes on with it by itself, also when asked for by hand', async () => {
    const around = await scene({ setupStep: 'done' });
    const stalled = inject(run.store, bodyFaults.stallAt(0.4));
    const sync = run.sync();
    await eventually(() => stalled.hits).toBeGreaterThan(0);
    around.setOnline(false);
    expect(await sync).toMatchObject({ state: 'stopped', error: { code: 'OFFLINE' } });
    await eventually(view).toMatchObject({ online: false, holding: 'offline' });
    stalled.remove();
    around.setOnline(true);
    await synced();
    expect(await run.tree()).not.toEqual([]);
    expect((await view()).nextSyncAtMs).toBeNull();
  });

  it('goes on after a restart with a run that the network left', async () => {
    const around = await scene({ setupStep: 'done' });
    const stalled = inject(run.store, bodyFaults.stallAt(0.4));
    const sync = run.sync();
    await eventually(() => stalled.hits).toBeGreaterThan(0);
    around.setOnline(false);
    expect(await sync).toMatchObject({ state: 'stopped', error: { code: 'OFFLINE' } });
    stalled.remove();
    await run.reopen({ ports: surroundings().ports });
    await run.engine.background.begin();
    await run.engine.resume();
    await synced();
    expect(await run.tree()).not.toEqual([]);
  });

  it('finds out by itself that the service is back when the system saw nothing of it', async () => {
    await scene();
    await synced();
    const gone = inject(run.store, { intercept: () => 'reset' }, { on: 'api' });
    pass(HOUR);
    await eventually(view).toMatchObject({ online: false, holding: 'offline' });
    const { nextSyncAtMs } = await view();
    gone.remove();
    await eventually(async () => (await view()).nextSyncAtMs ?? 0).toBeGreaterThan(nextSyncAtMs!);
    expect(await view()).toMatchObject({ online: true, holding: null });
  });

  it('does not begin on battery when that is not wished, and does when the plug is in again', async () => {
    const around = await scene({ ...SCHEDULED, syncOnBattery: false });
    await synced();
    around.setBattery(true);
    pass(HOUR);
    await eventually(view).toMatchObject({ holding: 'battery' });
    const before = stamps();
    around.setBattery(false);
    await eventually(stamps).toBeGreaterThan(before);
  });

  it('catches up at once when the computer wakes', async () => {
    const around = await scene();
    await synced();
    const before = stamps();
    pass(8 * HOUR);
    around.resume();
    await eventually(stamps).toBeGreaterThan(before);
  });

  it('holds once the session is over, and goes on after signing in', async () => {
    await scene();
    await synced();
    run.store.expireToken();
    pass(HOUR);
    await eventually(async () => (await run.engine.snapshot()).account?.signedIn).toBe(false);
    pass(HOUR);
    await eventually(view).toMatchObject({ holding: 'signed-out' });
    const before = stamps();
    await run.engine.signInWithToken(run.store.issueToken());
    await eventually(stamps).toBeGreaterThan(before);
  });

  it('keeps the computer awake while bytes flow, and lets it sleep afterwards', async () => {
    const around = await scene({ setupStep: 'done' });
    expect(around.wakings()).toBe(0);
    await run.sync();
    expect(around.wakings()).toBeGreaterThan(0);
    await eventually(around.awake).toBe(0);
  });

  it('tells which albums came last', async () => {
    await scene({ setupStep: 'done' });
    await run.sync();
    run.store.catalogue.addPurchase(boughtNow(ALBUMS.loudNeighbours));
    await run.sync();
    const recent = await run.engine.recentAdditions(8);
    expect(recent.map(({ albumId }) => albumId)).toEqual([ALBUMS.loudNeighbours, ALBUMS.tapeHiss]);
    expect(recent[0]).toMatchObject({ title: 'Loud Neighbours' });
    expect(await run.engine.recentAdditions(1)).toHaveLength(1);
  });
});
