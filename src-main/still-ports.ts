import type { Network, Ports, Power } from './ports.ts';

/** A network that never goes away: of a shell that cannot tell, and of a service on this very computer. */
export const ALWAYS_ONLINE: Network = { online: () => true, onChange: () => () => undefined };

/** Power of a shell that cannot tell. */
export const ALWAYS_PLUGGED_IN: Power = {
  onBattery: () => false,
  onChange: () => () => undefined,
};

/** What a shell says of its surroundings that sees nothing of them. */
export const STILL: Pick<Ports, 'network' | 'power' | 'keepAwake'> = {
  network: ALWAYS_ONLINE,
  power: ALWAYS_PLUGGED_IN,
  keepAwake: () => () => undefined,
};
