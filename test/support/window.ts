import { type DemoStore, startDemoStore } from '../../src-main/demo/store.ts';
import type { CallReply, CratefulBridge } from '../../src-preload/contract/calls.ts';
import type { Snapshot } from '../../src-preload/contract/views.ts';
import { type LaunchOptions, launchApp, type RunningApp } from './electron-app.ts';

/** How long the window may take for anything, in milliseconds. */
export const WAIT = { timeout: 30_000 };

/** The app's window on a store of the test's own, and the ways a person has of driving it. */
export interface Desk {
  readonly app: RunningApp;
  /** The window's present page: closing and reopening brings another. */
  page(): RunningApp['page'];
  readonly store: DemoStore;
  /** A button by its whole name. */
  button(name: string): ReturnType<RunningApp['page']['getByRole']>;
  /** Goes to a page of the side bar. */
  go(page: 'Library' | 'Queue' | 'Links' | 'Settings'): Promise<void>;
  /** A heading that holds these words. */
  heading(words: string): ReturnType<RunningApp['page']['getByRole']>;
  /** Waits until these words can be seen. */
  see(words: string | RegExp): Promise<void>;
  /** What the engine says now. */
  snapshot(): Promise<Snapshot>;
  /** Waits until the engine says so. */
  until(holds: (snapshot: Snapshot) => boolean, what: string): Promise<Snapshot>;
  /** From the first page to the library, with the store's token; the first steps are left for later. */
  signIn(): Promise<void>;
  /** Takes the sign-in page's offer to stay signed in until the app quits: no keychain is in reach of a test. */
  stayUntilQuit(): Promise<void>;
  /** Signs in once more where the session ended or its token was not kept. */
  signInAgain(): Promise<void>;
  /** Signs in and puts the first steps away; the library goes to `folder`. */
  settleIn(folder: string): Promise<void>;
  /** Has the folder dialog answer with `path` from now on. */
  answerFolder(path: string): Promise<void>;
  /** Closes the window and opens it again while the app goes on, as one does on macOS. */
  reopen(): Promise<void>;
  /** Ends app and store; throws when the window reported a fault. */
  close(): Promise<void>;
}

/** What a desk is set up with. */
export interface DeskOptions extends LaunchOptions {
  /** What the store sells; the whole demo when absent. */
  readonly catalogue?: NonNullable<Parameters<typeof startDemoStore>[0]>['catalogue'];
  /** A store that runs already: the app is started again on what it left. */
  readonly store?: DemoStore;
}

/** Starts a store and the app on it, in the real world (not the demo), not signed in. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const store =
    options.store ??
    (await startDemoStore(options.catalogue ? { catalogue: options.catalogue } : {}));
  const app = await launchApp({
    ...options,
    environment: {
      CRATEFUL_QOBUZ_API: store.apiBase,
      CRATEFUL_QOBUZ_PLAYER: store.playerBase,
      CRATEFUL_API_RATE: '50',
      ...options.environment,
    },
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const page = () => app.electron.windows().at(-1) ?? app.page;
  const button = (name: string) => page().getByRole('button', { name, exact: true });
  const see = (words: string | RegExp) => page().getByText(words).first().waitFor(WAIT);
  const snapshot = async () => valueIn(await page().evaluate(() => window.crateful.getSnapshot()));
  /** On the page or in a dialog over it. */
  const decide = async (at: Pick<RunningApp['page'], 'getByRole'>): Promise<void> => {
    const undecided = at.getByRole('button', { name: 'Stay signed in only until I quit' });
    await undecided.or(at.getByRole('button', { name: 'Use a token' })).waitFor(WAIT);
    // Asked once a process: an app that was started again asks anew.
    if (await undecided.isVisible()) await undecided.click();
  };
  const stayUntilQuit = () => decide(page());
  const signIn = async (): Promise<void> => {
    await stayUntilQuit();
    await button('Use a token').click();
    await page().getByLabel('Token').fill(store.token);
    await button('Sign in').click();
    const later = button('Set up later');
    await later.or(page().getByRole('heading', { name: 'Your purchases' })).waitFor(WAIT);
    if (await later.isVisible()) await later.click();
    await see('Your purchases');
  };
  const answerFolder = (path: string) =>
    app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, path);
  return {
    app,
    page,
    store,
    button,
    go: (name) =>
      page().getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click(),
    heading: (words) => page().getByRole('heading', { name: words }),
    see,
    snapshot,
    async until(holds, what) {
      const deadline = Date.now() + WAIT.timeout;
      for (;;) {
        const now = await snapshot();
        if (holds(now)) return now;
        if (Date.now() > deadline) throw new Error(`The engine never said: ${what}`);
        await nextDelta(page());
      }
    },
    signIn,
    stayUntilQuit,
    async signInAgain() {
      await button('Sign in again').first().click();
      const dialog = page().getByRole('dialog');
      await decide(dialog);
      await dialog.getByRole('button', { name: 'Use a token' }).click();
      await dialog.getByLabel('Token').fill(store.token);
      await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    },
    async settleIn(folder) {
      await answerFolder(folder);
      await signIn();
      await page().evaluate(async () => {
        await window.crateful.updateSettings({ setupStep: 'done' });
        await window.crateful.pickFolder();
      });
      valueIn(await page().evaluate(() => window.crateful.useFolder({ mode: 'use' })));
    },
    answerFolder,
    async reopen() {
      await app.electron.evaluate(({ app: main, BrowserWindow }) => {
        // On macOS the app stays without a window; elsewhere it would quit here.
        main.removeAllListeners('window-all-closed');
        main.on('window-all-closed', () => undefined);
        const [window] = BrowserWindow.getAllWindows();
        const closed = new Promise<void>((resolve) => window?.once('closed', () => resolve()));
        window?.close();
        return closed;
      });
      const opened = app.electron.waitForEvent('window');
      await app.electron.evaluate(({ app: main }) => main.emit('activate'));
      await (await opened).waitForLoadState('load');
    },
    async close() {
      try {
        await app.close();
      } finally {
        await store.close();
      }
    },
  };
}

/** The value of a reply; a fault fails the test. */
export function valueIn<Value>(reply: CallReply<Value>): Value {
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value;
}

/** Resolves with the next change the window is told of, or soon when nothing changes. */
const nextDelta = (page: RunningApp['page']): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const stop = (window.crateful as CratefulBridge).onDelta(() => {
          stop();
          resolve();
        });
        setTimeout(resolve, 100);
      }),
  );
