import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { vi } from 'vitest';
import { neutralEnvironment, sandboxSwitches } from './electron-app.ts';

const WAIT = { timeout: 30_000, interval: 50 };

/** Where the tests have their app packaged, apart from anything a person packaged. */
export const OUTPUT = join(import.meta.dirname, '..', '..', 'test-results', 'package');
/** The bare app of Linux in it. */
export const PACKAGED = join(OUTPUT, 'linux-unpacked');

/** The packaged app as it runs. Its inspect fuse is off, so it is driven over Chromium's own protocol. */
export interface PackagedApp {
  readonly page: Page;
  readonly process: ChildProcess;
  /** What it wrote to stderr so far. */
  errors(): string;
  close(): Promise<void>;
}

/** Starts the packaged app on a data folder and attaches to its window. */
export async function startPackaged(
  home: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<PackagedApp> {
  const port = await freePort();
  let errors = '';
  const child = spawn(
    join(PACKAGED, 'crateful'),
    [`--remote-debugging-port=${port}`, '--password-store=basic', ...sandboxSwitches()],
    {
      env: { ...neutralEnvironment(), CRATEFUL_HOME: home, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await ended;
  };
  try {
    const browser = await vi.waitFor(
      () => chromium.connectOverCDP(`http://127.0.0.1:${port}`),
      WAIT,
    );
    const page = await vi.waitFor(() => windowOf(browser), WAIT);
    await page.waitForLoadState('load');
    return {
      page,
      process: child,
      errors: () => errors,
      async close() {
        await browser.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw new Error(`the packaged app cannot be attached to:\n${errors}`, { cause: error });
  }
}

function windowOf(browser: Browser): Page {
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error('there is no window yet');
  return page;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
