import { afterEach, describe, expect, it } from 'vitest';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import type { InjectedFault } from '../../support/faults.ts';
import { changeAnswer } from '../../support/store-answers.ts';

let run: EngineHarness;
afterEach(() => run.close());

const LISTING = 'purchase/getUserPurchases';

/** Cuts the list of albums after its first row: whatever is asked for behind that is an empty page. */
async function cutListing(): Promise<readonly InjectedFault[]> {
  return Promise.all([
    changeAnswer(run.store, LISTING, { type: 'albums', offset: '0' }, ({ albums }) => {
      albums.items.splice(1);
    }),
    changeAnswer(run.store, LISTING, { type: 'albums', offset: '1' }, ({ albums }) => {
      albums.items = [];
    }),
  ]);
}

describe('a listing of purchases', () => {
  it('that ends before its total is a fault and not a short list: the mirror stays as it was', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss) });
    const faults = await cutListing();
    await expect(run.engine.refreshPurchases()).rejects.toMatchObject({
      code: 'SERVICE_UNREADABLE',
    });
    const cut = await run.engine.snapshot();
    expect(cut.purchases).toMatchObject({ state: 'failed', error: { code: 'SERVICE_UNREADABLE' } });
    expect(cut.albums).toEqual([]);
    expect(await run.sync()).toMatchObject({ error: { code: 'SERVICE_UNREADABLE' } });
    for (const fault of faults) fault.remove();
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { downloaded: 10 } });
  });

  it('that shrank is reported once, and not again while it stays as it is', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss) });
    await run.engine.refreshPurchases();
    run.store.catalogue.revoke({ albumId: ALBUMS.tapeHiss });
    for (let time = 0; time < 3; time += 1) await run.engine.refreshPurchases();
    const shrank = run.events.filter(({ code }) => code === 'LISTING_SHRANK');
    expect(shrank.map(({ context }) => context)).toEqual([{ kind: 'albums', before: 2, rows: 1 }]);
    expect((await run.engine.snapshot()).albums).toHaveLength(2);
  });
});
