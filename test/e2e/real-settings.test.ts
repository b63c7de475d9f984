import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../src-preload/contract/settings.ts';
import { bigFiles } from '../support/big-files.ts';
import { ALBUMS } from '../support/demo-albums.ts';
import { type Desk, openDesk, valueIn, WAIT } from '../support/window.ts';

let scratch: string;
let desk: Desk;
const page = () => desk.page();
const folder = () => join(scratch, 'Music');

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'crateful-e2e-settings-'));
  const catalogue = await bigFiles(
    join(scratch, 'sounds'),
    ALBUMS.slowWeather,
    ALBUMS.longTable,
    ALBUMS.tapeHiss,
  );
  desk = await openDesk({ catalogue });
  await desk.settleIn(folder());
});
afterAll(async () => {
  await desk?.close();
  await rm(scratch, { recursive: true, force: true });
});

const files = async (): Promise<string[]> =>
  (await readdir(folder(), { recursive: true })).filter(
    (path) => !path.startsWith('.crateful') && /\.\w+$/.test(path),
  );
const stored = async (): Promise<SettingsPatch> => (await desk.snapshot()).settings;
const flip = (name: string) => page().getByRole('switch', { name }).press('Space');

/** Syncs one album from its page. */
async function sync(title: string): Promise<void> {
  await desk.go('Library');
  await page()
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
  await desk.button('Sync this album').click();
  await desk.until(
    ({ run, albums }) =>
      run?.state === 'finished' && albums.find((each) => each.title === title)?.status === 'synced',
    `${title} is there`,
  );
}

describe('what is set', () => {
  it('names files: a preset and a template of one’s own, shown on the person’s albums', async () => {
    await desk.go('Settings');
    await desk.see('On your albums');
    const template = page().getByLabel('Template');
    await template.fill('{title}');
    await desk.see('The folders need {album}, or two albums would share one.');
    await template.fill('{label}/{album}/{track} {title}');
    await template.press('Enter');
    await expect
      .poll(async () => (await stored()).namingTemplate)
      .toBe('{label}/{album}/{track} {title}');
    await sync('Tape Hiss Summer');
    expect(
      (await files()).filter((path) => path.startsWith('Garage Door/Tape Hiss Summer/')),
    ).toHaveLength(5);
  });

  it('leaves covers and booklets away', async () => {
    await desk.go('Settings');
    for (const name of ['Save covers', 'Put covers into the files', 'Save booklets'])
      await flip(name);
    await expect.poll(stored).toMatchObject({
      saveCovers: false,
      embedCovers: false,
      saveBooklets: false,
    });
    await sync('The Long Table');
    const there = (await files()).filter((path) => path.includes('The Long Table'));
    expect(there).toHaveLength(9);
    expect(there.filter((path) => !path.endsWith('.flac'))).toEqual([]);
    const bytes = await readFile(join(folder(), there[0]!));
    expect(bytes.includes('image/jpeg')).toBe(false);
  });

  it('limits how many files are fetched at a time and how fast, while they are', async () => {
    const running = async () =>
      (await desk.snapshot()).jobs.filter(({ state }) => state === 'running').length;
    // At this speed the three long files would take a minute and a half.
    await desk.go('Queue');
    const limited = page().getByRole('switch', { name: 'Limit the speed' });
    await limited.press('Space');
    const limit = page().getByLabel('Speed limit in megabytes a second');
    await limit.fill('0.1');
    await limit.press('Enter');
    await expect.poll(async () => (await stored()).bandwidthLimitKBPerSecond).toBe(100);
    const setAtOnce = async (jobs: number): Promise<void> => {
      const field = page().getByLabel('Downloads at a time');
      await field.fill(String(jobs));
      await field.press('Enter');
      await expect.poll(async () => (await stored()).concurrency).toBe(jobs);
    };
    await setAtOnce(1);
    await desk.button('Sync').click();
    await expect
      .poll(async () => (await desk.snapshot()).run?.bytesPerSecond ?? 0, { timeout: 30_000 })
      .toSatisfy((speed: number) => speed > 0 && speed < 150_000);
    expect(await running()).toBe(1);
    await setAtOnce(4);
    await expect.poll(running, { timeout: 30_000 }).toBeGreaterThan(1);
    await limited.press('Space');
    await desk.heading('All done').waitFor({ timeout: 60_000 });
    expect((await stored()).bandwidthLimitKBPerSecond).toBe(0);
  });

  it('changes the look at once and for the next start', async () => {
    for (const theme of ['dark', 'light'] as const) {
      await desk.go('Settings');
      await page()
        .getByText(theme === 'dark' ? 'Dark' : 'Light', { exact: true })
        .click();
      await expect
        .poll(() => page().evaluate(() => document.documentElement.dataset.mantineColorScheme))
        .toBe(theme);
    }
    await page().reload();
    await desk.heading('Settings').waitFor(WAIT);
    expect(await page().evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe(
      'light',
    );
  });

  it('schedules the next look, and says when', async () => {
    await desk.go('Settings');
    expect((await desk.snapshot()).background.nextSyncAtMs).toBeNull();
    valueIn(await page().evaluate(() => window.crateful.updateSettings({ syncEveryMinutes: 15 })));
    await desk.until(({ background }) => background.nextSyncAtMs !== null, 'the next look');
    await desk.see(/^Next look in\s1[4-7]\smin\.$/);
    valueIn(await page().evaluate(() => window.crateful.updateSettings({ syncEveryMinutes: 0 })));
    await desk.until(({ background }) => background.nextSyncAtMs === null, 'no next look');
  });

  it('moves the library: files, with what is known of them, and nothing is fetched again', async () => {
    const before = await files();
    const moved = join(scratch, 'Moved');
    await desk.answerFolder(moved);
    await desk.go('Settings');
    await desk.button('Change…').click();
    await desk.button('Move the library here').click();
    await desk.until(({ root }) => root?.path === moved && root.state === 'ready', 'moved');
    const there = (await readdir(moved, { recursive: true })).filter(
      (path) => !path.startsWith('.crateful') && /\.\w+$/.test(path),
    );
    expect(there.toSorted()).toEqual(before.toSorted());
    const asked = desk.store.requests.length;
    await desk.button('Sync').click();
    await desk.heading('Everything is up to date').waitFor(WAIT);
    expect(desk.store.requests.slice(asked).filter(({ kind }) => kind === 'cdn')).toEqual([]);
  });
});
