import type { Clock } from '../../src-main/ports.ts';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** A clock whose time stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Sets the clock by so much, as a person does; nobody wakes, and nothing has passed. */
  set(byMs: number): void;
  /** How many sleeps wait right now. */
  sleeping(): number;
  /** When the next sleeper wakes, by what has passed; null when nobody sleeps. */
  nextWakeMs(): number | null;
  /** Moves time on, waking sleepers in order and letting what they start run in between. */
  advance(milliseconds: number): Promise<void>;
}

/** Lets promise chains that need no timer run, real sockets included, for a few turns of the event loop. */
export async function settle(turns = 5): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** See {@link FakeClock}; starts at `startMs` (Unix milliseconds). */
export function fakeClock(startMs = Date.UTC(2026, 10, 21)): FakeClock {
  let now = startMs;
  let setByMs = 0;
  const sleepers = new Set<Sleeper>();
  const next = (): Sleeper | null =>
    [...sleepers].sort((a, b) => a.wakesAt - b.wakesAt).at(0) ?? null;
  return {
    now: () => now + setByMs,
    passed: () => now,
    sleep: (milliseconds, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          wakesAt: now + Math.max(0, milliseconds),
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    set(byMs) {
      setByMs += byMs;
    },
    sleeping: () => sleepers.size,
    nextWakeMs: () => next()?.wakesAt ?? null,
    async advance(milliseconds) {
      const target = now + milliseconds;
      await settle();
      for (let sleeper = next(); sleeper && sleeper.wakesAt <= target; sleeper = next()) {
        now = Math.max(now, sleeper.wakesAt);
        sleeper.wake();
        await settle();
      }
      now = target;
      await settle();
    },
  };
}

/**
 * A clock whose time jumps to the next sleeper's wake as soon as the event loop is free; sleeps that overlap
 * share their time, as they would on a wall. `slept` lists what was asked, in milliseconds.
 */
export function instantClock(startMs?: number): Clock & { readonly slept: number[] } {
  const clock = fakeClock(startMs);
  const slept: number[] = [];
  let running = false;
  const run = async () => {
    if (running) return;
    running = true;
    for (let wakes = clock.nextWakeMs(); wakes !== null; wakes = clock.nextWakeMs()) {
      await clock.advance(wakes - clock.passed());
    }
    running = false;
  };
  return {
    slept,
    now: clock.now,
    passed: clock.passed,
    sleep(milliseconds, signal) {
      if (!signal?.aborted) slept.push(milliseconds);
      const sleep = clock.sleep(milliseconds, signal);
      void run();
      return sleep;
    },
  };
}
