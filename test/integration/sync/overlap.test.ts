import { afterEach, describe, expect, it } from 'vitest';
import type { CdnAnswer } from '../../../src-main/demo/faults.ts';
import type { DemoStore } from '../../../src-main/demo/store.ts';
import { bigLibrary } from '../../support/big-library.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject } from '../../support/faults.ts';

let run: EngineHarness;
afterEach(() => run.close());

/** Holds every file's body back until it is opened; tells how many are held at once. */
function gate(store: DemoStore) {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const seen = { now: 0, most: 0, open };
  async function* held(body: CdnAnswer['body']) {
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await opened;
    yield* body;
    seen.now -= 1;
  }
  store.faults.add({ shape: (answer) => ({ ...answer, body: held(answer.body) }) });
  return seen;
}

describe('listing and downloading', () => {
  it('overlap: with 800 albums at the service’s own pace the first file is on its way after a few calls', async () => {
    run = await engineHarness({
      catalogue: bigLibrary({ albums: 800, singles: 0 }),
      ratePerSecond: null,
      speed: 20,
    });
    const ended = run.sync();
    await eventually(() => run.asked().some(({ call }) => call === 'file')).toBe(true);
    const calls = run.asked().map(({ call }) => call);
    const before = calls.slice(0, calls.indexOf('file'));
    // Bursts of five and two a second: a few seconds' worth here, and still far from 800 on a busy machine.
    expect(before.length).toBeLessThanOrEqual(100);
    const { run: view } = await run.engine.snapshot();
    expect(view).toMatchObject({ albumsTotal: 800, listingDone: false });
    await run.engine.stopSync();
    await ended;
  });

  it('share the calls: while files wait, lists get half of the rate at most', async () => {
    run = await engineHarness({
      catalogue: bigLibrary({ albums: 400, singles: 0, tracksPerAlbum: 8 }),
      ratePerSecond: null,
      speed: 15,
    });
    const count = (wanted: string) => run.asked().filter(({ call }) => call === wanted).length;
    const ended = run.sync();
    await eventually(() => count('file')).toBeGreaterThan(0);
    const begun = { passedMs: run.clock.passed(), lists: count('album/get') };
    await eventually(() => count('track/getFileUrl')).toBeGreaterThan(60);
    const seconds = (run.clock.passed() - begun.passedMs) / 1000;
    const lists = count('album/get') - begun.lists;
    await run.engine.stopSync();
    await ended;
    expect(lists).toBeGreaterThan(0);
    // Half of two a second, and what a burst of lists may be ahead.
    expect(lists).toBeLessThanOrEqual(seconds + 3);
  });
});

describe('a library of 1,203 albums and 701 single tracks', () => {
  it('is listed and planned to the last track', async () => {
    run = await engineHarness({ catalogue: bigLibrary({ albums: 1203, singles: 701 }) });
    const { asked, result } = await run.asking(() =>
      run.engine.plan({
        folder: null,
        preference: null,
        otherwise: 'best',
        anew: false,
        signal: new AbortController().signal,
      }),
    );
    expect(result).toMatchObject({ final: true, albumsPlanned: 1904, albumsTotal: 1904 });
    expect(result.counts.download.items).toBe(1203 * 3 + 701);
    const pages = asked.filter(({ call }) => call === 'purchase/getUserPurchases');
    const asPages = pages.map(({ request }) => `${request.query.type} ${request.query.offset}`);
    expect(asPages.sort()).toEqual([
      'albums 0',
      'albums 1000',
      'albums 500',
      'tracks 0',
      'tracks 500',
    ]);
    expect(asked.filter(({ call }) => call === 'album/get')).toHaveLength(1904);
    const paths = result.albums.flatMap((album) => album.items.map((item) => item.path));
    expect(new Set(paths).size).toBe(paths.length);
    expect(await run.tree()).toEqual([]);
  });

  it('of which one album has more than 50 tracks keeps all of them', async () => {
    run = await engineHarness({
      catalogue: bigLibrary({ albums: 1, singles: 0, tracksPerAlbum: 120 }),
    });
    const { totals } = await run.sync();
    expect(totals).toMatchObject({ downloaded: 120, failed: 0 });
    const [first] = await run.tree();
    expect(first).toMatch(/\/001 - /);
  });
});

describe('files at the same time', () => {
  it('are as many as the setting says, and a change counts at once', async () => {
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss),
      settings: { concurrency: 2 },
    });
    const held = gate(run.store);
    const ended = run.sync();
    await eventually(() => held.now).toBe(2);
    await eventually(async () => (await run.engine.snapshot()).run?.listingDone).toBe(true);
    expect(held.most).toBe(2);
    await run.engine.updateSettings({ concurrency: 5 });
    await eventually(() => held.now).toBe(5);
    held.open();
    expect(await ended).toMatchObject({ state: 'finished', totals: { downloaded: 10 } });
    expect(held.most).toBe(5);
  });
});

describe('stopping', () => {
  const stalled = async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    const fault = inject(run.store, bodyFaults.stallAt(0.5));
    const ended = run.sync();
    await eventually(
      async () => (await run.jobs()).filter((job) => job.receivedBytes > 0).length,
    ).toBe(4);
    return { ended, fault };
  };
  const resumed = (asked: readonly { request: { range: string | null } }[]) =>
    asked.filter(({ request }) => request.range !== null).length;

  it('keeps what has come, and the next sync goes on from there', async () => {
    const { ended, fault } = await stalled();
    await run.engine.stopSync();
    expect(await ended).toMatchObject({ state: 'stopped', error: null, totals: { failed: 0 } });
    expect((await run.workFiles()).filter((path) => path.endsWith('.part'))).toHaveLength(4);
    expect(await run.tree()).not.toContainEqual(expect.stringMatching(/\.flac$/));
    fault.remove();
    const { asked, result } = await run.asking(run.sync);
    expect(result).toMatchObject({ state: 'finished', totals: { downloaded: 6, failed: 0 } });
    expect(resumed(asked)).toBe(4);
    expect((await run.workFiles()).filter((path) => path.endsWith('.part'))).toEqual([]);
  });

  it('because the process ends leaves a run that the next process goes on with by itself', async () => {
    const { ended, fault } = await stalled();
    fault.remove();
    const { asked } = await run.asking(async () => {
      await run.reopen();
      await run.engine.resume();
    });
    await ended;
    expect(resumed(asked)).toBe(4);
    expect((await run.engine.snapshot()).run).toMatchObject({
      state: 'finished',
      totals: { downloaded: 6, failed: 0 },
    });
  });

  it('by the user leaves nothing that starts by itself', async () => {
    const { ended } = await stalled();
    await run.engine.stopSync();
    await ended;
    const { asked } = await run.asking(async () => {
      await run.reopen();
      await run.engine.resume();
    });
    expect(asked).toEqual([]);
  });
});
