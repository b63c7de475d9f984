import { systemClock } from '../../src-main/clock.ts';
import { createEngine } from '../../src-main/engine.ts';
import { STILL } from '../../src-main/still-ports.ts';
import { hookedFileSystem } from '../support/faulty-file-system.ts';
import type { VictimTask } from './exact-kills.ts';

/*
 * A process of its own that syncs once and is killed by itself at one exact call to the disk: before it is made, or
 * right after. Spoken to by exact-kills.ts.
 */

const built = (name: string): URL => new URL(`../../out/main/${name}.js`, import.meta.url);
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

process.once('message', async ({ home, root, store, moment }: VictimTask) => {
  let seen = 0;
  const fs = hookedFileSystem(async ({ name, path }, proceed) => {
    const meant = moment && name === moment.call && path.endsWith(moment.ending);
    if (meant) seen += 1;
    const now = meant && seen === moment.count;
    if (now && moment.when === 'before') return die();
    const answer = await proceed();
    return now ? die() : answer;
  });
  const engine = await createEngine(
    {
      home,
      apiBase: store.apiBase,
      playerBase: store.playerBase,
      keychainService: 'Crateful faults',
      environment: { token: store.token, appId: store.appId, appSecret: store.appSecret },
      apiRatePerSecond: 100_000,
      version: '0.0.0',
      demo: false,
      workers: {
        audio: built('audio-worker'),
        scan: built('scan-worker'),
        backup: built('backup-worker'),
      },
      standIns: { fs, loadKeytar: async () => null },
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
  await engine.confirmSession();
  await engine.useFolder(root);
  const { state } = await engine.startSync();
  await engine.dispose();
  process.send?.(state);
  process.disconnect();
});
