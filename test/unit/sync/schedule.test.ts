import { describe, expect, it } from 'vitest';
import {
  type Decision,
  decide,
  FULL_LISTING_MS,
  jitterMs,
  needsSync,
  type Situation,
} from '../../../src-main/sync/schedule.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

/** Every 15 minutes, last looked 20 minutes ago, nothing in the way. */
const situation = (given: Partial<Situation> = {}): Situation => ({
  nowMs: NOW,
  everyMinutes: 15,
  onBatteryToo: false,
  lastLookMs: NOW - 20 * MINUTE,
  jitterMs: 0,
  interrupted: null,
  setUp: true,
  running: false,
  online: true,
  onBattery: false,
  signedIn: true,
  hasFolder: true,
  hasRoom: true,
  rested: true,
  paused: false,
  ...given,
});
const what = (given: Partial<Situation>): Pick<Decision, 'act' | 'holding'> => {
  const { act, holding } = decide(situation(given));
  return { act, holding };
};
const WAIT = { act: 'wait', holding: null };

describe('the schedule', () => {
  it('looks once the interval and its jitter have passed, and not a moment before', () => {
    const lastLookMs = NOW - 15 * MINUTE;
    expect(what({ lastLookMs })).toEqual({ act: 'look', holding: null });
    expect(what({ lastLookMs: lastLookMs + 1 })).toEqual(WAIT);
    expect(what({ lastLookMs, jitterMs: 1 })).toEqual(WAIT);
    expect(decide(situation({ lastLookMs, jitterMs: 1 })).nextSyncAtMs).toBe(NOW + 1);
  });

  it('looks at once where nobody ever looked, and after a sleep of any length', () => {
    expect(what({ lastLookMs: null }).act).toBe('look');
    expect(what({ lastLookMs: NOW - 90 * 24 * 60 * MINUTE }).act).toBe('look');
  });

  it('takes every interval from a quarter of an hour to a day', () => {
    for (const everyMinutes of [15, 30, 60, 180, 360, 720, 1440]) {
      const lastLookMs = NOW - everyMinutes * MINUTE;
      expect(what({ everyMinutes, lastLookMs }).act).toBe('look');
      expect(what({ everyMinutes, lastLookMs: lastLookMs + MINUTE })).toEqual(WAIT);
    }
  });

  it('never looks by itself when syncs start only when asked', () => {
    const given = { everyMinutes: 0, lastLookMs: null };
    expect(decide(situation(given))).toEqual({ ...WAIT, nextSyncAtMs: null });
  });

  it('begins nothing before the first run was gone through', () => {
    expect(decide(situation({ setUp: false, lastLookMs: null }))).toEqual({
      ...WAIT,
      nextSyncAtMs: null,
    });
  });

  it('leaves a run that goes on alone', () => {
    expect(what({ running: true })).toEqual(WAIT);
    expect(what({ running: true, interrupted: 'asked' })).toEqual(WAIT);
  });

  it.each([
    [{ signedIn: false }, 'signed-out'],
    [{ hasFolder: false }, 'no-folder'],
    [{ paused: true }, 'paused'],
    [{ online: false }, 'offline'],
    [{ onBattery: true }, 'battery'],
  ] as const)('holds what is due while %o', (given, holding) => {
    expect(what(given)).toEqual({ act: 'wait', holding });
    // What is not due is not held.
    expect(what({ ...given, lastLookMs: NOW })).toEqual(WAIT);
  });

  it('keeps the time of what it holds, so that it is caught up with', () => {
    const due = decide(situation({ online: false })).nextSyncAtMs;
    expect(due).toBe(NOW - 5 * MINUTE);
    expect(what({ online: true }).act).toBe('look');
  });

  it('runs on battery where that is wished', () => {
    expect(what({ onBattery: true, onBatteryToo: true }).act).toBe('look');
  });

  it('goes on with what the network stopped, also when syncs start only when asked', () => {
    const manual = { everyMinutes: 0, interrupted: 'asked' } as const;
    expect(what(manual)).toEqual({ act: 'go-on', holding: null });
    expect(what({ ...manual, online: false })).toEqual({ act: 'wait', holding: 'offline' });
    expect(what({ ...manual, paused: true })).toEqual({ act: 'wait', holding: 'paused' });
  });

  it('goes on on battery only with what somebody asked for', () => {
    expect(what({ interrupted: 'asked', onBattery: true }).act).toBe('go-on');
    expect(what({ interrupted: 'scheduled', onBattery: true })).toEqual({
      act: 'wait',
      holding: 'battery',
    });
  });

  it('does not wait for hours because the clock was set back', () => {
    const { nextSyncAtMs } = decide(situation({ lastLookMs: NOW + 300 * MINUTE }));
    expect(nextSyncAtMs).toBe(NOW + 15 * MINUTE);
  });

  it('adds at most a minute, and never more than a twentieth of the interval', () => {
    expect(jitterMs(15, 0)).toBe(0);
    expect(jitterMs(15, 0.999)).toBeLessThan((15 * MINUTE) / 20);
    expect(jitterMs(15, 0.999)).toBeGreaterThan(0);
    expect(jitterMs(1440, 0.999)).toBeLessThan(MINUTE);
    expect(jitterMs(0, 0.999)).toBe(0);
  });
});

describe('a look', () => {
  const facts = { nowMs: NOW, stamp: 7, rootId: 'r', wanted: 'best', jobsLeft: false };
  const synced = { stamp: 7, rootId: 'r', wanted: 'best', atMs: NOW - FULL_LISTING_MS + 1 };

  it('needs no sync when nothing changed and the last listing is not a day old', () => {
    expect(needsSync(facts, synced)).toBe(false);
  });

  it.each([
    ['purchases changed', { stamp: 8 }, {}],
    ['the service gives no stamp', { stamp: null }, { stamp: null }],
    ['another folder is in use', { rootId: 's' }, {}],
    ['another quality is wanted', { wanted: 'cd' }, {}],
    ['jobs are left', { jobsLeft: true }, {}],
    ['the last full listing is a day old', {}, { atMs: NOW - FULL_LISTING_MS }],
    ['the clock was set back', {}, { atMs: NOW + 1 }],
  ])('becomes a sync when %s', (_, changed, before) => {
    expect(needsSync({ ...facts, ...changed }, { ...synced, ...before })).toBe(true);
  });

  it('becomes a sync when there was none yet', () => {
    expect(needsSync(facts, null)).toBe(true);
  });
});
