import { expect, it } from 'vitest';
import { createSpeedRecord } from '../../../src-main/sync/speed-history.ts';
import { fakeClock } from '../../support/fake-clock.ts';

it('gives the speed of the last five minutes, oldest first, and forgets what is older', async () => {
  const clock = fakeClock(0);
  const record = createSpeedRecord(clock);
  record.add(2000);
  await clock.advance(1000);
  record.add(4000);
  // An interval that goes on would look like a drop.
  expect(record.history().bytesPerSecond.at(-1)).toBe(0);
  await clock.advance(1000);
  expect(record.history()).toMatchObject({ intervalSeconds: 2 });
  expect(record.history().bytesPerSecond).toHaveLength(150);
  expect(record.history().bytesPerSecond.slice(-2)).toEqual([0, 3000]);
  await clock.advance(298_000);
  record.add(10);
  expect(record.history().bytesPerSecond[0]).toBe(3000);
  await clock.advance(2000);
  expect(record.history().bytesPerSecond[0]).toBe(0);
  expect(record.history().bytesPerSecond.at(-1)).toBe(5);
});
