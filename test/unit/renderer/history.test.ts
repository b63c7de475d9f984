import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src-renderer/views/history/outcome.ts';
import { runSummary } from '../../support/fake-queue.ts';

describe('how a run of the past ended', () => {
  it.each([
    ['finished', runSummary('r', 1, { downloaded: 3 })],
    ['nothing-new', runSummary('r', 1, { skipped: 30 })],
    ['failures', runSummary('r', 1, { downloaded: 3, failed: 1 })],
    ['stopped', runSummary('r', 1, { downloaded: 3 }, { state: 'stopped' })],
    ['cut', runSummary('r', 1, {}, { state: 'running', endedAtMs: null })],
    ['finished', runSummary('r', 1, {}, { totals: null })],
  ] as const)('is %s', (outcome, run) => expect(outcomeOf(run, 'another')).toBe(outcome));

  it('is open while it goes on', () => {
    expect(outcomeOf(runSummary('r', 1, {}, { endedAtMs: null }), 'r')).toBe('under-way');
  });
});
