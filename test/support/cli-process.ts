import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DemoStore,
  type DemoStoreOptions,
  startDemoStore,
} from '../../src-main/demo/store.ts';

const CLI = join(import.meta.dirname, '../../out/main/cli.js');

/** One line of `--json`, as read. */
export type JsonLine = Readonly<Record<string, unknown>> & { readonly type: string };

/** How a process ended and everything it said. */
export interface CliEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON, a line each; throws when a line is none. */
  readonly lines: readonly JsonLine[];
}

/** A command line at work. */
export interface CliProcess {
  readonly child: ChildProcess;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves with the first match in what is or will be said; rejects when the process ends without. */
  said(pattern: RegExp, on?: 'stdout' | 'stderr'): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<CliEnd>;
}

/** Environment variables; undefined takes one away. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A store, a data folder and a place for libraries, gone when the test is over. */
export interface CliWorld {
  readonly store: DemoStore;
  /** The temporary folder that holds everything. */
  readonly folder: string;
  readonly home: string;
  /** Not there yet. */
  readonly root: string;
  start(
    args: readonly string[],
    environment?: Environment,
    wrapper?: readonly string[],
  ): CliProcess;
  run(args: readonly string[], environment?: Environment): Promise<CliEnd>;
  close(): Promise<void>;
}

/** Makes a world for one test. The keychain of the system is out of reach: no bus leads to it. */
export async function createCliWorld(options: DemoStoreOptions = {}): Promise<CliWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'crateful-cli-'));
  const store = await startDemoStore(options);
  const home = join(folder, 'home');
  const running = new Set<ChildProcess>();
  const start: CliWorld['start'] = (args, environment = {}, wrapper = []) => {
    const everything = {
      HOME: folder,
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      CRATEFUL_HOME: home,
      CRATEFUL_QOBUZ_API: store.apiBase,
      CRATEFUL_QOBUZ_PLAYER: store.playerBase,
      CRATEFUL_API_RATE: '1000',
      QOBUZ_USER_AUTH_TOKEN: store.token,
      ...environment,
    };
    const started = startCli(args, everything, wrapper);
    running.add(started.child);
    started.child.once('close', () => running.delete(started.child));
    return started;
  };
  return {
    store,
    folder,
    home,
    root: join(folder, 'music'),
    start,
    run: (args, environment) => start(args, environment).ended,
    async close() {
      for (const child of running) child.kill('SIGKILL');
      await store.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/**
 * Starts the built command line, by way of `wrapper` when there is one; nothing of Qobuz' or our own variables is
 * inherited.
 */
export function startCli(
  args: readonly string[],
  environment: Environment,
  wrapper: readonly string[] = [],
): CliProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(QOBUZ|CRATEFUL|DISPLAY|NODE_OPTIONS|NO_COLOR|FORCE_COLOR)/.test(name),
  );
  const [command = process.execPath, ...rest] = [...wrapper, process.execPath, CLI, ...args];
  const child = spawn(command, rest, {
    env: {
      ...Object.fromEntries(inherited),
      // English, whatever the machine speaks; a test of another language sets its own.
      LC_ALL: 'C',
      // Hundreds of these start: each of them faster with what Node keeps of the others.
      NODE_COMPILE_CACHE: join(tmpdir(), 'crateful-compile-cache'),
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<CliEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const { stdout, stderr } = text;
      resolve({
        code,
        signal,
        stdout,
        stderr,
        get lines() {
          return parseLines(stdout);
        },
      });
    });
  });
  return {
    child,
    get stdout() {
      return text.stdout;
    },
    get stderr() {
      return text.stderr;
    },
    said(pattern, on = 'stdout') {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text[on]);
          if (match) {
            listeners.delete(look);
            resolve(match);
          }
        };
        listeners.add(look);
        void ended.then(() => {
          look();
          reject(new Error(`never said ${pattern}:\n${text.stdout}\n${text.stderr}`));
        });
        look();
      });
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** Whole lines of JSON; a last one cut off by a kill is left out. */
export const parseLines = (stdout: string): readonly JsonLine[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
