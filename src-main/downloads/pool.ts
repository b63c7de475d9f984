import type { JobId } from '../../src-preload/contract/ids.ts';
import type { Clock } from '../ports.ts';

/** What the pool needs to know of a job to order it. */
export interface Queued {
  readonly id: JobId;
  /** Lowest first. */
  readonly position: number;
  /** Unix milliseconds before which it is not started. */
  readonly notBeforeMs: number;
}

/** A bounded pool: at most `concurrency` jobs at once, ordered by position, back-offs outside the slots. */
export interface Pool<J extends Queued> {
  add(jobs: readonly J[]): void;
  /** Takes effect at once; running jobs finish. */
  setConcurrency(jobs: number): void;
  /** Resolves once nothing waits or runs. */
  drained(): Promise<void>;
  /** Starts nothing more, aborts what runs; gives what was still waiting once all of it has ended. */
  stop(): Promise<readonly J[]>;
}

/**
 * Makes a pool over `work`, which never rejects: it puts a job back with {@link Pool.add} when it is to be
 * tried again.
 */
export function createPool<J extends Queued>(options: {
  readonly clock: Clock;
  readonly concurrency: number;
  readonly work: (job: J, signal: AbortSignal) => Promise<void>;
  /** Hears when jobs begin to wait for a slot or for their time, and when none does any more. */
  readonly onWaiting: (waiting: boolean) => void;
}): Pool<J> {
  const queue: J[] = [];
  const running = new Set<Promise<void>>();
  const abort = new AbortController();
  let concurrency = options.concurrency;
  let wake: AbortController | null = null;
  let waiters: (() => void)[] = [];
  let toldWaiting = false;

  const tellWaiting = () => {
    const waiting = queue.length > 0;
    if (waiting === toldWaiting) return;
    toldWaiting = waiting;
    options.onWaiting(waiting);
  };

  const settle = () => {
    if (running.size > 0 || (queue.length > 0 && !abort.signal.aborted)) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  };

  const takeDue = (): J | undefined => {
    const now = options.clock.now();
    const index = queue.findIndex((job) => job.notBeforeMs <= now);
    return index < 0 ? undefined : queue.splice(index, 1)[0];
  };

  const start = (job: J) => {
    const done = options.work(job, abort.signal).finally(() => {
      running.delete(done);
      fill();
      settle();
    });
    running.add(done);
  };

  const fill = () => {
    wake?.abort();
    wake = null;
    while (!abort.signal.aborted && running.size < concurrency) {
      const job = takeDue();
      if (!job) break;
      start(job);
    }
    tellWaiting();
    if (!abort.signal.aborted && running.size < concurrency && queue.length > 0) waitForNext();
  };

  const waitForNext = () => {
    const due = Math.min(...queue.map((job) => job.notBeforeMs));
    const timer = new AbortController();
    wake = timer;
    options.clock.sleep(Math.max(0, due - options.clock.now()), timer.signal).then(
      () => fill(),
      () => undefined, // woken by a new job or by the end: whoever woke us has filled already
    );
  };

  return {
    add(jobs) {
      queue.push(...jobs);
      queue.sort((a, b) => a.position - b.position);
      fill();
    },
    setConcurrency(jobs) {
      concurrency = jobs;
      fill();
    },
    drained: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        settle();
      }),
    async stop() {
      abort.abort();
      wake?.abort();
      await Promise.allSettled(running);
      const left = queue.splice(0);
      settle();
      return left;
    },
  };
}
