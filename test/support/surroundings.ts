import type { Network, Power } from '../../src-main/ports.ts';

/** A network and a power supply that a test turns on and off, and a record of who keeps the computer awake. */
export function surroundings() {
  const networkListeners = new Set<(online: boolean) => void>();
  const powerListeners = new Set<(what: 'source' | 'resumed') => void>();
  let online = true;
  let battery = false;
  let awake = 0;
  let wakings = 0;
  const on = <Listener>(listeners: Set<Listener>, listener: Listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const network: Network = {
    online: () => online,
    onChange: (listener) => on(networkListeners, listener),
  };
  const power: Power = {
    onBattery: () => battery,
    onChange: (listener) => on(powerListeners, listener),
  };
  return {
    ports: {
      network,
      power,
      keepAwake: () => {
        awake += 1;
        wakings += 1;
        return () => {
          awake -= 1;
        };
      },
    },
    /** How many hold the computer awake now, and how often it was held so far. */
    awake: () => awake,
    wakings: () => wakings,
    setOnline(next: boolean) {
      online = next;
      for (const listener of networkListeners) listener(next);
    },
    setBattery(next: boolean) {
      battery = next;
      for (const listener of powerListeners) listener('source');
    },
    /** The computer wakes from its sleep. */
    resume() {
      for (const listener of powerListeners) listener('resumed');
    },
  };
}
