import { expect } from 'vitest';

/** Asks again and again until the expectation behind it holds; patient enough for a machine under load. */
export const eventually = <Value>(probe: () => Value) =>
  expect.poll(probe, { timeout: 30_000, interval: 20 });
