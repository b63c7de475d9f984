import { afterEach, describe, expect, it } from 'vitest';
import { html } from '../../../src-main/demo/http-messages.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { inject, statusFaults } from '../../support/faults.ts';

let run: EngineHarness;
afterEach(() => run.close());

const open = async () => {
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.longTable) });
};
const statics = (asked: readonly { call: string }[]) =>
  asked.filter(({ call }) => call.startsWith('/images/') || call.startsWith('/goodies/'));
const sideJobs = async () => (await run.jobs()).filter((job) => job.kind !== 'track');

describe('covers and booklets', () => {
  it.each([
    ['the store does not have them', statusFaults.notFound, 'SIDE_FILE_UNAVAILABLE'],
    [
      'a page comes instead',
      () => ({ intercept: () => html('<h1>Sorry</h1>') }),
      'SIDE_FILE_UNAVAILABLE',
    ],
    ['their server has a fault', () => statusFaults.serverError(503), 'CDN_REFUSED'],
    ['their server cannot be reached', statusFaults.reset, 'OFFLINE'],
  ] as const)('never fail a track: %s', async (_, fault, code) => {
    await open();
    inject(run.store, fault(), { on: 'static' });
    const view = await run.sync();
    expect(view).toMatchObject({
      state: 'finished',
      error: null,
      totals: { downloaded: 9, failed: 0, unavailable: 0 },
    });
    const side = await sideJobs();
    expect(side.map((job) => job.error?.code)).toEqual([code, code]);
    expect((await run.tree()).filter((path) => /\.(jpg|pdf)$/.test(path))).toEqual([]);
  });

  it('that the store does not have are not asked for again by the next sync', async () => {
    await open();
    inject(run.store, statusFaults.notFound(), { on: 'static' });
    await run.sync();
    const { asked } = await run.asking(run.sync);
    expect(asked.map(({ call }) => call)).toEqual([
      'purchase/getUserPurchases',
      'purchase/getUserPurchases',
    ]);
  });

  it('that the store did not have come when the user asks again', async () => {
    await open();
    const fault = inject(run.store, statusFaults.notFound(), { on: 'static' });
    await run.sync();
    fault.remove();
    for (const { id } of await sideJobs()) {
      await run.engine.queue.retry([id]);
      const state = async () => (await run.jobs()).find((job) => job.id === id)?.state;
      await eventually(state).toBe('done');
      await eventually(async () => (await run.engine.snapshot()).run?.state).toBe('finished');
    }
    expect((await run.tree()).filter((path) => /\.(jpg|pdf)$/.test(path))).toHaveLength(2);
  });

  it('whose server had a fault come with the next sync', async () => {
    await open();
    const fault = inject(run.store, statusFaults.serverError(), { on: 'static' });
    await run.sync();
    fault.remove();
    const { asked, result } = await run.asking(run.sync);
    expect(statics(asked).length).toBeGreaterThan(0);
    expect(result).toMatchObject({ state: 'finished', totals: { downloaded: 0, failed: 0 } });
    expect((await run.tree()).filter((path) => /\.(jpg|pdf)$/.test(path))).toHaveLength(2);
  });
});
