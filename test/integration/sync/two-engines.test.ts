import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../../src-main/engine.ts';
import { STILL } from '../../../src-main/still-ports.ts';
import { ALBUMS, demoAlbums, demoPurchase } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject } from '../../support/faults.ts';
import { swiftClock } from '../../support/swift-clock.ts';

const open: EngineHarness[] = [];
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close();
});
const start = async (root?: string) => {
  const harness = await engineHarness({
    catalogue: demoAlbums(ALBUMS.tapeHiss),
    speed: 20,
    ...(root !== undefined && { root }),
  });
  open.push(harness);
  return harness;
};

describe('two engines', () => {
  it('never share a data folder: the second is told ALREADY_RUNNING and who holds it', async () => {
    const first = await start();
    const nowhere = new URL('file:///nowhere');
    const second = createEngine(
      {
        home: first.home,
        apiBase: first.store.apiBase,
        playerBase: first.store.playerBase,
        keychainService: 'crateful-test',
        environment: { token: null, appId: null, appSecret: null },
        apiRatePerSecond: null,
        version: '0.0.0',
        demo: false,
        workers: { audio: nowhere, scan: nowhere, backup: nowhere },
        standIns: { loadKeytar: async () => null },
      },
      {
        clock: swiftClock(20),
        random: Math.random,
        openUrl: async () => undefined,
        locales: () => [],
        resolveProxy: async () => null,
        ...STILL,
        encryption: null,
        log: () => undefined,
      },
    );
    await expect(second).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      params: { pid: process.pid },
    });
    expect((await first.sync()).state).toBe('finished');
  });

  it('never sync one library folder at once: the second run stops with ALREADY_RUNNING, the first is not disturbed', async () => {
    const first = await start();
    const second = await start(first.root);
    const fault = inject(first.store, bodyFaults.stallAt(0.5));
    const ended = first.sync();
    await eventually(async () => (await first.jobs()).some((job) => job.receivedBytes > 0)).toBe(
      true,
    );
    expect(await second.sync()).toMatchObject({
      state: 'stopped',
      error: {
        code: 'ALREADY_RUNNING',
        params: { holder: `Crateful, process ${process.pid}`, sinceMs: expect.any(Number) },
      },
    });
    expect(second.asked().filter(({ call }) => call === 'file')).toEqual([]);
    await first.engine.stopSync();
    await ended;
    fault.remove();
    expect(await second.sync()).toMatchObject({ state: 'finished', totals: { downloaded: 4 } });
  });

  it('on two computers take turns in one folder: each learns what the other did, and nothing is fetched twice', async () => {
    const first = await start();
    const second = await start(first.root);
    const buy = (id: string) => {
      for (const { store } of open) store.catalogue.addPurchase(demoPurchase(id));
    };
    const tracksFetched = () =>
      open
        .flatMap((each) => each.asked())
        .flatMap(({ call, trackId }) => (call === 'file' ? [trackId] : []));
    const linesOf = async (harness: EngineHarness) =>
      (await harness.manifest()).map(({ path }) => path).sort();

    expect((await first.sync()).totals).toMatchObject({ downloaded: 4 });
    buy(ALBUMS.loudNeighbours);
    // It opened the folder before anything was in it: what it knows is older than what is there.
    expect((await second.sync()).totals).toMatchObject({ skipped: 4, downloaded: 4, failed: 0 });
    expect(await linesOf(first)).toEqual(await first.tree());
    buy(ALBUMS.cathedral);
    expect((await first.sync()).totals).toMatchObject({ skipped: 8, downloaded: 4, failed: 0 });
    expect((await second.sync()).totals).toMatchObject({ skipped: 12, downloaded: 0, failed: 0 });
    expect((await second.engine.snapshot()).albums.map(({ status }) => status)).toEqual(
      Array(3).fill('synced'),
    );
    expect(await linesOf(second)).toEqual(await second.tree());
    expect(tracksFetched()).toHaveLength(12);
    expect(new Set(tracksFetched()).size).toBe(12);
    expect((await first.workFiles()).filter((path) => path.includes('/replaced/'))).toEqual([]);
  });

  it('need not be two: one engine refuses a second run while the first goes on', async () => {
    const first = await start();
    const ended = first.sync();
    await expect(first.sync()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    expect((await ended).state).toBe('finished');
  });
});
