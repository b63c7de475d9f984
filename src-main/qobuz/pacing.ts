import { CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { Clock, Random } from '../ports.ts';
import { MAX_RETRY_AFTER_MS } from './retry-after.ts';

/** Who asks, most urgent first: a person, a file about to be fetched, a list. */
export type Priority = 'user' | 'file' | 'listing';

/** What the engine may see and say of the pace. */
export interface Pacing {
  /** While true, listing gets at most half of the rate, so that files are not starved by lists. */
  setJobsWaiting(waiting: boolean): void;
  /** Until when no call is made, in Unix milliseconds; null when calls are made. */
  coolDownUntilMs(): number | null;
  /** Hears every cool-down begin or grow, and null when it is over; returns how to stop. */
  onCoolDown(listener: (untilMs: number | null) => void): () => void;
}

/** The limiter itself: every call takes a turn and reports how it was received. */
export interface Limiter extends Pacing {
  /** Resolves when a call may be made; `CANCELLED` when the signal ends first or the limiter closes. */
  take(priority: Priority, signal?: AbortSignal): Promise<void>;
  /** A call was answered normally: the breaker forgets earlier refusals. */
  accepted(): void;
  /** A 403 or 429 came back; `waitMs` is what the service asked for, if it did. */
  refused(waitMs: number | null): void;
  /** Ends all waiting. */
  close(): void;
}

const BURST = 5;
const PRIORITIES: readonly Priority[] = ['user', 'file', 'listing'];
/** Refusals in a row that open the breaker, and how long it stays open at first and at most. */
const REFUSALS_TO_OPEN = 3;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 120_000;

interface Waiter {
  readonly priority: Priority;
  readonly go: () => void;
  readonly cancel: () => void;
}

/** Tokens that grow with time up to a most; all numbers are tokens and milliseconds. */
function createBucket(ratePerSecond: number, burst: number, clock: Clock) {
  let tokens = burst;
  let atMs = clock.passed();
  const refill = () => {
    const passed = clock.passed();
    tokens = Math.min(burst, tokens + ((passed - atMs) / 1000) * ratePerSecond);
    atMs = passed;
  };
  return {
    /** Until one token is there; 0 when it is. */
    waitMs() {
      refill();
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / ratePerSecond) * 1000);
    },
    take() {
      refill();
      tokens -= 1;
    },
    limitTo(most: number) {
      refill();
      tokens = Math.min(tokens, most);
    },
  };
}

/**
 * The one limiter of all calls to the service (qobuz-api §6): `ratePerSecond` with bursts
 * of 5 and some jitter, urgent callers first, a global pause on `Retry-After` and a breaker that opens for
 * 30 to 120 s after three refusals in a row. Emits `COOL_DOWN` when a pause begins.
 */
export function createLimiter(options: {
  ratePerSecond: number;
  clock: Clock;
  random: Random;
  events: Pick<EventStream, 'emit'>;
}): Limiter {
  const { clock, random, ratePerSecond } = options;
  const bucket = createBucket(ratePerSecond, BURST, clock);
  const listingBucket = createBucket(ratePerSecond / 2, Math.ceil(BURST / 2), clock);
  const waiters: Waiter[] = [];
  const listeners = new Set<(untilMs: number | null) => void>();
  const closed = new AbortController();
  let jobsWaiting = false;
  let pumping = false;
  let wake = new AbortController();
  /** The cool-down: its end by what has passed, which counts, and by the clock, which is shown. */
  let cool: { readonly untilMs: number; readonly untilPassedMs: number } | null = null;
  let refusals = 0;
  let openings = 0;
  let breakerUntilMs = Number.NEGATIVE_INFINITY;

  const cooling = () => {
    if (cool && cool.untilPassedMs <= clock.passed()) {
      cool = null;
      for (const listener of listeners) listener(null);
    }
    return cool;
  };

  /** The most urgent caller that may go now, or how long until that may change. */
  const next = (): Waiter | number => {
    const pause = cooling();
    if (pause) return pause.untilPassedMs - clock.passed();
    const wait = bucket.waitMs();
    if (wait > 0) return wait * (1 + random() / 5);
    for (const priority of PRIORITIES) {
      const waiter = waiters.find((candidate) => candidate.priority === priority);
      if (!waiter) continue;
      if (priority !== 'listing' || !jobsWaiting) return waiter;
      const listingWait = listingBucket.waitMs();
      return listingWait === 0 ? waiter : listingWait;
    }
    return 0;
  };

  const pump = async (): Promise<void> => {
    if (pumping) return;
    pumping = true;
    while (waiters.length > 0) {
      const turn = next();
      if (typeof turn === 'number') {
        wake = new AbortController();
        // A new caller or a new rule ends the sleep early; the loop then looks again.
        await clock.sleep(turn, wake.signal).catch(() => undefined);
        continue;
      }
      waiters.splice(waiters.indexOf(turn), 1);
      bucket.take();
      if (turn.priority === 'listing' && jobsWaiting) listingBucket.take();
      turn.go();
    }
    pumping = false;
  };

  const coolDown = (milliseconds: number, reason: string): void => {
    const untilPassedMs = clock.passed() + milliseconds;
    if (milliseconds <= 0 || (cool && cool.untilPassedMs >= untilPassedMs)) return;
    const untilMs = clock.now() + milliseconds;
    cool = { untilMs, untilPassedMs };
    const seconds = Math.ceil(milliseconds / 1000);
    options.events.emit({ code: 'COOL_DOWN', severity: 'warning', context: { seconds, reason } });
    for (const listener of listeners) listener(untilMs);
    wake.abort();
    void clock.sleep(milliseconds, closed.signal).then(
      () => cooling(),
      () => undefined,
    );
  };

  return {
    setJobsWaiting(waiting) {
      if (waiting && !jobsWaiting) listingBucket.limitTo(1);
      jobsWaiting = waiting;
      wake.abort();
    },
    coolDownUntilMs: () => cooling()?.untilMs ?? null,
    onCoolDown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take(priority, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted || closed.signal.aborted) return reject(new CratefulError('CANCELLED'));
        const cancel = () => {
          const place = waiters.indexOf(waiter);
          if (place >= 0) waiters.splice(place, 1);
          reject(new CratefulError('CANCELLED'));
        };
        const go = () => {
          signal?.removeEventListener('abort', cancel);
          resolve();
        };
        const waiter: Waiter = { priority, go, cancel };
        signal?.addEventListener('abort', cancel, { once: true });
        waiters.push(waiter);
        wake.abort();
        void pump();
      });
    },
    accepted() {
      refusals = 0;
      openings = 0;
    },
    refused(waitMs) {
      if (waitMs !== null) coolDown(Math.min(waitMs, MAX_RETRY_AFTER_MS), 'retry-after');
      // Calls that were under way when the breaker opened say nothing new.
      if (clock.passed() < breakerUntilMs) return;
      refusals += 1;
      if (openings === 0 && refusals < REFUSALS_TO_OPEN) return;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** openings);
      refusals = 0;
      openings += 1;
      breakerUntilMs = clock.passed() + pause;
      coolDown(pause, 'refused');
    },
    close() {
      closed.abort();
      wake.abort();
      for (const waiter of [...waiters]) waiter.cancel();
    },
  };
}
