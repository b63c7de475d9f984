import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { albumId, type JobId, trackId } from '../../../src-preload/contract/ids.ts';
import type { JobState } from '../../../src-preload/contract/states.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import {
  type Asked,
  type EngineHarness,
  engineHarness,
  type HarnessOptions,
} from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject, statusFaults } from '../../support/faults.ts';

let run: EngineHarness;
afterEach(() => run.close());

const WEATHER = tracksOf(ALBUMS.slowWeather);
const HISS = tracksOf(ALBUMS.tapeHiss);

const track = async (id: number) => (await run.job(id)).id;
const stateOf = async (id: number) => (await run.job(id)).state;
const runState = async () => (await run.engine.snapshot()).run?.state;
const queue = () => run.engine.queue;
const tracksIn = async (state: JobState) =>
  (await run.jobs()).filter((job) => job.kind === 'track' && job.state === state);
const files = (asked: readonly Asked[]) =>
  asked.filter(({ call }) => call === 'file').map(({ trackId: id }) => id);
/** Waits until so many transfers have some bytes. */
const fetching = (count: number) =>
  eventually(
    async () => (await tracksIn('running')).filter((job) => job.receivedBytes > 0).length,
  ).toBe(count);

/** A sync whose transfers stop half-way: so many of them run, the rest waits. */
async function stalled(options: HarnessOptions = {}, running = 2) {
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.slowWeather),
    ...options,
    settings: { concurrency: running, saveCovers: false, ...options.settings },
  });
  const fault = inject(run.store, bodyFaults.stallAt(0.5));
  const ended = run.sync();
  await fetching(running);
  await eventually(async () => (await run.engine.snapshot()).run?.listingDone).toBe(true);
  return { fault, ended };
}

/** Every request for a file after the first goes on where the part ended. */
const expectResumed = (ids: readonly number[]) => {
  for (const id of ids) {
    const ranges = run
      .asked()
      .filter((each) => each.call === 'file' && each.trackId === id)
      .map(({ request }) => request.range);
    expect(ranges).toEqual([null, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  }
};

describe('a pause of the queue', () => {
  it('stops what is being fetched, keeps what came, and a resume goes on at once from there', async () => {
    const { fault, ended } = await stalled();
    const begun = (await tracksIn('running')).map((job) => Number(job.trackId));
    await queue().pause();
    await eventually(async () => (await tracksIn('waiting')).length).toBe(6);
    expect(await run.engine.snapshot()).toMatchObject({
      queue: { paused: true },
      run: { state: 'paused', bytesPerSecond: 0, secondsLeft: null },
    });
    fault.remove();
    const before = files(run.asked()).length;
    await queue().resume();
    expect(await ended).toMatchObject({ state: 'finished', totals: { downloaded: 6 } });
    expect(files(run.asked()).length).toBe(before + 6);
    expectResumed(begun);
    expect((await run.jobs()).every((job) => job.attempts === 1)).toBe(true);
  });

  it('lets a sync list and plan, but fetch nothing', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    await queue().pause();
    const ended = run.sync();
    await eventually(async () => (await tracksIn('waiting')).length).toBe(6);
    await eventually(runState).toBe('paused');
    expect(files(run.asked())).toEqual([]);
    await queue().resume();
    expect(await ended).toMatchObject({ state: 'finished', totals: { downloaded: 6 } });
  });

  it('outlives the process: the next one shows the queue, asks for nothing, and goes on when told', async () => {
    const { fault, ended } = await stalled();
    const begun = (await tracksIn('running')).map((job) => Number(job.trackId));
    await queue().pause();
    await eventually(async () => (await tracksIn('waiting')).length).toBe(6);
    const before = (await run.jobs()).map(
      ({ id, title, artist, albumTitle, position, receivedBytes, totalBytes }) => {
        return { id, title, artist, albumTitle, position, receivedBytes, totalBytes };
      },
    );
    expect(before.filter((job) => job.receivedBytes > 0)).toHaveLength(2);
    fault.remove();
    const { asked } = await run.asking(async () => {
      await run.reopen();
      await run.engine.resume();
    });
    await ended;
    expect(asked).toEqual([]);
    const snapshot = await run.engine.snapshot();
    expect(snapshot).toMatchObject({ queue: { paused: true }, run: null });
    expect(snapshot.jobs.length).toBe(before.length);
    for (const job of before) expect(snapshot.jobs).toContainEqual(expect.objectContaining(job));
    await queue().resume();
    await eventually(runState).toBe('finished');
    expect(await run.tree()).toHaveLength(6);
    expectResumed(begun);
  });
});

describe('single jobs', () => {
  it('are paused, also while they run; the run ends without them, and one resumed starts another', async () => {
    const { fault, ended } = await stalled();
    const [running] = await tracksIn('running');
    const [waiting] = await tracksIn('waiting');
    await queue().pauseJobs([running!.id, waiting!.id]);
    expect((await tracksIn('paused')).map((job) => job.id).sort()).toEqual(
      [running!.id, waiting!.id].sort(),
    );
    fault.remove();
    // The other one still stalls: a pause of everything gives it a fresh start.
    await queue().pause();
    await queue().resume();
    expect(await ended).toMatchObject({
      state: 'finished',
      totals: { downloaded: 4, paused: 2, failed: 0 },
    });
    const id = Number(running!.trackId);
    await queue().resumeJobs([running!.id]);
    await eventually(() => stateOf(id)).toBe('done');
    await eventually(runState).toBe('finished');
    expectResumed([id]);
    expect(await stateOf(Number(waiting!.trackId))).toBe('paused');
    expect((await run.engine.snapshot()).run?.totals).toMatchObject({ downloaded: 5, paused: 1 });
  });

  it('stay paused through a restart and through a fresh plan', async () => {
    const { fault, ended } = await stalled();
    const [running] = await tracksIn('running');
    await queue().pauseJobs([running!.id]);
    await run.engine.stopSync();
    await ended;
    fault.remove();
    await run.reopen();
    expect(await stateOf(Number(running!.trackId))).toBe('paused');
    expect(await run.sync()).toMatchObject({ totals: { downloaded: 5, paused: 1 } });
    expect(await stateOf(Number(running!.trackId))).toBe('paused');
  });

  it('leave the queue when they are cancelled, and come back with what was fetched of them', async () => {
    const { fault, ended } = await stalled();
    const [running, other] = await tracksIn('running');
    await queue().cancel([running!.id]);
    expect((await run.jobs()).map((job) => job.id)).not.toContain(running!.id);
    expect((await run.engine.snapshot()).run?.totals.planned).toBe(5);
    fault.remove();
    await queue().restore([running!.id]);
    await queue().pauseJobs([other!.id]);
    await queue().resumeJobs([other!.id]);
    expect(await ended).toMatchObject({ state: 'finished', totals: { downloaded: 6, failed: 0 } });
    expectResumed([Number(running!.trackId), Number(other!.trackId)]);
  });

  it('that were cancelled are fetched by the next sync, which goes on from their parts', async () => {
    const { fault, ended } = await stalled({}, 1);
    const [running] = await tracksIn('running');
    fault.remove();
    await queue().cancel([running!.id]);
    expect(await ended).toMatchObject({ state: 'finished', totals: { downloaded: 5 } });
    expect(await run.sync()).toMatchObject({ totals: { downloaded: 1, skipped: 5 } });
    expectResumed([Number(running!.trackId)]);
  });

  it('that were cancelled during the run and are taken back after it are fetched without another word', async () => {
    const { fault, ended } = await stalled({}, 1);
    const [running] = await tracksIn('running');
    fault.remove();
    await queue().cancel([running!.id]);
    await ended;
    await queue().restore([running!.id]);
    await eventually(() => stateOf(Number(running!.trackId))).toBe('done');
    expectResumed([Number(running!.trackId)]);
  });

  it('move to the top, in their own order, and are fetched in that order', async () => {
    const { fault, ended } = await stalled({}, 1);
    const waiting = (await tracksIn('waiting')).sort((a, b) => a.position - b.position);
    const last = waiting.slice(-2).map((job) => job.id);
    await queue().moveToTop([...last].reverse());
    const order = async () =>
      (await run.jobs())
        .filter((job) => job.kind === 'track' && job.state === 'waiting')
        .sort((a, b) => a.position - b.position)
        .map((job) => job.id);
    const moved = [...last, ...waiting.slice(0, -2).map((job) => job.id)];
    expect(await order()).toEqual(moved);
    const [running] = await tracksIn('running');
    await queue().pauseJobs([running!.id]);
    fault.remove();
    await ended;
    const idOf = new Map((await run.jobs()).map((job) => [job.trackId as number | null, job.id]));
    expect(files(run.asked()).map((id) => idOf.get(id))).toEqual([running!.id, ...moved]);
  });

  it('keep their order through a restart', async () => {
    const { ended } = await stalled({}, 1);
    const waiting = (await tracksIn('waiting')).sort((a, b) => a.position - b.position);
    await queue().moveToTop([waiting.at(-1)!.id]);
    await run.engine.stopSync();
    await ended;
    await run.reopen();
    const jobs = [...(await run.jobs())].filter((job) => job.kind === 'track');
    expect(jobs.sort((a, b) => a.position - b.position)[0]?.id).toBe(waiting.at(-1)!.id);
  });

  it('that failed are asked for again, one or all', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    const fault = inject(run.store, statusFaults.notFound(), { on: 'cdn' });
    expect(await run.sync()).toMatchObject({ totals: { failed: 4 } });
    const { albums } = await run.engine.snapshot();
    expect(albums[0]?.status).toBe('needs-attention');
    await run.reopen();
    // Without a word of the service.
    expect((await run.engine.snapshot()).albums[0]?.status).toBe('needs-attention');
    expect(await tracksIn('failed')).toHaveLength(4);
    fault.remove();
    await queue().retry([await track(HISS[0]!)]);
    await eventually(() => stateOf(HISS[0]!)).toBe('done');
    await eventually(runState).toBe('finished');
    expect(await tracksIn('failed')).toHaveLength(3);
    await queue().retryFailed();
    await eventually(async () => (await tracksIn('done')).length).toBe(4);
    await eventually(runState).toBe('finished');
  });
});

describe('what is wanted at once', () => {
  const two = { catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss) };

  it('joins the run that goes on, before everything that waits', async () => {
    const { fault, ended } = await stalled(two, 1);
    const [running] = await tracksIn('running');
    const other = running!.albumId === ALBUMS.tapeHiss ? ALBUMS.slowWeather : ALBUMS.tapeHiss;
    const joined = run.engine.startSync({ albumIds: [albumId(other)] });
    await eventually(async () =>
      (await tracksIn('waiting'))
        .sort((a, b) => a.position - b.position)
        .slice(0, tracksOf(other).length)
        .every((job) => job.albumId === other),
    ).toBe(true);
    fault.remove();
    await queue().pause();
    await queue().resume();
    expect(await joined).toEqual(await ended);
    expect(await ended).toMatchObject({
      state: 'finished',
      totals: { downloaded: 10, planned: 10 },
    });
    // Nothing was fetched twice, though both plans were made.
    expect(new Set(files(run.asked())).size).toBe(10);
    expect(await run.tree()).toHaveLength(10);
  });

  it('is a run of its own when none goes on: of single tracks, only these become jobs', async () => {
    run = await engineHarness(two);
    await run.engine.refreshPurchases();
    queue().want(new Map([[albumId(ALBUMS.slowWeather), [trackId(WEATHER[2]!)]]]));
    await eventually(runState).toBe('finished');
    expect(files(run.asked())).toEqual([WEATHER[2]]);
    const kinds = (await run.jobs()).map((job) => job.kind);
    expect(kinds.sort()).toEqual(['cover', 'track']);
    expect((await run.engine.snapshot()).run?.totals).toMatchObject({ planned: 1, downloaded: 1 });
  });

  it('adds to a run over something else, and everything joins it too', async () => {
    run = await engineHarness(two);
    await run.engine.refreshPurchases();
    const fault = inject(run.store, bodyFaults.stallAt(0.5));
    const ended = run.engine.startSync({ albumIds: [albumId(ALBUMS.slowWeather)] });
    await fetching(4);
    const all = run.sync();
    await eventually(async () => (await run.engine.snapshot()).run?.albumsTotal).toBe(2);
    await expect(run.sync()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    fault.remove();
    await queue().pause();
    await queue().resume();
    expect(await ended).toMatchObject({ totals: { downloaded: 10, planned: 10 } });
    expect(await all).toEqual(await ended);
  });

  it('goes on after the end of the process, and nothing besides', async () => {
    run = await engineHarness(two);
    await run.engine.refreshPurchases();
    const fault = inject(run.store, bodyFaults.stallAt(0.5));
    void run.engine.startSync({ albumIds: [albumId(ALBUMS.tapeHiss)] });
    await fetching(4);
    fault.remove();
    await run.reopen();
    await run.engine.resume();
    expect((await run.engine.snapshot()).run).toMatchObject({
      state: 'finished',
      albumsTotal: 1,
      totals: { downloaded: 4, planned: 4 },
    });
    expectResumed(HISS);
  });
});

describe('the bandwidth limit', () => {
  it('holds transfers back, and lets those that run go at once when it is taken away', async () => {
    const limit = (bandwidthLimitKBPerSecond: number) =>
      run.engine.updateSettings({ bandwidthLimitKBPerSecond });
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.slowWeather),
      // On the engine's clock nobody lives to see the end.
      speed: 1,
      settings: { bandwidthLimitKBPerSecond: 20, concurrency: 2 },
    });
    const ended = run.sync();
    const bytes = async () => (await run.engine.snapshot()).run?.totals.bytes ?? 0;
    await eventually(bytes).toBeGreaterThan(2000);
    const [from, at] = [await bytes(), run.clock.now()];
    await eventually(bytes).toBeGreaterThan(from + 20_000);
    const seconds = (run.clock.now() - at) / 1000;
    expect(((await bytes()) - from) / seconds).toBeLessThan(30_000);
    await eventually(async () => (await tracksIn('running'))[0]?.secondsLeft).toBeGreaterThan(0);
    await limit(0);
    expect(await ended).toMatchObject({ state: 'finished', totals: { downloaded: 6 } });
    // The interval it fell into is shown once it is over.
    await eventually(() => Math.max(...queue().speedHistory().bytesPerSecond)).toBeGreaterThan(0);
  });
});

describe('what is kept of the past', () => {
  it('is every attempt at a job with its reason, also after a restart', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    inject(run.store, statusFaults.serverError(503), { on: 'cdn', trackId: HISS[1]!, times: 1 });
    inject(run.store, bodyFaults.cutAt(0.5), { trackId: HISS[1]!, times: 1 });
    await run.sync();
    const { id, path } = await run.job(HISS[1]!);
    await run.reopen();
    const details = await queue().details(id);
    expect(details).toMatchObject({ id, path, formatIds: [5] });
    expect(details.attempts).toEqual([
      {
        number: 1,
        atMs: expect.any(Number),
        error: { code: 'CDN_REFUSED', params: { status: 503 } },
        status: 503,
      },
      {
        number: 2,
        atMs: expect.any(Number),
        error: {
          code: 'STREAM_TRUNCATED',
          params: expect.objectContaining({ bytes: expect.any(Number) }),
        },
        status: null,
      },
    ]);
    expect(JSON.stringify(details)).not.toMatch(/https?:|hmac|token/);
    await expect(queue().details('nobody' as JobId)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });

  it('is every run with its totals, what it added, and the albums it touched', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss) });
    const fault = inject(run.store, statusFaults.notFound(), { on: 'cdn', trackId: HISS[0]! });
    const first = await run.sync();
    fault.remove();
    const second = await run.sync();
    const history = await queue().history(null);
    expect(history).toMatchObject([
      { id: second.id, state: 'finished', totals: second.totals, error: null },
      { id: first.id, state: 'finished', totals: first.totals, endedAtMs: first.endedAtMs },
    ]);
    expect(await queue().history(second.id)).toEqual(history.slice(1));
    const albums = [...(await queue().runAlbums(first.id))].sort(
      (a, b) => a.tracksAdded - b.tracksAdded,
    );
    // The track that failed was tried again, and counts for the run that did.
    expect(albums).toMatchObject([
      { albumId: ALBUMS.tapeHiss, title: 'Tape Hiss Summer', tracksAdded: 3, tracksFailed: 0 },
      { albumId: ALBUMS.slowWeather, title: 'Slow Weather', tracksAdded: 6, tracksFailed: 0 },
    ]);
    expect(albums.every(({ bytes, artist }) => bytes > 10_000 && artist !== '')).toBe(true);
    expect(await queue().runAlbums(second.id)).toMatchObject([
      { albumId: ALBUMS.tapeHiss, tracksAdded: 1 },
    ]);
  });

  it('counts for a run that tries failed files again only what that run added', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    const fault = inject(run.store, statusFaults.notFound(), { on: 'cdn', trackId: HISS[0]! });
    const { totals } = await run.sync();
    fault.remove();
    await queue().retryFailed();
    await eventually(async () => (await run.engine.snapshot()).run?.totals.downloaded).toBe(4);
    await eventually(async () => (await queue().history(null))[0]?.endedAtMs).toBeTruthy();
    const [again, first] = await queue().history(null);
    expect(first).toMatchObject({ totals: { downloaded: 3, failed: 1, bytes: totals.bytes } });
    expect(again).toMatchObject({ totals: { downloaded: 1, failed: 0, skipped: 0 } });
    expect(again?.totals?.bytes).toBeLessThan(totals.bytes);
  });

  it('shows the run that goes on as it is, and one whose process died as stopped', async () => {
    const { fault } = await stalled();
    expect(await queue().history(null)).toMatchObject([
      { state: 'running', endedAtMs: null, totals: { planned: 6 } },
    ]);
    fault.remove();
    await run.reopen();
    expect(await queue().history(null)).toMatchObject([
      { state: 'stopped', endedAtMs: null, totals: null },
    ]);
  });

  it('is forgotten after a year, with the jobs that were done, but not what is still in the queue', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    inject(run.store, statusFaults.notFound(), { on: 'cdn', trackId: HISS[0]! });
    await run.sync();
    run.clock.leap(366 * 24 * 3_600_000);
    await run.reopen();
    expect(await queue().history(null)).toEqual([]);
    const database = new Database(join(run.home, 'library.sqlite'), { readonly: true });
    const states = database.prepare<[], { state: string }>('SELECT state FROM jobs').all();
    database.close();
    expect(states).toEqual([{ state: 'failed' }]);
    expect(await stateOf(HISS[0]!)).toBe('failed');
  });
});
