import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import type { Language } from '../../src-preload/contract/language.ts';
import { objections } from './axe.ts';
import { electronPath, sandboxSwitches } from './electron-app.ts';
import type { FakeBridge } from './fake-bridge.ts';
import { SCENE_SOURCES } from './scene-pages.ts';
import type { SceneName } from './scenes.ts';

/** Sizes the pictures are taken in and the smallest the window can have. */
export type Size = readonly [width: number, height: number];

/** A real Electron window that shows scenes over the fake bridge, without an engine behind. */
export interface SceneWindow {
  readonly page: Page;
  /** Shows a scene from its beginning. */
  show(
    scene: SceneName,
    options?: {
      theme?: 'light' | 'dark';
      language?: Language;
      hash?: string;
      /** Where the page asks for covers, by album id; drawn ones without it. */
      covers?: string;
    },
  ): Promise<void>;
  resize(size: Size): Promise<void>;
  /** Calls made so far, of one name or all. */
  calls(name?: string): Promise<readonly { readonly name: string; readonly input: unknown }[]>;
  /** Sends a delta to the window. */
  send(delta: Parameters<FakeBridge['send']>[0]): Promise<void>;
  /** What axe objects to in both themes, as sentences. */
  violations(): Promise<readonly string[]>;
  /** Ends window and server; throws when the page reported an uncaught error. */
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** Opens a window for the scenes that were built into the folder `pages`. */
export async function openSceneWindow(pages: string): Promise<SceneWindow> {
  const home = await mkdtemp(join(tmpdir(), 'crateful-scenes-'));
  const server = await serve(pages);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scene.html`;
  const electron = await _electron.launch({
    executablePath: electronPath(),
    args: [
      join(SCENE_SOURCES, 'shell.cjs'),
      ...sandboxSwitches(),
      '--lang=en-GB',
      `--user-data-dir=${join(home, 'data')}`,
    ],
  });
  const page = await electron.firstWindow();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));

  return {
    page,
    async show(scene, { theme = 'light', language = 'en', hash = '', covers } = {}) {
      // Another fragment alone would not load the page again.
      await page.goto('about:blank');
      const drawn = covers === undefined ? '' : `&covers=${covers}`;
      await page.goto(
        `${address}?scene=${scene}&theme=${theme}&language=${language}${drawn}${hash}`,
      );
      await page.locator('main').waitFor();
    },
    async resize([width, height]) {
      await electron.evaluate(
        ({ BrowserWindow }, [wide, high]) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(wide, high),
        [width, height] as const,
      );
      await page.waitForFunction(
        ([wide, high]) => window.innerWidth === wide && window.innerHeight === high,
        [width, height] as const,
      );
    },
    calls: (name) =>
      page.evaluate(
        (wanted) =>
          (window as unknown as { fake: FakeBridge }).fake.calls.filter(
            (call) => wanted === undefined || call.name === wanted,
          ),
        name,
      ),
    send: (delta) =>
      page.evaluate((given) => (window as unknown as { fake: FakeBridge }).fake.send(given), delta),
    violations: () => objections(page),
    async close() {
      await electron.close();
      server.close();
      await rm(home, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`The window reported:\n${faults.join('\n')}`);
    },
  };
}

/** Serves the files of a folder on this computer alone. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    readFile(join(folder, normalize(pathname))).then(
      (body) => {
        const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
        // Kept, so that the browser compiles the scripts once and not for every scene.
        const headers = { 'content-type': type, 'cache-control': 'max-age=3600' };
        response.writeHead(200, headers).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
