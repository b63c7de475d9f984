import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src-main/ports.ts';

/** A clock that runs faster than the wall's. */
export interface SwiftClock extends Clock {
  /**
   * Moves its time on at once, as when a computer was off for so long. Back, as when somebody sets it: sleeps then
   * last as long as they were to, as timers do.
   */
  leap(milliseconds: number): void;
}

/**
 * A clock on which `speed` seconds pass in one: back-offs, pauses and lists of many minutes take a moment, in
 * their right order and beside real sockets and disks, whose own time it leaves alone.
 */
export function swiftClock(speed: number, startMs = Date.now()): SwiftClock {
  const realStart = performance.now();
  let leaptMs = 0;
  let setBackMs = 0;
  const now = () => Math.floor(startMs + leaptMs + (performance.now() - realStart) * speed);
  const passed = () => now() + setBackMs;
  return {
    now,
    passed,
    async sleep(milliseconds, signal) {
      const until = passed() + milliseconds;
      try {
        do {
          const restMs = Math.max(0, until - passed()) / speed;
          await wait(Math.ceil(restMs), undefined, signal ? { signal } : {});
        } while (passed() < until);
      } catch (error) {
        throw signal?.aborted ? signal.reason : error;
      }
    },
    leap(milliseconds) {
      leaptMs += milliseconds;
      setBackMs += Math.max(0, -milliseconds);
    },
  };
}
