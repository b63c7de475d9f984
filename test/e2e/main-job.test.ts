import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from '../../src-main/demo/store.ts';
import { type LaunchOptions, launchApp, type RunningApp } from '../support/electron-app.ts';
import { apiFaults, inject } from '../support/faults.ts';

const WAIT = { timeout: 60_000 };
const flacIsInstalled = spawnSync('flac', ['--version']).status === 0;

let folder: string;
let app: RunningApp;
let store: DemoStore | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-music-'));
});
afterEach(async () => {
  await app.close();
  await store?.close();
  store = null;
  await rm(folder, { recursive: true, force: true });
});

/** Starts the app and has the folder dialog answer with this test's folder. */
async function open(options: LaunchOptions): Promise<void> {
  app = await launchApp(options);
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
}

const button = (name: string) => app.page.getByRole('button', { name, exact: true });
const heading = (name: string) => app.page.getByRole('heading', { name });

async function files(ending: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all.filter((path) => path.endsWith(ending)).map((path) => join(folder, path));
}

describe('the main job', () => {
  it('goes from the demo through the first steps to a complete copy, and a second sync says it is up to date', async () => {
    await open({});
    await button('Explore the demo').click();
    await button('Choose a folder').click(WAIT);
    for (const _ of ['folder', 'fetch', 'background']) await button('Continue').click(WAIT);
    await expectText(/files to fetch/);
    await button('Start').click(WAIT);
    await heading('All done').waitFor(WAIT);
    const flacs = await files('.flac');
    expect(flacs.length).toBeGreaterThan(50);
    expect(await files('.mp3')).toHaveLength(4);
    expect(await files('.dsf')).toHaveLength(1);
    if (flacIsInstalled) execFileSync('flac', ['--test', '--silent', ...flacs]);

    await button('Sync').click(WAIT);
    await heading('Everything is up to date').waitFor(WAIT);
  });

  it('signs in with a token, names why a track failed, and heals it on Retry', async () => {
    store = await startDemoStore();
    const fault = inject(store, apiFaults.foreignAddress('https://files.invalid/1'), {
      trackId: 184203104,
    });
    await open({
      environment: {
        CRATEFUL_QOBUZ_API: store.apiBase,
        CRATEFUL_QOBUZ_PLAYER: store.playerBase,
        CRATEFUL_API_RATE: '50',
      },
    });
    await button('Stay signed in only until I quit').click(WAIT);
    await button('Use a token').click();
    await app.page.getByLabel('Token').fill(store.token);
    await button('Sign in').click();
    await button('Set up later').click(WAIT);
    await button('Choose a folder').click(WAIT);
    await button('Sync').click(WAIT);
    await heading('Done, except for 1 track').waitFor(WAIT);
    await expectText('The download pointed to a server Crateful does not trust.');
    expect(await files('Salt on the Sill.flac')).toHaveLength(0);

    fault.remove();
    await button('Retry Salt on the Sill').click(WAIT);
    await heading('All done').waitFor(WAIT);
    expect(await files('Salt on the Sill.flac')).toHaveLength(1);
  });
});

async function expectText(text: string | RegExp): Promise<void> {
  await app.page.getByText(text).first().waitFor(WAIT);
}
