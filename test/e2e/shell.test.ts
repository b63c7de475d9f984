import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALL_NAMES } from '../../src-preload/contract/call-names.ts';
import { launchApp, type RunningApp, startAppProcess } from '../support/electron-app.ts';

describe('the shell', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await launchApp();
  });
  afterEach(async () => {
    await app.close();
  });

  it('opens one window on its own scheme, sandboxed, isolated and without Node', async () => {
    expect(app.page.url()).toBe('crateful-app://app/index.html');
    const facts = await app.electron.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      // Electron offers no public way to ask a window for its settings in force.
      const contents = windows[0]!.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } =
        contents.getLastWebPreferences();
      return {
        count: windows.length,
        title: windows[0]!.getTitle(),
        sandbox,
        contextIsolation,
        nodeIntegration,
        webviewTag,
        webSecurity,
      };
    });
    expect(facts).toEqual({
      count: 1,
      title: 'Crateful',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    });
    expect(
      await app.page.evaluate(() =>
        ['require', 'process', 'Buffer'].filter((name) => name in window),
      ),
    ).toEqual([]);
  });

  it('gives the page the calls and events of the contract and nothing else', async () => {
    const names = await app.page.evaluate(() => Object.keys(window.crateful).sort());
    expect(names).toEqual([...CALL_NAMES, 'onDelta', 'onGoTo'].sort());
  });

  it('refuses input that the schema of a call does not know', async () => {
    const reply = await app.page.evaluate(() =>
      window.crateful.openPage({ page: 'https://example.com/' as 'qobuz-help' }),
    );
    expect(reply).toEqual({
      ok: false,
      error: { code: 'INVALID_REQUEST', params: { name: 'openPage' } },
    });
  });

  it('serves a fresh nonce and the policy with every load, and nothing outside the built page', async () => {
    const load = () =>
      app.page.evaluate(async () => {
        const answer = await fetch('crateful-app://app/index.html');
        return { policy: answer.headers.get('Content-Security-Policy'), html: await answer.text() };
      });
    const first = await load();
    const second = await load();
    expect(first.policy).toContain("default-src 'none'");
    expect(first.html).not.toContain('__CSP_NONCE__');
    const nonce = /nonce="([^"]+)"/.exec(first.html)?.[1];
    expect(first.policy).toContain(`'nonce-${nonce}'`);
    expect(second.policy).not.toBe(first.policy);
    const statuses = await app.page.evaluate(() =>
      Promise.all(
        ['..%2fmain%2felectron.js', '%2e%2e/main/electron.js', 'absent.js'].map(
          async (path) => (await fetch(`crateful-app://app/${path}`)).status,
        ),
      ),
    );
    expect(statuses).toEqual([404, 404, 404]);
  });

  it('stays on its own page, opens no window and grants no permission', async () => {
    const outcome = await app.page.evaluate(async () => {
      const opened = window.open('https://example.com/');
      const permission = await Notification.requestPermission();
      const geolocation = await navigator.permissions.query({ name: 'geolocation' });
      return { opened: opened === null, permission, geolocation: geolocation.state };
    });
    expect(outcome).toEqual({ opened: true, permission: 'denied', geolocation: 'denied' });
    const where = await app.page.evaluate(async () => {
      location.href = 'https://example.com/';
      // Two frames: a navigation that was allowed would have begun.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return location.href;
    });
    expect(where).toBe('crateful-app://app/index.html');
    expect(app.electron.windows()).toHaveLength(1);
  });

  it('notices a violation of the policy, so that every end-to-end test fails on one', async () => {
    const bare = await launchApp();
    await bare.page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { color: red }';
      document.head.append(style);
    });
    await vi.waitFor(() => expect(bare.faults.join()).toContain('style-src'));
    await expect(bare.close()).rejects.toThrow('content security policy');
  });

  it('lets only one app use a data folder and brings the first one forward', async () => {
    const { code } = await secondStart(app.home);
    expect(code).toBe(0);
    expect(app.electron.windows()).toHaveLength(1);
  });
});

/** A second start on the same data folder, waited for until it ends by itself. */
function secondStart(home: string): Promise<{ code: number | null }> {
  const child = startAppProcess({ home });
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code })));
}
