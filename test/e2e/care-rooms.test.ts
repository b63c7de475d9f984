import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { PageName } from '../../src-renderer/navigation.ts';
import { ADOPTIONS } from '../support/adoption-scenes.ts';
import { openSceneWindow, type SceneWindow, type Size } from '../support/scene-window.ts';
import { SCENES, type SceneName } from '../support/scenes.ts';

const ROOMY: Size = [1280, 800];
const SMALLEST: Size = [900, 600];

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
});
afterAll(() => scene?.close());
beforeEach(() => scene.resize(ROOMY));

const open = (name: SceneName, room: PageName) => scene.show(name, { hash: `#/${room}` });
const button = (name: string | RegExp) => scene.page.getByRole('button', { name, exact: true });
const dialog = () => scene.page.getByRole('dialog');
const keys = (...names: readonly string[]) =>
  names.reduce(
    (before, name) => before.then(() => scene.page.keyboard.press(name)),
    Promise.resolve(),
  );
const lastInput = async (name: string) => (await scene.calls(name)).at(-1)?.input;

/** Goes to something with the tab key alone, as far as it takes. */
async function tabTo(name: string | RegExp, role: 'button' | 'radio' = 'button'): Promise<void> {
  const wanted = scene.page.getByRole(role, { name, exact: true }).first();
  // Looked for once: by name it takes longer than the press.
  const element = await wanted.elementHandle();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await element?.evaluate((each) => each === document.activeElement)) return;
    await scene.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}
async function press(name: string | RegExp): Promise<void> {
  await tabTo(name);
  await scene.page.keyboard.press('Enter');
}
/** What people who listen are told at this moment, in the page's order. */
const told = () => scene.page.locator('main').getByRole('status').allInnerTexts();
const tells = (words: string | RegExp) =>
  expect.poll(async () => (await told()).filter(Boolean).join('\n')).toMatch(words);

/** What axe objects to in both themes, and what does not fit into the smallest window. */
async function objections(): Promise<string[]> {
  const found = await scene.violations();
  await scene.resize(SMALLEST);
  const cut = await scene.page.evaluate(() =>
    [...document.querySelectorAll('main button, main input, [role=dialog] button')].flatMap(
      (each) => {
        const { left, right, width } = each.getBoundingClientRect();
        const fits = width === 0 || (left >= 0 && right <= document.documentElement.clientWidth);
        return fits ? [] : [`cut off at 900: ${each.outerHTML}`];
      },
    ),
  );
  await scene.resize(ROOMY);
  return [...found, ...cut];
}

describe('with the keyboard alone', () => {
  it('a file that was set aside is brought back, and others are deleted after a question', async () => {
    await open('rooms', 'set-aside');
    await tells(/^6 files, 402.MB$/);
    await press('Restore Hedgerow');
    await tells(/^5 files/);
    expect(await lastInput('restoreSetAside')).toEqual({ ids: ['aside-1'] });
    await scene.page.getByRole('alert').getByText('Hedgerow is back').waitFor();
    expect(await objections()).toEqual([]);
    await press('Empty…');
    await dialog().getByRole('heading', { name: 'Delete for good?' }).waitFor();
    // What is focused first deletes nothing.
    await keys('Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(await scene.calls('emptySetAside')).toEqual([]);
    await press('Delete Sommarnatt for good');
    await press('Delete for good');
    await tells(/^4 files/);
    expect(await lastInput('emptySetAside')).toEqual({ ids: ['aside-4'] });
  });

  it('a better edition is accepted by track, by album and all at once, or offered no more', async () => {
    await open('rooms', 'editions');
    await tells(/^4 tracks to accept/);
    await press('Tracks');
    expect(await objections()).toEqual([]);
    await press('Accept the better edition of A Room with Two Doors');
    await tells(/^3 tracks to accept/);
    expect(await lastInput('acceptOffers')).toEqual({
      scope: [{ albumId: 'alb0000000000', trackIds: [8001] }],
    });
    await press('Not this one: Harbour Lights');
    await tells(/^1 track to accept/);
    await press('Accept all');
    await tells(/^Everything is accepted$/);
    expect(await lastInput('acceptOffers')).toEqual({ scope: null });
  });

  it('one of two copies is set aside, or all are kept', async () => {
    await open('rooms', 'duplicates');
    await tells(/^2 recordings or albums/);
    expect(await objections()).toEqual([]);
    await press('Set this one aside: Tobias Arden Quartet/The Long Field');
    await tells(/^1 recording or album/);
    expect(await lastInput('settleDuplicate')).toEqual({
      key: 'album-1',
      aside: { albumId: 'alb0000000090', trackId: null },
    });
    await press('Keep all');
    await tells(/^Nothing lies there twice/);
    expect(await lastInput('settleDuplicate')).toEqual({ key: 'track-1', aside: null });
  });

  it('music that was there is reviewed, taken over, and given back', async () => {
    await open('adopt-review', 'adopt');
    await tells(/^16 files ticked · 2 albums/);
    await press(/^Likely/);
    await press('Tick all');
    await tells(/^23 files ticked · 4 albums/);
    await press(/^Another copy/);
    const copies = [
      'From the old laptop/01 Overture.flac',
      'Ines Calloway/Harbour Lights/01 Overture.flac',
    ];
    await press(`Take this one: ${copies[0]}`);
    await tells(`${copies[0]} is taken instead`);
    expect(await lastInput('preferAdoption')).toEqual({ id: 70 });
    await button(`Take this one: ${copies[1]}`).waitFor();
    expect(await objections()).toEqual([]);
    await press('Take over…');
    expect(await objections()).toEqual([]);
    await tabTo(/^Copy them/, 'radio');
    await keys('ArrowDown');
    await press('Take over');
    expect(await lastInput('adopt')).toEqual({ way: 'move' });
    await tells(/^Proving what you ticked/);
    await scene.send({ adoption: ADOPTIONS.done });
    await tells(/^13 files taken over[\s\S]*2 files stayed as they were/);
    expect(await objections()).toEqual([]);
    await press('Undo');
    await tells(/^Everything is as it was/);
  });
});

describe('what the rooms say', () => {
  it('while a sync moves the same files: why nothing can be changed, to whoever points or listens', async () => {
    await open('rooms', 'set-aside');
    await tabTo('Restore Hedgerow');
    const { run } = SCENES['rooms-syncing'].snapshot;
    await scene.send({ run });
    const why = /^A sync is under way\. Nothing can be changed here until it has ended/;
    await tells(why);
    const restore = button('Restore Hedgerow');
    // The keyboard keeps its place, the button its name, and the reason comes with it.
    expect(await restore.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await objections()).toEqual([]);
    await keys('Shift+Tab', 'Tab');
    await scene.page.getByRole('tooltip').last().getByText(why).waitFor();
    await keys('Enter');
    expect(await scene.calls('restoreSetAside')).toEqual([]);
    for (const name of ['Restore Hedgerow', 'Delete Hedgerow for good', 'Empty…']) {
      expect(await button(name).getAttribute('aria-disabled')).toBe('true');
    }
    const described = button('Restore Paper Kingdoms');
    const id = await described.getAttribute('aria-describedby');
    expect(await scene.page.locator(`[id="${id}"]`).innerText()).toMatch(why);
    await scene.send({ run: { ...run, state: 'finished', endedAtMs: run.startedAtMs + 1 } });
    await expect.poll(() => restore.getAttribute('aria-disabled')).toBe(null);
    await keys('Enter');
    await tells(/^5 files/);
    await open('rooms-syncing', 'duplicates');
    for (const name of [/^Set this one aside/, 'Keep all']) {
      expect(await button(name).first().getAttribute('aria-disabled')).toBe('true');
    }
  });

  it('of a list that cannot be read, with another try, and of a drive that is away', async () => {
    await open('rooms-failed', 'duplicates');
    await scene.page.getByRole('alert').getByText('The disk reported an error.').waitFor();
    await button('Try again').click();
    await tells(/^Nothing/);
    await open('rooms-drive-away', 'editions');
    await scene.page.getByText('This list comes back with it.').waitFor();
    expect(await button('Try again').count()).toBe(0);
  });

  it('offline: nothing is accepted, and an offer can be turned down all the same', async () => {
    await open('rooms-offline', 'editions');
    await tells(/^You are offline\. Better editions are fetched when the network is back/);
    expect(await button('Accept all').isDisabled()).toBe(true);
    expect(await button('Accept the better edition of Harbour Lights').isDisabled()).toBe(true);
    await button('Not this one: Harbour Lights').click();
    await tells(/1 track to accept/);
  });
});
