import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

let home: string;
let desk: Desk;
const start = () => openDesk({ home, catalogue: demoAlbums(ALBUMS.oneTake) });

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'crateful-e2e-'));
  desk = await start();
  await desk.signIn();
});
afterEach(async () => {
  await desk.close();
  await rm(home, { recursive: true, force: true });
});

async function openSettings(): Promise<void> {
  await desk.go('Settings');
  await desk.see('Downloads at a time');
}

describe('settings', () => {
  it('take effect at once and are there after a restart', async () => {
    await openSettings();
    const page = desk.page();
    await page.getByText('Dark', { exact: true }).click();
    await page.waitForFunction(
      () => document.documentElement.dataset.mantineColorScheme === 'dark',
    );
    const shell = await desk.app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
    expect(shell).toBe('dark');
    await page.getByRole('slider', { name: 'Downloads at a time' }).press('ArrowLeft');
    await page.getByLabel('Space kept free').fill('7');
    await page.keyboard.press('Enter');
    const changed = { theme: 'dark', concurrency: 3, reservePercent: 7 };
    await desk.until(({ settings }) => settings.reservePercent === 7, 'the reserve');
    expect((await desk.snapshot()).settings).toMatchObject(changed);

    await desk.close();
    desk = await start();
    expect((await desk.snapshot()).settings).toMatchObject(changed);
    await desk
      .page()
      .waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
  });

  it('refuse half an app id and secret, say when a pair is in use, and go back to none', async () => {
    await openSettings();
    const page = desk.page();
    expect(await desk.button('Use this pair').isDisabled()).toBe(true);
    await page.getByLabel('App id').fill('123456789');
    await desk.see('Enter both, or leave both empty.');
    expect(await desk.button('Use this pair').isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'App secret' }).fill('0123456789abcdef');
    await desk.button('Use this pair').click();
    await desk.until(({ app }) => app.ownAppCredentials, 'an own pair');
    await desk.button('Find them automatically').click();
    await desk.until(({ app }) => !app.ownAppCredentials, 'no pair');
  });

  it('stand beside where the sign-in is kept', async () => {
    await desk
      .page()
      .getByRole('button', { name: /Demo Listener/ })
      .click();
    await desk.see('Your sign-in is kept until you quit: this system offers no safe place for it.');
    await openSettings();
    await desk
      .page()
      .getByText(/Crateful 0\.1\.0/)
      .waitFor(WAIT);
  });
});
