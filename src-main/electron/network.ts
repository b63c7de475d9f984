import type { Net } from 'electron';
import type { Network } from '../ports.ts';

/** Electron tells no change of the network in the main process: it is asked. While offline more often. */
const ASKED_EVERY_MS = { online: 4000, offline: 1500 } as const;

/** The system's word on the network, asked for at intervals while somebody listens. */
export function createNetwork(net: Pick<Net, 'isOnline'>): Network {
  const listeners = new Set<(online: boolean) => void>();
  let timer: NodeJS.Timeout | null = null;
  let last = true;

  const ask = () => {
    timer = null;
    const online = net.isOnline();
    if (online !== last) {
      last = online;
      for (const listener of [...listeners]) listener(online);
    }
    plan();
  };
  const plan = () => {
    if (timer || listeners.size === 0) return;
    timer = setTimeout(ask, last ? ASKED_EVERY_MS.online : ASKED_EVERY_MS.offline);
    timer.unref();
  };

  return {
    online: () => net.isOnline(),
    onChange(listener) {
      if (listeners.size === 0) last = net.isOnline();
      listeners.add(listener);
      plan();
      return () => listeners.delete(listener);
    },
  };
}
