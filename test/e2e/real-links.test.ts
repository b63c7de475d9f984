import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_PLAYLIST } from '../../src-main/demo/collection-calls.ts';
import type { LinkView } from '../../src-preload/contract/links.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../support/demo-albums.ts';
import { startAppProcess } from '../support/electron-app.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

let scratch: string;
let desk: Desk;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'crateful-e2e-links-'));
  desk = await openDesk({
    home: join(scratch, 'home'),
    catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss),
  });
  await desk.settleIn(join(scratch, 'Music'));
});
afterEach(async () => {
  await desk.close();
  await rm(scratch, { recursive: true, force: true });
});

const album = (id: string) => `https://open.qobuz.com/album/${id}`;
const files = async (): Promise<string[]> =>
  (await readdir(join(scratch, 'Music'), { recursive: true })).filter(
    (path) => !path.startsWith('.crateful') && /\.(flac|mp3)$/.test(path),
  );

/** Drops a text on the window as the system would. */
const drop = (text: string) =>
  desk.page().evaluate((words) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', words);
    const target = document.querySelector('main') ?? document.body;
    for (const name of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(
        new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer, relatedTarget: null }),
      );
    }
  }, text);

/** The links once each has its answer, by what was given. */
const answered = async (count: number): Promise<Readonly<Record<string, LinkView>>> => {
  const { links } = await desk.until(
    (now) => now.links.length === count && now.links.every(({ state }) => state !== 'looking'),
    `answers for ${count} links`,
  );
  return Object.fromEntries(links.map((link) => [link.text.replace(/^.*\/\/[^/]*\//, ''), link]));
};

describe('links dropped on the window', () => {
  it('have each its answer; what is owned is fetched, and nothing else', async () => {
    const mirela = desk.store.catalogue.albums.get(ALBUMS.slowWeather)!;
    const [first] = tracksOf(ALBUMS.tapeHiss);
    await drop(
      `Listen to ${album(ALBUMS.slowWeather)}?utm_source=x and (https://play.qobuz.com/track/${first}),
       not mine: ${album(ALBUMS.cathedral)}
       https://www.qobuz.com/gb-en/playlist/first-tracks/${DEMO_PLAYLIST.id}
       https://www.qobuz.com/au-en/interpreter/mirela-quint/${mirela.artist.id}
       https://open.qobuz.com/label/${mirela.label.id}
       broken: https://open.qobuz.com/album/nosuchalbum12 https://open.qobuz.com/track/abc
       https://play.qobuz.com/user/library/favorites/albums https://www.qobuz.com.evil.example/album/1`,
    );
    await desk.heading('Links').waitFor(WAIT);
    const links = await answered(10);
    expect(links).toMatchObject({
      [`album/${ALBUMS.slowWeather}`]: { title: 'Slow Weather', tracksOwned: 6 },
      [`track/${first}`]: { kind: 'track', offersAlbum: true, albumId: ALBUMS.tapeHiss },
      [`album/${ALBUMS.cathedral}`]: { state: 'not-owned', title: 'Cathedral of Small Things' },
      [`gb-en/playlist/first-tracks/${DEMO_PLAYLIST.id}`]: { state: 'offer', tracksOwned: 2 },
      [`au-en/interpreter/mirela-quint/${mirela.artist.id}`]: { state: 'offer', tracksOwned: 6 },
      [`label/${mirela.label.id}`]: { state: 'offer', tracksOwned: 6 },
      'album/nosuchalbum12': { state: 'invalid', problem: 'not-found' },
      'track/abc': { state: 'invalid', problem: 'bad-id' },
      'user/library/favorites/albums': { state: 'invalid', problem: 'section' },
      'album/1': { state: 'invalid', problem: 'not-qobuz' },
    });
    const page = desk.page();
    await page.getByText('You have not bought this, so nothing is downloaded.').waitFor(WAIT);
    await page.getByRole('button', { name: 'See Cathedral of Small Things in the shop' }).waitFor();
    await page.getByText('The 12 tracks you do not own').waitFor(WAIT);

    await desk.until(
      ({ run, jobs }) => run?.state === 'finished' && jobs.every(({ state }) => state === 'done'),
      'the owned ones are there',
    );
    // All of the one album, the one track of the other.
    expect(await files()).toHaveLength(7);
    await page.getByRole('button', { name: 'Queue the whole album' }).click();
    await expect.poll(files, { timeout: 30_000 }).toHaveLength(10);
    expect((await files()).filter((path) => path.includes('Cathedral'))).toEqual([]);
  });

  it('come from the system too: a second start hands its link to the app that runs, and ends', async () => {
    const link = `crateful://add?url=${encodeURIComponent(album(ALBUMS.tapeHiss))}`;
    const second = startAppProcess({
      home: join(scratch, 'home'),
      switches: ['--password-store=basic', link],
    });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    expect(await answered(1)).toMatchObject({ [`album/${ALBUMS.tapeHiss}`]: { tracksOwned: 4 } });
    await desk.heading('Links').waitFor(WAIT);
    await desk.see('Tape Hiss Summer');
    await expect.poll(files, { timeout: 30_000 }).toHaveLength(4);
  });
});
