import type { SpeedHistory } from '../../src-preload/contract/queue.ts';
import type { Clock } from '../ports.ts';

const INTERVAL_SECONDS = 2;
/** Five minutes. */
const INTERVALS = 150;

/** Remembers how fast bytes came in the last minutes. */
export interface SpeedRecord {
  add(bytes: number): void;
  history(): SpeedHistory;
}

/** A record that begins empty; only intervals that are over are shown. */
export function createSpeedRecord(clock: Pick<Clock, 'now'>): SpeedRecord {
  const intervalNow = () => Math.floor(clock.now() / (INTERVAL_SECONDS * 1000));
  const bytesOf = new Map<number, number>();
  const forget = (oldest: number) => {
    for (const interval of bytesOf.keys()) if (interval < oldest) bytesOf.delete(interval);
  };
  return {
    add(bytes) {
      const interval = intervalNow();
      const before = bytesOf.get(interval);
      if (before === undefined) forget(interval - INTERVALS);
      bytesOf.set(interval, (before ?? 0) + bytes);
    },
    history() {
      const now = intervalNow();
      const bytesPerSecond = Array.from(
        { length: INTERVALS },
        (_, index) => (bytesOf.get(now - INTERVALS + index) ?? 0) / INTERVAL_SECONDS,
      );
      return { intervalSeconds: INTERVAL_SECONDS, bytesPerSecond };
    },
  };
}
