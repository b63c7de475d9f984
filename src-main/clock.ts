import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './ports.ts';

/** The machine's own time. A sleep keeps the process alive; an aborted one rejects with the signal's reason. */
export const systemClock: Clock = {
  now: () => Date.now(),
  passed: () => performance.now(),
  async sleep(milliseconds, signal) {
    try {
      await wait(Math.max(0, milliseconds), undefined, signal ? { signal } : {});
    } catch (error) {
      // node:timers wraps the reason in an AbortError of its own; Clock promises the reason itself.
      throw signal?.aborted ? signal.reason : error;
    }
  },
};
