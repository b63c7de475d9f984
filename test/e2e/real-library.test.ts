import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigLibrary } from '../support/big-library.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

const ALBUMS = 10_000;
const ATTACHED = { ...WAIT, state: 'attached' } as const;

let folder: string;
let desk: Desk;
const page = () => desk.page();
const search = () => page().getByRole('searchbox', { name: 'Search your purchases' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-big-'));
  desk = await openDesk({ catalogue: bigLibrary({ albums: ALBUMS, singles: 0 }) });
  await desk.settleIn(folder);
  await page().setViewportSize({ width: 1280, height: 800 });
});
afterAll(async () => {
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

/** How many albums are drawn. */
const drawn = () =>
  page()
    .getByText(/^Album \d+$/)
    .count();

/** Scrolls what holds the library by a share of its height. */
const scrollTo = (share: number) =>
  page().evaluate((to) => {
    const scrollers = [...document.querySelectorAll('*')].filter(
      (each) => each.scrollHeight > each.clientHeight + 1000,
    );
    for (const each of scrollers) each.scrollTop = each.scrollHeight * to;
  }, share);

describe(`a library of ${ALBUMS} albums`, () => {
  it('is listed whole and shows its newest first', async () => {
    await desk.until(({ albums }) => albums.length === ALBUMS, 'all albums');
    await desk.see('10,000 albums');
    await page()
      .getByText(`Album ${ALBUMS - 1}`, { exact: true })
      .waitFor(WAIT);
  });

  it('is scrolled in leaps to its last album, as covers and as a table, with few of them drawn', async () => {
    for (const view of ['grid', 'table'] as const) {
      await page().evaluate(async (libraryView) => {
        await window.crateful.updateSettings({ libraryView });
      }, view);
      await page()
        .getByRole('radio', { name: view === 'grid' ? 'Covers' : 'Table', checked: true })
        .waitFor(ATTACHED);
      for (const share of [0.5, 1]) await scrollTo(share);
      await page().getByText('Album 0', { exact: true }).waitFor(WAIT);
      const count = await drawn();
      expect(count).toBeGreaterThan(5);
      expect(count).toBeLessThan(200);
      await scrollTo(0);
      await page()
        .getByText(`Album ${ALBUMS - 1}`, { exact: true })
        .waitFor(WAIT);
    }
  });

  it('is searched as one types, with the number of hits', async () => {
    await search().fill('album 4321');
    await desk.see('1 album for “album 4321”');
    await page().getByText('Album 4321', { exact: true }).waitFor(WAIT);
    await search().fill('label 7');
    await desk.see(/^[\d,]+ albums for “label 7”$/);
    await search().fill('ärtist 399');
    await desk.see('34 albums for “ärtist 399”');
    await search().fill('no such thing');
    await desk.see('Nothing found');
    await desk.button('Clear the search').first().click();
    await desk.see('10,000 albums');
  });

  it('is opened and left where one was', async () => {
    await search().fill('album 4321');
    await page().getByText('Album 4321', { exact: true }).click();
    await desk.heading('Album 4321').waitFor(WAIT);
    await page().getByText('Track 1', { exact: true }).waitFor(WAIT);
    await page().keyboard.press('Escape');
    await desk.see('1 album for “album 4321”');
  });
});
