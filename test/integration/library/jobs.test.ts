import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Library, openLibrary } from '../../../src-main/library/library.ts';
import { jobId, rootId, runId, trackId } from '../../../src-preload/contract/ids.ts';
import type { JobState } from '../../../src-preload/contract/states.ts';
import * as rows from './rows.ts';

const { ROOT, RUN } = rows;
let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-jobs-'));
  library = await rows.libraryWithRoot(join(folder, 'library.sqlite'));
});
afterEach(async () => {
  library.close();
  await rm(folder, { recursive: true, force: true });
});

const statesOf = async () =>
  Object.fromEntries((await library.jobs.byRun(RUN)).map((each) => [each.id, each.state]));

describe('jobs', () => {
  it('come back as they were added, in the order of their position', async () => {
    const late = rows.job('late', { position: 2, trackId: null, kind: 'booklet', sideIndex: 1 });
    const early = rows.job('early', {
      position: 1,
      replaces: true,
      error: { code: 'OFFLINE', params: { host: 'x' } },
      receipt: rows.receipt(),
    });
    await library.jobs.add([late, early]);
    expect(await library.jobs.open(ROOT)).toEqual([early, late]);
    expect(await library.jobs.byRun(RUN)).toEqual([early, late]);
    expect(await library.jobs.get(jobId('late'))).toEqual(late);
    expect(await library.jobs.get(jobId('none'))).toBeNull();
    expect(await library.jobs.open(rootId('other'))).toEqual([]);
    expect(await library.jobs.byRun(runId('other'))).toEqual([]);
  });

  it('are added ten thousand at a time, and all of them or none', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      rows.job(`j${index}`, { position: index }),
    );
    await expect(library.jobs.add([...many, rows.job('j7')])).rejects.toThrow();
    expect(await library.jobs.open(ROOT)).toEqual([]);
    await library.jobs.add(many);
    expect((await library.jobs.open(ROOT)).map((each) => each.id)).toEqual(
      many.map((each) => each.id),
    );
  });

  it('change only in what a patch names', async () => {
    const error = { code: 'OFFLINE' as const, params: {} };
    await library.jobs.add([rows.job('j')]);
    await library.jobs.update(jobId('j'), {
      state: 'retrying',
      attempts: 3,
      error,
      notBeforeMs: 9,
    });
    expect(await library.jobs.get(jobId('j'))).toEqual(
      rows.job('j', { state: 'retrying', attempts: 3, error, notBeforeMs: 9 }),
    );
    await library.jobs.update(jobId('j'), { error: null, formatIds: [6] });
    expect(await library.jobs.get(jobId('j'))).toEqual(
      rows.job('j', { state: 'retrying', attempts: 3, notBeforeMs: 9, formatIds: [6] }),
    );
  });

  const withEveryState = async () => {
    const states: JobState[] = [
      'waiting',
      'running',
      'retrying',
      'paused',
      'committing',
      'done',
      'failed',
      'unavailable',
      'cancelled',
    ];
    await library.jobs.add(
      states.map((state, index) => rows.job(state, { state, position: index, notBeforeMs: 77 })),
    );
  };

  it('wait again at once after a start, but for one that only needs its name', async () => {
    await withEveryState();
    await library.jobs.markAllInactive();
    expect(await statesOf()).toEqual({
      waiting: 'waiting',
      running: 'waiting',
      retrying: 'waiting',
      paused: 'paused',
      committing: 'committing',
      done: 'done',
      failed: 'failed',
      unavailable: 'unavailable',
      cancelled: 'cancelled',
    });
    expect(await library.jobs.get(jobId('retrying'))).toMatchObject({ notBeforeMs: 0 });
  });

  it('finish in one step: file, job and part together', async () => {
    await library.jobs.add([rows.job('j', { state: 'running' })]);
    await library.parts.put(rows.part('j'));
    await library.jobs.setCommitting(jobId('j'), rows.receipt());
    expect(await library.jobs.get(jobId('j'))).toEqual(
      rows.job('j', { state: 'committing', receipt: rows.receipt() }),
    );
    await library.jobs.finish(jobId('j'), rows.file(), rows.keyOf(rows.file()));
    expect(await library.jobs.get(jobId('j'))).toMatchObject({ state: 'done' });
    expect(await library.parts.get(jobId('j'))).toBeNull();
    expect(await library.files.list(ROOT)).toEqual([rows.file()]);
    expect(await library.jobs.open(ROOT)).toEqual([]);
  });

  it('change many at a time, each only in what its patch names', async () => {
    const ids = Array.from({ length: 450 }, (_, index) => `j${index}`);
    await library.jobs.add(ids.map((id, position) => rows.job(id, { position })));
    await library.jobs.updateMany(
      ids.map((id, index) => ({ id: jobId(id), patch: { position: -index, state: 'paused' } })),
    );
    const open = await library.jobs.open(ROOT);
    expect(open.map((each) => each.id)).toEqual([...ids].reverse());
    expect(open.every((each) => each.state === 'paused' && each.title === 'Track 11')).toBe(true);
  });

  it('that were cancelled are gone on with while there is a part of them, for 30 days', async () => {
    const month = 30 * 24 * 3_600_000;
    const cancelled = { state: 'cancelled' as const };
    await library.jobs.add([
      rows.job('part', cancelled),
      rows.job('old part', cancelled),
      rows.job('nothing', cancelled),
      rows.job('open'),
    ]);
    await library.parts.put(rows.part('part', { updatedAtMs: 1000 }));
    await library.parts.put(rows.part('old part', { updatedAtMs: 999 }));
    await library.parts.put(rows.part('open', { updatedAtMs: 0 }));
    const parked = async () => (await library.jobs.parked(ROOT)).map((each) => each.id).sort();
    expect(await parked()).toEqual(['old part', 'part']);
    await library.jobs.prune(month + 1000);
    expect(await parked()).toEqual(['part']);
    expect(await library.jobs.get(jobId('nothing'))).toBeNull();
    expect(await library.parts.get(jobId('old part'))).toBeNull();
    expect(await library.jobs.get(jobId('open'))).not.toBeNull();
  });

  it('that cannot finish change nothing', async () => {
    await library.jobs.add([rows.job('j', { state: 'committing' })]);
    await library.parts.put(rows.part('j'));
    const homeless = rows.file({ rootId: rootId('no such root') });
    await expect(library.jobs.finish(jobId('j'), homeless, 'key')).rejects.toMatchObject({
      code: 'UNEXPECTED',
    });
    expect(await library.jobs.get(jobId('j'))).toMatchObject({ state: 'committing' });
    expect(await library.parts.get(jobId('j'))).not.toBeNull();
    expect(await library.files.count(ROOT)).toBe(0);
  });
});

describe('parts', () => {
  it('remember how far they are durable', async () => {
    await library.jobs.add([rows.job('j'), rows.job('k', { trackId: trackId(12) })]);
    await library.parts.put(rows.part('j'));
    await library.parts.put(rows.part('k', { etag: null, samplingRateKHz: null, bitDepth: null }));
    await library.parts.setDurable(jobId('j'), 4096);
    expect(await library.parts.get(jobId('j'))).toEqual(rows.part('j', { durableBytes: 4096 }));
    await library.parts.put(rows.part('j', { formatId: 6, totalBytes: 1 }));
    expect(await library.parts.get(jobId('j'))).toEqual(
      rows.part('j', { formatId: 6, totalBytes: 1 }),
    );
    await library.parts.delete(jobId('j'));
    expect(await library.parts.get(jobId('j'))).toBeNull();
    expect(await library.parts.get(jobId('k'))).not.toBeNull();
  });
});

describe('a process killed while it writes', () => {
  it('leaves every finished job whole and every other one untouched', {
    timeout: 60_000,
  }, async () => {
    const path = join(folder, 'killed.sqlite');
    for (const finishedBeforeKill of [1, 7, 40]) {
      await rm(path, { force: true });
      await rm(`${path}-wal`, { force: true });
      await rm(`${path}-shm`, { force: true });
      const reported = await finishJobsUntilKilled(path, finishedBeforeKill);
      const survivor = openLibrary(path);
      const open = new Set((await survivor.jobs.open(ROOT)).map((each) => each.id));
      const files = new Set((await survivor.files.list(ROOT)).map((each) => `j${each.trackId}`));
      for (let each = 1; each <= 500; each++) {
        const id = `j${each}`;
        const done = !open.has(jobId(id));
        const part = (await survivor.parts.get(jobId(id))) !== null;
        expect([id, files.has(id), part]).toEqual([id, done, !done]);
        if (each <= reported) expect(done).toBe(true);
      }
      expect(open.size).toBeGreaterThan(0);
      survivor.close();
    }
  });
});

/** Starts a process that finishes job after job, kills it after so many reports; answers the reports seen. */
async function finishJobsUntilKilled(path: string, count: number): Promise<number> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'finish-jobs.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    if (last === count) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  expect(writer.signalCode).toBe('SIGKILL');
  return last;
}
