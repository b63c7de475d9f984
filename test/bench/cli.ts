import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { built } from './bench-engine.ts';
import type { StoreAddresses } from './store.ts';

/** What the system counted for the process of the command line, its threads included. */
export interface Usage {
  /** Largest resident memory, KiB. */
  readonly maxRSS: number;
  /** Microseconds. */
  readonly userCPUTime: number;
  readonly systemCPUTime: number;
}

/** The command line at work. */
export interface CliRun {
  readonly process: ChildProcess;
  /** Resolves when it has ended well; rejects when not. */
  ended(): Promise<Usage>;
}

/** Loaded in front of the program: at its end it writes down what the system counted. */
const REPORTER = `data:text/javascript,${encodeURIComponent(`
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () =>
  writeFileSync(process.env.BENCH_REPORT, JSON.stringify(process.resourceUsage())));
`)}`;

/** Where the command line works. */
export interface CliFolders {
  readonly home: string;
  readonly root: string;
  readonly report: string;
  readonly store: StoreAddresses;
}

/** `crateful sync --to root`, as built, against a store. */
export const startSync = (folders: CliFolders): CliRun =>
  start(['sync', '--to', folders.root], folders);

/** `crateful verify`, as built, on what was synced before. */
export const startVerify = (folders: CliFolders): CliRun => start(['verify'], folders);

function start(args: readonly string[], { home, report, store }: CliFolders): CliRun {
  const cli = fileURLToPath(built('cli'));
  const child = spawn(process.execPath, ['--import', REPORTER, cli, ...args], {
    stdio: 'ignore',
    env: {
      ...process.env,
      BENCH_REPORT: report,
      CRATEFUL_HOME: home,
      CRATEFUL_QOBUZ_API: store.apiBase,
      CRATEFUL_QOBUZ_PLAYER: store.playerBase,
      CRATEFUL_API_RATE: '50',
      QOBUZ_USER_AUTH_TOKEN: store.token,
      QOBUZ_APP_ID: store.appId,
      QOBUZ_APP_SECRET: store.appSecret,
    },
  });
  const closed = once(child, 'close');
  return {
    process: child,
    async ended() {
      const [code] = await closed;
      if (code !== 0) throw new Error(`The command line ended with ${code}.`);
      return JSON.parse(await readFile(report, 'utf8')) as Usage;
    },
  };
}
