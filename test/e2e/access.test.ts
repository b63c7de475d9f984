import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { objections } from '../support/axe.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../support/demo-albums.ts';
import { apiFaults, inject } from '../support/faults.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

let folder: string;
let desk: Desk;

async function open(...albums: readonly string[]): Promise<void> {
  desk = await openDesk({ catalogue: demoAlbums(...albums) });
  await desk.answerFolder(folder);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-music-'));
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});

/** Presses Tab until the focus is on something of that name. */
async function tabTo(name: string | RegExp): Promise<void> {
  const wanted = desk.page().getByRole('button', { name }).or(desk.page().getByLabel(name)).first();
  await wanted.waitFor(WAIT);
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await desk.page().keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}

async function press(name: string | RegExp): Promise<void> {
  await tabTo(name);
  await desk.page().keyboard.press('Enter');
}

describe('the window for everybody', () => {
  it('can be used with the keyboard alone, from the first page to a finished sync', async () => {
    await open(ALBUMS.slowWeather, ALBUMS.nightBus);
    const { keyboard } = desk.page();
    await press('Stay signed in only until I quit');
    await press('Use a token');
    await tabTo('Token');
    await keyboard.type(desk.store.token);
    await keyboard.press('Enter');
    await press('Choose a folder');
    await desk.until(({ root }) => root !== null, 'a folder');
    await press('Continue');
    await press('Continue');
    await press('Continue');
    await press('Start');
    await desk.heading('All done').waitFor(WAIT);
    await press(/^Library/);
    await tabTo(/^Night Bus/);
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await desk.heading('Slow Weather').waitFor(WAIT);
    await keyboard.press('Escape');
    await desk.heading('Your purchases').waitFor(WAIT);
    const focused = await desk.page().evaluate(() => document.activeElement?.textContent);
    expect(focused).toContain('Slow Weather');
    await press(/^Settings/);
    await desk.see('Downloads at a time');
    await press(/Demo Listener/);
    await desk.heading('Demo Listener').waitFor(WAIT);
  });

  it('keeps the keyboard’s place while a button waits, and goes to the heading where the button is gone', async () => {
    await open(ALBUMS.slowWeather);
    await desk.settleIn(folder);
    const page = desk.page();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const refresh = desk.button('Read purchases again');
    await refresh.focus();
    await refresh.evaluate((each) => {
      const note = () => each.hasAttribute('aria-busy') && each.setAttribute('data-was-busy', '');
      new MutationObserver(note).observe(each, { attributeFilter: ['aria-busy'] });
    });
    await page.keyboard.press('Enter');
    await expect.poll(() => refresh.getAttribute('data-was-busy')).toBe('');
    await expect.poll(() => refresh.getAttribute('aria-busy')).toBe(null);
    await expect.poll(() => refresh.evaluate((each) => each === document.activeElement)).toBe(true);
    await press('Sync');
    await desk.heading('All done').waitFor(WAIT);
    await expect.poll(focused).toBe('All done');
    await press('History');
    await expect.poll(focused).toBe('History');
  });

  it('has nothing axe objects to, on any page, in both themes', async () => {
    await open(ALBUMS.slowWeather, ALBUMS.nightBus, ALBUMS.preOrder);
    const [first] = tracksOf(ALBUMS.slowWeather);
    inject(desk.store, apiFaults.foreignAddress('https://files.invalid/1'), {
      ...(first !== undefined && { trackId: first }),
    });
    const found: string[] = [];
    const check = async (view: string): Promise<void> => {
      const objected = await objections(desk.page());
      found.push(...objected.map((each) => `${view}, ${each}`));
    };
    const page = desk.page();
    await desk.see('Explore the demo');
    await desk.stayUntilQuit();
    await desk.button('More ways').waitFor();
    await check('welcome');
    await desk.button('More ways').click();
    await desk.button('Use your own app id and secret').click();
    await check('app pair');
    await desk.button('Back').click();
    await desk.button('Use a token').click();
    await page.getByLabel('Token').fill('no such token');
    await desk.button('Sign in').click();
    await desk.see('Qobuz did not accept this sign-in.');
    await check('token refused');
    await desk.button('Back').click();
    await desk.signIn();
    await check('library without a folder');
    await desk.button('Choose a folder').click();
    await desk.button('Preview').click();
    await page.getByRole('button', { name: /4 unavailable$/ }).click();
    await desk.see('Not released yet.');
    await check('preview');
    await desk.button('Sync').click();
    await desk.heading('Done, except for 1 track').waitFor(WAIT);
    await check('summary');
    await page
      .getByRole('button', { name: /Unavailable$/ })
      .first()
      .click();
    await check('what is unavailable');
    await desk.go('Library');
    await check('library');
    await page.getByRole('button', { name: /^Night Bus/ }).click();
    await desk.see('Wet Neon');
    await check('album');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Demo Listener/ }).click();
    await desk.see('Other accounts');
    await check('account');
    await desk.go('Settings');
    await desk.see('Downloads at a time');
    await check('settings');
    await rm(folder, { recursive: true });
    await desk.button('Sync').click();
    await desk.see('This folder is gone. Is its drive connected?');
    await check('folder gone');
    expect(found).toEqual([]);
  });

  it('keeps everything within reach at twice the size, and holds still for those who ask', async () => {
    await open(ALBUMS.slowWeather);
    await desk.app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(1280, 800);
      window?.webContents.setZoomFactor(2);
    });
    await desk.page().emulateMedia({ reducedMotion: 'reduce' });
    /** Elements people press that lie beyond the side edges, where no scrolling leads. */
    const beyond = () =>
      desk.page().evaluate(() =>
        [...document.querySelectorAll('button, input, [role="radio"]')].flatMap((element) => {
          const box = element.getBoundingClientRect();
          const out = box.width > 1 && (box.left < 0 || box.right > window.innerWidth + 1);
          return out ? [element.outerHTML.slice(0, 120)] : [];
        }),
      );
    const moving = () =>
      desk.page().evaluate(
        () =>
          document.getAnimations().filter((each) => {
            const { duration } = each.effect?.getTiming() ?? {};
            return typeof duration === 'number' && duration > 1;
          }).length,
      );
    await desk.see('Explore the demo');
    expect(await beyond()).toEqual([]);
    await desk.signIn();
    await desk.button('Choose a folder').click();
    await desk.until(({ root }) => root !== null, 'a folder');
    expect(await beyond()).toEqual([]);
    await desk.button('Preview').click();
    await desk.see('By album');
    expect(await beyond()).toEqual([]);
    await desk.button('Sync').click();
    expect(await moving()).toBe(0);
    await desk.heading('All done').waitFor(WAIT);
    expect(await beyond()).toEqual([]);
    await desk.go('Settings');
    await desk.see('Downloads at a time');
    // The page that was asked for is in sight, and not only what stands above it in so narrow a window.
    const settings = desk.page().getByRole('heading', { name: 'Settings', level: 1 });
    await expect
      .poll(() => settings.evaluate((each) => each.getBoundingClientRect().bottom))
      .toBeLessThan(200);
    expect(await beyond()).toEqual([]);
    expect(await moving()).toBe(0);
  });
});
