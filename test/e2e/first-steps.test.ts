import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  scene.page.setDefaultTimeout(10_000);
});
afterAll(() => scene.close());

const see = (words: string | RegExp) => scene.page.getByText(words).first().waitFor();
const button = (name: string) => scene.page.getByRole('button', { name, exact: true });
const heading = (name: string) => scene.page.getByRole('heading', { name });
const inputs = async (name: string) => (await scene.calls(name)).map(({ input }) => input);
/** Everything that was set so far, the last word on each setting. */
const chosen = async () => Object.assign({}, ...(await inputs('updateSettings')));

describe('the first steps', () => {
  it('lead from the folder to the size of the plan, and start nothing before that is seen', async () => {
    await scene.show('setup');
    await heading('Where shall your copy live?').waitFor();
    expect(await button('Continue').isDisabled()).toBe(true);
    await button('Choose a folder').click();
    await see('/media/mira/Backup/Qobuz');
    await see('Empty · 1.8 TB free');
    await button('Continue').click();

    await heading('What shall be fetched?').waitFor();
    await scene.page.getByRole('radio', { name: 'CD quality' }).check();
    await scene.page.getByRole('switch', { name: 'Booklets' }).press('Space');
    await scene.page.getByRole('switch', { name: 'Covers' }).press('Space');
    await button('Continue').click();

    await heading('By itself, or when you ask?').waitFor();
    await scene.page.getByRole('radio', { name: 'In the background' }).check();
    await scene.page.getByRole('switch', { name: 'Start at login' }).press('Space');
    await button('Continue').click();

    await heading('Ready when you are').waitFor();
    await see('92 files to fetch');
    await see('≈ 6.5 GB of 413 GB free');
    await see('Track lists are known for 11 of 14 albums; the numbers still grow.');
    expect(await scene.calls('startSync')).toEqual([]);
    expect(await chosen()).toEqual({
      setupStep: 'background',
      preference: 'cd',
      saveBooklets: false,
      saveCovers: false,
      embedCovers: false,
      syncEveryMinutes: 60,
    });
    expect(await inputs('setStartAtLogin')).toEqual([{ on: true }]);
    await button('Start').click();
    await heading('Ready when you are').waitFor({ state: 'detached' });
    expect(await scene.calls('startSync')).toHaveLength(1);
    expect(await chosen()).toMatchObject({ setupStep: 'done' });
    expect(await button('Finish them').count()).toBe(0);
  });

  it('can end without a sync', async () => {
    await scene.show('setup-demo');
    for (const _ of [1, 2, 3]) await button('Continue').click();
    await see('92 files to fetch');
    await button('Later').click();
    await heading('Your purchases').waitFor();
    expect(await scene.calls('startSync')).toEqual([]);
    expect(await chosen()).toMatchObject({ setupStep: 'done' });
  });

  it('can be left at any time and taken up where they were left, or put away for good', async () => {
    await scene.show('setup-demo');
    await button('Continue').click();
    await heading('What shall be fetched?').waitFor();
    await button('Set up later').click();
    await heading('Your purchases').waitFor();
    await see('The first steps are not finished.');
    await button('Finish them').click();
    await heading('What shall be fetched?').waitFor();
    await button('Back').click();
    await heading('Where shall your copy live?').waitFor();
    await button('Set up later').click();
    await button('Leave it at that').click();
    await expect
      .poll(() => scene.page.getByText('The first steps are not finished.').count())
      .toBe(0);
    expect(await chosen()).toMatchObject({ setupStep: 'done' });
  });

  it('do not come back by themselves once there is a folder, and never for those who are done', async () => {
    await scene.show('setup-background');
    await heading('Your purchases').waitFor();
    await see('The first steps are not finished.');
    await scene.show('no-folder');
    await heading('Your purchases').waitFor();
    expect(await scene.page.getByText('The first steps are not finished.').count()).toBe(0);
  });

  it('take the folder the demo brings', async () => {
    await scene.show('setup-demo');
    await see('/tmp/crateful-demo/library');
    expect(await button('Continue').isEnabled()).toBe(true);
  });

  it('say in words when the plan cannot be made, and make it again', async () => {
    await scene.show('setup-demo');
    await scene.page.evaluate(() =>
      (window as unknown as { fake: FakeBridge }).fake.fail('preview', 'OFFLINE'),
    );
    for (const _ of [1, 2, 3]) await button('Continue').click();
    await see('Qobuz cannot be reached.');
    const before = (await scene.calls('preview')).length;
    await button('Try again').click();
    await expect.poll(async () => (await scene.calls('preview')).length).toBe(before + 1);
  });

  it('have nothing axe objects to, in both themes', async () => {
    await scene.show('setup');
    await heading('Where shall your copy live?').waitFor();
    expect(await scene.violations()).toEqual([]);
    await button('Choose a folder').click();
    await see('/media/mira/Backup/Qobuz');
    for (const title of ['What shall be fetched?', 'By itself, or when you ask?']) {
      await button('Continue').click();
      await heading(title).waitFor();
      expect(await scene.violations(), title).toEqual([]);
    }
    await button('Continue').click();
    await see('92 files to fetch');
    expect(await scene.violations()).toEqual([]);
  });
});
