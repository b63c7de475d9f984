import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';
import { albums } from '../support/scenes.ts';
import { WAIT } from '../support/window.ts';

const LINK = 'https://open.qobuz.com/album/0060254788359';

let scene: SceneWindow;
const button = (name: string) => scene.page.getByRole('button', { name, exact: true });
const see = (words: string | RegExp) => scene.page.getByText(words).first().waitFor(WAIT);
const heading = (name: string) => scene.page.getByRole('heading', { name }).waitFor(WAIT);
const lastInput = async (name: string): Promise<unknown> => (await scene.calls(name)).at(-1)?.input;
const zone = () => scene.page.getByText('Drop Qobuz links here');

/** Fires a drag event over the window as the system would: with these data, on whatever is there. */
const drag = (
  type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
  data: Record<string, string> = { 'text/uri-list': LINK, 'text/plain': LINK },
  files: Record<string, string> = {},
) =>
  scene.page.evaluate(
    ([name, texts, contents]) => {
      const dataTransfer = new DataTransfer();
      for (const [kind, text] of Object.entries(texts)) dataTransfer.setData(kind, text);
      for (const [file, text] of Object.entries(contents)) {
        dataTransfer.items.add(new File([text], file));
      }
      const target = document.querySelector('main') ?? document.body;
      target.dispatchEvent(
        new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer, relatedTarget: null }),
      );
    },
    [type, data, files] as const,
  );

const paste = async (text: string): Promise<void> => {
  await scene.page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await scene.page.keyboard.press('ControlOrMeta+V');
};

beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  await scene.resize([1280, 800]);
});
afterAll(() => scene?.close());

describe('links', () => {
  it('are added in a dialog, several at once with text around them', async () => {
    await scene.show('library', { hash: '#/links' });
    await heading('Drop a Qobuz link here');
    await button('Add link').click();
    const text = `First ${LINK} and then https://www.qobuz.com/gb-en/artist/x/57281.`;
    expect(await button('Add').isDisabled()).toBe(true);
    await scene.page.getByLabel('Qobuz links').fill(text);
    await button('Add').click();
    await see('Looking it up…');
    expect(await lastInput('addLinks')).toEqual({ text });
    await scene.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await scene.page.getByRole('listitem').count()).toBe(2);
  });

  it('say so when there is none in what was typed, and keep it', async () => {
    await scene.show('library', { hash: '#/links' });
    await button('Add link').click();
    await scene.page.getByLabel('Qobuz links').fill('Harbour Lights');
    await button('Add').click();
    await see('No link found');
    expect(await scene.page.getByLabel('Qobuz links').inputValue()).toBe('Harbour Lights');
  });

  it('are taken from a paste on any page, and from none in a field or without a link', async () => {
    await scene.show('library', { hash: '#/activity' });
    await heading('The queue is empty');
    await paste('nothing of interest');
    await paste('https://www.example.com/album/1');
    await scene.page.evaluate(() => {
      const field = document.createElement('input');
      field.id = 'somewhere';
      document.body.append(field);
      field.focus();
    });
    await paste(LINK);
    expect(await scene.page.locator('#somewhere').inputValue()).toBe(LINK);
    expect(await scene.calls('addLinks')).toEqual([]);
    await scene.page.evaluate(() => document.querySelector('#somewhere')?.remove());
    await paste(`look: ${LINK}`);
    await see('Looking it up…');
    expect(await lastInput('addLinks')).toEqual({ text: `look: ${LINK}` });
  });

  it('show where to drop them while they are dragged, and what came of them on release', async () => {
    await scene.show('library', { hash: '#/activity' });
    await drag('dragenter');
    await drag('dragover');
    await zone().waitFor(WAIT);
    await drag('dragleave');
    await zone().waitFor({ state: 'detached' });
    await drag('dragover');
    await zone().waitFor(WAIT);
    await drag('drop');
    await zone().waitFor({ state: 'detached' });
    await see('Looking it up…');
    expect(await lastInput('addLinks')).toEqual({ text: LINK });
  });

  it('let the drop zone go when the drag ends without a word', async () => {
    await scene.show('library', { hash: '#/activity' });
    await drag('dragover');
    await zone().waitFor(WAIT);
    await zone().waitFor({ state: 'detached' });
  });

  it('are read from files that hold them; other files get a friendly answer', async () => {
    await scene.show('library', { hash: '#/activity' });
    await drag('drop', {}, { '01 Harbour Lights.flac': 'fLaC' });
    await see('“01 Harbour Lights.flac” is no Qobuz link');
    expect(await scene.calls('addLinks')).toEqual([]);
    await drag('drop', {}, { 'Harbour Lights.url': `[InternetShortcut]\nURL=${LINK}\n` });
    await see('Looking it up…');
    expect(await lastInput('addLinks')).toEqual({ text: `[InternetShortcut]\nURL=${LINK}\n` });
  });

  it('leave a drag alone that began in the window', async () => {
    await scene.show('library', { hash: '#/activity' });
    await scene.page.evaluate(() =>
      document.body.dispatchEvent(new DragEvent('dragstart', { bubbles: true })),
    );
    await drag('dragover');
    await drag('drop');
    expect(await zone().count()).toBe(0);
    expect(await scene.calls('addLinks')).toEqual([]);
  });
});

describe('what came of a link', () => {
  it('is told for each, with what can be done about it', async () => {
    await scene.show('links', { hash: '#/activity' });
    await scene.page.getByRole('button', { name: /^Links/ }).click();
    await heading('Links');
    expect(
      await scene.page.getByRole('navigation').getByRole('button', { name: 'Links 1' }).count(),
    ).toBe(1);
    await see('23 of 64 tracks are yours.');
    await see('This is a section of Qobuz, not a single album, track, playlist, artist or label.');
    await see('This link does not lead to Qobuz.');
    await see('You have not bought this, so nothing is downloaded.');

    await button('The 41 tracks you do not own').click();
    await button('See Tidal in the shop').first().waitFor(WAIT);
    expect(await button('See Tidal in the shop').count()).toBe(5);
    await button('Show all 41').click();
    expect(await button('See Tidal in the shop').count()).toBe(11);
    await button('See Tidal in the shop').nth(1).click();
    expect(await lastInput('openShop')).toEqual({ linkId: 'l2', item: 4 });
    await button('See The Glass Orchard in the shop').click();
    expect(await lastInput('openShop')).toEqual({ linkId: 'l6', item: null });

    await button('Queue the whole album').click();
    expect(await lastInput('queueLink')).toEqual({ linkId: 'l3' });
    await button('Queue the 23 you own').click();
    expect(await lastInput('queueLink')).toEqual({ linkId: 'l2' });
    await see('23 tracks are in the queue.');
    await button('Try again').click();
    expect(await lastInput('addLinks')).toEqual({ text: 'https://play.qobuz.com/artist/57281' });
    await button('Remove The Glass Orchard from the list').click();
    await scene.page.getByText('The Glass Orchard').waitFor({ state: 'detached' });
    await button('Harbour Lights').click();
    await expect.poll(() => lastInput('getAlbum')).toEqual({ albumId: albums[0]!.id });

    await scene.show('links', { hash: '#/links' });
    await button('Clear list').click();
    await heading('Drop a Qobuz link here');
  });

  it('has nothing axe objects to, in both themes', async () => {
    const found: string[] = [];
    const check = async (what: string): Promise<void> => {
      for (const each of await scene.violations()) found.push(`${what}: ${each}`);
    };
    await scene.show('library', { hash: '#/links' });
    await check('no links');
    await button('Add link').click();
    await scene.page.getByLabel('Qobuz links').waitFor(WAIT);
    await check('dialog');
    await scene.show('links', { hash: '#/links' });
    await button('The 41 tracks you do not own').click();
    await check('links');
    expect(found).toEqual([]);
  });
});
