import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNetwork } from '../../../src-main/electron/network.ts';
import { createPower, keepAwakeWith } from '../../../src-main/electron/power.ts';

describe('the network', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked for at intervals, and its return is noticed within two seconds', async () => {
    let online = true;
    const network = createNetwork({ isOnline: () => online });
    const heard: boolean[] = [];
    const stop = network.onChange((now) => heard.push(now));
    online = false;
    expect(network.online()).toBe(false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(heard).toEqual([false]);
    online = true;
    await vi.advanceTimersByTimeAsync(2000);
    expect(heard).toEqual([false, true]);
    stop();
    online = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard).toEqual([false, true]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('power', () => {
  it('tells of the plug and of the end of a sleep until nobody listens', () => {
    const monitor = Object.assign(new EventEmitter(), { isOnBatteryPower: () => true });
    const power = createPower(monitor as unknown as PowerMonitor);
    expect(power.onBattery()).toBe(true);
    const heard: string[] = [];
    const stop = power.onChange((what) => heard.push(what));
    for (const event of ['on-battery', 'on-ac', 'resume']) monitor.emit(event);
    expect(heard).toEqual(['source', 'source', 'resumed']);
    stop();
    monitor.emit('resume');
    expect(heard).toHaveLength(3);
  });

  it('holds off sleep, not the dark screen, until it is let go', () => {
    const held = new Map<number, string>();
    const keepAwake = keepAwakeWith({
      start: (type) => {
        held.set(held.size + 1, type);
        return held.size;
      },
      stop: (id) => held.delete(id),
      isStarted: (id) => held.has(id),
    });
    const release = keepAwake();
    expect([...held.values()]).toEqual(['prevent-app-suspension']);
    release();
    expect(held.size).toBe(0);
  });
});
