import type { Clock, Network } from '../ports.ts';

/** How often the service is tried while the system believes in the network: it is back within 5 s then. */
const PROBE_MS = 3000;
/** The same while the system says that there is none. It is almost always right. */
const DOUBT_MS = 60_000;

/** Whether the service can be reached, from what the system says and what really came of asking. */
export interface Reach {
  online(): boolean;
  /** An attempt found the service, or did not get through to it. */
  found(reachable: boolean): void;
  /** Forgets what was found: the network is another one now. */
  forget(): void;
  /** Milliseconds until it is worth asking again; null while online. */
  probeInMs(): number | null;
}

/** See {@link Reach}. */
export function createReach({ clock, network }: { clock: Clock; network: Network }): Reach {
  /** What the last attempt found; it counts until the system says something new. */
  let last: 'reachable' | 'unreachable' | null = null;
  let atMs = clock.passed();
  const online = () => (last === null ? network.online() : last === 'reachable');
  return {
    online,
    found(reachable) {
      last = reachable ? 'reachable' : 'unreachable';
      atMs = clock.passed();
    },
    forget() {
      last = null;
      atMs = clock.passed();
    },
    probeInMs() {
      if (online()) return null;
      return Math.max(0, atMs + (network.online() ? PROBE_MS : DOUBT_MS) - clock.passed());
    },
  };
}
