import { describe, expect, it } from 'vitest';
import type { EventInput } from '../../../src-main/events.ts';
import { createLimiter, type Priority } from '../../../src-main/qobuz/pacing.ts';
import { fakeClock, settle } from '../../support/fake-clock.ts';

function limiter(options: { random?: number; ratePerSecond?: number } = {}) {
  const clock = fakeClock(0);
  const events: EventInput[] = [];
  const made = createLimiter({
    ratePerSecond: options.ratePerSecond ?? 2,
    clock,
    random: () => options.random ?? 0,
    events: { emit: (event) => events.push(event) },
  });
  const turns: { at: number; priority: Priority }[] = [];
  const take = (priority: Priority, count = 1, signal?: AbortSignal) => {
    for (let call = 0; call < count; call++) {
      made.take(priority, signal).then(
        () => turns.push({ at: clock.now(), priority }),
        () => undefined,
      );
    }
  };
  return { clock, events, limiter: made, turns, take };
}

describe('the pace', () => {
  it('lets five calls go at once and two a second after that, at most 125 in any minute', async () => {
    const { clock, turns, take } = limiter();
    take('listing', 400);
    await settle();
    expect(turns).toHaveLength(5);
    await clock.advance(60_000);
    expect(turns).toHaveLength(125);
    await clock.advance(120_000);
    for (const { at } of turns) {
      const minute = turns.filter((turn) => turn.at >= at && turn.at < at + 60_000);
      expect(minute.length).toBeLessThanOrEqual(125);
    }
  });

  it('never goes faster through jitter', async () => {
    const { clock, turns, take } = limiter({ random: 0.99 });
    take('file', 300);
    await clock.advance(60_000);
    expect(turns.length).toBeLessThanOrEqual(125);
    expect(turns.length).toBeGreaterThan(100);
  });

  it('serves a person before files and files before lists', async () => {
    const { clock, turns, take } = limiter();
    take('listing', 7);
    await settle();
    take('file', 2);
    take('user', 2);
    await clock.advance(10_000);
    expect(turns.slice(5).map((turn) => turn.priority)).toEqual([
      'user',
      'user',
      'file',
      'file',
      'listing',
      'listing',
    ]);
  });

  it('gives lists at most half of the rate while jobs wait, and all of it again afterwards', async () => {
    const { clock, limiter: pacing, turns, take } = limiter();
    take('listing', 200);
    await settle();
    pacing.setJobsWaiting(true);
    await clock.advance(20_000);
    const whileWaiting = turns.length - 5;
    expect(whileWaiting).toBeGreaterThanOrEqual(19);
    expect(whileWaiting).toBeLessThanOrEqual(21);
    pacing.setJobsWaiting(false);
    const before = turns.length;
    await clock.advance(20_000);
    expect(turns.length - before).toBeGreaterThanOrEqual(39);
  });

  it('lets a file go at once while a list is held back for its share', async () => {
    const { clock, limiter: pacing, turns, take } = limiter();
    pacing.setJobsWaiting(true);
    take('listing', 20);
    await clock.advance(3_000);
    take('file');
    await settle();
    expect(turns.at(-1)).toEqual({ at: 3_000, priority: 'file' });
  });

  it('forgets a caller who gave up, and all of them when it closes', async () => {
    const { clock, limiter: pacing, turns, take } = limiter();
    const controller = new AbortController();
    take('user', 5);
    take('user', 3, controller.signal);
    await settle();
    controller.abort();
    take('listing');
    await clock.advance(500);
    expect(turns.at(-1)?.priority).toBe('listing');
    const waiting = pacing.take('file');
    pacing.close();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('the breaker', () => {
  it('opens for 30 s after three refusals in a row and says so', async () => {
    const { clock, events, limiter: pacing, turns, take } = limiter();
    const heard: (number | null)[] = [];
    pacing.onCoolDown((untilMs) => heard.push(untilMs));
    pacing.refused(null);
    pacing.refused(null);
    expect(pacing.coolDownUntilMs()).toBeNull();
    pacing.refused(null);
    expect(pacing.coolDownUntilMs()).toBe(30_000);
    expect(events).toMatchObject([{ code: 'COOL_DOWN', context: { seconds: 30 } }]);
    take('user');
    await clock.advance(29_999);
    expect(turns).toEqual([]);
    await clock.advance(1);
    expect(turns).toHaveLength(1);
    expect(heard).toEqual([30_000, null]);
  });

  it('opens at once and for longer when the first call afterwards is refused, up to 120 s', async () => {
    const { clock, limiter: pacing } = limiter();
    for (let call = 0; call < 3; call++) pacing.refused(null);
    const pauses: number[] = [];
    for (let round = 0; round < 3; round++) {
      const until = pacing.coolDownUntilMs() ?? 0;
      await clock.advance(until - clock.now());
      pacing.refused(null);
      pauses.push((pacing.coolDownUntilMs() ?? 0) - clock.now());
    }
    expect(pauses).toEqual([60_000, 120_000, 120_000]);
  });

  it('does not count calls that were under way when it opened', () => {
    const { limiter: pacing } = limiter();
    for (let call = 0; call < 8; call++) pacing.refused(null);
    expect(pacing.coolDownUntilMs()).toBe(30_000);
  });

  it('forgets refusals once a call is answered', () => {
    const { limiter: pacing } = limiter();
    for (let round = 0; round < 5; round++) {
      pacing.refused(null);
      pacing.refused(null);
      pacing.accepted();
    }
    expect(pacing.coolDownUntilMs()).toBeNull();
  });

  it.each([-86_400_000, 86_400_000])(
    'waits as long as it was to when the clock is set by %i ms',
    async (byMs) => {
      const { clock, limiter: pacing, turns, take } = limiter();
      pacing.refused(10_000);
      clock.set(byMs);
      take('user');
      await clock.advance(9999);
      expect(turns).toEqual([]);
      await clock.advance(1);
      expect(turns).toHaveLength(1);
      // The breaker goes by the same time: three more refusals open it.
      for (let call = 0; call < 3; call++) pacing.refused(null);
      expect(pacing.coolDownUntilMs()).toBe(clock.now() + 30_000);
    },
  );

  it('waits for what the service asked, at most five minutes', () => {
    const { limiter: pacing } = limiter();
    pacing.refused(10_000);
    expect(pacing.coolDownUntilMs()).toBe(10_000);
    pacing.refused(3_600_000);
    expect(pacing.coolDownUntilMs()).toBe(300_000);
  });
});
