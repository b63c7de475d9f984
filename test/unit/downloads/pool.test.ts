import { describe, expect, it } from 'vitest';
import { createPool, type Queued } from '../../../src-main/downloads/pool.ts';
import { jobId } from '../../../src-preload/contract/ids.ts';
import { fakeClock, settle } from '../../support/fake-clock.ts';

function pool(concurrency: number) {
  const clock = fakeClock(0);
  const started: string[] = [];
  const waiting: boolean[] = [];
  const ends = new Map<string, () => void>();
  const aborted: string[] = [];
  const made = createPool<Queued>({
    clock,
    concurrency,
    paused: false,
    onWaiting: (now) => waiting.push(now),
    work: (job, signal) =>
      new Promise((resolve) => {
        started.push(job.id);
        ends.set(job.id, resolve);
        signal.addEventListener('abort', () => {
          aborted.push(job.id);
          resolve();
        });
      }),
  });
  const addLater = (delayMs: number, ...jobs: (readonly [string, number])[]) =>
    made.add(
      jobs.map(([id, position]) => ({ id: jobId(id), position })),
      delayMs,
    );
  const add = (...jobs: (readonly [string, number])[]) => addLater(0, ...jobs);
  const end = async (id: string) => {
    ends.get(id)?.();
    await settle();
  };
  return { clock, pool: made, started, waiting, aborted, add, addLater, end };
}

describe('the pool', () => {
  it('runs as many jobs as it is told, lowest position first', async () => {
    const { started, add, end } = pool(2);
    add(['c', 3], ['a', 1], ['d', 4], ['b', 2]);
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('keeps a back-off outside the slots', async () => {
    const { clock, started, add, addLater, end } = pool(1);
    addLater(5000, ['later', 1]);
    add(['now', 2]);
    expect(started).toEqual(['now']);
    await clock.advance(6000);
    expect(started).toEqual(['now']);
    await end('now');
    expect(started).toEqual(['now', 'later']);
  });

  it('wakes for a job when its time has come', async () => {
    const { clock, started, addLater } = pool(1);
    addLater(5000, ['later', 1]);
    await clock.advance(4999);
    expect(started).toEqual([]);
    await clock.advance(1);
    expect(started).toEqual(['later']);
  });

  it.each([-86_400_000, 86_400_000])(
    'waits as long as it was to when the clock is set by %i ms',
    async (byMs) => {
      const { clock, started, add, addLater, end } = pool(2);
      add(['busy', 1]);
      addLater(5000, ['later', 2]);
      clock.set(byMs);
      // Whoever wakes the pool meanwhile must not make it reckon anew by the clock.
      add(['now', 3]);
      await end('now');
      await clock.advance(4999);
      expect(started).toEqual(['busy', 'now']);
      await clock.advance(1);
      expect(started).toEqual(['busy', 'now', 'later']);
    },
  );

  it('takes a new width at once, and holds back what was begun last when it shrinks', async () => {
    const { pool: made, started, aborted, add, end } = pool(1);
    add(['a', 1], ['b', 2], ['c', 3], ['d', 4]);
    made.setConcurrency(3);
    expect(started).toEqual(['a', 'b', 'c']);
    made.setConcurrency(1);
    expect(aborted).toEqual(['b', 'c']);
    await settle();
    expect(started).toEqual(['a', 'b', 'c']);
    await end('a');
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('says when jobs begin to wait and when none does any more', async () => {
    const { waiting, add, end } = pool(1);
    add(['a', 1]);
    expect(waiting).toEqual([]);
    add(['b', 2], ['c', 3]);
    await end('a');
    expect(waiting).toEqual([true]);
    await end('b');
    expect(waiting).toEqual([true, false]);
  });

  it('is drained once nothing waits or runs', async () => {
    const { clock, pool: made, add, addLater, end } = pool(1);
    let drained = false;
    add(['a', 1]);
    addLater(1000, ['b', 2]);
    void made.drained().then(() => {
      drained = true;
    });
    await end('a');
    expect(drained).toBe(false);
    await clock.advance(1000);
    await end('b');
    expect(drained).toBe(true);
  });

  it('starts nothing while paused, aborts what runs, and takes it up again first', async () => {
    const { pool: made, started, aborted, waiting, add } = pool(1);
    add(['a', 1], ['b', 2]);
    made.setPaused(true);
    expect(aborted).toEqual(['a']);
    // As who works for it does: what a pause aborted goes back.
    add(['a', 1]);
    await settle();
    expect(started).toEqual(['a']);
    expect(waiting).toEqual([true, false]);
    made.setPaused(false);
    expect(started).toEqual(['a', 'a']);
  });

  it('does not start a job anew before its aborted try has ended', async () => {
    const starts: AbortSignal[] = [];
    const ends: (() => void)[] = [];
    const made = createPool<Queued>({
      clock: fakeClock(0),
      concurrency: 2,
      paused: false,
      onWaiting: () => undefined,
      work: (_, signal) =>
        new Promise((resolve) => {
          starts.push(signal);
          ends.push(resolve);
        }),
    });
    const job = { id: jobId('a'), position: 1 };
    made.add([job]);
    made.setPaused(true);
    made.add([job]);
    made.setPaused(false);
    expect(starts).toHaveLength(1);
    ends[0]?.();
    await settle();
    expect(starts).toHaveLength(2);
    expect(starts[1]?.aborted).toBe(false);
  });

  it('gives up jobs on demand: waiting ones at once, running ones when they have ended', async () => {
    const { pool: made, started, aborted, add, end } = pool(1);
    add(['a', 1], ['b', 2], ['c', 3]);
    const taken = await made.take(new Set([jobId('a'), jobId('b')]));
    expect(taken.map((job) => job.id)).toEqual(['b']);
    expect(aborted).toEqual(['a']);
    expect(started).toEqual(['a', 'c']);
    expect([made.has(jobId('b')), made.has(jobId('c'))]).toEqual([false, true]);
    await end('c');
    expect(made.isEmpty()).toBe(true);
  });

  it('is drained when the last that waits is taken out', async () => {
    const { pool: made, addLater } = pool(1);
    let drained = false;
    addLater(5000, ['a', 1]);
    void made.drained().then(() => {
      drained = true;
    });
    await made.take(new Set([jobId('a')]));
    expect(drained).toBe(true);
  });

  it('follows a new order at the next free slot, and leaves what runs alone', async () => {
    const { pool: made, started, aborted, add, end } = pool(1);
    add(['a', 1], ['b', 2], ['c', 3]);
    made.replace([
      { id: jobId('a'), position: 9 },
      { id: jobId('c'), position: 0 },
    ]);
    expect(aborted).toEqual([]);
    await end('a');
    await end('c');
    expect(started).toEqual(['a', 'c', 'b']);
  });

  it('starts nothing more once stopped, and aborts what runs', async () => {
    const { pool: made, started, aborted, add } = pool(1);
    add(['a', 1], ['b', 2]);
    await made.stop();
    add(['c', 3]);
    expect(aborted).toEqual(['a']);
    expect(started).toEqual(['a']);
    await made.drained();
  });
});
