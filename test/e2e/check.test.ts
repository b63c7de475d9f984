import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';
import type { SceneName } from '../support/scenes.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
});
afterAll(() => scene?.close());

const open = async (name: SceneName) => {
  await scene.show(name, { hash: '#/check' });
  await scene.page.getByRole('heading', { name: 'Check the library' }).waitFor();
};
const button = (name: string | RegExp) => scene.page.getByRole('button', { name, exact: true });
const text = () => scene.page.locator('main').innerText();
const lastInput = async (name: string) => (await scene.calls(name)).at(-1)?.input;

describe('the room in which a library is checked', () => {
  it('says when everything was checked last, how much there is, and begins on a press', async () => {
    await open('check-known');
    expect(await text()).toMatch(/9 days ago[\s\S]*All 2,140 files are as they were saved/);
    expect(await text()).toMatch(/92 tracks[\s\S]*5\.6.GB, takes about \d+.sec/);
    await button('Check everything').click();
    expect(await lastInput('verifyAlbums')).toEqual({ albumIds: null });
    await scene.page.getByRole('progressbar').waitFor();
    await button('Stop checking').click();
    await scene.page.getByText('The check was stopped').waitFor();
  });

  it('lists what was found by album, fetches all of it or one album’s again, and shows where it is', async () => {
    await open('check-found');
    await button('Fetch all again').click();
    expect(await lastInput('startSync')).toEqual({
      albumIds: ['alb0000000001', 'alb0000000003', 'alb0000000007'],
    });
    await button('Fetch again: Paper Kingdoms').click();
    expect(await lastInput('startSync')).toEqual({ albumIds: ['alb0000000003'] });
    await button('Show Paper Kingdoms in folder').click();
    expect(await lastInput('showInFolder')).toEqual({ albumId: 'alb0000000003' });
  });

  it('draws only what is in sight of a long list, and fetches everything where more was found than is listed', async () => {
    await open('check-found-many');
    const rows = scene.page.getByRole('listitem');
    await rows.first().waitFor();
    expect(await rows.count()).toBeLessThan(60);
    expect(Number(await rows.first().getAttribute('aria-setsize'))).toBeGreaterThan(400);
    await button('Fetch all again').click();
    expect(await scene.calls('startSync')).toHaveLength(1);
    expect((await lastInput('startSync')) ?? null).toBeNull();
  });

  it('checks offline, and says why fetching has to wait', async () => {
    await open('check-found-offline');
    expect(await button('Check everything').isEnabled()).toBe(true);
    expect(await button('Fetch all again').isDisabled()).toBe(true);
    await scene.page.getByText('fetching again waits for the network').waitFor();
  });

  it('waits for a drive that is away, and for files where there are none', async () => {
    await open('check-drive-away');
    expect(await button('Check everything').isDisabled()).toBe(true);
    await scene.page.getByRole('alert').last().waitFor();
    await open('check-nothing');
    await button('Go to the library').click();
    await scene.page.getByRole('heading', { name: 'Your purchases' }).waitFor();
  });

  it('exports receipts as either kind; where to, the system asks', async () => {
    await open('check-known');
    await button('Export receipts').click();
    await scene.page.getByRole('menuitem', { name: 'Sums for sha256sum…' }).click();
    expect(await lastInput('exportReceipts')).toEqual({ kind: 'sha256' });
  });

  it('gives axe nothing to object to in any of its states', async () => {
    for (const name of ['check-known', 'checking', 'check-found', 'check-drive-away'] as const) {
      await open(name);
      expect(await scene.violations()).toEqual([]);
    }
  });
});
