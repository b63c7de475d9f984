import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { Delta, Snapshot } from '../../../src-preload/contract/views.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject } from '../../support/faults.ts';

let run: EngineHarness;
afterEach(() => run.close());

/** A snapshot with a delta laid over it, as a window keeps it. */
function fold(view: Snapshot, delta: Delta): Snapshot {
  if (delta.seq <= view.seq) return view;
  const { albums, jobs, reset: _, ...parts } = delta;
  const merged = <Item extends { readonly id: string }>(
    items: readonly Item[],
    change: { readonly upsert: readonly Item[]; readonly removed: readonly string[] } | undefined,
  ) => {
    const byId = new Map(items.map((item) => [item.id as string, item]));
    for (const item of change?.upsert ?? []) byId.set(item.id, item);
    for (const id of change?.removed ?? []) byId.delete(id);
    return [...byId.values()];
  };
  return {
    ...view,
    ...parts,
    albums: merged(view.albums, albums),
    jobs: merged(view.jobs, jobs),
  };
}

const sorted = (view: Snapshot) => ({
  ...view,
  seq: 0,
  // The room on the disk is everybody's.
  root: view.root && { ...view.root, freeBytes: 0 },
  albums: [...view.albums].sort((a, b) => (a.id < b.id ? -1 : 1)),
  jobs: [...view.jobs].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

/** What a window shows that asked for `first` and heard every delta since. */
const folded = (first: Snapshot, deltas: readonly Delta[]) => sorted(deltas.reduce(fold, first));

describe('what a window is told', () => {
  it('adds up: a snapshot with all deltas of a run laid over it is what a new snapshot says', async () => {
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.nightBus, ALBUMS.preOrder),
    });
    const first = await run.engine.snapshot();
    const from = run.deltas.length;
    inject(run.store, bodyFaults.cutAt(0.5), { times: 3 });
    await run.sync();
    await run.sync();
    await eventually(async () => folded(first, run.deltas.slice(from))).toEqual(
      sorted(await run.engine.snapshot()),
    );
    expect((await run.engine.snapshot()).jobs.length).toBeGreaterThan(0);
  });

  it('adds up from the middle of a run too, as after a reload of the window', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    const ended = run.sync();
    await eventually(async () => (await run.jobs()).length).toBeGreaterThan(0);
    const first = await run.engine.snapshot();
    const from = run.deltas.length;
    await ended;
    await eventually(async () => folded(first, run.deltas.slice(from))).toEqual(
      sorted(await run.engine.snapshot()),
    );
  });

  it('comes at most ten times a second for the whole app', async () => {
    const at: number[] = [];
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather), speed: 5 });
    inject(run.store, bodyFaults.drip({ bytes: 2048, pauseMs: 10 }));
    run.engine.onDelta(() => at.push(run.clock.now()));
    await run.sync();
    expect(at.length).toBeGreaterThan(5);
    for (const start of at) {
      // The end of a run is told at once, which is one more.
      expect(at.filter((time) => time >= start && time < start + 1000).length).toBeLessThanOrEqual(
        11,
      );
    }
  });

  it('never tells progress to the database', async () => {
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.oneTake),
      settings: { concurrency: 1 },
    });
    inject(run.store, bodyFaults.drip({ bytes: 4096, pauseMs: 20 }));
    const database = new Database(join(run.home, 'library.sqlite'), { readonly: true });
    const version = () => database.pragma('data_version', { simple: true });
    const received = async () =>
      (await run.jobs()).find((job) => job.kind === 'track')?.receivedBytes ?? 0;
    const ended = run.sync();
    await eventually(received).toBeGreaterThan(0);
    const [bytes, before] = [await received(), version()];
    await eventually(received).toBeGreaterThan(bytes + 10_000);
    expect(version()).toBe(before);
    await ended;
    expect(version()).not.toBe(before);
    database.close();
  });

  it('is emptied when the user signs out', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    await run.sync();
    const first = await run.engine.snapshot();
    expect(first.albums).toHaveLength(1);
    const from = run.deltas.length;
    await run.engine.accounts.signOut({ queue: 'keep' });
    const after = await run.engine.snapshot();
    expect(after).toMatchObject({ account: null, root: null, run: null, albums: [], jobs: [] });
    await eventually(() => folded(first, run.deltas.slice(from))).toEqual(sorted(after));
  });

  it('holds nothing private: neither token nor e-mail nor a signed address', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    await run.sync();
    const said = JSON.stringify([await run.engine.snapshot(), run.deltas, run.events]);
    expect(said).not.toContain(run.store.token);
    expect(said).not.toContain('listener@demo.invalid');
    expect(said).not.toMatch(/hmac=|etsp=|request_sig/);
    expect(said).not.toContain(run.store.appSecret);
  });
});
