import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TEMPLATE_PRESETS } from '../../src-preload/contract/naming.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  scene.page.setDefaultTimeout(10_000);
});
afterAll(() => scene.close());

const open = (name: Parameters<SceneWindow['show']>[0] = 'library') =>
  scene.show(name, { hash: '#/settings' });
const see = (words: string | RegExp) => scene.page.getByText(words).first().waitFor();
const button = (name: string) => scene.page.getByRole('button', { name, exact: true });
/** The inputs of the calls of one name. */
const inputs = async (name: string) => (await scene.calls(name)).map(({ input }) => input);
const patches = () => inputs('updateSettings');
/** Chooses from a list by the setting's name and the words of the choice. */
async function choose(setting: string, choice: string): Promise<void> {
  await scene.page.getByLabel(setting, { exact: true }).first().click();
  await scene.page.getByRole('option', { name: choice }).click();
}

describe('each setting', () => {
  it('that is on or off is changed by its switch', async () => {
    await open();
    const switches = [
      ['Save covers', { saveCovers: false }],
      ['Put covers into the files', { embedCovers: false }],
      ['Save booklets', { saveBooklets: false }],
      ['Write ReplayGain', { writeReplayGain: false }],
      ['Also on battery', { syncOnBattery: false }],
      ['Tell me about new music', { notifyNewPurchases: false }],
      ['Tell me when I am needed', { notifyAttention: false }],
    ] as const;
    for (const [name] of switches) {
      const control = scene.page.getByRole('switch', { name });
      // The track is what is pressed; the input over it is hidden.
      await control.press('Space');
      expect(await control.isChecked(), name).toBe(false);
    }
    expect(await patches()).toEqual(switches.map(([, patch]) => patch));
  });

  it('that is one of several is chosen from its list', async () => {
    await open();
    const lists = [
      ['Preferred format', 'CD quality', { preference: 'cd' }],
      ['Look for new purchases', 'Once a day', { syncEveryMinutes: 1440 }],
      ['Look for new purchases', 'Every 15 mins', { syncEveryMinutes: 15 }],
      ['Log', 'Every detail', { logLevel: 'debug' }],
      ['A common way of naming', 'One folder an album', { namingTemplate: TEMPLATE_PRESETS.flat }],
      ['Language', 'Deutsch', { language: 'de' }],
    ] as const;
    for (const [name, choice] of lists) await choose(name, choice);
    expect(await patches()).toEqual(lists.map(([, , patch]) => patch));
  });

  it('that is a number is kept when the field is left or Enter pressed, and refused in place out of bounds', async () => {
    await open();
    const reserve = scene.page.getByLabel('Space kept free');
    await reserve.fill('60');
    await reserve.press('Enter');
    await see('Between 0 and 50, please.');
    expect(await patches()).toEqual([]);
    await reserve.fill('7.5');
    await reserve.blur();
    const limit = scene.page.getByLabel('Bandwidth limit');
    await limit.fill('2.5');
    await limit.press('Enter');
    await scene.page.getByRole('slider', { name: 'Downloads at a time' }).press('ArrowLeft');
    expect(await patches()).toEqual([
      { reservePercent: 7.5 },
      { bandwidthLimitKBPerSecond: 2500 },
      { concurrency: 3 },
    ]);
    expect(await scene.page.getByText('Between 0 and 50, please.').count()).toBe(0);
  });

  it('shows its effect on the look at once', async () => {
    await open();
    await scene.page.getByText('Dark', { exact: true }).click();
    await scene.page.waitForFunction(
      () => document.documentElement.dataset.mantineColorScheme === 'dark',
    );
    expect(await patches()).toEqual([{ theme: 'dark' }]);
  });

  it('says where its stored value was damaged, and nowhere else', async () => {
    await open('settings-reset');
    expect(await scene.page.getByText('Back at its default').count()).toBe(2);
    await open();
    expect(await scene.page.getByText('Back at its default').count()).toBe(0);
  });
});

describe('the naming template', () => {
  it('is tried out while it is written, refused in place with words, and kept once it is good', async () => {
    await open();
    const field = scene.page.getByLabel('Template');
    await see('Ines Calloway/Harbour Lights/01 - Overture.flac');
    await field.fill('{album}/{tittle}');
    await see('There is no word “tittle”.');
    await see('Examples appear once your purchases are known.');
    await field.press('Enter');
    expect(await patches()).toEqual([]);
    await field.fill('{album}/');
    await field.press('End');
    await button('{title}').click();
    expect(await field.inputValue()).toBe('{album}/{title}');
    await see('Ines Calloway/Harbour Lights/01 - Overture.flac');
    await field.blur();
    await expect.poll(patches).toEqual([{ namingTemplate: '{album}/{title}' }]);
    expect(await inputs('previewNaming')).toContainEqual({ template: '{album}/{tittle}' });
  });
});

describe('the folder', () => {
  it('is changed by choosing one, seeing what it is, and saying what becomes of the files', async () => {
    await open();
    await button('Change…').click();
    const dialog = scene.page.getByRole('dialog', { name: 'Use this folder?' });
    await dialog.getByText('/media/mira/Backup/Qobuz').waitFor();
    await dialog.getByText('Empty · 1.8 TB free').waitFor();
    await dialog.getByRole('button', { name: 'Move the library here' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await inputs('useFolder')).toEqual([{ mode: 'move' }]);
    await button('Change…').click();
    await button('Use it, and keep the present files where they are').click();
    await dialog.waitFor({ state: 'detached' });
    expect(await inputs('useFolder')).toEqual([{ mode: 'move' }, { mode: 'use' }]);
  });

  it('of somebody else can only be begun anew, and nothing happens when the question is put away', async () => {
    await open('settings-folder-full');
    await button('Change…').click();
    await see('This folder belongs to another library.');
    await see('more than 10,000 files, 9,214 of them music');
    expect(await button('Move the library here').count()).toBe(0);
    await scene.page.keyboard.press('Escape');
    expect(await scene.calls('useFolder')).toEqual([]);
    await button('Change…').click();
    await button('Start anew here').click();
    await expect.poll(() => inputs('useFolder')).toEqual([{ mode: 'anew' }]);
  });

  it('keeps a fault beside the question', async () => {
    await open();
    await scene.page.evaluate(() =>
      (window as unknown as { fake: FakeBridge }).fake.fail('useFolder', 'PATH_NOT_WRITABLE'),
    );
    await button('Change…').click();
    await button('Move the library here').click();
    await scene.page.getByRole('dialog').getByRole('alert').waitFor();
  });

  it('on the move shows how far it is and can be stopped; how it ended is said', async () => {
    await open('settings-moving');
    await see('412 of 1,980 files · 14.3 GB of 66.1 GB');
    const bar = scene.page.getByRole('progressbar', { name: 'Moving the library' });
    expect(await bar.getAttribute('aria-valuenow')).toBe('21');
    expect(await button('Change…').isDisabled()).toBe(true);
    await button('Cancel').click();
    expect(await scene.calls('cancelMove')).toHaveLength(1);
    const move = {
      from: '/media/mira/Archive/Music/Qobuz',
      to: '/media/mira/Backup/Qobuz',
      filesDone: 500,
      filesTotal: 1980,
      bytesDone: 1,
      bytesTotal: 2,
      leftBehind: 3,
      error: null,
    } as const;
    await scene.send({ move: { ...move, state: 'cancelled' } });
    await see('The move was stopped. The library is in /media/mira/Archive/Music/Qobuz as before.');
    await scene.send({ move: { ...move, state: 'finished' } });
    await see('The library is now in /media/mira/Backup/Qobuz.');
    await see("3 files that are not Crateful's stayed in the old folder.");
    await scene.send({
      move: { ...move, state: 'failed', error: { code: 'DISK_FULL', params: {} } },
    });
    await scene.page.getByRole('alert').waitFor();
  });
});

describe('the network', () => {
  it('goes over a proxy of one’s own only once that has a proper address', async () => {
    await open();
    await scene.page.locator('#setting-proxy').getByText('My own').click();
    const address = scene.page.getByLabel('Address', { exact: true });
    await address.fill('proxy.example:8080');
    await address.blur();
    await see(/This is not the address of a proxy/);
    await address.fill('');
    await address.blur();
    await see(/Enter the address of the proxy/);
    expect(await patches()).toEqual([]);
    await address.fill('http://proxy.example:8080');
    await address.press('Enter');
    await scene.page.getByLabel('User name').fill('mira');
    await scene.page.getByLabel('User name').blur();
    await scene.page.locator('#setting-proxy').getByText('None', { exact: true }).click();
    expect(await patches()).toEqual([
      { proxyMode: 'manual', proxyAddress: 'http://proxy.example:8080' },
      { proxyUser: 'mira' },
      { proxyMode: 'none' },
    ]);
  });

  it('keeps the proxy’s password without showing it again, and forgets it', async () => {
    await open('settings-reset');
    await see('The password is kept.');
    const field = scene.page.getByRole('textbox', { name: 'Password' });
    await field.fill('open sesame');
    await button('Keep password').click();
    await expect.poll(() => inputs('setProxyPassword')).toEqual([{ password: 'open sesame' }]);
    await expect.poll(() => field.inputValue()).toBe('');
    await button('Forget password').click();
    await see('No password is kept.');
    expect(await inputs('setProxyPassword')).toEqual([
      { password: 'open sesame' },
      { password: '' },
    ]);
  });

  it('tries an app pair out and says how that went, in words', async () => {
    await open();
    expect(await button('Test').isDisabled()).toBe(true);
    await scene.page.getByLabel('App id').fill('123456789');
    await see('Enter both, or leave both empty.');
    await scene.page.getByRole('textbox', { name: 'App secret' }).fill('0123456789abcdef');
    await button('Test').click();
    await see('Qobuz accepts this pair.');
    expect(await inputs('testAppCredentials')).toEqual([
      { appId: '123456789', appSecret: '0123456789abcdef' },
    ]);
    await scene.page.evaluate(() =>
      (window as unknown as { fake: FakeBridge }).fake.fail(
        'testAppCredentials',
        'APP_CREDENTIALS_INVALID',
      ),
    );
    await button('Test').click();
    await see('Qobuz does not accept the app id or secret Crateful is using.');
    expect(await scene.page.getByText('Qobuz accepts this pair.').count()).toBe(0);
  });
});

describe('what the system says', () => {
  it('is shown as it really is: start at login', async () => {
    await open();
    const control = scene.page.getByRole('switch', { name: 'Start at login' });
    await expect.poll(() => control.isEnabled()).toBe(true);
    await control.press('Space');
    await expect.poll(() => control.isChecked()).toBe(true);
    expect(await inputs('setStartAtLogin')).toEqual([{ on: true }]);
    await open('settings-reset');
    await see('This system does not let Crateful do that.');
    expect(await control.isDisabled()).toBe(true);
  });

  it('takes the effect of notifications away, and says so', async () => {
    await open('settings-reset');
    await see('This system shows no notifications at the moment, so this has no effect.');
    const control = scene.page.getByRole('switch', { name: 'Tell me about new music' });
    expect(await control.isDisabled()).toBe(true);
  });

  it('shows the next look and an update that is ready', async () => {
    await open('settings-reset');
    await see(/Next look in 2[56]\smins\./);
    await see('Crateful 0.1.0 · version 0.2.0 is ready');
    await button('Restart and update').click();
    expect(await scene.calls('installUpdate')).toHaveLength(1);
    await scene.send({
      background: {
        online: false,
        nextSyncAtMs: 1,
        lastSyncAtMs: null,
        holding: 'offline',
        goesOnWith: null,
      },
    });
    await see('Waiting for the connection.');
  });

  it('opens the log folder, copies diagnostics and says so, and enters the demo', async () => {
    await open();
    await see('/home/mira/.local/share/crateful/logs');
    await button('Open log folder').click();
    await button('Copy diagnostics').click();
    await see('Diagnostics copied');
    await scene.page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await button('Explore the demo').click();
    for (const name of ['openLogFolder', 'copyDiagnostics', 'startDemo']) {
      expect(await scene.calls(name)).toHaveLength(1);
    }
  });
});

describe('finding a setting', () => {
  it('works by words, by section and with Ctrl+F, and says when there is none', async () => {
    await open();
    await scene.page.keyboard.press('Control+f');
    const search = scene.page.getByLabel('Search settings');
    await expect
      .poll(() => search.evaluate((field) => field === document.activeElement))
      .toBe(true);
    await search.fill('cover');
    await expect
      .poll(() => scene.page.getByRole('heading', { level: 3 }).allTextContents())
      .toEqual(['Save covers', 'Put covers into the files']);
    await search.fill('gramophone');
    await see('No setting is called “gramophone”.');
    await search.press('Escape');
    await button('Network').click();
    const focused = () => scene.page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('Network');
  });
});

describe('for everybody', () => {
  it('has nothing axe objects to, in both themes', async () => {
    for (const name of ['library', 'settings-reset', 'settings-moving', 'signed-out'] as const) {
      await scene.show(name, { hash: '#/settings' });
      await see('Diagnostics');
      expect(await scene.violations(), name).toEqual([]);
    }
    await button('Change…').click();
    await see('Use this folder?');
    expect(await scene.violations(), 'folder').toEqual([]);
  });
});

describe('the licences', () => {
  it('of all that ships are listed in a dialog, each with its text', async () => {
    await open();
    await button('Show licences').click();
    const dialog = scene.page.getByRole('dialog', { name: 'Licences' });
    await dialog.getByText(/LICENSES\.chromium\.html/).waitFor();
    const react = dialog.getByText(/^react 19/);
    await react.waitFor();
    expect(await dialog.getByRole('listitem').count()).toBeGreaterThan(100);
    await react.click();
    await dialog
      .getByText(/Copyright \(c\) Meta Platforms/)
      .first()
      .waitFor();
    expect(await scene.violations()).toEqual([]);
    await scene.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
