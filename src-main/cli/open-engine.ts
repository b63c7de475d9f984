import { environmentLocales } from '../../src-preload/contract/language.ts';
import { systemClock } from '../clock.ts';
import { createEngine, type Engine } from '../engine.ts';
import { CratefulError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { STILL } from '../still-ports.ts';
import { dataFolder } from './home.ts';
import { proxyOfEnvironment } from './proxy.ts';

/** What a command may override for its own run. */
export interface EngineOverrides {
  readonly concurrency?: number | undefined;
  /** Opens an address for the person; the command line prints it. */
  readonly openUrl?: (url: string) => Promise<void>;
  /** Leaves the environment's token out, so that signing in with it stores it. */
  readonly keepToken?: boolean;
  readonly verbose?: boolean | undefined;
}

/** The engine the window uses, on plain Node: same data folder, same keychain, no Electron. */
export function openEngine(overrides: EngineOverrides, version: string): Promise<Engine> {
  const { env } = process;
  const rate = Number(env.CRATEFUL_API_RATE);
  const ports: Ports = {
    clock: systemClock,
    random: Math.random,
    openUrl:
      overrides.openUrl ??
      (async () => {
        throw new CratefulError('SIGN_IN_REQUIRED');
      }),
    locales: () => environmentLocales(env),
    resolveProxy: async (url) => proxyOfEnvironment(env, url),
    ...STILL,
    encryption: null,
    log(level, message) {
      // Without it the command's own lines say everything that concerns anyone.
      if (overrides.verbose) process.stderr.write(`${level}: ${message}\n`);
    },
  };
  return createEngine(
    {
      home: dataFolder(env, process.platform),
      apiBase: env.CRATEFUL_QOBUZ_API || 'https://www.qobuz.com/api.json/0.2',
      playerBase: env.CRATEFUL_QOBUZ_PLAYER || 'https://play.qobuz.com',
      keychainService: 'Crateful',
      environment: {
        token: overrides.keepToken ? null : env.QOBUZ_USER_AUTH_TOKEN || null,
        appId: env.QOBUZ_APP_ID || null,
        appSecret: env.QOBUZ_APP_SECRET || null,
      },
      apiRatePerSecond: Number.isFinite(rate) && rate > 0 ? rate : null,
      version,
      demo: false,
      overrides: { concurrency: overrides.concurrency },
      workers: {
        audio: new URL('./audio-worker.js', import.meta.url),
        scan: new URL('./scan-worker.js', import.meta.url),
        backup: new URL('./backup-worker.js', import.meta.url),
      },
    },
    ports,
  );
}
