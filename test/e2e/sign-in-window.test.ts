import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DemoStore, startDemoStore } from '../../src-main/demo/store.ts';
import { launchApp, type RunningApp } from '../support/electron-app.ts';
import { type SmallServer, smallServer } from '../support/small-server.ts';

let home: string;
let store: DemoStore;
let app: RunningApp;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'crateful-e2e-sign-in-'));
  store = await startDemoStore();
  app = await launchApp({
    home,
    environment: {
      CRATEFUL_QOBUZ_API: store.apiBase,
      CRATEFUL_QOBUZ_PLAYER: store.playerBase,
      CRATEFUL_API_RATE: '50',
    },
  });
  await app.page.evaluate(() => window.crateful.keepForSession());
});
afterEach(async () => {
  await app.close();
  await store.close();
  await rm(home, { recursive: true, force: true });
});

/** The press ends the window: there is no page to wait for after it. */
const LEAVING = { noWaitAfter: true };

/** Presses for a window; the answer comes when the sign-in has ended. */
function begin() {
  const reply = app.page.evaluate(() => window.crateful.signInWithWindow());
  return { reply };
}

/** The page the window shows, once it is there. */
const signInPage = (): Promise<Page> =>
  vi.waitFor(
    () => {
      const page = app.electron.windows().find((each) => each.url().includes('/signin/oauth'));
      if (!page) throw new Error('no sign-in page yet');
      return page;
    },
    { timeout: 30_000 },
  );

/** What Electron knows of the window, or null when it is closed. */
const facts = () =>
  app.electron.evaluate(({ BaseWindow }) => {
    const window = BaseWindow.getAllWindows().find(
      ({ contentView }) => contentView.children.length === 2,
    );
    if (!window) return null;
    const [bar, view] = window.contentView.children as Electron.WebContentsView[];
    if (!bar || !view) return null;
    return {
      title: window.getTitle(),
      bar: decodeURIComponent(bar.webContents.getURL()),
      overlap: bar.getBounds().height > view.getBounds().y,
      width: window.getContentSize()[0] ?? 0,
      least: window.getMinimumSize()[0] ?? 0,
      kept: view.webContents.session.isPersistent(),
      shares: view.webContents.session === bar.webContents.session,
    };
  });
const close = async () => {
  await vi.waitFor(async () => expect(await facts()).not.toBeNull());
  await app.electron.evaluate(({ BaseWindow }) => {
    for (const window of BaseWindow.getAllWindows()) {
      if (window.contentView.children.length === 2) window.close();
    }
  });
};
const account = async () => {
  const reply = await app.page.evaluate(() => window.crateful.getSnapshot());
  return reply.ok ? reply.value.account : null;
};

describe('the sign-in window', () => {
  it('shows the service’s page under its address, wide and apart from everything else, and signs in', async () => {
    const { reply } = begin();
    const page = await signInPage();
    const host = new URL(store.apiBase).host;
    await vi.waitFor(async () =>
      expect((await facts())?.bar).toContain(`<strong>${host}</strong>`),
    );
    const seen = await facts();
    expect(seen).toMatchObject({ kept: false, shares: false, overlap: false });
    expect(seen?.title).toContain(host);
    expect(seen?.width).toBeGreaterThanOrEqual(1024);
    expect(seen?.least).toBeGreaterThanOrEqual(1024);
    expect(await page.evaluate(() => 'crateful' in window)).toBe(false);
    expect(await page.evaluate(() => typeof Reflect.get(window, 'require'))).toBe('undefined');

    await page.evaluate(() => {
      localStorage.setItem('left', 'behind');
      // biome-ignore lint/suspicious/noDocumentCookie: the page of a service does it like this
      document.cookie = 'left=behind; max-age=1000';
    });
    await page.getByRole('button', { name: /Sign in/ }).click(LEAVING);
    expect(await reply).toEqual({ ok: true, value: null });
    expect(await account()).toMatchObject({ name: 'Demo Listener', country: 'FR', signedIn: true });
    expect(await facts()).toBeNull();
    const cookies = await app.electron.evaluate(({ session }) =>
      session.fromPartition('sign-in-1').cookies.get({}),
    );
    expect(cookies).toEqual([]);
  });

  it('goes nowhere but to the service, opens nothing and permits nothing', async () => {
    const elsewhere: SmallServer = await smallServer((_request, response) => response.end('away'));
    const { reply } = begin();
    const page = await signInPage();
    const start = page.url();
    await page.evaluate((away) => {
      window.location.href = away;
    }, elsewhere.origin);
    await page.evaluate((away) => void window.open(away), elsewhere.origin);
    await page.evaluate((away) => fetch(away).catch(() => undefined), elsewhere.origin);
    const permission = await page.evaluate(async () => {
      const { state } = await navigator.permissions.query({ name: 'geolocation' });
      return state;
    });
    expect(permission).toBe('denied');
    expect(page.url()).toBe(start);
    const opened = app.electron.windows().filter((each) => each.url().startsWith(elsewhere.origin));
    expect(opened).toEqual([]);
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
    await close();
    await reply;
  });

  it('cancels the sign-in when it is closed', async () => {
    const { reply } = begin();
    await signInPage();
    await close();
    expect(await reply).toMatchObject({ ok: false, error: { code: 'SIGN_IN_CANCELLED' } });
    expect(await account()).toBeNull();
    const again = begin();
    const page = await signInPage();
    await page.getByRole('button', { name: /Sign in/ }).click(LEAVING);
    expect(await again.reply).toEqual({ ok: true, value: null });
  });
});

describe('what the app writes for whoever helps', () => {
  it('goes to a log whose level changes at once, and to the clipboard as a report, without anything private', async () => {
    const token = store.issueToken();
    const signedIn = await app.page.evaluate(
      (given) => window.crateful.signInWithToken({ token: given }),
      token,
    );
    expect(signedIn).toEqual({ ok: true, value: null });
    const log = () => readFile(join(home, 'logs', 'crateful.log'), 'utf8');
    await vi.waitFor(async () => expect(await log()).toMatch(/ info SIGNED_IN /));
    await app.page.evaluate(() => window.crateful.updateSettings({ logLevel: 'error' }));
    const before = await log();
    await app.page.evaluate(() => window.crateful.signOut({ queue: 'keep' }));
    await app.page.evaluate(() => window.crateful.copyDiagnostics());
    const report = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(report).toMatch(/^## Crateful /);
    expect(report).toContain('logLevel "error"');
    expect(report).toContain('SIGNED_OUT');
    expect(await log()).toBe(before);
    for (const text of [report, before]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain('Demo Listener');
    }
    await app.page.evaluate(() => window.crateful.copyText({ text: 'these words' }));
    expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(
      'these words',
    );
  });

  it('lies in a folder that is opened, made if need be', async () => {
    const opened = await app.electron.evaluateHandle(({ shell }) => {
      const paths: string[] = [];
      shell.openPath = async (path) => {
        paths.push(path);
        return '';
      };
      return paths;
    });
    expect(await app.page.evaluate(() => window.crateful.openLogFolder())).toMatchObject({
      ok: true,
    });
    expect(await opened.jsonValue()).toEqual([join(home, 'logs')]);
  });
});
