import type { Clock } from '../ports.ts';

/** Time over which a speed is averaged, in milliseconds. */
const WINDOW_MS = 5000;
/** Width of one of the window's slots, in milliseconds. */
const SLOT_MS = 250;

/** Measures a speed over the last seconds. */
export interface Meter {
  add(bytes: number): void;
  /** Bytes per second, 0 when nothing came lately. */
  rate(): number;
}

/** A meter that starts now. */
export function createMeter(clock: Pick<Clock, 'passed'>): Meter {
  const startedMs = clock.passed();
  let slots: { slot: number; bytes: number }[] = [];
  const slotNow = () => Math.floor(clock.passed() / SLOT_MS);
  return {
    add(bytes) {
      const slot = slotNow();
      const last = slots.at(-1);
      if (last?.slot === slot) last.bytes += bytes;
      else slots.push({ slot, bytes });
    },
    rate() {
      const oldest = slotNow() - WINDOW_MS / SLOT_MS;
      slots = slots.filter(({ slot }) => slot > oldest);
      const bytes = slots.reduce((sum, each) => sum + each.bytes, 0);
      const spanMs = Math.min(WINDOW_MS, Math.max(SLOT_MS, clock.passed() - startedMs));
      return (bytes * 1000) / spanMs;
    },
  };
}
