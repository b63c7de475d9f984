import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { type Desk, openDesk, valueIn, WAIT } from '../support/window.ts';

let folder: string;
let desk: Desk;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-player-'));
  desk = await openDesk({ catalogue: demoAlbums(ALBUMS.slowWeather) });
  await desk.answerFolder(folder);
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});

describe('playing what is on disk', () => {
  it('plays a synced track from the folder, seeks in it, and lets a sync start meanwhile', async () => {
    await desk.signIn();
    await desk.page().evaluate(() => window.crateful.updateSettings({ setupStep: 'done' }));
    valueIn(await desk.page().evaluate(() => window.crateful.pickFolder()));
    valueIn(await desk.page().evaluate(() => window.crateful.useFolder({ mode: 'use' })));
    valueIn(await desk.page().evaluate(() => window.crateful.startSync(undefined)));
    await desk.until(({ run }) => run?.state === 'finished', 'finished');
    await desk.go('Library');
    const page = desk.page();
    await page.getByRole('button', { name: /^Slow Weather/ }).click();
    await page
      .getByRole('button', { name: /^Play ./ })
      .first()
      .click(WAIT);
    const player = page.getByRole('region', { name: 'Player' });
    await player.getByRole('button', { name: 'Pause' }).waitFor(WAIT);
    const position = player.getByRole('slider', { name: 'Position' });
    await expect.poll(() => position.getAttribute('max')).not.toBe('1');
    await player.getByRole('button', { name: 'Pause' }).click();
    await position.press('End');
    await position.press('Home');
    await expect.poll(() => position.getAttribute('aria-valuetext')).toMatch(/^0:00 of 0:0[1-9]$/);
    await player.getByRole('button', { name: 'Play', exact: true }).click();
    valueIn(await page.evaluate(() => window.crateful.startSync(undefined)));
    await desk.until(
      ({ run }) => run?.state === 'finished' && run.totals.downloaded === 0,
      'again',
    );
    expect(await player.getByText('could not be played').count()).toBe(0);
    const cover = page.locator('article img').first();
    await expect
      .poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(200);
  });
});
