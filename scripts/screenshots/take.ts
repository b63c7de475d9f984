import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { demoAlbums } from '../../test/support/demo-albums.ts';
import { apiFaults, bodyFaults, inject } from '../../test/support/faults.ts';
import { type Desk, openDesk, valueIn } from '../../test/support/window.ts';

// Takes the pictures of the window: `take.ts` writes those of the documentation into docs/images,
// `take.ts DIR` every view in both sizes and both themes into DIR, to be looked at.

const SIZES = { large: [1280, 800], small: [900, 600] } as const;
const THEMES = ['light', 'dark'] as const;
type Shot = `${string}-${keyof typeof SIZES}-${(typeof THEMES)[number]}`;

/** The pictures kept in the repository, and their names there. */
const KEPT: Readonly<Record<Shot, string>> = {
  'welcome-large-light': 'welcome-light',
  'library-large-light': 'library-light',
  'library-large-dark': 'library-dark',
  'album-large-light': 'album-light',
  'preview-large-dark': 'preview-dark',
  'syncing-large-light': 'syncing-light',
  'summary-large-light': 'summary-light',
  'settings-large-dark': 'settings-dark',
  'syncing-small-dark': 'syncing-small-dark',
};

const everything = process.argv[2];
const target = everything
  ? resolve(everything)
  : join(import.meta.dirname, '..', '..', 'docs', 'images');
await mkdir(target, { recursive: true });
const person = await mkdtemp(join(tmpdir(), 'crateful-pictures-'));
const folder = join(person, 'Music', 'Qobuz');

/** The window as a view needs it, in every size and theme that is wanted. */
async function picture(desk: Desk, name: string): Promise<void> {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    for (const theme of THEMES) {
      const kept = KEPT[`${name}-${size}-${theme}` as Shot];
      if (!everything && kept === undefined) continue;
      await desk.app.electron.evaluate(
        ({ BrowserWindow }, [wide, high]) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(wide, high),
        [width, height] as const,
      );
      await desk.page().evaluate(async (chosen) => {
        await window.crateful.updateSettings({ theme: chosen });
      }, theme);
      const page = desk.page();
      await page.mouse.move(1, 1);
      await page.waitForFunction(
        ([wide, chosen]) =>
          window.innerWidth === wide &&
          document.documentElement.dataset.mantineColorScheme === chosen &&
          [...document.images].every((image) => image.complete),
        [width, theme] as const,
      );
      const file = everything ? `${name}-${size}-${theme}` : kept;
      await page.screenshot({ path: join(target, `${file}.png`), animations: 'disabled' });
      process.stdout.write(`${file}.png\n`);
    }
  }
}

/** All that the demo sells, without the row that no client can read and the notice about it. */
const readable = demoAlbums(...demoAlbums().albums.map((album) => album.id));

const start = (catalogue?: ReturnType<typeof demoAlbums>): Promise<Desk> =>
  openDesk({
    environment: { HOME: person, LANG: 'en_GB.UTF-8' },
    switches: ['--password-store=basic', '--lang=en-GB', '--force-prefers-reduced-motion'],
    ...(catalogue && { catalogue }),
  });

/** Everything that can be met before and during the first sync. */
async function firstSync(): Promise<void> {
  const desk = await start(everything ? undefined : readable);
  const { store } = desk;
  const page = desk.page();
  try {
    await desk.app.electron.evaluate(({ shell }) => {
      shell.openExternal = async () => undefined;
    });
    await desk.see('Explore the demo');
    await picture(desk, 'welcome');
    await desk.button('Use a token').click();
    await page.getByLabel('Token').fill('not-a-token');
    await desk.button('Sign in').click();
    await desk.see('Qobuz did not accept this sign-in.');
    await picture(desk, 'token-refused');
    await desk.button('Back').click();
    await desk.button('More ways').click();
    await desk.button('Use your own app id and secret').click();
    await picture(desk, 'app-pair');
    await desk.button('Back').click();
    await desk.button('Sign in with Qobuz').click();
    await desk.button('Signed in, but nothing happens here?').click();
    await picture(desk, 'signing-in');
    await desk.button('Cancel').click();
    await desk.signIn();
    await desk.until(({ purchases }) => purchases.state === 'ready', 'purchases');
    await page.evaluate(() => window.crateful.updateSettings({ setupStep: 'done' }));
    await picture(desk, 'no-folder');
    await desk.answerFolder(folder);
    await desk.button('Choose a folder').click();
    await desk.button('Preview').click();
    await desk.see('By album');
    await desk.until(({ root }) => root !== null, 'folder');
    await page.getByText('Track lists known for').waitFor({ state: 'detached' });
    await picture(desk, 'preview');
    await page.getByRole('button', { name: /Night Bus/ }).click();
    await desk.see('Wet Neon');
    await picture(desk, 'preview-open');
    await page.evaluate(() => window.scrollTo(0, 0));

    const slow = inject(store, bodyFaults.drip({ bytes: 4096, pauseMs: 120 }));
    const refused = inject(store, apiFaults.foreignAddress('https://files.invalid/1'), {
      trackId: 184203104,
    });
    inject(store, bodyFaults.cutAt(0.5), { trackId: 184203102, times: 3 });
    await desk.button('Sync').click();
    await desk.until(({ run }) => (run?.totals.downloaded ?? 0) >= 9, 'nine tracks');
    await picture(desk, 'syncing');
    await desk.go('Library');
    await picture(desk, 'library-syncing');
    await desk.go('Queue');
    slow.remove();
    await desk.until(({ run }) => run?.state === 'finished', 'the end');
    await picture(desk, 'summary');
    await page
      .getByRole('button', { name: /Unavailable/ })
      .first()
      .click();
    await picture(desk, 'summary-unavailable');
    refused.remove();
    await desk.go('Library');
    await page.getByText('Attention').click();
    await picture(desk, 'library-attention');
    await page.getByRole('button', { name: /Demo Listener/ }).click();
    await desk.see('Other accounts');
    await picture(desk, 'account');
    await desk.go('Settings');
    await desk.see('Downloads at a time');
    await picture(desk, 'settings');
    await desk.go('Queue');
    await desk.button('Retry Salt on the Sill').click();
    await desk.until(({ run }) => run?.state === 'finished' && run.totals.failed === 0, 'healed');
    await desk.go('Library');
    await desk.see('Your purchases');
    await picture(desk, 'library');
    await page.getByRole('button', { name: /^Night Bus/ }).click();
    await desk.see('Wet Neon');
    await picture(desk, 'album');
    await page.keyboard.press('Escape');
    await desk.go('Queue');
    await desk.button('Sync').click();
    await desk.see('Everything is up to date');
    await desk.until(({ run }) => run?.state === 'finished', 'the second end');
    await picture(desk, 'up-to-date');
    await rm(folder, { recursive: true });
    await desk.button('Sync').click();
    await desk.until(({ root }) => root?.state === 'missing', 'folder missing');
    await picture(desk, 'folder-missing');
    store.expireToken();
    await desk.page().evaluate(async () => {
      await window.crateful.refreshPurchases();
    });
    await desk.button('Sign in again').first().waitFor();
    await desk.go('Library');
    await picture(desk, 'session-ended');
    await desk.button('Sign in again').first().click();
    await picture(desk, 'session-ended-dialog');
  } finally {
    await desk.close();
  }
}

/** An account that has bought nothing, and the embedded demo. */
async function otherWorlds(): Promise<void> {
  const desk = await start(demoAlbums());
  try {
    await desk.signIn();
    await desk.see('No purchases yet');
    await picture(desk, 'empty');
    valueIn(await desk.page().evaluate(() => window.crateful.startDemo()));
    await desk.see('Where shall your copy live?');
    await picture(desk, 'first-steps');
    await desk.button('Set up later').click();
    await desk.see('You are exploring the demo.');
    await desk.until(({ purchases }) => purchases.state === 'ready', 'purchases');
    await picture(desk, 'demo');
    await desk.go('Queue');
    await picture(desk, 'no-sync-yet');
  } finally {
    await desk.close();
  }
}

try {
  await firstSync();
  if (everything) await otherWorlds();
} finally {
  await rm(person, { recursive: true, force: true });
}
