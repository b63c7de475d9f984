import { access, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { bodyFaults, inject } from '../support/faults.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

const SLOW = { bytes: 1024, pauseMs: 100 };
const SLOW_WEATHER = [
  'Harbour Lights at Four',
  'Slow Weather',
  'A Map of the Kitchen',
  'Ferryman’s Daughter',
  'Salt on the Sill',
  'Harbour Lights at Four (Piano Demo)',
];

let scratch: string;
let folder: string;
let desk: Desk;

/** The window on a store with these albums, signed in, with the folder chosen. */
async function begin(...albums: readonly string[]): Promise<void> {
  desk = await openDesk({ catalogue: demoAlbums(...albums) });
  await desk.signIn();
  await desk.answerFolder(folder);
  await desk.button('Choose a folder').click();
  await desk.until(({ root }) => root !== null, 'a folder');
}

/** What is in the folder besides the work folder. */
const music = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((path) => !path.startsWith('.crateful'));

const progressOf = (title: string) =>
  desk.page().getByRole('progressbar', { name: `Progress of ${title}`, exact: true });

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'crateful-e2e-music-'));
  folder = join(scratch, 'Music');
});
afterEach(async () => {
  await desk.close();
  await rm(scratch, { recursive: true, force: true });
});

describe('a sync in the window', () => {
  it('previews counts, sizes and reasons while the folder stays empty', async () => {
    await begin(ALBUMS.slowWeather, ALBUMS.preOrder);
    await desk.button('Preview').click();
    await desk.see(/^files, ≈\s[\d.]+\s[kM]B$/);
    await desk.see(/^≈\s[\d.]+\s[kM]B needed · [\d.]+\s[GT]B free$/);
    await desk
      .page()
      .getByRole('button', { name: /^Slow Weather .* 7 to download$/ })
      .click();
    await desk.see('Bought, and not in your folder yet.');
    await desk
      .page()
      .getByRole('button', { name: /4 unavailable$/ })
      .click();
    await desk.see('Not released yet.');
    expect(await music()).toEqual([]);
  });

  it('shows every track with its own progress, and the same after a reload and after reopening', async () => {
    await begin(ALBUMS.slowWeather);
    // So slow that a busy machine opens a second window before the first file has come.
    const slow = inject(desk.store, bodyFaults.drip({ ...SLOW, pauseMs: 250 }));
    await desk.button('Sync').click();
    const before = await desk.until(
      ({ jobs }) => jobs.filter((job) => job.stage === 'fetching').length === 4,
      'four files at a time',
    );
    const showsAll = async (): Promise<void> => {
      await desk.heading('Syncing').waitFor(WAIT);
      for (const title of SLOW_WEATHER) {
        await desk.page().getByText(title, { exact: true }).last().waitFor(WAIT);
      }
      await progressOf('A Map of the Kitchen').waitFor(WAIT);
      const now = await desk.snapshot();
      expect(now.run?.id).toBe(before.run?.id);
      expect(now.jobs.map((job) => job.id)).toEqual(before.jobs.map((job) => job.id));
    };
    await showsAll();
    await desk.page().reload();
    await showsAll();
    await desk.reopen();
    await showsAll();
    slow.remove();
    await desk.heading('All done').waitFor(WAIT);
  });

  it('stops when asked to, and goes on where it stopped', async () => {
    await begin(ALBUMS.slowWeather);
    const slow = inject(desk.store, bodyFaults.drip(SLOW));
    await desk.button('Sync').click();
    await desk.until(({ run }) => (run?.totals.bytes ?? 0) > 8000, 'bytes of files');
    await desk.button('Stop').click();
    await desk.heading('Stopped').waitFor(WAIT);
    expect((await music()).filter((path) => path.endsWith('.flac'))).toEqual([]);
    slow.remove();
    await desk.button('Go on').click();
    await desk.heading('All done').waitFor(WAIT);
    expect((await music()).filter((path) => path.endsWith('.flac'))).toHaveLength(6);
    const resumed = desk.store.requests.filter(({ range }) => range !== null);
    expect(resumed.length).toBeGreaterThan(0);
  });

  it('keeps what cannot be had apart from what is done, and says why', async () => {
    await begin(ALBUMS.nightBus, ALBUMS.preOrder);
    await desk.button('Sync').click();
    await desk.heading('All done').waitFor(WAIT);
    await desk.heading('Not available').waitFor(WAIT);
    await desk.page().getByRole('button', { name: '5 Unavailable', exact: true }).click();
    await desk.see('This is a pre-order that has not been released yet.');
    await desk.see('Qobuz may not deliver this track at the moment.');
    await desk.button('Retry Someone Else’s Umbrella').waitFor(WAIT);
    expect(await desk.button('Retry Frost Date').count()).toBe(0);
  });

  it('waits when the session ends in the middle, and goes on after signing in again', async () => {
    await begin(ALBUMS.slowWeather);
    const slow = inject(desk.store, bodyFaults.drip(SLOW));
    await desk.button('Sync').click();
    await desk.until(({ run }) => (run?.totals.bytes ?? 0) > 4000, 'bytes of files');
    desk.store.expireToken();
    slow.remove();
    await desk.see('You are not signed in to Qobuz, or the session has ended.');
    const waiting = await desk.until(({ run }) => run?.state === 'stopped', 'stopped');
    expect(waiting.account?.name).toBe('Demo Listener');
    expect(waiting.jobs.filter((job) => job.state === 'failed')).toEqual([]);
    expect(waiting.jobs.filter((job) => job.state === 'waiting').length).toBeGreaterThan(0);

    desk.store.issueToken();
    await desk.button('Sign in again').first().click();
    const dialog = desk.page().getByRole('dialog');
    await dialog.getByRole('button', { name: 'Use a token' }).click();
    await dialog.getByLabel('Token').fill(desk.store.token);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await desk.heading('All done').waitFor(WAIT);
    expect((await music()).filter((path) => path.endsWith('.flac'))).toHaveLength(6);
  });

  it('says when the folder is gone, takes it back where it is now, or starts anew', async () => {
    await begin(ALBUMS.oneTake);
    await desk.button('Sync').click();
    await desk.heading('All done').waitFor(WAIT);
    const moved = join(scratch, 'Moved');
    await rename(folder, moved);
    await desk.button('Sync').click();
    await desk.see('This folder is gone. Is its drive connected?');
    expect(await desk.button('Sync').isDisabled()).toBe(true);
    await desk.answerFolder(moved);
    await desk.button('Choose again').first().click();
    await desk.button('Use it, and keep the present files where they are').click();
    await desk.until(({ root }) => root?.path === moved && root.state === 'ready', 'found again');
    await desk.button('Sync').click();
    await desk.heading('Everything is up to date').waitFor(WAIT);

    await rm(moved, { recursive: true });
    await desk.button('Sync').click();
    await desk.button('Start anew here').first().click();
    await desk.until(({ root }) => root?.state === 'ready', 'a new start');
    // The queue's page offers it too by now.
    await desk.button('Sync').first().click();
    await desk.heading('All done').waitFor(WAIT);
    await access(join(moved, 'Takumi Arden Trio', 'One Take'));
  });
});
