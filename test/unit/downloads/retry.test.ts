import { describe, expect, it } from 'vitest';
import { nextStep } from '../../../src-main/downloads/retry.ts';
import { CratefulError } from '../../../src-main/errors.ts';
import { ERRORS, type ErrorCode } from '../../../src-preload/contract/error-codes.ts';

const step = (
  code: ErrorCode,
  attempts = 1,
  proofFailures = 0,
  kind: 'track' | 'cover' = 'track',
) => nextStep({ error: new CratefulError(code), kind, attempts, proofFailures });

describe('what follows a failed attempt', () => {
  it('waits 2, 4, 8, 16 and 32 seconds between six attempts and then gives the track up', () => {
    const steps = [1, 2, 3, 4, 5, 6].map((attempts) => step('STREAM_TRUNCATED', attempts));
    expect(steps).toEqual([
      ...[2000, 4000, 8000, 16_000, 32_000].map((delayMs) => ({ kind: 'retry', delayMs })),
      { kind: 'failed' },
    ]);
  });

  it('fetches a file that came whole and was wrong three times at most', () => {
    expect(step('AUDIO_DAMAGED', 2, 2)).toMatchObject({ kind: 'retry' });
    expect(step('AUDIO_DAMAGED', 3, 3)).toEqual({ kind: 'failed' });
  });

  it('gives a network that is away the same patience and then stops the run', () => {
    expect(step('OFFLINE', 5)).toMatchObject({ kind: 'retry' });
    expect(step('OFFLINE', 6)).toEqual({ kind: 'stop-run' });
    expect(step('OFFLINE', 6, 0, 'cover')).toEqual({ kind: 'failed' });
  });

  it.each(['TRACK_WITHHELD', 'NOT_ENTITLED', 'TRACK_UNAVAILABLE'] as const)(
    'takes %s as the service’s last word on the track',
    (code) => {
      expect(step(code)).toEqual({ kind: 'unavailable' });
    },
  );

  it('never stops a run for a fault of a track, and never fails a track for a fault of account or disk', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      const { scope, exit } = ERRORS[code];
      const last = step(code, 6, 3).kind;
      if (scope === 'track') expect(last, code).not.toBe('stop-run');
      if (scope === 'account' || exit === 4) expect(last, code).toBe('stop-run');
    }
  });
});
