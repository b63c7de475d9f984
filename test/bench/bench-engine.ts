import { systemClock } from '../../src-main/clock.ts';
import { createEngine, type Engine } from '../../src-main/engine.ts';
import { STILL } from '../../src-main/still-ports.ts';
import type { StoreAddresses } from './store.ts';

/** Where the built workers are. */
export const built = (name: string): URL => new URL(`../../out/main/${name}.js`, import.meta.url);

/** An engine as the command line builds it, against a store on this machine and without pacing to speak of. */
export function benchEngine(home: string, store: StoreAddresses): Promise<Engine> {
  return createEngine(
    {
      home,
      apiBase: store.apiBase,
      playerBase: store.playerBase,
      keychainService: 'Crateful bench',
      environment: { token: store.token, appId: store.appId, appSecret: store.appSecret },
      apiRatePerSecond: 100_000,
      version: '0.0.0',
      demo: false,
      workers: {
        audio: built('audio-worker'),
        scan: built('scan-worker'),
        backup: built('backup-worker'),
      },
    },
    {
      clock: systemClock,
      random: Math.random,
      openUrl: async () => undefined,
      locales: () => [],
      resolveProxy: async () => null,
      ...STILL,
      encryption: null,
      log: () => undefined,
    },
  );
}
