import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../../src-main/engine.ts';
import { STILL } from '../../../src-main/still-ports.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
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
        workers: { audio: nowhere, scan: nowhere },
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
      error: { code: 'ALREADY_RUNNING' },
    });
    expect(second.asked().filter(({ call }) => call === 'file')).toEqual([]);
    await first.engine.stopSync();
    await ended;
    fault.remove();
    expect(await second.sync()).toMatchObject({ state: 'finished', totals: { downloaded: 4 } });
  });

  it('need not be two: one engine refuses a second run while the first goes on', async () => {
    const first = await start();
    const ended = first.sync();
    await expect(first.sync()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    expect((await ended).state).toBe('finished');
  });
});
