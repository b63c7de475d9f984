import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../src-main/library/library.ts';
import { openLibrary } from '../../../src-main/library/library.ts';
import { accountId, jobId, rootId, runId, trackId } from '../../../src-preload/contract/ids.ts';
import * as rows from './rows.ts';

const { ACCOUNT, ROOT, RUN } = rows;
const OTHER = accountId('1002');

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-library-'));
  library = await rows.libraryWithRoot(join(folder, 'library.sqlite'));
});
afterEach(async () => {
  library.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a new process would read. */
const reopen = () => {
  library.close();
  library = openLibrary(join(folder, 'library.sqlite'));
};

describe('accounts', () => {
  it('have one at most in use, and renewing one keeps whether it is signed in', async () => {
    await library.accounts.upsert({ id: OTHER, name: 'Bo', country: null, plan: 'Studio' });
    expect(await library.accounts.current()).toBeNull();
    await library.accounts.setCurrent(ACCOUNT);
    await library.accounts.setCurrent(OTHER);
    await library.accounts.setSignedIn(OTHER, false);
    await library.accounts.upsert({ id: OTHER, name: 'Bo B.', country: 'DE', plan: null });
    const bo = { id: OTHER, name: 'Bo B.', country: 'DE', plan: null, signedIn: false };
    expect(await library.accounts.current()).toEqual(bo);
    await library.accounts.setCurrent(null);
    expect(await library.accounts.current()).toBeNull();
  });
});

describe('library roots', () => {
  it('are in use one an account, move with their folder, and start anew at the same path', async () => {
    const anew = rootId('0b1f6a3e-7f7a-4f3e-9d0c-3f1f9e1f0002');
    const root = (await library.roots.get(ROOT))!;
    await library.roots.setCurrent(ACCOUNT, ROOT);
    await library.roots.upsert({ ...root, id: anew, preference: 'cd' });
    await library.roots.setCurrent(ACCOUNT, anew);
    expect(await library.roots.byPath('/music')).toEqual({ ...root, id: anew, preference: 'cd' });
    await library.roots.upsert({ ...root, id: anew, preference: 'cd', path: '/mnt/music' });
    expect(await library.roots.current(ACCOUNT)).toMatchObject({ id: anew, path: '/mnt/music' });
    expect(await library.roots.byPath('/music')).toEqual(root);
    expect(await library.roots.byPath('/elsewhere')).toBeNull();
  });
});

describe('refusals', () => {
  it('are kept one a track, replaced and taken back', async () => {
    const refusal = (id: number, formatsKey = '6,7,27') => ({
      accountId: ACCOUNT,
      trackId: trackId(id),
      error: {
        code: 'TRACK_WITHHELD' as const,
        params: { restriction: 'TrackRestrictedByRightHolders' },
      },
      formatsKey,
      refusedAtMs: id,
    });
    await library.refusals.put(refusal(1));
    await library.refusals.put(refusal(2));
    await library.refusals.put(refusal(1, '5'));
    expect(await library.refusals.list(ACCOUNT)).toEqual([refusal(1, '5'), refusal(2)]);
    await library.refusals.delete(ACCOUNT, trackId(1));
    expect(await library.refusals.list(ACCOUNT)).toEqual([refusal(2)]);
    expect(await library.refusals.list(OTHER)).toEqual([]);
  });
});

describe('settings', () => {
  it('keep any JSON value in their own scope and owner', async () => {
    const { settings } = library;
    await settings.set('machine', '', 'concurrency', 3);
    await settings.set('root', ROOT, 'preference', 'cd');
    await settings.set('root', 'other', 'preference', 'mp3');
    await settings.set('machine', '', 'nothing', null);
    await settings.set('machine', '', 'gone', true);
    await settings.set('machine', '', 'gone', undefined);
    reopen();
    expect(await library.settings.all('machine', '')).toEqual({ concurrency: 3, nothing: null });
    expect(await library.settings.get('root', ROOT, 'preference')).toBe('cd');
    expect(await library.settings.get('root', ROOT, 'concurrency')).toBeUndefined();
  });
});

describe('events', () => {
  const event = (seq: number, at: number) => ({
    v: 1 as const,
    seq,
    at,
    severity: 'info' as const,
    runId: RUN,
    jobId: null,
    attempt: 2,
    accountId: ACCOUNT,
    code: 'JOB_DONE' as const,
    context: { bytes: 12, path: 'a/b.flac', adopted: false, none: null },
  });
  const DAY_MS = 24 * 60 * 60 * 1000;

  it('come back as they were, the newest of them, oldest first', async () => {
    for (const seq of [1, 2, 3]) await library.events.append(event(seq, seq));
    expect(await library.events.recent(2)).toEqual([event(2, 2), event(3, 3)]);
  });

  it('older than 30 days go, and their numbers are never given again', async () => {
    expect(await library.events.lastSeq()).toBe(0);
    await library.events.append(event(1, 0));
    await library.events.append(event(2, 2 * DAY_MS));
    await library.events.prune(31 * DAY_MS);
    expect((await library.events.recent(9)).map((each) => each.seq)).toEqual([2]);
    await library.events.prune(99 * DAY_MS);
    reopen();
    expect(await library.events.recent(9)).toEqual([]);
    expect(await library.events.lastSeq()).toBe(2);
  });
});

describe('runs', () => {
  it('are remembered from their start to their end, newest first', async () => {
    const totals = {
      planned: 3,
      downloaded: 2,
      skipped: 0,
      failed: 1,
      paused: 0,
      unavailable: 0,
      bytes: 10,
      plannedBytes: 12,
      doneBytes: 10,
    };
    expect(await library.runs.last()).toBeNull();
    const scope = { albumIds: ['a1'] };
    const start = { accountId: ACCOUNT, rootId: ROOT, scope };
    await library.runs.start({ ...start, id: RUN, startedAtMs: 10 });
    const error = { code: 'DISK_FULL' as const, params: { neededBytes: 5, freeBytes: 1 } };
    await library.runs.finish(RUN, { endedAtMs: 20, state: 'stopped', totals, error });
    await library.runs.start({ ...start, scope: null, id: runId('run-2'), startedAtMs: 30 });
    const [second, first] = await library.runs.page(ACCOUNT, null, 5);
    expect(first).toEqual({
      ...start,
      id: RUN,
      startedAtMs: 10,
      endedAtMs: 20,
      state: 'stopped',
      totals,
      error,
    });
    expect(second).toMatchObject({ endedAtMs: null, totals: null, error: null, scope: null });
    expect(await library.runs.last()).toEqual(second);
    expect(await library.runs.page(ACCOUNT, runId('run-2'), 5)).toEqual([first]);
    expect(await library.runs.page(accountId('somebody else'), null, 5)).toEqual([]);
  });

  it('are forgotten after a year, and the oldest of more than a thousand', async () => {
    const year = 365 * 24 * 3_600_000;
    const run = (index: number) => runId(`run-${index}`);
    for (let index = 0; index < 1003; index++) {
      const startedAtMs = index === 1 ? year - 1 : year;
      const owner = { accountId: ACCOUNT, rootId: ROOT, scope: null };
      await library.runs.start({ ...owner, id: run(index), startedAtMs });
    }
    await library.jobs.add([
      rows.job('done', { runId: run(0), state: 'done' }),
      rows.job('open', { runId: run(0), state: 'paused' }),
      rows.job('kept', { runId: run(1002), state: 'done' }),
    ]);
    await library.runs.prune(2 * year);
    const kept = await library.runs.page(ACCOUNT, null, 2000);
    expect(kept).toHaveLength(1000);
    expect(kept.at(-1)?.id).toBe(run(3));
    expect(await library.jobs.get(jobId('done'))).toBeNull();
    expect(await library.jobs.get(jobId('open'))).not.toBeNull();
    expect(await library.jobs.get(jobId('kept'))).not.toBeNull();
    await library.runs.prune(2 * year + 1);
    expect(await library.runs.page(ACCOUNT, null, 2000)).toEqual([]);
  });
});
