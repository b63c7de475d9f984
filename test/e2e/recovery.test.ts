import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { eventually } from '../support/eventually.ts';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

describe('the window of a library whose record is damaged', () => {
  let home: string;
  let folder: string;
  let desk: Desk;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'crateful-e2e-home-'));
    folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-music-'));
  });
  afterEach(async () => {
    await desk.close();
    for (const each of [home, folder]) await rm(each, { recursive: true, force: true });
  });

  it('says so, rebuilds it when that is wished, tells what came back, and fetches nothing again', async () => {
    desk = await openDesk({ home, catalogue: demoAlbums(ALBUMS.tapeHiss) });
    const { store } = desk;
    await desk.settleIn(folder);
    await desk.button('Sync').first().click();
    await desk.until(({ run }) => run?.state === 'finished', 'finished');
    // The app makes the day's backup by itself, as soon as there is something to lose.
    const backups = () => readdir(join(home, 'backups')).catch(() => []);
    await eventually(async () => (await backups()).length).toBe(1);
    await desk.app.close();
    const file = await open(join(home, 'library.sqlite'), 'r+');
    await file.write(Buffer.alloc(4096), 0, 4096, 0);
    await file.close();

    desk = await openDesk({ home, store });
    await desk.see("Crateful's record of your library cannot be read.");
    await desk.button('Rebuild…').click();
    await desk.see('Your music is not touched.');
    await desk.button('Rebuild').click();
    await desk.see('Your library is known again');
    await desk.see(/Made from the backup of/);
    await desk.button('Continue').click();
    await desk.heading('Your purchases').waitFor(WAIT);
    const { account, root } = await desk.snapshot();
    expect(root).toMatchObject({ path: folder, state: 'ready' });
    // Where the system keeps no sign-in, it ended with the app.
    if (!account?.signedIn) await desk.signInAgain();
    const fetched = store.requests.filter(({ kind }) => kind === 'cdn').length;
    await desk.button('Sync').first().click();
    await desk.until(({ run }) => run?.state === 'finished', 'finished once more');
    expect(store.requests.filter(({ kind }) => kind === 'cdn')).toHaveLength(fetched);
    expect((await readdir(home)).some((name) => name.startsWith('library.damaged-'))).toBe(true);
  });
});

describe('a record that cannot be used', () => {
  let scene: SceneWindow;
  beforeEach(async () => {
    scene = await openSceneWindow(inject('scenePages'));
  });
  afterEach(() => scene.close());

  it('offers what helps and nothing else, for the keyboard and the ear as well', async () => {
    const { page } = scene;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await scene.show('record-too-new');
    await page.getByText('This library was last used by a newer Crateful.').waitFor();
    expect(await button('Rebuild…').count()).toBe(0);
    await scene.show('record-in-use');
    await page.getByText(/Held by Crateful, process 4711 \(studio\) since/).waitFor();
    await button('Try again').click();
    await eventually(async () => (await scene.calls('getSnapshot')).length).toBeGreaterThan(1);
    await scene.show('record-lost');
    await button('Rebuild…').press('Enter');
    await button('Cancel').waitFor();
    expect(await scene.violations()).toEqual([]);
    await button('Rebuild').press('Enter');
    await page.getByText(/sign in, and choose the same folder again/).waitFor();
    expect(await scene.violations()).toEqual([]);
    await button('Continue').press('Enter');
    await button('Sign in with Qobuz').waitFor();
  });
});
