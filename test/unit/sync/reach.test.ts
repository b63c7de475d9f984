import { describe, expect, it } from 'vitest';
import { createReach } from '../../../src-main/sync/reach.ts';
import { fakeClock } from '../../support/fake-clock.ts';

function scene(online: boolean) {
  const clock = fakeClock();
  const system = { online };
  const network = { online: () => system.online, onChange: () => () => undefined };
  return { clock, system, reach: createReach({ clock, network }) };
}

describe('the service', () => {
  it('counts as reachable while the system believes in the network', () => {
    const { reach, system } = scene(true);
    expect(reach.online()).toBe(true);
    expect(reach.probeInMs()).toBeNull();
    system.online = false;
    expect(reach.online()).toBe(false);
  });

  it('is asked for every 3 s when it cannot be reached through a network that is there', async () => {
    const { reach, clock } = scene(true);
    reach.found(false);
    expect(reach.online()).toBe(false);
    expect(reach.probeInMs()).toBe(3000);
    // Somebody who sets the clock back does not make it wait for a day.
    clock.set(-86_400_000);
    await clock.advance(3000);
    expect(reach.probeInMs()).toBe(0);
    reach.found(true);
    expect(reach.online()).toBe(true);
  });

  it('is asked for once a minute where the system sees no network, and believed when it answers', async () => {
    const { reach, clock } = scene(false);
    expect(reach.probeInMs()).toBe(60_000);
    await clock.advance(60_000);
    expect(reach.probeInMs()).toBe(0);
    reach.found(true);
    expect(reach.online()).toBe(true);
  });

  it('is judged anew when the network changes', () => {
    const { reach, system } = scene(true);
    reach.found(false);
    reach.forget();
    expect(reach.online()).toBe(true);
    system.online = false;
    expect(reach.online()).toBe(false);
  });
});
