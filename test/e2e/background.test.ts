import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src-preload/contract/views.ts';
import {
  launchApp,
  launchHidden,
  type RunningApp,
  startAppProcess,
} from '../support/electron-app.ts';
import { eventually } from '../support/eventually.ts';

/** A line of a menu as Electron holds it. */
interface Line {
  readonly label: string;
  readonly enabled: boolean;
  readonly lines: readonly Line[];
}

describe('an app that stays', () => {
  let folder: string;
  let app: RunningApp | null = null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-stay-'));
  });
  afterEach(async () => {
    await app?.close();
    app = null;
    await rm(folder, { recursive: true, force: true });
  });

  /** The demo's environment on a desktop that shows icons in its tray, or on one that does not. */
  async function environmentOn(desktop: 'with-tray' | 'without-tray') {
    // What the app asks whether anybody watches for icons on the session's bus.
    const busctl = join(folder, 'busctl');
    await writeFile(busctl, `#!/bin/sh\necho 'b ${desktop === 'with-tray'}'\n`);
    await chmod(busctl, 0o755);
    return {
      CRATEFUL_DEMO: '1',
      CRATEFUL_DEMO_FOLDER: join(folder, 'music'),
      PATH: `${folder}:${process.env.PATH}`,
    };
  }

  async function start(desktop: 'with-tray' | 'without-tray') {
    app = await launchApp({ environment: await environmentOn(desktop) });
    await watchMain(app);
  }

  const running = () => {
    if (!app) throw new Error('the app is not running');
    return app;
  };

  /** Notes in the main process what is shown outside the window from now on. */
  const watchMain = ({ electron }: RunningApp) =>
    electron.evaluate(({ Tray, Notification }) => {
      const seen: { menu?: Electron.Menu; tooltip: string; notices: string[] } = {
        tooltip: '',
        notices: [],
      };
      Object.assign(globalThis, { seen });
      const { setContextMenu, setToolTip } = Tray.prototype;
      Tray.prototype.setContextMenu = function (menu) {
        if (menu) seen.menu = menu;
        setContextMenu.call(this, menu);
      };
      Tray.prototype.setToolTip = function (text) {
        seen.tooltip = text;
        setToolTip.call(this, text);
      };
      Notification.isSupported = () => true;
      Notification.prototype.show = function () {
        seen.notices.push(`${this.title}: ${this.body}`);
      };
    });

  const menu = () =>
    running().electron.evaluate(() => {
      const read = (held: Electron.Menu | undefined): Line[] =>
        (held?.items ?? [])
          .filter((item) => item.type !== 'separator')
          .map((item) => ({
            label: item.label,
            enabled: item.enabled,
            lines: read(item.submenu ?? undefined),
          }));
      const { seen } = globalThis as unknown as { seen: { menu?: Electron.Menu } };
      return read(seen.menu);
    }) as Promise<Line[]>;

  const labels = async () => (await menu()).map(({ label }) => label);

  const click = (label: string) =>
    running().electron.evaluate((_electron, wanted) => {
      const find = (held: Electron.Menu | undefined): Electron.MenuItem | undefined => {
        for (const item of held?.items ?? []) {
          if (item.label === wanted) return item;
          const below = find(item.submenu ?? undefined);
          if (below) return below;
        }
        return undefined;
      };
      const { seen } = globalThis as unknown as { seen: { menu?: Electron.Menu } };
      const item = find(seen.menu);
      if (!item?.enabled) throw new Error(`nothing to click: ${wanted}`);
      item.click();
    }, label);

  const notices = () =>
    running().electron.evaluate(
      () => (globalThis as unknown as { seen: { notices: string[] } }).seen.notices,
    );

  const windows = () =>
    running().electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => (each.isMinimized() ? 'minimized' : 'open')),
    );

  const closeWindow = () =>
    running().electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());

  const page = () => {
    const [first] = running().electron.windows();
    if (!first) throw new Error('there is no window');
    return first;
  };

  const snapshot = async (): Promise<Snapshot> => {
    const reply = await page().evaluate(() => window.crateful.getSnapshot());
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.value;
  };

  /** Changes settings and waits until everybody has been told. */
  const set = (patch: Parameters<Window['crateful']['updateSettings']>[0]) =>
    page().evaluate(async (given) => {
      const told = new Promise<void>((resolve) => {
        const stop = window.crateful.onDelta(({ settings }) => {
          if (!settings) return;
          stop();
          resolve();
        });
      });
      await window.crateful.updateSettings(given);
      await told;
    }, patch);

  /** Makes the tray show its menu anew, so that it is seen. */
  const stirMenu = async () => {
    await page().evaluate(() => window.crateful.pauseQueue());
    await eventually(labels).toContain('Resume');
    await page().evaluate(() => window.crateful.resumeQueue());
    await eventually(labels).toContain('Pause');
  };

  it('syncs, pauses and resumes from its tray, and shows there what came', async () => {
    await start('with-tray');
    await set({ bandwidthLimitKBPerSecond: 40 });
    await stirMenu();
    expect(await labels()).toEqual(
      expect.arrayContaining(['Sync now', 'Pause', 'Open Crateful', 'Settings…', 'Quit Crateful']),
    );
    await eventually(async () => (await snapshot()).purchases.state).toBe('ready');
    await click('Sync now');
    await eventually(async () => (await snapshot()).run?.state).toBe('running');
    await eventually(labels).toContain('Pause');
    await click('Pause');
    await eventually(async () => (await snapshot()).queue.paused).toBe(true);
    await eventually(labels).toContain('Resume');
    expect((await labels())[0]).toBe('Paused');
    await set({ bandwidthLimitKBPerSecond: 0 });
    await click('Resume');
    await eventually(async () => (await snapshot()).queue.paused).toBe(false);
    await eventually(async () => (await snapshot()).run?.state).toBe('finished');
    await eventually(labels).toContain('Recently added');
    const recent = (await menu()).find(({ label }) => label === 'Recently added');
    expect(recent!.lines.length).toBeGreaterThan(1);
    expect(recent!.lines.length).toBeLessThanOrEqual(8);
  });

  it('stays in the tray when its window is closed, says so once, and comes back where one clicks', async () => {
    await start('with-tray');
    await set({ syncEveryMinutes: 60 });
    await stirMenu();
    await closeWindow();
    await eventually(windows).toEqual([]);
    await eventually(notices).toEqual([expect.stringContaining('Crateful keeps running')]);
    await click('Settings…');
    await eventually(windows).toEqual(['open']);
    await eventually(() => page().url()).toContain('settings');
    await closeWindow();
    await eventually(windows).toEqual([]);
    await click('Add link…');
    await eventually(windows).toEqual(['open']);
    await eventually(() => page().url()).toContain('links');
    await page().getByRole('dialog', { name: 'Add link' }).waitFor();
    await closeWindow();
    await eventually(windows).toEqual([]);
    await click('Open Crateful');
    await eventually(windows).toEqual(['open']);
    expect(await notices()).toHaveLength(1);
  });

  it('keeps a window that can be found where no desktop would show its icon', async () => {
    await start('without-tray');
    await set({ syncEveryMinutes: 60 });
    await closeWindow();
    await eventually(notices).toEqual([expect.stringContaining('only minimized')]);
    expect(await windows()).toHaveLength(1);
  });

  it('starts unseen when the system starts it, and a second start shows its window', async () => {
    const home = await mkdtemp(join(tmpdir(), 'crateful-e2e-hidden-'));
    const environment = await environmentOn('with-tray');
    const hidden = await launchHidden({ home, environment });
    try {
      const shown = () =>
        hidden.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
      // The engine is at work: its database is there.
      await eventually(() => existsSync(join(home, 'demo', 'library.sqlite'))).toBe(true);
      expect(await shown()).toBe(0);
      startAppProcess({ home, environment });
      await eventually(shown).toBe(1);
    } finally {
      await hidden.close();
      await rm(home, { recursive: true, force: true });
    }
  });

  it('ends with its window when nothing is to be done in the background', async () => {
    await start('with-tray');
    const ended = new Promise<void>((resolve) => running().electron.once('close', resolve));
    await closeWindow().catch(() => undefined);
    await ended;
    app = null;
  });

  it('never looks by itself in the demo', async () => {
    await start('with-tray');
    await set({ syncEveryMinutes: 15, setupStep: 'done' });
    expect((await snapshot()).background).toMatchObject({ nextSyncAtMs: null, holding: null });
    expect((await snapshot()).run).toBeNull();
  });

  it('says how starting at login really is: a checkout has none', async () => {
    await start('without-tray');
    const shell = await page().evaluate(() => window.crateful.getShell());
    expect(shell).toMatchObject({ ok: true, value: { startAtLogin: 'unavailable' } });
    const set = await page().evaluate(() => window.crateful.setStartAtLogin({ on: true }));
    expect(set).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
  });

  it('opens its settings from the menu', async () => {
    await start('without-tray');
    await running().electron.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find((item) => item.label === 'File');
      const settings = file?.submenu?.items.find((item) => item.label === 'Settings…');
      if (settings?.accelerator !== 'CommandOrControl+,') throw new Error('no such shortcut');
      settings.click();
    });
    await eventually(() => page().url()).toContain('settings');
  });
});
