import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  scene.page.setDefaultTimeout(10_000);
});
afterAll(() => scene.close());

const see = (words: string | RegExp) => scene.page.getByText(words).first().waitFor();
const button = (name: string | RegExp) => scene.page.getByRole('button', { name, exact: true });
const inputs = async (name: string) => (await scene.calls(name)).map(({ input }) => input);

describe('the account page', () => {
  it('says who is signed in, from where, with what plan and where that is kept', async () => {
    await scene.show('signed-in-others', { hash: '#/account' });
    await scene.page.getByRole('heading', { name: 'Mira Holm' }).waitFor();
    await see('Sweden');
    await see('No subscription, and none is needed: what you bought is yours.');
    await see("Your sign-in is kept in this system's keychain.");
    await button('Your purchases on qobuz.com').click();
    expect(await inputs('openPage')).toEqual([{ page: 'qobuz-purchases' }]);
  });

  it('goes on as somebody else, and signs another one in', async () => {
    await scene.show('signed-in-others', { hash: '#/account' });
    await button('Add an account').click();
    const dialog = scene.page.getByRole('dialog', { name: 'Add an account' });
    await dialog.getByRole('button', { name: 'Sign in with Qobuz' }).waitFor();
    await scene.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await button(/Go on as Jonas Ek/).click();
    await scene.page.getByRole('heading', { name: 'Jonas Ek' }).waitFor();
    expect(await inputs('switchAccount')).toEqual([{ accountId: '4712' }]);
  });

  it.each([
    ['keep', 'Sign out and keep the queue for next time'],
    ['discard', 'Sign out and discard the queue'],
  ])('asks what becomes of the queue: %s', async (queue, name) => {
    await scene.show('queue-unfinished', { hash: '#/account' });
    await button('Sign out').click();
    await see(/files are still in the queue/);
    await button(name).click();
    await see('The music you bought, kept whole.');
    expect(await inputs('signOut')).toEqual([{ queue }]);
  });

  it('does not ask about a queue that is empty', async () => {
    await scene.show('library', { hash: '#/account' });
    await button('Sign out').click();
    await see('Your files stay where they are.');
    expect(await scene.page.getByText(/still in the queue/).count()).toBe(0);
    await scene.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await see('The music you bought, kept whole.');
    expect(await inputs('signOut')).toEqual([{ queue: 'keep' }]);
  });

  it('offers the demo’s listener only the way out of it', async () => {
    await scene.show('library-demo', { hash: '#/account' });
    await see('The listener of the demo');
    expect(await button('Sign out').count()).toBe(0);
    await button('Leave the demo').click();
    expect(await scene.calls('leaveDemo')).toHaveLength(1);
  });
});

describe('signing in', () => {
  it('where there is no keychain asks first, tells how to get one, and then lets people in until they quit', async () => {
    await scene.show('welcome-no-keychain');
    await see('Nowhere to keep your sign-in');
    expect(await button('Sign in with Qobuz').count()).toBe(0);
    expect(await button('Use a token').count()).toBe(0);
    await button('Set up a keyring instead').click();
    await see(/Install GNOME Keyring or KWallet/);
    expect(await scene.calls('keepForSession')).toEqual([]);
    await button('Stay signed in only until I quit').click();
    await see('You stay signed in until you quit');
    await button('Use a token').waitFor();
    expect(await scene.calls('keepForSession')).toHaveLength(1);
  });

  it('has the browser first, a window of Crateful second, a token third and a pair under more', async () => {
    await scene.show('welcome');
    await button('Sign in with Qobuz').click();
    await see('Go on in your browser');
    await button('Signed in, but nothing happens here?').click();
    await scene.page.getByLabel('Address of the page you ended on').fill('http://localhost:1/?a=b');
    await button('Use this address').click();
    await button('Cancel').click();
    await button('Sign in inside Crateful').click();
    await see('Go on in the window');
    expect(await button('Signed in, but nothing happens here?').count()).toBe(0);
    await button('Cancel').click();
    await button('Use a token').waitFor();
    expect(await button('Use your own app id and secret').count()).toBe(0);
    await button('More ways').click();
    await button('Use your own app id and secret').click();
    await button('Test').waitFor();
    for (const name of ['signInWithBrowser', 'signInWithWindow', 'submitSignInAddress']) {
      expect(await scene.calls(name)).toHaveLength(1);
    }
  });

  it('offers those who are known', async () => {
    await scene.show('welcome-known');
    await button(/Go on as Jonas Ek/).click();
    expect(await inputs('switchAccount')).toEqual([{ accountId: '4712' }]);
  });
});

describe('for everybody', () => {
  it('has nothing axe objects to, in both themes', async () => {
    for (const name of ['signed-in-others', 'signed-out', 'library-demo'] as const) {
      await scene.show(name, { hash: '#/account' });
      await see('Plan');
      expect(await scene.violations(), name).toEqual([]);
    }
    await scene.show('queue-unfinished', { hash: '#/account' });
    await button('Sign out').click();
    await see(/still in the queue/);
    expect(await scene.violations(), 'sign out').toEqual([]);
    await scene.show('welcome-no-keychain');
    await button('Set up a keyring instead').click();
    expect(await scene.violations(), 'no keychain').toEqual([]);
    await scene.show('welcome-known');
    await button('More ways').click();
    expect(await scene.violations(), 'welcome').toEqual([]);
  });
});
