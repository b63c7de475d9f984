import type { JobId } from '../../src-preload/contract/ids.ts';
import type { Clock } from '../ports.ts';

/** What the pool needs to know of a job to order it. */
export interface Queued {
  readonly id: JobId;
  /** Lowest first. */
  readonly position: number;
}

/** A bounded pool: at most `concurrency` jobs at once, ordered by position, back-offs outside the slots. */
export interface Pool<J extends Queued> {
  /** Has the jobs done once `delayMs` have passed. */
  add(jobs: readonly J[], delayMs?: number): void;
  /** Whether the job waits or runs here. */
  has(id: JobId): boolean;
  /** Takes over what changed about jobs that wait, their order included; running ones stay as they are. */
  replace(jobs: readonly J[]): void;
  /** Takes jobs out; one that runs is aborted. Gives those that were waiting once the others have ended. */
  take(ids: ReadonlySet<JobId>): Promise<readonly J[]>;
  /** Takes effect at once: of more jobs than may run now, those begun last are aborted. */
  setConcurrency(jobs: number): void;
  /** While paused nothing starts; what runs when the pause begins is aborted. */
  setPaused(paused: boolean): void;
  /** Whether nothing waits or runs. */
  isEmpty(): boolean;
  /** Resolves once nothing waits or runs. */
  drained(): Promise<void>;
  /** Starts nothing more, aborts what runs; gives what was still waiting once all of it has ended. */
  stop(): Promise<readonly J[]>;
}

interface Running {
  readonly id: JobId;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/**
 * Makes a pool over `work`, which never rejects: it puts a job back with {@link Pool.add} when it is to be
 * tried again, or when it was aborted by a pause or by a lower concurrency.
 */
export function createPool<J extends Queued>(options: {
  readonly clock: Clock;
  readonly concurrency: number;
  readonly paused: boolean;
  readonly work: (job: J, signal: AbortSignal) => Promise<void>;
  /** Hears when jobs begin to wait for a slot or for their time, and when none does any more. */
  readonly onWaiting: (waiting: boolean) => void;
}): Pool<J> {
  let queue: J[] = [];
  /** Since when each job of the queue is due, by what has passed: a clock that is set back holds nothing up. */
  const dueMs = new Map<JobId, number>();
  const running = new Set<Running>();
  let { concurrency, paused } = options;
  let stopped = false;
  let wake: AbortController | null = null;
  let waiters: (() => void)[] = [];
  let toldWaiting = false;

  const tellWaiting = () => {
    const waiting = queue.length > 0 && !paused;
    if (waiting === toldWaiting) return;
    toldWaiting = waiting;
    options.onWaiting(waiting);
  };

  const settle = () => {
    if (running.size > 0 || (queue.length > 0 && !stopped)) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  };

  const isRunning = (id: JobId) => [...running].some((each) => each.id === id);

  const dueOf = (job: J) => dueMs.get(job.id) ?? 0;

  const takeDue = (): J | undefined => {
    const passed = options.clock.passed();
    // A job that was put back at once is still winding down.
    const index = queue.findIndex((job) => dueOf(job) <= passed && !isRunning(job.id));
    const job = index < 0 ? undefined : queue.splice(index, 1)[0];
    if (job) dueMs.delete(job.id);
    return job;
  };

  const start = (job: J) => {
    const abort = new AbortController();
    const done = options.work(job, abort.signal).finally(() => {
      running.delete(entry);
      fill();
      settle();
    });
    const entry: Running = { id: job.id, abort, done };
    running.add(entry);
  };

  const mayStart = () => !stopped && !paused && running.size < concurrency;

  const fill = () => {
    wake?.abort();
    wake = null;
    while (mayStart()) {
      const job = takeDue();
      if (!job) break;
      start(job);
    }
    tellWaiting();
    if (mayStart()) waitForNext();
  };

  const waitForNext = () => {
    // What winds down wakes us itself.
    const waiting = queue.filter((job) => !isRunning(job.id));
    if (waiting.length === 0) return;
    const due = waiting.reduce((first, job) => Math.min(first, dueOf(job)), Infinity);
    const timer = new AbortController();
    wake = timer;
    options.clock.sleep(Math.max(0, due - options.clock.passed()), timer.signal).then(
      () => fill(),
      () => undefined, // woken by a new job or by the end: whoever woke us has filled already
    );
  };

  const sort = () => queue.sort((a, b) => a.position - b.position);

  const takeWaiting = (ids: ReadonlySet<JobId>): readonly J[] => {
    const taken = queue.filter((job) => ids.has(job.id));
    queue = queue.filter((job) => !ids.has(job.id));
    for (const { id } of taken) dueMs.delete(id);
    return taken;
  };

  return {
    add(jobs, delayMs = 0) {
      const due = options.clock.passed() + delayMs;
      for (const job of jobs) {
        queue.push(job);
        dueMs.set(job.id, due);
      }
      sort();
      fill();
    },
    has: (id) => dueMs.has(id) || isRunning(id),
    replace(jobs) {
      const changed = new Map(jobs.map((job) => [job.id, job]));
      queue = queue.map((job) => changed.get(job.id) ?? job);
      sort();
      fill();
    },
    async take(ids) {
      const taken = [...takeWaiting(ids)];
      const ending = [...running].filter((each) => ids.has(each.id));
      for (const { abort } of ending) abort.abort();
      await Promise.allSettled(ending.map(({ done }) => done));
      // One that ended at that very moment may have put itself back.
      taken.push(...takeWaiting(ids));
      tellWaiting();
      settle();
      return taken;
    },
    setConcurrency(jobs) {
      concurrency = jobs;
      const going = [...running].filter(({ abort }) => !abort.signal.aborted);
      for (const { abort } of going.slice(concurrency)) abort.abort();
      fill();
    },
    setPaused(now) {
      paused = now;
      if (paused) for (const { abort } of running) abort.abort();
      fill();
    },
    isEmpty: () => queue.length === 0 && running.size === 0,
    drained: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        settle();
      }),
    async stop() {
      stopped = true;
      for (const { abort } of running) abort.abort();
      wake?.abort();
      await Promise.allSettled([...running].map(({ done }) => done));
      const left = queue.splice(0);
      dueMs.clear();
      settle();
      return left;
    },
  };
}
