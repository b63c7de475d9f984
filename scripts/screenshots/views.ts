import type { Page } from 'playwright-core';
import { albums, type SceneName } from '../../test/support/scenes.ts';

/** One view to take pictures of: a scene, the page it begins at, and what a person then does in it. */
export interface View {
  readonly scene: SceneName;
  /** The page, as the window's address names it. */
  readonly at?: string;
  readonly steps?: (page: Page) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first();
const press =
  (...names: readonly (string | RegExp)[]) =>
  async (page: Page): Promise<void> => {
    for (const name of names) await button(page, name).click();
  };
const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { name }).waitFor();

/** Goes to a section of the settings, as its name above the page does. */
const section =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await press(name)(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  };

/** The folder dialog answers, and the page asks what to do with that folder. */
async function otherFolder(page: Page): Promise<void> {
  await press('Change…')(page);
  await heading(page, 'Use this folder?').catch(() => undefined);
}

/** A drag over the window that holds a link. */
async function drag(page: Page): Promise<void> {
  await page.evaluate(() => {
    const over = (): void => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', 'https://open.qobuz.com/album/0060254788359');
      const target = document.querySelector('main') ?? document.body;
      target.dispatchEvent(
        new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }),
      );
    };
    // As a browser does while something is held over it.
    setInterval(over, 100);
    over();
  });
  await page.getByText('Drop Qobuz links here').waitFor();
}

/** Ticks the boxes of some albums. */
async function select(page: Page): Promise<void> {
  for (const title of ['Nocturnes for a Small Room', 'Sommarnatt']) {
    await page.getByRole('checkbox', { name: `Select ${title}` }).check({ force: true });
  }
  await page.getByText('2 albums selected').waitFor();
}

/** Plays the album that is open, and goes some way into its first track. */
async function play(page: Page): Promise<void> {
  await press('Play')(page);
  const position = page.getByRole('slider', { name: 'Position' });
  await button(page, 'Pause').waitFor();
  await position.focus();
  for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press('ArrowRight');
  await position.blur();
}

/** The page of one of the scenes' albums. */
const albumPage = (index: number): string => `album/${albums[index]?.id}`;

/** Every view of the window in the states a person may meet it in, by the name of its pictures. */
export const VIEWS: Readonly<Record<string, View>> = {
  'recovery-damaged': { scene: 'record-damaged' },
  'recovery-confirm': { scene: 'record-damaged', steps: press('Rebuild…') },
  'recovery-done': { scene: 'record-damaged', steps: press('Rebuild…', 'Rebuild') },
  'recovery-empty': { scene: 'record-lost', steps: press('Rebuild…', 'Rebuild') },
  'recovery-too-new': { scene: 'record-too-new' },
  'recovery-in-use': { scene: 'record-in-use' },
  welcome: { scene: 'welcome' },
  'welcome-ways': { scene: 'welcome', steps: press('More ways') },
  'welcome-token': { scene: 'welcome', steps: press('Use a token') },
  'welcome-app-pair': {
    scene: 'welcome',
    steps: press('More ways', 'Use your own app id and secret'),
  },
  'welcome-browser': {
    scene: 'welcome-waiting',
    steps: press('Signed in, but nothing happens here?'),
  },
  'welcome-refused': { scene: 'welcome-refused' },
  'welcome-no-keychain': {
    scene: 'welcome-no-keychain',
    steps: press('Set up a keyring instead'),
  },
  'welcome-session-only': {
    scene: 'welcome-no-keychain',
    steps: press('Stay signed in only until I quit'),
  },
  'welcome-known': { scene: 'welcome-known' },
  'setup-folder': { scene: 'setup', steps: press('Choose a folder') },
  'setup-fetch': { scene: 'setup', steps: press('Choose a folder', 'Continue') },
  'setup-background': {
    scene: 'setup',
    steps: async (page) => {
      await press('Choose a folder', 'Continue', 'Continue')(page);
      await page.getByText('In the background', { exact: true }).click();
      await page.getByText('How often').first().waitFor();
    },
  },
  'setup-plan': {
    scene: 'setup',
    steps: async (page) => {
      await press('Choose a folder', 'Continue', 'Continue', 'Continue')(page);
      await button(page, 'Start').waitFor();
    },
  },
  'setup-unfinished': { scene: 'setup-background' },
  library: { scene: 'library' },
  'library-table': { scene: 'library-table' },
  'library-many': { scene: 'library-many' },
  'library-search': {
    scene: 'library',
    steps: async (page) => {
      await page.getByLabel('Search your purchases').fill('quart');
      await page.getByText('for “quart”').first().waitFor();
    },
  },
  'library-filter': { scene: 'library', steps: press(/^Filter/) },
  'library-selection': { scene: 'library', steps: select },
  'library-table-selection': { scene: 'library-table', steps: select },
  'library-syncing': { scene: 'syncing', at: 'library' },
  'library-verifying': { scene: 'library-verifying' },
  'library-verified': { scene: 'library-verified' },
  'library-loading': { scene: 'library-loading' },
  'library-empty': { scene: 'library-empty' },
  'library-offline': { scene: 'library-offline' },
  'library-no-folder': { scene: 'no-folder' },
  'library-folder-missing': { scene: 'root-missing' },
  'library-signed-out': { scene: 'signed-out' },
  demo: { scene: 'library-demo' },
  album: { scene: 'library', at: albumPage(5) },
  'album-attention': { scene: 'library', at: albumPage(3) },
  player: {
    scene: 'library',
    at: albumPage(4),
    steps: play,
  },
  preview: { scene: 'library', at: 'preview' },
  queue: { scene: 'syncing', at: 'activity' },
  'queue-details': {
    scene: 'finished',
    at: 'activity',
    steps: async (page) => {
      const details = button(page, 'Details');
      await details.scrollIntoViewIfNeeded();
      await details.click();
      await page.getByText('Attempts that failed').waitFor();
      await page.getByRole('button', { name: /^Copy/ }).first().scrollIntoViewIfNeeded();
    },
  },
  'queue-paused': { scene: 'queue-paused', at: 'activity' },
  'queue-offline': { scene: 'queue-offline', at: 'activity' },
  'queue-restarted': { scene: 'queue-restarted', at: 'activity' },
  'queue-finished': { scene: 'finished', at: 'activity' },
  'queue-disk-full': { scene: 'disk-full', at: 'activity' },
  'queue-drive-away': { scene: 'drive-away', at: 'activity' },
  'queue-up-to-date': { scene: 'up-to-date', at: 'activity' },
  'queue-empty': { scene: 'library', at: 'activity' },
  history: { scene: 'syncing', at: 'history' },
  'history-empty': { scene: 'library', at: 'history' },
  links: { scene: 'links', at: 'links' },
  'links-empty': { scene: 'library', at: 'links' },
  'links-drop': { scene: 'library', at: 'links', steps: drag },
  'links-add': {
    scene: 'library',
    at: 'links',
    steps: async (page) => {
      await press('Add link')(page);
      await page
        .getByLabel('Qobuz links')
        .fill(
          'For Sunday: https://open.qobuz.com/album/0060254788359\nand https://open.qobuz.com/playlist/1452077',
        );
    },
  },
  care: { scene: 'library', at: 'care' },
  'care-check': { scene: 'check-known', at: 'check' },
  'care-check-running': { scene: 'checking', at: 'check' },
  'care-check-done': { scene: 'checked', at: 'check' },
  'care-check-found': { scene: 'check-found', at: 'check' },
  'care-check-offline': { scene: 'check-found-offline', at: 'check' },
  'care-check-away': { scene: 'check-drive-away', at: 'check' },
  'care-check-empty': { scene: 'check-nothing', at: 'check' },
  'care-adopt': { scene: 'adopt-review', at: 'adopt' },
  'care-adopt-start': { scene: 'adopt-start', at: 'adopt' },
  'care-adopt-scanning': { scene: 'adopt-scanning', at: 'adopt' },
  'care-adopt-likely': { scene: 'adopt-review', at: 'adopt', steps: press(/^Likely/) },
  'care-adopt-unknown': { scene: 'adopt-review', at: 'adopt', steps: press(/^Unknown/) },
  'care-adopt-copy': { scene: 'adopt-review', at: 'adopt', steps: press(/^Another copy/) },
  'care-adopt-damaged': { scene: 'adopt-review', at: 'adopt', steps: press(/^Damaged/) },
  'care-adopt-offline': { scene: 'adopt-inside', at: 'adopt' },
  'care-adopt-ways': { scene: 'adopt-review', at: 'adopt', steps: press('Take over…') },
  'care-adopt-nothing': { scene: 'adopt-nothing', at: 'adopt' },
  'care-adopt-proving': { scene: 'adopt-proving', at: 'adopt' },
  'care-adopt-taking': { scene: 'adopt-taking', at: 'adopt' },
  'care-adopt-done': { scene: 'adopt-done', at: 'adopt' },
  'care-adopt-undone': { scene: 'adopt-undone', at: 'adopt' },
  'care-adopt-failed': { scene: 'adopt-failed', at: 'adopt' },
  'care-steps': { scene: 'steps', at: 'steps' },
  'care-steps-none': { scene: 'steps-none', at: 'steps' },
  'care-steps-running': { scene: 'steps-running', at: 'steps' },
  'care-steps-undo': { scene: 'steps', at: 'steps', steps: press('Undo') },
  'settings-naming': {
    scene: 'settings-rearrange',
    at: 'settings',
    steps: (page) => button(page, 'Move them too…').scrollIntoViewIfNeeded(),
  },
  'care-set-aside': { scene: 'rooms', at: 'set-aside' },
  'care-set-aside-empty': { scene: 'library', at: 'set-aside' },
  'care-set-aside-failed': { scene: 'rooms-failed', at: 'set-aside' },
  'care-set-aside-away': { scene: 'rooms-drive-away', at: 'set-aside' },
  'care-set-aside-syncing': { scene: 'rooms-syncing', at: 'set-aside' },
  'care-editions': { scene: 'rooms', at: 'editions' },
  'care-editions-empty': { scene: 'library', at: 'editions' },
  'care-editions-failed': { scene: 'rooms-failed', at: 'editions' },
  'care-editions-away': { scene: 'rooms-drive-away', at: 'editions' },
  'care-duplicates': { scene: 'rooms', at: 'duplicates' },
  'care-duplicates-syncing': { scene: 'rooms-syncing', at: 'duplicates' },
  'care-duplicates-empty': { scene: 'library', at: 'duplicates' },
  'care-duplicates-failed': { scene: 'rooms-failed', at: 'duplicates' },
  'care-duplicates-away': { scene: 'rooms-drive-away', at: 'duplicates' },
  'care-editions-offline': { scene: 'rooms-offline', at: 'editions' },
  'care-editions-tracks': { scene: 'rooms', at: 'editions', steps: press('Tracks') },
  'care-set-aside-confirm': { scene: 'rooms', at: 'set-aside', steps: press('Empty…') },
  'settings-rearrange': {
    scene: 'settings-rearrange',
    at: 'settings',
    steps: press('Move them too…'),
  },
  settings: { scene: 'library', at: 'settings' },
  'settings-downloads': { scene: 'library', at: 'settings', steps: section('Downloads') },
  'settings-background': { scene: 'library', at: 'settings', steps: section('Background') },
  'settings-appearance': { scene: 'library', at: 'settings', steps: section('Appearance') },
  'settings-network': { scene: 'settings-reset', at: 'settings', steps: section('Network') },
  'settings-about': { scene: 'library', at: 'settings', steps: section('About & help') },
  'settings-licences': { scene: 'library', at: 'settings', steps: press('Show licences') },
  'settings-folder': { scene: 'library', at: 'settings', steps: otherFolder },
  'settings-moving': { scene: 'settings-moving', at: 'settings' },
  'settings-reset': { scene: 'settings-reset', at: 'settings' },
  account: { scene: 'signed-in-others', at: 'account' },
  'account-sign-out': {
    scene: 'queue-unfinished',
    at: 'account',
    steps: press('Sign out'),
  },
  palette: {
    scene: 'library',
    steps: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find an album' }).fill('s');
      await page.getByRole('option', { name: /Harbour Lights/ }).waitFor();
    },
  },
  shortcuts: {
    scene: 'library',
    steps: async (page) => {
      await page.keyboard.press('?');
      await heading(page, 'Keyboard shortcuts');
    },
  },
};
