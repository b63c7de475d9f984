import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../src-preload/contract/views.ts';
import { launchApp, type RunningApp } from '../support/electron-app.ts';

describe('the shell around the engine', () => {
  let folder: string;
  let app: RunningApp;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-music-'));
    app = await launchApp({ environment: { CRATEFUL_DEMO: '1', CRATEFUL_DEMO_FOLDER: folder } });
  });
  afterEach(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The snapshot the page would get now; a fault fails the test. */
  async function snapshot(): Promise<Snapshot> {
    const reply = await app.page.evaluate(() => window.crateful.getSnapshot());
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.value;
  }

  it('opens in the demo, signed in, with its folder chosen and covers from its own scheme', async () => {
    const { app: view, account, root } = await snapshot();
    expect(view.demo).toBe(true);
    expect(account?.signedIn).toBe(true);
    expect(root?.path).toBe(folder);
    await vi.waitFor(
      async () => expect((await snapshot()).albums.length).toBeGreaterThan(5),
      20_000,
    );
    const album = (await snapshot()).albums.find((each) => each.hasCover);
    const cover = await app.page.evaluate(async (id) => {
      const image = new Image();
      image.src = `crateful-app://cover/${id}`;
      await image.decode();
      return image.naturalWidth;
    }, album!.id);
    expect(cover).toBeGreaterThan(0);
  });

  it('keeps its state when the window is reloaded, and sends deltas to the new page', async () => {
    await vi.waitFor(async () => expect((await snapshot()).purchases.state).toBe('ready'), 20_000);
    const before = await snapshot();
    await app.page.reload();
    const after = await snapshot();
    expect(after.albums).toEqual(before.albums);
    const delta = await app.page.evaluate(async () => {
      const next = new Promise<{ settings?: { concurrency: number } }>((resolve) => {
        window.crateful.onDelta((each) => {
          if (each.settings) resolve(each);
        });
      });
      await window.crateful.updateSettings({ concurrency: 2 });
      return next;
    });
    expect(delta.settings?.concurrency).toBe(2);
  });

  it('leaves the demo for a world that knows nothing of it, and tells the page to start anew', async () => {
    const reset = await app.page.evaluate(async () => {
      const told = new Promise<boolean>((resolve) => {
        window.crateful.onDelta((each) => {
          if (each.reset) resolve(true);
        });
      });
      await window.crateful.leaveDemo();
      return told;
    });
    expect(reset).toBe(true);
    const { app: view, account, root, albums } = await snapshot();
    expect({ demo: view.demo, account, root, albums }).toEqual({
      demo: false,
      account: null,
      root: null,
      albums: [],
    });
  });

  it('takes the folder the dialog answers, and nothing when it is dismissed', async () => {
    const chosen = join(folder, 'chosen');
    const choose = async (paths: string[]) => {
      await app.electron.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
      }, paths);
      return app.page.evaluate(async () => {
        const picked = await window.crateful.pickFolder();
        if (!picked.ok || picked.value === null) return picked;
        return window.crateful.useFolder({ mode: 'use' });
      });
    };
    expect(await choose([])).toEqual({ ok: true, value: null });
    expect((await snapshot()).root?.path).toBe(folder);
    expect(await choose([chosen])).toMatchObject({ ok: true });
    expect((await snapshot()).root?.path).toBe(chosen);
  });

  it('answers startSync while the run goes on, and stops the run cleanly when the app quits', async () => {
    const reply = await app.page.evaluate(() => window.crateful.startSync(undefined));
    expect(reply).toEqual({ ok: true, value: null });
    await vi.waitFor(async () => {
      const names = await readdir(folder);
      expect(names).toContain('.crateful');
    }, 20_000);
    // Closing is in afterEach; it fails when the app does not end or the page reported a fault.
  });
});
