import { describe, expect, it } from 'vitest';
import { backOffMs, retryAfterMs } from '../../../src-main/qobuz/retry-after.ts';

const now = Date.parse('Sat, 21 Nov 2026 12:00:00 GMT');

describe('retryAfterMs', () => {
  it.each([
    ['7', 7_000],
    ['Sat, 21 Nov 2026 12:00:42 GMT', 42_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['86400', 300_000],
    ['Sun, 22 Nov 2026 12:00:00 GMT', 300_000],
    ['soon', null],
    ['', null],
    [undefined, null],
  ])('reads %s as %s ms', (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });
});

describe('backOffMs', () => {
  it('doubles from a second to a minute, with at most a quarter more', () => {
    expect([1, 2, 3, 9].map((attempt) => backOffMs(attempt, () => 0))).toEqual([
      1000, 2000, 4000, 60_000,
    ]);
    expect(backOffMs(1, () => 0.999)).toBeLessThanOrEqual(1250);
  });
});
