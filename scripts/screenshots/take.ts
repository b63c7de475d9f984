import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { buildScenePages } from '../../test/support/scene-pages.ts';
import { openSceneWindow, type Size } from '../../test/support/scene-window.ts';
import { VIEWS } from './views.ts';

// Takes the pictures of every view, in both themes and both sizes, named `<view>-<theme>-<width>`: without words
// all of them for docs/images, as WebP; with another folder there, as PNG; with names after it only those views.

const SIZES: readonly Size[] = [
  [1280, 800],
  [900, 600],
];
const THEMES = ['light', 'dark'] as const;
/** Of a WebP picture, between 0 and 1: letters stay sharp, and a picture weighs a third of a PNG. */
const QUALITY = 0.85;
/** How long one step may take. */
const STEP_MS = 8000;

const [folder, ...names] = process.argv.slice(2);
const images = join(import.meta.dirname, '..', '..', 'docs', 'images');
const target = resolve(folder ?? images);
const isKept = target === resolve(images);
const unknown = names.filter((name) => !(name in VIEWS));
if (unknown.length > 0) throw new Error(`No such view: ${unknown.join(', ')}`);

/** The picture once nothing moves, every cover in sight is there and no field blinks. */
async function take(page: Page): Promise<Buffer> {
  await page.mouse.move(1, 1);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(
    () =>
      [...document.images].every(
        (image) => image.complete || image.getBoundingClientRect().top > window.innerHeight,
      ) &&
      document.getAnimations().every((each) => each.effect?.getTiming().iterations === Infinity),
  );
  // What has come is drawn with the next frame.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}

/** A PNG as the browser writes it as WebP. */
async function webpOf(page: Page, png: Buffer): Promise<Buffer> {
  const written = await page.evaluate(
    async ([data, quality]) => {
      const image = await createImageBitmap(await (await fetch(data)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    [`data:image/png;base64,${png.toString('base64')}`, QUALITY] as const,
  );
  return Buffer.from(written, 'base64');
}

/** The demo's covers lent to the scenes' albums, each album always the same one. */
async function lendCovers(page: Page): Promise<void> {
  const folder = join(import.meta.dirname, '..', '..', 'assets', 'demo', 'covers');
  const covers = (await readdir(folder)).filter((name) => name.endsWith('_600.jpg'));
  const files = await Promise.all(covers.map((name) => readFile(join(folder, name))));
  await page.route('**/covers/*.jpg', (route) => {
    const number = Number(/(\d+)\.jpg$/.exec(basename(route.request().url()))?.[1] ?? 0);
    const body = files[number % files.length];
    return body ? route.fulfill({ contentType: 'image/jpeg', body }) : route.abort();
  });
}

await mkdir(target, { recursive: true });
const pages = await mkdtemp(join(tmpdir(), 'crateful-scenes-'));
await buildScenePages(pages);
const scene = await openSceneWindow(pages);
const { page } = scene;
const written = new Set<string>();
const failed: string[] = [];
try {
  page.setDefaultTimeout(STEP_MS);
  await lendCovers(page);
  for (const size of SIZES) {
    await scene.resize(size);
    for (const [name, { scene: wanted, at, steps }] of Object.entries(VIEWS)) {
      if (names.length > 0 && !names.includes(name)) continue;
      for (const theme of THEMES) {
        const file = `${name}-${theme}-${size[0]}.${isKept ? 'webp' : 'png'}`;
        try {
          // Where there are no settings yet, the system's theme is the window's.
          await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
          await scene.show(wanted, {
            theme,
            covers: '/covers',
            ...(at !== undefined && { hash: `#/${at}` }),
          });
          await steps?.(page);
          const png = await take(page);
          await writeFile(join(target, file), isKept ? await webpOf(page, png) : png);
          written.add(file);
          process.stdout.write(`${file}\n`);
        } catch (error) {
          // One view that changed does not cost the pictures of all others.
          failed.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  }
} finally {
  await scene.close();
  await rm(pages, { recursive: true, force: true });
}
if (failed.length > 0) throw new Error(`No picture of these:\n${failed.join('\n')}`);
if (isKept && names.length === 0) {
  // A view that is no more leaves no picture behind.
  for (const file of await readdir(images)) {
    if (!written.has(file)) await rm(join(images, file));
  }
}
