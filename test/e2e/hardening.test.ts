import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CALL_NAMES } from '../../src-preload/contract/call-names.ts';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { launchApp, type RunningApp } from '../support/electron-app.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

const MARKUP = '<img src=x onerror="window.hacked=1"><b id="hacked">bold</b>';
const SCRIPT = '<script>window.hacked=1</script><iframe src="https://example.com/"></iframe>';
const LINK = '<a id="hacked" href="https://example.com/">free music</a> {{count}} $t(app.name)';

/** A demo album whose every name is a piece of a page. */
function namesOfMarkup() {
  const data = demoAlbums(ALBUMS.tapeHiss);
  return {
    ...data,
    albums: data.albums.map((album) =>
      album.id === ALBUMS.tapeHiss
        ? {
            ...album,
            title: MARKUP,
            artist: { ...album.artist, name: SCRIPT },
            artists: [{ ...album.artist, name: SCRIPT }],
            label: { ...album.label, name: LINK },
            tracks: album.tracks.map((track) => ({
              ...track,
              title: `${LINK} ${track.trackNumber}`,
            })),
          }
        : album,
    ),
  };
}

describe('names made of HTML', () => {
  let scratch: string;
  let desk: Desk;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'crateful-e2e-markup-'));
    desk = await openDesk({ catalogue: namesOfMarkup() });
    await desk.settleIn(join(scratch, 'Music'));
  });
  afterAll(async () => {
    // Throws when the window met a violation of its policy, which an element made of a name would be.
    await desk?.close();
    await rm(scratch, { recursive: true, force: true });
  });

  /** What of the page was made by a name. */
  const made = () =>
    desk.page().evaluate(() => ({
      elements: document.querySelectorAll(
        '#hacked, img[src="x"], [onerror], iframe, script:not([src]), a[href*="example.com"]',
      ).length,
      hacked: 'hacked' in window,
    }));
  const NOTHING = { elements: 0, hacked: false };

  it('are text in the library and on the page of an album', async () => {
    await desk.go('Library');
    await desk.see(MARKUP);
    await desk.see(SCRIPT);
    expect(await made()).toEqual(NOTHING);
    await desk.page().getByRole('button', { name: MARKUP }).first().click();
    await desk.heading(MARKUP).waitFor(WAIT);
    await desk.see(`${LINK} 1`);
    expect(await made()).toEqual(NOTHING);
  });
});

describe('a page that turned against us', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await launchApp({
      switches: ['--password-store=basic', '--use-fake-device-for-media-stream'],
    });
  });
  afterAll(async () => {
    // The tests below break the policy on purpose.
    await app?.close().catch(() => undefined);
  });

  it('runs no script that it was not built with, however it is put there', async () => {
    const hacked = await app.page.evaluate(async () => {
      const add = (tag: string, set: (element: HTMLElement) => void) => {
        const element = document.createElement(tag);
        set(element);
        document.body.append(element);
      };
      add('script', (element) => {
        element.textContent = 'window.hacked = "inline"';
      });
      for (const source of ['data:text/javascript,window.hacked=1', 'https://example.com/x.js']) {
        add('script', (element) => element.setAttribute('src', source));
      }
      add('img', (element) => {
        element.setAttribute('onerror', 'window.hacked = "handler"');
        element.setAttribute('src', 'crateful-app://app/absent.png');
      });
      add('a', (element) => {
        element.setAttribute('href', 'javascript:window.hacked="link"');
        element.click();
      });
      add('iframe', (element) => element.setAttribute('srcdoc', '<script>top.hacked=1</script>'));
      // Two frames, and an answer of our scheme: whatever was allowed has begun.
      await fetch('crateful-app://app/absent.png');
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return 'hacked' in window;
    });
    expect(hacked).toBe(false);
    await vi.waitFor(() => {
      const said = app.faults.join('\n');
      for (const what of ['script-src-elem blocked inline', 'script-src-attr', 'blocked data']) {
        expect(said).toContain(what);
      }
    });
  });

  it('reaches nothing of the network and of the disk', async () => {
    const reached = await app.page.evaluate(async () => {
      const tries = [
        'https://example.com/',
        'http://127.0.0.1:9/',
        'file:///etc/passwd',
        'data:,x',
      ];
      const outcomes = tries.map((address) =>
        fetch(address).then(
          () => address,
          () => null,
        ),
      );
      return (await Promise.all(outcomes)).filter((address) => address !== null);
    });
    expect(reached).toEqual([]);
  });

  it('gets no permission and no device', async () => {
    const outcomes = await app.page.evaluate(async () => {
      const how = (work: Promise<unknown>) =>
        work.then(
          () => 'granted',
          (error: unknown) => (error instanceof Error ? error.name : String(error)),
        );
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'midi',
        'storage-access',
        'screen-wake-lock',
      ];
      const states = await Promise.all(
        names.map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(
            ({ state }) => state,
            () => 'unknown',
          ),
        ),
      );
      // Not in the types of every browser.
      const devices = navigator as unknown as Record<
        'usb' | 'hid' | 'serial',
        { getDevices?(): Promise<unknown[]>; getPorts?(): Promise<unknown[]> }
      >;
      return {
        granted: names.filter((_name, at) => states[at] === 'granted'),
        notification: await Notification.requestPermission(),
        media: await how(navigator.mediaDevices.getUserMedia({ audio: true })),
        clipboard: await how(navigator.clipboard.readText()),
        location: await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('granted'),
            ({ code }) => resolve(code),
          ),
        ),
        midi: await how(navigator.requestMIDIAccess()),
        devices: [
          ...((await devices.usb?.getDevices?.()) ?? []),
          ...((await devices.hid?.getDevices?.()) ?? []),
          ...((await devices.serial?.getPorts?.()) ?? []),
        ],
      };
    });
    expect(outcomes).toEqual({
      granted: [],
      notification: 'denied',
      media: 'NotAllowedError',
      clipboard: 'NotAllowedError',
      location: 1,
      midi: expect.stringMatching(/NotAllowedError|SecurityError/),
      devices: [],
    });
  });

  it('gets a refusal and nothing else for what no call takes', async () => {
    const replies = await app.page.evaluate(async (names) => {
      const nested = { value: {} };
      for (let at = 0, inner: Record<string, unknown> = nested.value; at < 500; at += 1) {
        inner = inner.value = {};
      }
      const cyclic: Record<string, unknown> = {};
      cyclic.self = cyclic;
      const junk: unknown[] = [
        null,
        Number.NaN,
        'x'.repeat(100_000),
        [1, 2],
        new Date(),
        new Uint8Array(8),
        JSON.parse('{"__proto__":{"albumId":"a1"},"constructor":{}}'),
        nested,
        cyclic,
      ];
      const bridge = window.crateful as unknown as Record<string, (input: unknown) => unknown>;
      const said = new Set<string>();
      for (const name of names) {
        for (const input of junk) {
          const reply = await (async () => bridge[name]?.(input))().then(
            (each) => JSON.stringify(each).replaceAll(name, 'NAME'),
            // What has no end and what cannot be cloned does not even leave the page.
            () => 'not sent',
          );
          said.add(reply);
        }
      }
      const holes = await bridge.pauseJobs?.({ jobIds: new Array(500_000) });
      said.add(JSON.stringify(holes).replaceAll('pauseJobs', 'NAME'));
      return { said: [...said], after: (await window.crateful.getSnapshot()).ok };
    }, CALL_NAMES);
    const refused = { ok: false, error: { code: 'INVALID_REQUEST', params: { name: 'NAME' } } };
    expect(replies.said.filter((each) => each !== 'not sent')).toEqual([JSON.stringify(refused)]);
    expect(replies.after).toBe(true);
  });

  it('is heard in the one window only: neither in a second one nor once it shows something else', async () => {
    const outcomes = await app.electron.evaluate(async ({ app, BrowserWindow }) => {
      const [main] = BrowserWindow.getAllWindows();
      if (!main) throw new Error('no window');
      const preload = `${app.getAppPath()}/out/preload/preload.cjs`;
      const ask = (window: Electron.BrowserWindow) =>
        window.webContents.executeJavaScript('window.crateful.getShell()') as Promise<unknown>;
      const own = await ask(main);
      const second = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      });
      await second.loadURL('crateful-app://app/index.html');
      const other = await ask(second);
      second.destroy();
      await main.loadURL('data:text/html,elsewhere');
      const elsewhere = await ask(main);
      await main.loadURL('crateful-app://app/index.html');
      return { own, other, elsewhere };
    });
    const refused = { ok: false, error: { code: 'INVALID_REQUEST', params: { name: 'getShell' } } };
    expect(outcomes).toMatchObject({ own: { ok: true }, other: refused, elsewhere: refused });
  });

  it('sends the browser nowhere by itself, and main sends it to the service alone', async () => {
    const opened = await app.electron.evaluateHandle(({ shell }) => {
      const addresses: string[] = [];
      shell.openExternal = async (address) => {
        addresses.push(address);
      };
      return addresses;
    });
    await app.page.evaluate(() => window.open('https://example.com/'));
    expect(await app.page.evaluate(() => window.crateful.openPage({ page: 'qobuz-help' }))).toEqual(
      {
        ok: true,
        value: null,
      },
    );
    expect(await opened.jsonValue()).toEqual(['https://help.qobuz.com/']);
  });
});
