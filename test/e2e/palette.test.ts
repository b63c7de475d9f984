import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  scene.page.setDefaultTimeout(10_000);
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.show('library');
  await heading('Your purchases').waitFor();
});

const heading = (name: string) => scene.page.getByRole('heading', { name, exact: true });
const press = (keys: string) => scene.page.keyboard.press(keys);
const field = () =>
  scene.page.getByRole('combobox', { name: 'Find an album, an action or a setting' });
const option = (name: string | RegExp) => scene.page.getByRole('option', { name });

/** The entry of the side bar that stands for the page that is open. */
const current = (name: string) =>
  scene.page.locator('aside [aria-current="page"]', { hasText: name });

/** Opens the palette and types into it. */
async function type(words: string): Promise<void> {
  await press('Control+k');
  await field().waitFor();
  await scene.page.keyboard.type(words);
}

describe('the command palette', () => {
  it('leads to a setting, which then has the focus', async () => {
    await type('replay');
    await option(/Write ReplayGain/).waitFor();
    await press('Enter');
    await heading('Settings').waitFor();
    await expect
      .poll(() => scene.page.evaluate(() => document.activeElement?.id))
      .toBe('setting-replayGain');
  });

  it('carries an action out', async () => {
    await type('read purch');
    await option('Read purchases again').waitFor();
    await press('Enter');
    await expect.poll(async () => (await scene.calls('refreshPurchases')).length).toBe(1);
    await expect.poll(() => scene.page.getByRole('dialog').count()).toBe(0);
  });

  it('finds albums with the library’s own search and opens them', async () => {
    await type('nocturnes');
    await option(/Nocturnes for a Small Room/).click();
    await heading('Nocturnes for a Small Room').waitFor();
    expect((await scene.calls('searchLibrary')).at(-1)?.input).toEqual({ query: 'nocturnes' });
  });

  it('can be walked with the arrow keys, round the ends, and says which entry is meant', async () => {
    await press('Control+k');
    await field().waitFor();
    const meant = () =>
      field().evaluate(
        (input) =>
          document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent,
      );
    const first = await meant();
    await press('ArrowUp');
    expect(await meant()).toContain('Settings');
    await press('ArrowDown');
    expect(await meant()).toBe(first);
    await scene.page.keyboard.type('no such thing at all');
    await scene.page.getByText('Nothing fits.').waitFor();
    await press('Escape');
    await expect.poll(() => scene.page.getByRole('dialog').count()).toBe(0);
  });

  it('tells of a fault', async () => {
    await scene.page.evaluate(() =>
      (window as unknown as { fake: FakeBridge }).fake.fail('openLogFolder', 'UNEXPECTED', {
        reason: 'none',
      }),
    );
    await type('log fold');
    await option('Open log folder').click();
    const notice = scene.page.getByRole('alert').first();
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  it('has nothing axe objects to, in both themes', async () => {
    await scene.show('library');
    await type('s');
    await option(/Settings/)
      .first()
      .waitFor();
    expect(await scene.violations()).toEqual([]);
    await press('Escape');
    await expect.poll(() => scene.page.getByRole('dialog').count()).toBe(0);
    await press('?');
    await heading('Keyboard shortcuts').waitFor();
    expect(await scene.violations()).toEqual([]);
  });
});

describe('shortcuts', () => {
  it('lead to the pages', async () => {
    await press('Control+,');
    await heading('Settings').waitFor();
    await press('Control+1');
    await heading('Your purchases').waitFor();
    await press('Control+3');
    await current('Links').waitFor();
  });

  it('are listed by ?, which is a letter like any other while somebody types', async () => {
    await press('?');
    const dialog = scene.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.getByText('Find anything, do anything').waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press('Control+,');
    await scene.page.getByLabel('Search settings').focus();
    await press('?');
    expect(await scene.page.getByLabel('Search settings').inputValue()).toBe('?');
    expect(await scene.page.getByRole('dialog').count()).toBe(0);
  });

  it('leave a dialog that is open alone', async () => {
    await press('?');
    await scene.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await press('Control+,');
    expect(await heading('Settings').count()).toBe(0);
  });
});

describe('a click outside the window', () => {
  it.each([
    ['settings', 'Settings'],
    ['account', 'Mira Holm'],
    ['links', 'Links'],
    ['activity', 'Queue'],
    ['library', 'Library'],
  ] as const)('leads to %s', async (place, name) => {
    const title = current(name);
    await scene.page.evaluate(
      (to) => (window as unknown as { fake: FakeBridge }).fake.goTo(to),
      place,
    );
    await title.waitFor();
  });

  it('opens the dialog for links over their page', async () => {
    await scene.page.evaluate(() =>
      (window as unknown as { fake: FakeBridge }).fake.goTo('add-links'),
    );
    await scene.page.getByRole('dialog', { name: 'Add link' }).waitFor();
    await current('Links').waitFor();
  });

  it('leaves the first steps', async () => {
    await scene.show('setup');
    await heading('Where shall your copy live?').waitFor();
    await scene.page.evaluate(() =>
      (window as unknown as { fake: FakeBridge }).fake.goTo('settings'),
    );
    await heading('Settings').waitFor();
  });
});
