import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PLAYLIST } from '../../src-main/demo/collection-calls.ts';
import { objections } from '../support/axe.ts';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { bodyFaults, inject } from '../support/faults.ts';
import { type Desk, openDesk, valueIn, WAIT } from '../support/window.ts';

let scratch: string;
let desk: Desk;
const page = () => desk.page();

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'crateful-e2e-views-'));
  desk = await openDesk({
    catalogue: demoAlbums(
      ALBUMS.slowWeather,
      ALBUMS.nightBus,
      ALBUMS.preOrder,
      ALBUMS.oneTake,
      ALBUMS.longTable,
    ),
  });
});
afterAll(async () => {
  await desk?.close();
  await rm(scratch, { recursive: true, force: true });
});

/** What axe objects to in what is shown now, in both themes. */
const objected = async (view: string): Promise<string[]> =>
  (await objections(page())).map((each) => `${view}, ${each}`);

const press = (keys: string) => page().keyboard.press(keys);
const put = async (away: string): Promise<void> => {
  await press(away);
  await page().getByRole('dialog').waitFor({ state: 'detached' });
};

describe('axe objects to nothing', () => {
  it('in the first steps', async () => {
    await desk.answerFolder(join(scratch, 'Music'));
    await desk.stayUntilQuit();
    await desk.button('Use a token').click();
    await page().getByLabel('Token').fill(desk.store.token);
    await desk.button('Sign in').click();
    await desk.heading('Where shall your copy live?').waitFor(WAIT);
    const found = await objected('folder');
    await desk.button('Choose a folder').click();
    await desk.until(({ root }) => root !== null, 'a folder');
    for (const step of ['What shall be fetched?', 'By itself, or when you ask?']) {
      await desk.button('Continue').click();
      await desk.heading(step).waitFor(WAIT);
      found.push(...(await objected(step)));
    }
    await desk.button('Continue').click();
    await desk.see(/files to fetch/);
    found.push(...(await objected('plan')));
    await desk.button('Later').click();
    await desk.heading('Your purchases').waitFor(WAIT);
    expect(found).toEqual([]);
  });

  it('in the queue while files flow, paused, and in the history', async () => {
    const slow = inject(desk.store, bodyFaults.drip({ bytes: 2048, pauseMs: 100 }));
    await desk.button('Sync').click();
    await desk.go('Queue');
    await desk.until(({ run }) => (run?.totals.bytes ?? 0) > 5000, 'bytes of files');
    const found = await objected('syncing');
    await desk.button('Pause all').click();
    await desk.heading('Paused').waitFor(WAIT);
    found.push(...(await objected('paused')));
    slow.remove();
    await desk.button('Resume all').click();
    await desk.heading('All done').waitFor(WAIT);
    await desk.button('History').click();
    await page()
      .getByRole('main')
      .getByRole('button', { name: /tracks added/ })
      .first()
      .click();
    await page().getByRole('main').getByText('Slow Weather').first().waitFor(WAIT);
    found.push(...(await objected('history')));
    expect(found).toEqual([]);
  });

  it('in the library as a table, with a selection, a filter and nothing found', async () => {
    valueIn(await page().evaluate(() => window.crateful.updateSettings({ libraryView: 'table' })));
    await desk.go('Library');
    await page().getByRole('checkbox', { name: 'Select Slow Weather' }).press('Space');
    await desk.see('1 album selected');
    const found = await objected('table with a selection');
    await desk.button('Clear the selection').click();
    await desk.button('Filter').click();
    await page().getByRole('dialog').waitFor(WAIT);
    found.push(...(await objected('filter')));
    await put('Escape');
    const search = page().getByRole('searchbox', { name: 'Search your purchases' });
    await search.fill('no such thing');
    await desk.see('Nothing found');
    found.push(...(await objected('nothing found')));
    await search.fill('');
    valueIn(await page().evaluate(() => window.crateful.updateSettings({ libraryView: 'grid' })));
    expect(found).toEqual([]);
  });

  it('on an album with its player and what a check said', async () => {
    await page()
      .getByRole('button', { name: /^Slow Weather/ })
      .click();
    await desk.button('Play Harbour Lights at Four').click();
    await page().getByRole('region', { name: 'Player' }).waitFor(WAIT);
    await desk.button('Verify').click();
    await desk.see(/files are as they were saved/);
    const found = await objected('album, playing and verified');
    await desk.button('Close the player').click();
    expect(found).toEqual([]);
  });

  it('in links with every kind of answer, and in the dialog to add them', async () => {
    await desk.go('Links');
    const found = await objected('no links');
    await desk.button('Add link').click();
    await page()
      .getByLabel('Qobuz links')
      .fill(
        [
          `https://open.qobuz.com/album/${ALBUMS.slowWeather}`,
          `https://open.qobuz.com/album/${ALBUMS.cathedral}`,
          `https://open.qobuz.com/playlist/${DEMO_PLAYLIST.id}`,
          'https://open.qobuz.com/album/nosuchalbum12',
        ].join(' '),
      );
    found.push(...(await objected('adding links')));
    await desk.button('Add').click();
    await desk.until(
      ({ links }) => links.length === 4 && links.every(({ state }) => state !== 'looking'),
      'answers',
    );
    await desk.button('The 9 tracks you do not own').click();
    found.push(...(await objected('links')));
    expect(found).toEqual([]);
  });

  it('in the palette, the shortcuts and signing out', async () => {
    await press('ControlOrMeta+k');
    await page().getByRole('dialog').waitFor(WAIT);
    await page().keyboard.type('set');
    const found = await objected('palette');
    await put('Escape');
    await press('?');
    await page().getByRole('dialog').waitFor(WAIT);
    found.push(...(await objected('shortcuts')));
    await put('Escape');
    await page()
      .getByRole('button', { name: /Demo Listener/ })
      .click();
    await desk.button('Sign out').click();
    await page().getByRole('dialog').waitFor(WAIT);
    found.push(...(await objected('signing out')));
    expect(found).toEqual([]);
  });
});
