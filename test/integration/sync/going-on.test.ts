import { mkdir, readdir, rename, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { albumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type Asked, type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject } from '../../support/faults.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';
import { surroundings } from '../../support/surroundings.ts';

let run: EngineHarness;
afterEach(() => run.close());

/** A disk that is full from its third write into a part on, until `free` says that there is room. */
function fullDisk() {
  let writes = 0;
  const disk = { freeBlocks: 1000, isFull: true };
  const faulty = faultyFileSystem(({ name, path }) => {
    if (!disk.isFull || !/^writev?$/.test(name) || !path.endsWith('.part')) return null;
    writes += 1;
    return writes > 2 ? systemError('ENOSPC') : null;
  });
  const statfs = async () => ({ bsize: 4096, blocks: 10_000, bavail: disk.freeBlocks });
  return { disk, fs: Object.assign(faulty, { statfs: statfs as never }) };
}

const background = async () => (await run.engine.snapshot()).background;
const runState = async () => (await run.engine.snapshot()).run?.state;
const rootState = async () => (await run.engine.snapshot()).root?.state;
const statuses = async () => (await run.engine.snapshot()).albums.map(({ status }) => status);
const trackFiles = async () => (await run.tree()).filter((path) => path.endsWith('.flac'));
/** Where the requests for a track's file began, in their order. */
const begunAt = (asked: readonly Asked[], trackId: number) =>
  asked
    .filter((each) => each.call === 'file' && each.trackId === trackId)
    .map(({ request }) => Number(/^bytes=(\d+)-/.exec(request.range ?? '')?.[1] ?? 0));

describe('a run that a full disk stopped', () => {
  const open = async (fs = fullDisk().fs) => {
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.slowWeather),
      settings: { setupStep: 'done', concurrency: 2, reservePercent: 5 },
      standIns: { fs },
      ports: surroundings().ports,
    });
    await run.engine.background.begin();
  };

  it('waits for room without asking for anything, and goes on by itself from the byte where it stopped', async () => {
    const { disk, fs } = fullDisk();
    disk.freeBlocks = 510;
    await open(fs);
    const first = await run.asking(run.sync);
    expect(first.result).toMatchObject({ state: 'stopped', error: { code: 'DISK_FULL' } });
    expect(await background()).toMatchObject({ goesOnWith: 'room', holding: 'no-room' });
    const kept = new Map(
      (await run.jobs()).flatMap(({ trackId, state, receivedBytes }) =>
        trackId !== null && state === 'waiting' && receivedBytes > 0
          ? [[trackId, receivedBytes]]
          : [],
      ),
    );
    // The disk is looked at all the time, and nothing is asked of the service.
    const asked = run.asked().length;
    run.clock.leap(30_000);
    await eventually(async () => (await run.engine.snapshot()).root?.freeBytes).toBe(510 * 4096);
    expect(run.asked()).toHaveLength(asked);

    disk.isFull = false;
    disk.freeBlocks = 9000;
    await eventually(runState).toBe('finished');
    expect(await background()).toMatchObject({ goesOnWith: null, holding: null });
    expect(await trackFiles()).toHaveLength(6);
    const later = run.asked().slice(asked);
    for (const [trackId, bytes] of kept) expect(begunAt(later, trackId)).toEqual([bytes]);
    expect(later.filter(({ call }) => call === 'file').length).toBeLessThanOrEqual(6);
  });

  it('is tried again after a while where the disk never said how full it is, and less and less often', async () => {
    const { disk, fs } = fullDisk();
    await open(fs);
    await run.sync();
    const stops = () => run.eventCodes().filter((code) => code === 'RUN_STOPPED').length;
    expect(stops()).toBe(1);
    run.clock.leap(61_000);
    await eventually(stops).toBe(2);
    run.clock.leap(61_000);
    await eventually(async () => (await background()).holding).toBe('no-room');
    expect(stops()).toBe(2);
    run.clock.leap(61_000);
    await eventually(stops).toBe(3);
    disk.isFull = false;
    run.clock.leap(3600_000);
    await eventually(runState).toBe('finished');
  });

  it('stays stopped when somebody stops it, and waits when somebody pauses', async () => {
    const { disk, fs } = fullDisk();
    disk.freeBlocks = 510;
    await open(fs);
    await run.sync();
    await run.engine.queue.pause();
    expect(await background()).toMatchObject({ goesOnWith: 'room', holding: 'paused' });
    await run.engine.stopSync();
    expect(await background()).toMatchObject({ goesOnWith: null, holding: null });
    disk.isFull = false;
    disk.freeBlocks = 9000;
    await run.engine.queue.resume();
    await eventually(runState).toBe('finished');
  });

  it('goes on after a restart as well', async () => {
    const { disk, fs } = fullDisk();
    disk.freeBlocks = 510;
    await open(fs);
    await run.sync();
    await run.reopen({ ports: surroundings().ports });
    await run.engine.background.begin();
    void run.engine.resume();
    await eventually(async () => (await background()).goesOnWith).toBe('room');
    disk.isFull = false;
    disk.freeBlocks = 9000;
    await eventually(runState).toBe('finished');
    expect(await trackFiles()).toHaveLength(6);
  });
});

describe('a run whose drive is pulled out', () => {
  const away = () => `${run.root}-away`;
  /** Pulls the drive out while a file flows; an empty mount point is left behind where the test says so. */
  const unplugInMidSync = async (leaving: 'nothing' | 'mount-point') => {
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss),
      settings: { setupStep: 'done', concurrency: 1 },
      ports: surroundings().ports,
      // A transfer that stands still is given up at once.
      standIns: { timeouts: { connectMs: 5000, idleMs: 500, wholeMs: 5000 } },
    });
    await run.engine.background.begin();
    await run.engine.refreshPurchases();
    await run.engine.startSync({ albumIds: [albumId(ALBUMS.tapeHiss)] });
    const stalled = inject(run.store, bodyFaults.stallAt(0.5));
    const ended = run.sync();
    await eventually(() => stalled.hits).toBeGreaterThan(0);
    await eventually(async () => (await run.jobs()).some((job) => job.receivedBytes > 0)).toBe(
      true,
    );
    await rename(run.root, away());
    if (leaving === 'mount-point') await mkdir(run.root);
    stalled.remove();
    const view = await ended;
    expect(view).toMatchObject({
      state: 'stopped',
      error: { code: 'LIBRARY_ROOT_MISSING' },
      totals: { failed: 0 },
    });
  };

  it.each(['nothing', 'mount-point'] as const)(
    'waits for it, marks nothing as missing, writes nothing in its place (%s), and goes on when it is back',
    async (leaving) => {
      await unplugInMidSync(leaving);
      await eventually(rootState).toBe('missing');
      await eventually(background).toMatchObject({ goesOnWith: 'drive', holding: 'no-folder' });
      expect((await statuses()).sort()).toEqual(['not-synced', 'synced'].sort());
      run.clock.leap(120_000);
      await eventually(background).toMatchObject({ goesOnWith: 'drive' });
      if (leaving === 'mount-point') {
        expect(await readdir(run.root)).toEqual([]);
        await rmdir(run.root);
      } else {
        await expect(stat(run.root)).rejects.toMatchObject({ code: 'ENOENT' });
      }
      const from = run.asked().length;
      await rename(away(), run.root);
      await eventually(runState).toBe('finished');
      expect(await rootState()).toBe('ready');
      expect(await trackFiles()).toHaveLength(6);
      expect(await statuses()).toEqual(['synced', 'synced']);
      const later = run.asked().slice(from);
      const files = later.filter(({ call }) => call === 'file');
      // What lay in parts on the drive was not asked for again.
      expect(files.some(({ request }) => /^bytes=[1-9]/.test(request.range ?? ''))).toBe(true);
      expect(await readdir(join(run.root, '.crateful'))).not.toContain(
        expect.stringMatching(/part$/),
      );
    },
  );

  it('is away as well while its mount point answers every question with an error', async () => {
    let gone = false;
    const fs = faultyFileSystem(({ path }) =>
      gone && path.startsWith(run.root) ? systemError('EIO') : null,
    );
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.tapeHiss),
      settings: { setupStep: 'done' },
      ports: surroundings().ports,
      standIns: { fs },
    });
    await run.engine.background.begin();
    inject(
      run.store,
      {
        intercept(call) {
          if (call.path === 'track/getFileUrl') gone = true;
          return null;
        },
      },
      { on: 'api' },
    );
    expect((await run.sync()).error?.code).toBe('LIBRARY_ROOT_MISSING');
    await eventually(rootState).toBe('missing');
    run.store.faults.clear();
    gone = false;
    await eventually(runState).toBe('finished');
  });
});
