import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigFiles } from '../support/big-files.ts';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

let scratch: string;
let desk: Desk;
const folder = () => join(scratch, 'Music');
const page = () => desk.page();
const player = () => page().getByRole('region', { name: 'Player' });

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'crateful-e2e-album-'));
  const catalogue = await bigFiles(join(scratch, 'sounds'), ALBUMS.copperAndGlass, ALBUMS.tapeHiss);
  desk = await openDesk({ catalogue });
  await desk.settleIn(folder());
  await desk.button('Sync').click();
  await desk.heading('All done').waitFor(WAIT);
});
afterAll(async () => {
  await desk?.close();
  await rm(scratch, { recursive: true, force: true });
});

const openAlbum = async (title: string): Promise<void> => {
  await desk.go('Library');
  await page()
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
  await desk.heading(title).waitFor(WAIT);
};
const files = async (): Promise<string[]> =>
  (await readdir(folder(), { recursive: true })).filter((path) => !path.startsWith('.crateful'));
const status = async (id: string) =>
  (await desk.snapshot()).albums.find((each) => each.id === id)?.status;

describe('the player', () => {
  const play = async (title: string): Promise<void> => {
    await page()
      .getByRole('button', { name: `Play ${title}`, exact: true })
      .click();
  };
  const position = () => player().getByRole('slider', { name: 'Position' });
  const seconds = async () => Number(await position().inputValue());

  it('plays a long FLAC and seeks far behind what was read of it', async () => {
    await openAlbum('Big Files');
    await play('A long flac');
    await expect.poll(seconds, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
    await position().fill('10');
    await expect.poll(seconds, { timeout: 30_000 }).toBeGreaterThanOrEqual(11);
    await player().getByRole('button', { name: 'Pause' }).click();
    expect(await position().getAttribute('max')).toBe('14');
    await player().getByRole('button', { name: 'Close the player' }).click();
  });

  it('plays an MP3, from its end on the next one, and goes back', async () => {
    await openAlbum('Tape Hiss Summer');
    const [first, second] = demoAlbums().albums.find(({ id }) => id === ALBUMS.tapeHiss)!.tracks;
    await play(first!.title);
    await expect.poll(seconds, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
    await player().getByText(second!.title, { exact: true }).first().waitFor(WAIT);
    await expect.poll(seconds, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
    await position().press('Home');
    await player().getByRole('button', { name: 'Pause' }).click();
    expect(await page().getByText('could not be played').count()).toBe(0);
    await player().getByRole('button', { name: 'Close the player' }).click();
  });

  it('leaves DSD to other apps', async () => {
    await openAlbum('Big Files');
    expect(await desk.button('Play A long dsf').count()).toBe(0);
    await page()
      .getByRole('button', { name: /^DSD plays in an app of your own/ })
      .waitFor(WAIT);
  });
});

describe('an album on disk', () => {
  it('is verified: a damaged file is found, and fetched again', async () => {
    const [name = ''] = (await files()).filter((path) => path.endsWith('Patina.flac'));
    const path = join(folder(), name);
    const whole = await readFile(path);
    // Same size, other bytes: only looking inside finds it.
    const damaged = Buffer.from(whole);
    damaged.fill(0x55, damaged.length - 900, damaged.length - 800);
    await writeFile(path, damaged);
    await openAlbum('Copper & Glass');
    await desk.button('Verify').click();
    await desk.see('1 file needs to be fetched again');
    expect(await status(ALBUMS.copperAndGlass)).not.toBe('synced');
    await desk.button('Fetch again').click();
    await expect.poll(() => status(ALBUMS.copperAndGlass), { timeout: 30_000 }).toBe('synced');
    expect(await readFile(path)).toEqual(whole);
    // The notice goes by itself, here and in the library behind.
    await expect.poll(() => page().getByText('1 file needs to be fetched again').count()).toBe(0);
    await desk.button('Verify').click();
    await desk.see('All 6 files are as they were saved');
  });

  it('is fetched in another format and back; what was there is kept aside', async () => {
    await openAlbum('Copper & Glass');
    const endings = async () =>
      new Set(
        (await files())
          .filter(
            (path) => path.includes('Copper') && /\.\w+$/.test(path) && !path.endsWith('.jpg'),
          )
          .map((path) => path.replace(/^.*\./, '')),
      );
    const choose = async (format: string) => {
      await desk.button('Fetch in another format').click();
      await page().getByRole('menuitemradio', { name: format }).click();
    };
    await choose('MP3 320');
    await expect.poll(endings, { timeout: 30_000 }).toEqual(new Set(['mp3']));
    await choose('Follow my preference');
    await expect.poll(endings, { timeout: 30_000 }).toEqual(new Set(['flac']));
    await expect.poll(() => status(ALBUMS.copperAndGlass), { timeout: 30_000 }).toBe('synced');
    const aside = await readdir(join(folder(), '.crateful', 'replaced'), { recursive: true });
    expect(aside.filter((path) => path.endsWith('.mp3'))).toHaveLength(5);
  });

  it('that is skipped is left out of a sync until that is taken back', async () => {
    await openAlbum('Copper & Glass');
    await desk.button('Skip this album').click();
    await desk.see('You skip this album.');
    await rm(join(folder(), 'Tessellate'), { recursive: true });
    const sync = async () => {
      const before = (await desk.snapshot()).run?.id;
      await desk.button('Sync').click();
      await desk.until(
        ({ run }) => run?.id !== before && run?.state === 'finished',
        'another sync has ended',
      );
    };
    await sync();
    expect((await files()).filter((path) => path.includes('Copper'))).toEqual([]);
    await openAlbum('Copper & Glass');
    await desk.button('No longer skip').first().click();
    await desk.button('Skip this album').waitFor(WAIT);
    await sync();
    expect(
      (await files()).filter((path) => path.endsWith('.flac') && path.includes('Copper')),
    ).toHaveLength(5);
  });
});
