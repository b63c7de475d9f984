import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const projectRoot = join(import.meta.dirname, '..', '..');

/** How to start the app for one test. */
export interface LaunchOptions {
  /** Data folder; a fresh temporary one, removed at the end, when absent. */
  readonly home?: string;
  /** Added to the environment; nothing of Qobuz' variables is inherited. */
  readonly environment?: Readonly<Record<string, string>>;
  /** False to leave the window as it came up: then what it reported before that is not heard. */
  readonly reload?: boolean;
  /** Chromium switches, such as `--password-store=basic`. */
  readonly switches?: readonly string[];
}

/** The running app, its one window and what went wrong in it so far. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** Violations of the content security policy and uncaught errors of the page, as sentences. */
  readonly faults: readonly string[];
  /** Closes the app as a user does and throws when there were faults. */
  close(): Promise<void>;
}

/** Starts the built app in real Electron and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'crateful-e2e-')));
  const faults: string[] = [];
  const electron = await _electron.launch({
    executablePath: electronPath(),
    args: argumentsOf(options),
    env: environmentOf(home, options),
  });
  const context = electron.context();
  await context.exposeFunction('__reportViolation', (text: string) => {
    faults.push(`content security policy: ${text}`);
  });
  await context.addInitScript({ content: REPORT_VIOLATIONS });
  const page = await electron.firstWindow();
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) {
      faults.push(`content security policy: ${message.text()}`);
    }
  });
  // The window may have loaded before we listened; loading it again shows us everything.
  if (options.reload !== false) await page.reload();
  await page.waitForLoadState('load');
  return {
    electron,
    page,
    home,
    faults,
    async close() {
      await electron.close();
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`The window reported:\n${faults.join('\n')}`);
    },
  };
}

/** Starts the app as the system does at login: without a window. The caller closes it. */
export function launchHidden(
  options: LaunchOptions & { readonly home: string },
): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: electronPath(),
    args: [...argumentsOf(options), '--hidden'],
    env: environmentOf(options.home, options),
  });
}

/** Runs in the page before its own scripts. */
const REPORT_VIOLATIONS = `
  document.addEventListener('securitypolicyviolation', (event) => {
    window.__reportViolation(
      event.effectiveDirective + ' blocked ' + event.blockedURI + ' ' + event.sample,
    );
  });
`;

/** Starts the app as a plain process on a data folder, without driving it; the caller ends it. */
export function startAppProcess(options: LaunchOptions & { readonly home: string }): ChildProcess {
  return spawn(electronPath(), argumentsOf(options), {
    env: environmentOf(options.home, options),
    stdio: 'ignore',
  });
}

const argumentsOf = (options: LaunchOptions): string[] => [
  projectRoot,
  ...sandboxSwitches(),
  ...(options.switches ?? ['--password-store=basic']),
];

const environmentOf = (home: string, options: LaunchOptions): Record<string, string> => ({
  ...neutralEnvironment(),
  CRATEFUL_HOME: home,
  ...options.environment,
});

/** The Electron that set-up found: the official one, or the stand-in named by ELECTRON_OVERRIDE_DIST_PATH. */
export function electronPath(): string {
  const found: unknown = createRequire(import.meta.url)('electron');
  if (typeof found !== 'string') throw new Error('Electron is not installed: npm run setup');
  return found;
}

/** Chromium has no sandbox for root; everyone else gets the full one. */
export const sandboxSwitches = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** This process' environment without what would change how the app starts. */
export function neutralEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !/^(QOBUZ|CRATEFUL|ELECTRON_RUN_AS_NODE|NODE_OPTIONS|LANG|LC_)/.test(entry[0]),
  );
  // A system that speaks English, whatever this one does.
  return { ...Object.fromEntries(kept), LANG: 'en_US.UTF-8', LANGUAGE: 'en_US' };
}
