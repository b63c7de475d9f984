import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
});
afterAll(() => scene?.close());

const button = (name: string) => scene.page.getByRole('button', { name, exact: true });
const dialog = () => scene.page.getByRole('dialog');

describe('many files on their way to other names', () => {
  it('are shown before they move, and move on a press', async () => {
    await scene.show('settings-rearrange', { hash: '#/settings' });
    await button('Move them too…').click();
    await dialog().getByText('162 albums with 1,980 files get their new names.').waitFor();
    expect(await dialog().innerText()).toMatch(
      /Last Stop\.flac\s+→ Mira Sol[\s\S]*1 cue sheet[\s\S]*Copper & Glass\s+Files of it are missing/,
    );
    expect(await scene.violations()).toEqual([]);
    expect(await scene.calls('rearrange')).toEqual([]);
    await button('Move').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await scene.calls('rearrange')).toHaveLength(1);
  });

  it('get their old names when the step is undone, after asking', async () => {
    await scene.show('steps', { hash: '#/steps' });
    await button('Undo').click();
    expect(await scene.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await scene.calls('undoStep')).toEqual([]);
    await button('Undo').click();
    await button('Undo the step').click();
    await dialog().waitFor({ state: 'detached' });
    expect((await scene.calls('undoStep')).at(-1)?.input).toEqual({ stepId: 's2' });
  });

  it('can be cancelled while they move, and nothing else can be undone meanwhile', async () => {
    await scene.show('steps-running', { hash: '#/steps' });
    await scene.page.getByText('Moving files: 412 of 1,980').waitFor();
    expect(await button('Undo').count()).toBe(0);
    expect(await scene.violations()).toEqual([]);
    await button('Cancel and take back').click();
    expect(await scene.calls('cancelStep')).toHaveLength(1);
  });
});
