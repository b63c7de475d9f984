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
  const add = (...jobs: (readonly [string, number, number?])[]) =>
    made.add(
      jobs.map(([id, position, notBeforeMs = 0]) => ({ id: jobId(id), position, notBeforeMs })),
    );
  const end = async (id: string) => {
    ends.get(id)?.();
    await settle();
  };
  return { clock, pool: made, started, waiting, aborted, add, end };
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
    const { clock, started, add, end } = pool(1);
    add(['later', 1, 5000], ['now', 2]);
    expect(started).toEqual(['now']);
    await clock.advance(6000);
    expect(started).toEqual(['now']);
    await end('now');
    expect(started).toEqual(['now', 'later']);
  });

  it('wakes for a job when its time has come', async () => {
    const { clock, started, add } = pool(1);
    add(['later', 1, 5000]);
    await clock.advance(4999);
    expect(started).toEqual([]);
    await clock.advance(1);
    expect(started).toEqual(['later']);
  });

  it('takes a new width at once, and lets what runs finish when it shrinks', async () => {
    const { pool: made, started, aborted, add, end } = pool(1);
    add(['a', 1], ['b', 2], ['c', 3], ['d', 4]);
    made.setConcurrency(3);
    expect(started).toEqual(['a', 'b', 'c']);
    made.setConcurrency(1);
    expect(aborted).toEqual([]);
    await end('a');
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('c');
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
    const { clock, pool: made, add, end } = pool(1);
    let drained = false;
    add(['a', 1], ['b', 2, 1000]);
    void made.drained().then(() => {
      drained = true;
    });
    await end('a');
    expect(drained).toBe(false);
    await clock.advance(1000);
    await end('b');
    expect(drained).toBe(true);
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
