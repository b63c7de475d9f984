import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SETTINGS } from '../support/fake-bridge.ts';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';
import { albums, jobs } from '../support/scenes.ts';
import { WAIT } from '../support/window.ts';

let scene: SceneWindow;
const button = (name: string | RegExp) =>
  scene.page.getByRole('button', { name, exact: typeof name === 'string' });
const row = (name: string) => scene.page.getByRole('group', { name, exact: true });
const see = (words: string | RegExp) => scene.page.getByText(words).first().waitFor(WAIT);
const heading = (name: string) => scene.page.getByRole('heading', { name }).waitFor(WAIT);
const lastInput = async (name: string): Promise<unknown> => (await scene.calls(name)).at(-1)?.input;
const focused = () =>
  scene.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
/** Ids of the album's jobs in these states. */
const idsOf = (album: number, ...states: readonly string[]) =>
  jobs
    .filter((job) => job.albumId === albums[album]!.id && states.includes(job.state))
    .map(({ id }) => id);

beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  await scene.resize([1280, 800]);
});
afterAll(() => scene?.close());

const open = (name: Parameters<SceneWindow['show']>[0], hash = '#/activity') =>
  scene.show(name, { hash });

describe('the queue', () => {
  it('is reached and moved through with the keyboard, and a row’s actions are in its menu', async () => {
    await open('syncing');
    const { keyboard } = scene.page;
    await row('Overture, done').first().waitFor(WAIT);
    const album = scene.page.getByRole('button', { name: /^String Quartets/ });
    await album.focus();
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('Overture, done');
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowLeft');
    await expect.poll(() => album.getAttribute('aria-expanded')).toBe('false');
    await keyboard.press('ArrowRight');
    await expect.poll(() => album.getAttribute('aria-expanded')).toBe('true');
    for (let presses = 0; presses < 6; presses += 1) await keyboard.press('ArrowDown');
    expect(await focused()).toBe('Overture, under way');
    await keyboard.press('Shift+F10');
    await scene.page.getByRole('menuitem', { name: 'Pause' }).waitFor(WAIT);
    await keyboard.press('Enter');
    await row('Overture, paused').waitFor(WAIT);
    expect(await lastInput('pauseJobs')).toEqual({ jobIds: [idsOf(5, 'running')[1]] });
    await scene.page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await focused()).toBe('Overture, paused');
    // Tab leads from the row to its own buttons and to no other row.
    await keyboard.press('Tab');
    expect(await focused()).toBe('Resume Overture');
    await keyboard.press('Enter');
    expect(await lastInput('resumeJobs')).toEqual(await lastInput('pauseJobs'));
  });

  it('takes a file out, and puts it back when asked to, at once or later', async () => {
    await open('syncing');
    const failedFirst = row('A Room with Two Doors, under way');
    await failedFirst.focus();
    await scene.page.keyboard.press('Delete');
    await see('1 file taken out of the queue');
    expect(await lastInput('cancelJobs')).toEqual({ jobIds: [idsOf(5, 'running')[2]] });
    await button('Undo').click();
    await row('A Room with Two Doors, waiting').waitFor(WAIT);
    expect(await lastInput('restoreJobs')).toEqual(await lastInput('cancelJobs'));

    await row('A Room with Two Doors, waiting').focus();
    await scene.page.keyboard.press('Delete');
    await button('Put A Room with Two Doors back').click();
    await row('A Room with Two Doors, waiting').waitFor(WAIT);
  });

  it('acts on a whole album: pause, cancel, move to the top', async () => {
    await open('syncing');
    await button('Pause String Quartets Nos. 1–3').click();
    expect(await lastInput('pauseJobs')).toEqual({
      jobIds: idsOf(5, 'running', 'retrying', 'waiting'),
    });
    await heading('Paused 1');
    const long = /^A Very Long Title/;
    const next = () =>
      scene.page.evaluate(() => {
        const names = [...document.querySelectorAll('[data-row]')].map((each) => each.textContent);
        const at = names.findIndex((name) => name?.startsWith('Up next'));
        return names[at + 1] ?? '';
      });
    await scene.page.getByRole('button', { name: long }).first().scrollIntoViewIfNeeded();
    expect(await next()).toMatch(/^Nocturnes/);
    await scene.page.getByRole('button', { name: long }).first().click({ button: 'right' });
    await scene.page.getByRole('menuitem', { name: 'Move to the top' }).click();
    await expect.poll(next).toMatch(long);
  });

  it('pauses and resumes as a whole, and says so', async () => {
    await open('syncing');
    await button('Pause all').click();
    await heading('Paused');
    await see('Nothing is fetched until you resume. What was begun is kept.');
    await button('Resume all').click();
    await heading('Syncing');
    await button('Retry all failed').click();
    expect(await scene.calls('retryFailed')).toHaveLength(1);
  });

  it('says in words what holds it up', async () => {
    await open('syncing');
    await scene.send({
      background: {
        online: false,
        nextSyncAtMs: null,
        lastSyncAtMs: null,
        holding: null,
        goesOnWith: null,
      },
    });
    await heading('Waiting for the network');
  });

  it('lists what waits after a restart without a run, paused files as paused, and goes on', async () => {
    await open('queue-restarted');
    await heading('Waiting to go on');
    await see(/^61 files still to fetch, ≈\s6\.7\sGB\.$/);
    await see('20 paused');
    await button('Resume paused files').click();
    const input = (await lastInput('resumeJobs')) as { jobIds: string[] };
    expect(input.jobIds).toHaveLength(20);
    await button('Go on').click();
    expect(await scene.calls('startSync')).toHaveLength(1);
  });

  it('tells why a file failed, and its code, tries and status on demand, to be copied', async () => {
    await open('syncing');
    await see('Qobuz sent next to nothing of this file and closed the connection.');
    const failed = row('Salt, failed');
    await failed.scrollIntoViewIfNeeded();
    expect(await failed.textContent()).not.toContain('STREAM_STUB');
    await failed.getByRole('button', { name: 'Details', exact: true }).click();
    await failed.getByRole('table', { name: 'Attempts that failed' }).waitFor(WAIT);
    const words = await failed.textContent();
    expect(words).toContain('STREAM_STUB');
    expect(words).toContain('403');
    expect(await failed.getByRole('row').count()).toBe(7);
    await failed.getByRole('button', { name: 'Copy the details of Salt' }).click();
    await see('Copied');
    const { text } = (await lastInput('copyText')) as { text: string };
    expect(text).toContain('attempt 3:');
    expect(text).toContain('CDN_REFUSED, HTTP 403');
  });

  it('limits speed and number of downloads at once, and refuses other values in place', async () => {
    await open('syncing');
    const { page } = scene;
    await page.getByRole('switch', { name: 'Limit the speed' }).click();
    await expect
      .poll(() => lastInput('updateSettings'))
      .toEqual({ bandwidthLimitKBPerSecond: 5000 });
    const limit = page.getByLabel('Speed limit in megabytes a second');
    await limit.fill('2.5');
    await expect
      .poll(() => lastInput('updateSettings'))
      .toEqual({ bandwidthLimitKBPerSecond: 2500 });
    // A limit that was set elsewhere holds, and is no mistake to be marked.
    await scene.send({ settings: { ...SETTINGS, bandwidthLimitKBPerSecond: 60 } });
    await expect.poll(() => limit.inputValue()).toMatch(/^0\.06\sMB\/s$/);
    expect(await limit.getAttribute('aria-invalid')).not.toBe('true');
    await limit.fill('5000');
    await see(/^From 100\skB\/s to 1\.0\sGB\/s\.$/);
    const atOnce = page.getByLabel('Downloads at a time');
    await atOnce.fill('9');
    await see('From 1 to 8.');
    await atOnce.fill('2');
    await expect.poll(() => lastInput('updateSettings')).toEqual({ concurrency: 2 });
    await page.getByRole('switch', { name: 'Limit the speed' }).click();
    await expect.poll(() => lastInput('updateSettings')).toEqual({ bandwidthLimitKBPerSecond: 0 });
    const given = (await scene.calls('updateSettings')).map(({ input }) => input);
    expect(given).not.toContainEqual({ bandwidthLimitKBPerSecond: 5_000_000 });
    expect(given).not.toContainEqual({ concurrency: 9 });
  });

  it('draws the speed of the last minutes and says it in a sentence', async () => {
    await open('syncing');
    const graph = scene.page.getByRole('img', {
      name: /^Speed over the last 5\smins: now .+ MB\/s, highest 15\.\d\sMB\/s, .+ on average\.$/,
    });
    await graph.waitFor(WAIT);
    expect(await graph.evaluate((element) => element.closest('[aria-live], [role="status"]'))).toBe(
      null,
    );
  });

  it('holds 2,000 files with only the rows in sight, down to the last', async () => {
    await open('queue-many');
    const { page } = scene;
    const rows = () => page.locator('[data-row]').count();
    await heading('Syncing');
    expect(await rows()).toBeLessThan(80);
    await page.getByRole('button', { name: /^Harbour Lights 1\b/ }).focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain(' 200');
    expect(await rows()).toBeLessThan(80);
    // Out of sight the row keeps the focus, and the list stays where somebody scrolls it to.
    await page.evaluate(() => {
      const frame = document.querySelector('main')?.parentElement;
      frame?.scrollTo({ top: 0 });
    });
    await page.getByRole('button', { name: /^Harbour Lights 1\b/ }).waitFor(WAIT);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(' 200');
  });
});

describe('the history', () => {
  it('lists every run with what it did, unfolds its albums and leads to them', async () => {
    await open('syncing');
    await button('History').click();
    await heading('History');
    await see(/^82 tracks added, 7\.6\sGB$/);
    await see('Cut off when Crateful ended');
    await see(/^There is not enough room on the disk\./);
    await scene.page.getByRole('button', { name: /82 tracks added/ }).click();
    await see(/^12 tracks added, 732\sMB$/);
    await button('Show older').click();
    await expect
      .poll(() => lastInput('getHistory'))
      .toEqual({ before: expect.stringMatching(/^old-/) });
    await button('Show older').waitFor({ state: 'detached' });
    expect(await scene.page.getByRole('listitem').count()).toBeGreaterThan(56);
    await scene.page.getByRole('button', { name: /^Paper Kingdoms/ }).click();
    await expect.poll(() => lastInput('getAlbum')).toEqual({ albumId: albums[3]!.id });
  });
});

describe('the queue for everybody', () => {
  it('has nothing axe objects to in any of its states, in both themes', async () => {
    const found: string[] = [];
    const check = async (what: string): Promise<void> => {
      for (const each of await scene.violations()) found.push(`${what}: ${each}`);
    };
    for (const name of ['syncing', 'queue-paused', 'queue-restarted', 'finished'] as const) {
      await scene.show(name, { hash: '#/activity' });
      await check(name);
    }
    await scene.show('syncing', { hash: '#/activity' });
    await row('Salt, failed').getByRole('button', { name: 'Details', exact: true }).click();
    await see('Attempts that failed');
    await button('More for Salt').first().click();
    await scene.page.getByRole('menu').waitFor(WAIT);
    await check('details and menu');
    await scene.show('syncing', { hash: '#/history' });
    await scene.page.getByRole('button', { name: /82 tracks added/ }).click();
    await see('Paper Kingdoms');
    await check('history');
    await scene.show('library', { hash: '#/history' });
    await check('empty history');
    expect(found).toEqual([]);
  });
});
