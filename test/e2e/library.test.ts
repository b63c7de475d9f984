import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';
import { albums, box, type SceneName } from '../support/scenes.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  scene.page.setDefaultTimeout(10_000);
});
afterAll(() => scene.close());

const { length } = albums;
const heading = (name: string) => scene.page.getByRole('heading', { name, exact: true });
const button = (name: string | RegExp) => scene.page.getByRole('button', { name });
const press = (keys: string) => scene.page.keyboard.press(keys);
const item = (index: number) => scene.page.locator(`main [data-index="${index}"]`);
const search = () => scene.page.getByRole('searchbox', { name: 'Search your purchases' });
const focused = () =>
  scene.page.evaluate(() => document.activeElement?.getAttribute('data-index') ?? null);
const last = async (name: string) => (await scene.calls(name)).at(-1)?.input;

async function open(name: SceneName): Promise<void> {
  await scene.show(name);
  await heading('Your purchases').waitFor();
  await item(0).waitFor();
}

/** Titles of the rows from the top, as far as they are drawn. */
const rows = () =>
  scene.page
    .getByRole('row')
    .evaluateAll((elements) =>
      elements.slice(1).map((row) => row.querySelectorAll('[role="gridcell"]')[1]?.textContent),
    );

describe('the library as a table', () => {
  beforeEach(() => open('library-table'));

  it('is sorted by every column, both ways, and says so', async () => {
    for (const name of ['Title', 'Artist', 'Year', 'Label', 'Format', 'Bought on', 'Size']) {
      const column = scene.page.getByRole('columnheader', { name });
      const before = await column.getAttribute('aria-sort');
      await column.getByRole('button').click();
      const first = await column.getAttribute('aria-sort');
      await column.getByRole('button').click();
      const second = await column.getAttribute('aria-sort');
      expect([first, second].sort()).toEqual(['ascending', 'descending']);
      expect(before === 'none' || first !== before).toBe(true);
    }
    await scene.page.getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
    const titles = await rows();
    expect(titles[0]).toMatch(/^A Very Long Title/);
    expect(titles.slice(1, 3)).toEqual(['Afterglow (Live)', 'Bitter Almond']);
    expect(await scene.page.locator('[aria-sort="ascending"]').count()).toBe(1);
  });

  it('shows every column at the smallest size of the window too', async () => {
    await scene.resize([900, 600]);
    const hidden = await scene.page
      .getByRole('row')
      .nth(1)
      .evaluate((row) => {
        const edge = row.getBoundingClientRect();
        return [...row.querySelectorAll('[role="gridcell"]')].filter((cell) => {
          const box = cell.getBoundingClientRect();
          return box.width < 20 || box.right > edge.right + 1 || box.bottom > edge.bottom + 1;
        }).length;
      });
    await scene.resize([1280, 800]);
    expect(hidden).toBe(0);
  });

  it('keeps its headings in sight while it is scrolled', async () => {
    await scene.show('library-table-many');
    await item(0).waitFor();
    await item(0).focus();
    await press('End');
    await item(9_999).waitFor();
    await expect.poll(focused).toBe('9999');
    const top = await scene.page
      .getByRole('row')
      .first()
      .evaluate((row) => row.getBoundingClientRect().top);
    expect(top).toBe(0);
  });

  it('is remembered as the way to show the library', async () => {
    await scene.page.getByText('Covers', { exact: true }).click({ force: true });
    await expect.poll(() => last('updateSettings')).toEqual({ libraryView: 'grid' });
    await expect.poll(() => scene.page.getByRole('grid').count()).toBe(0);
    await item(0).waitFor();
  });
});

describe('searching', () => {
  beforeEach(() => open('library'));

  it('finds as one types, says how many, and shows the tracks that match', async () => {
    await press('/');
    await scene.page.keyboard.type('northern line');
    await scene.page.getByRole('status').getByText('albums for “northern line”').waitFor();
    expect(await item(0).textContent()).toContain('Northern Line');
    // One question for each pause, not one for each letter.
    expect((await scene.calls('searchLibrary')).length).toBeLessThan(8);
    await press('Escape');
    expect(await search().inputValue()).toBe('');
    await expect.poll(() => item(0).textContent()).toContain('Harbour Lights');
  });

  it('goes from the words to what they found with an arrow, and opens it with Enter', async () => {
    await press('Control+f');
    await scene.page.keyboard.type('sommarnatt');
    await scene.page.getByRole('status').getByText('1 album for “sommarnatt”').waitFor();
    await press('ArrowDown');
    await expect.poll(focused).toBe('0');
    await press('Enter');
    await heading('Sommarnatt').waitFor();
    await press('Escape');
    await heading('Your purchases').waitFor();
    expect(await search().inputValue()).toBe('sommarnatt');
    await expect.poll(focused).toBe('0');
  });

  it('says when nothing is found, and when only the filter hides what is', async () => {
    await search().fill('no such music');
    await heading('Nothing found').waitFor();
    await button('Clear the search').last().click();
    await item(0).waitFor();
    await scene.page.getByText('Attention').click();
    await search().fill('sommarnatt');
    await scene.page.getByText('but the filter hides them').waitFor();
    await button('Show all albums').click();
    await expect.poll(() => item(0).textContent()).toContain('Sommarnatt');
  });

  it('shows what the last words found, not an answer that comes late', async () => {
    await scene.page.evaluate(() => {
      const { bridge } = (window as unknown as { fake: { bridge: typeof window.crateful } }).fake;
      const ask = bridge.searchLibrary;
      Object.assign(bridge, {
        searchLibrary: async (input: { query: string }) => {
          const reply = await ask(input);
          if (input.query === 'sommarnatt') {
            await new Promise((resolve) => {
              Object.assign(window, { answerLate: resolve });
            });
          }
          return reply;
        },
      });
    });
    await search().fill('sommarnatt');
    await expect.poll(() => last('searchLibrary')).toEqual({ query: 'sommarnatt' });
    await search().fill('afterglow');
    await scene.page.getByRole('status').getByText('1 album for “afterglow”').waitFor();
    await scene.page.evaluate(() => Reflect.get(window, 'answerLate')());
    await scene.page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await item(0).textContent()).toContain('Afterglow');
  });
});

describe('filter and order', () => {
  beforeEach(() => open('library'));

  it('show albums of one status or format, with their counts', async () => {
    await button('Filter').click();
    await scene.page.getByRole('checkbox', { name: /Pre-order\s*1/ }).check();
    await press('Escape');
    await expect.poll(() => scene.page.locator('main [data-index]').count()).toBe(1);
    await button('Filter, 1 chosen').click();
    await scene.page.getByRole('checkbox', { name: /Pre-order/ }).uncheck();
    await scene.page.getByRole('checkbox', { name: /DSD\s*1/ }).check();
    await expect.poll(() => item(0).textContent()).toContain(box.title);
    await button('Show everything').click();
    await expect.poll(() => scene.page.locator('main [data-index]').count()).toBe(length);
  });

  it('sort the covers from a menu', async () => {
    await button(/^Sorted by Bought on/).click();
    await scene.page.getByRole('menuitemradio', { name: 'Year' }).click();
    await expect.poll(() => item(0).textContent()).toContain('Glasshouse');
    await scene.page.getByRole('menuitemradio', { name: 'Ascending' }).click();
    await expect.poll(() => item(0).textContent()).toContain('Red Clay Road');
    await press('Escape');
    await button('Sorted by Year, Ascending').waitFor();
  });

  it('are as they were left when one comes back from another page', async () => {
    await scene.page.getByText('Attention').click();
    await expect.poll(() => scene.page.locator('main [data-index]').count()).toBe(2);
    await scene.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
    await heading('Settings').waitFor();
    await scene.page
      .getByRole('navigation')
      .getByRole('button', { name: /^Library 14/ })
      .click();
    await expect.poll(() => scene.page.locator('main [data-index]').count()).toBe(2);
  });
});

describe('many albums at once', () => {
  const selection = () => scene.page.getByRole('region', { name: 'Selection' });

  it.each(['library', 'library-table'] as const)(
    'are chosen with keys in the scene %s',
    async (name) => {
      await open(name);
      await item(0).focus();
      await press('Space');
      await selection().getByText('1 album selected').waitFor();
      await press(name === 'library' ? 'Shift+ArrowRight' : 'Shift+ArrowDown');
      await press(name === 'library' ? 'Shift+ArrowRight' : 'Shift+ArrowDown');
      await selection().getByText('3 albums selected').waitFor();
      await press(name === 'library' ? 'Shift+ArrowLeft' : 'Shift+ArrowUp');
      await selection().getByText('2 albums selected').waitFor();
      await press('Control+a');
      await selection().getByText(`${length} albums selected`).waitFor();
      await press('Escape');
      await selection().waitFor({ state: 'detached' });
    },
  );

  it('are chosen with clicks, and synced', async () => {
    await open('library');
    await item(1).click({ modifiers: ['Control'] });
    await item(3).click({ modifiers: ['Shift'] });
    await selection().getByText('3 albums selected').waitFor();
    await item(2).click();
    await selection().getByText('2 albums selected').waitFor();
    await selection().getByRole('button', { name: 'Sync' }).click();
    expect(await last('startSync')).toEqual({ albumIds: [albums[1]!.id, albums[3]!.id] });
  });

  it('are skipped, which can be taken back', async () => {
    await open('library');
    await item(0).focus();
    await press('Space');
    await press('Shift+ArrowRight');
    await selection().getByRole('button', { name: 'Skip', exact: true }).click();
    await scene.page.getByText('2 albums are skipped').waitFor();
    const albumIds = [albums[0]!.id, albums[1]!.id];
    expect(await last('setSkipped')).toEqual({ albumIds, skip: true });
    await expect.poll(() => item(0).textContent()).toContain('Skipped');
    await button('Undo').click();
    await expect.poll(() => last('setSkipped')).toEqual({ albumIds, skip: false });
    await expect.poll(() => item(0).textContent()).toContain('Synced');
  });

  it('are verified, which can be stopped', async () => {
    await open('library');
    await item(0).focus();
    await press('Space');
    await selection().getByRole('button', { name: 'Verify' }).click();
    expect(await last('verifyAlbums')).toEqual({ albumIds: [albums[0]!.id] });
    await scene.page.getByRole('progressbar', { name: 'Progress of the check' }).waitFor();
    await button('Stop checking').click();
    await scene.page.getByText('The check was stopped').waitFor();
    await button('Dismiss').click();
    await scene.page.getByText('The check was stopped').waitFor({ state: 'detached' });
  });

  it('fetches again what a check found', async () => {
    await open('library-verified');
    await scene.page.getByText('6 files need to be fetched again').waitFor();
    await button('and 2 more').click();
    await button('Fetch again').click();
    expect(await last('startSync')).toEqual({ albumIds: [box.id] });
  });
});

describe('ten thousand albums', () => {
  it('are there to the last when they are scrolled in leaps, and come back where they were', async () => {
    await open('library-many');
    const frame = scene.page.locator('main').locator('..');
    for (const share of [0.3, 0.95, 0.1, 0.6]) {
      const inSight = await frame.evaluate(async (element, part) => {
        element.scrollTop = element.scrollHeight * part;
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        const { height } = element.getBoundingClientRect();
        return [...element.querySelectorAll('[data-index]')].filter((card) => {
          const { top, bottom } = card.getBoundingClientRect();
          return bottom > 0 && top < height;
        }).length;
      }, share);
      expect(inSight).toBeGreaterThanOrEqual(10);
    }
    const before = await frame.evaluate((element) => element.scrollTop);
    const album = await frame.evaluate((element) => {
      const { height } = element.getBoundingClientRect();
      const card = [...element.querySelectorAll<HTMLElement>('[data-index]')].find((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top > 0 && bottom < height;
      });
      card?.click();
      return card?.dataset.index ?? null;
    });
    await button('Back').click();
    await heading('Your purchases').waitFor();
    await expect.poll(() => frame.evaluate((element) => element.scrollTop)).toBe(before);
    expect(await item(Number(album)).count()).toBe(1);
  });

  it.each([
    ['library-many', 'ArrowRight'],
    ['library-table-many', 'ArrowDown'],
  ] as const)(
    'keep the focus on its album however far they are scrolled: %s',
    async (name, next) => {
      await scene.show(name);
      await item(3).focus();
      const frame = scene.page.locator('main').locator('..');
      await frame.evaluate((element) => {
        element.scrollTop = element.scrollHeight / 2;
      });
      const places = () =>
        scene.page
          .locator('main [data-index]')
          .evaluateAll((found) => found.map((each) => Number(each.getAttribute('data-index'))));
      await expect.poll(async () => (await places()).some((place) => place > 1000)).toBe(true);
      expect(await focused()).toBe('3');
      // Who has the list read out hears it in its order.
      await expect
        .poll(async () => {
          const found = await places();
          return found.every((place, at) => at === 0 || place > (found[at - 1] ?? 0));
        })
        .toBe(true);
      expect(await focused()).toBe('3');
      await press(next);
      await expect.poll(focused).toBe('4');
    },
  );

  it('stay where they are while their status changes', async () => {
    await open('library-many');
    const [first] = albums;
    const changed: AlbumSummary = {
      ...first!,
      id: 'big0000000000' as AlbumSummary['id'],
      title: `${first!.title} 1`,
      purchasedAt: 1_790_000_000,
      status: 'partly',
      tracksDone: 7,
    };
    await scene.send({ albums: { upsert: [changed], removed: [] } });
    await expect.poll(() => item(0).textContent()).toContain('7 of 11');
  });
});

describe('for everybody', () => {
  it.each([
    'library',
    'library-table',
    'library-skipped',
    'library-verifying',
    'library-verified',
    'library-loading',
  ] as const)('axe objects to nothing in the scene %s', async (name) => {
    await scene.show(name);
    await heading('Your purchases').waitFor();
    if (name === 'library' || name === 'library-table') {
      await item(0).focus();
      await press('Space');
      await search().fill('salt');
      await scene.page.getByRole('status').getByText('albums for “salt”').waitFor();
    }
    expect(await scene.violations()).toEqual([]);
  });
});
