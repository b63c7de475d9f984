import { bodyFaults, inject } from '../../support/faults.ts';
import { surroundings } from '../../support/surroundings.ts';
import { type Expected, type Fault, healed, paused } from '../fault.ts';
import type { World } from '../world.ts';

const DAY_MS = 24 * 3600 * 1000;

/** A store whose clock is off against the computer's. */
const off = (name: string, byMs: number, expected: Expected = healed): Fault => ({
  group: 'clock',
  name: `the computer's clock is off by ${name}`,
  where: 'every signed call',
  expected,
  strike({ engine, serviceClock }) {
    serviceClock.offMs = -byMs;
    const asked = () => engine.asked().filter(({ call }) => call === 'track/getFileUrl').length;
    return {
      hits: asked,
      mend() {
        serviceClock.offMs = 0;
      },
    };
  },
});

/** The clock jumps while the victim waits for its next attempt. */
const jump = (name: string, byMs: number): Fault => ({
  group: 'clock',
  name: `the clock jumps ${name}`,
  where: 'during a back-off',
  expected: healed,
  strike({ engine, victim }) {
    const struck = inject(engine.store, bodyFaults.cutAt(0.5), { trackId: victim, times: 2 });
    let leapt = 0;
    const stop = engine.engine.onDelta(({ jobs }) => {
      if (leapt > 0 || !jobs?.upsert.some(({ state }) => state === 'retrying')) return;
      leapt += 1;
      engine.clock.leap(byMs);
    });
    return {
      hits: () => Math.min(struck.hits, leapt),
      mend() {
        stop();
        struck.remove();
      },
    };
  },
});

const around = surroundings();

/** The computer sleeps while a file comes in: its connections are dead when it wakes, its addresses expired. */
const sleep: Fault = {
  group: 'clock',
  name: 'sleep and wake',
  where: 'in the middle of a file',
  expected: healed,
  setting: () => ({ ports: around.ports }),
  strike({ engine, victim }: World) {
    const struck = inject(engine.store, bodyFaults.stallAt(0.5), { trackId: victim, times: 1 });
    let slept = 0;
    const stop = engine.engine.onDelta(({ jobs }) => {
      if (slept > 0 || struck.hits === 0) return;
      if (
        !jobs?.upsert.some(({ trackId, receivedBytes }) => trackId === victim && receivedBytes > 0)
      )
        return;
      slept += 1;
      engine.store.expireFileUrls();
      engine.clock.leap(8 * 3600 * 1000);
      around.setOnline(false);
      around.setOnline(true);
      around.resume();
    });
    return {
      hits: () => Math.min(slept, struck.hits),
      mend() {
        stop();
        struck.remove();
      },
    };
  },
};

/** Faults of time (traps §3). */
export const clockCatalogue: readonly Fault[] = [
  off('a day ahead', DAY_MS),
  off('a day behind', -DAY_MS),
  off('four days', 4 * DAY_MS, paused('APP_CREDENTIALS_INVALID')),
  jump('a day ahead', DAY_MS),
  jump('a day back', -DAY_MS),
  sleep,
];
