import { describe, expect, it } from 'vitest';
import { createAwake } from '../../../src-main/sync/awake.ts';
import type { RunView } from '../../../src-preload/contract/views.ts';
import { fakeClock } from '../../support/fake-clock.ts';

function scene() {
  const clock = fakeClock();
  let held = 0;
  const awake = createAwake({
    clock,
    keepAwake: () => {
      held += 1;
      return () => {
        held -= 1;
      };
    },
  });
  const run = (state: RunView['state'], bytes: number) => ({ state, totals: { bytes } }) as RunView;
  return { clock, awake, run, held: () => held };
}

describe('the computer', () => {
  it('is kept awake from the first byte to the end of the run, once', () => {
    const { awake, run, held } = scene();
    awake.saw(run('running', 0));
    expect(held()).toBe(0);
    awake.saw(run('running', 100));
    awake.saw(run('running', 200));
    expect(held()).toBe(1);
    awake.saw(run('finished', 200));
    expect(held()).toBe(0);
  });

  it.each(['paused', 'stopping', 'stopped', 'preparing'] as const)(
    'may sleep while a run is %s',
    (state) => {
      const { awake, run, held } = scene();
      awake.saw(run('running', 100));
      awake.saw(run(state, 200));
      expect(held()).toBe(0);
    },
  );

  it('may sleep when no byte came for half a minute, and is kept awake again by the next', async () => {
    const { awake, run, held, clock } = scene();
    awake.saw(run('running', 100));
    await clock.advance(20_000);
    awake.saw(run('running', 200));
    await clock.advance(20_000);
    expect(held()).toBe(1);
    await clock.advance(20_000);
    expect(held()).toBe(0);
    awake.saw(run('running', 200));
    expect(held()).toBe(0);
    awake.saw(run('running', 300));
    expect(held()).toBe(1);
  });

  it('is let go of when the engine ends', () => {
    const { awake, run, held } = scene();
    awake.saw(run('running', 100));
    awake.dispose();
    expect(held()).toBe(0);
  });
});
