import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, copyFile, cp, rm } from 'node:fs/promises';
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

/** Who starts it, and from where. */
export interface Starter {
  /** Where the bare app lies. */
  readonly folder: string;
  readonly ids: { readonly uid: number; readonly gid: number };
}

/** Starts the packaged app on a data folder and attaches to its window; as this process' user unless told otherwise. */
export async function startPackaged(
  home: string,
  environment: Readonly<Record<string, string>> = {},
  starter: Starter | null = null,
): Promise<PackagedApp> {
  const port = await freePort();
  let errors = '';
  const child = spawn(
    join(starter?.folder ?? PACKAGED, 'crateful'),
    [
      `--remote-debugging-port=${port}`,
      '--password-store=basic',
      ...(starter ? [] : sandboxSwitches()),
    ],
    {
      env: { ...neutralEnvironment(), CRATEFUL_HOME: home, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...starter?.ids,
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

/** Nobody, who owns nothing. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/**
 * Lets nobody start the packaged app: a copy where everybody may read, with `home` and the key to the display theirs.
 * Root alone can do this, and must: as root Chromium has no sandbox.
 */
export async function asNobody(
  home: string,
): Promise<{ starter: Starter; environment: Record<string, string> }> {
  const folder = join(home, 'app');
  await chmod(home, 0o755);
  // Links where that can be, for it is large.
  const linked = spawnSync('cp', ['-al', PACKAGED, folder]).status === 0;
  if (!linked) {
    await rm(folder, { recursive: true, force: true });
    await cp(PACKAGED, folder, { recursive: true });
  }
  spawnSync('chmod', ['-R', 'a+rX', folder]);
  // Where the system gives nobody a namespace of their own, Chromium's helper asks for it as root.
  const helper = join(folder, 'chrome-sandbox');
  await rm(helper);
  await copyFile(join(PACKAGED, 'chrome-sandbox'), helper);
  await chmod(helper, 0o4755);
  const environment: Record<string, string> = { HOME: home, XDG_RUNTIME_DIR: home };
  const { XAUTHORITY } = process.env;
  if (XAUTHORITY) {
    environment.XAUTHORITY = join(home, 'display');
    await copyFile(XAUTHORITY, environment.XAUTHORITY);
    await chown(environment.XAUTHORITY, NOBODY.uid, NOBODY.gid);
  }
  await chown(home, NOBODY.uid, NOBODY.gid);
  return { starter: { folder, ids: NOBODY }, environment };
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
