import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { CratefulBridge } from '../../src-preload/contract/calls.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { BOX_TRACKS } from '../support/library-scenes.ts';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';
import { albums, box } from '../support/scenes.ts';

let scene: SceneWindow;
beforeAll(async () => {
  scene = await openSceneWindow(inject('scenePages'));
  scene.page.setDefaultTimeout(10_000);
});
afterAll(() => scene.close());

const hash = `#/album/${box.id}`;
const heading = (name: string) => scene.page.getByRole('heading', { name, exact: true });
const button = (name: string | RegExp) => scene.page.getByRole('button', { name });
const press = (keys: string) => scene.page.keyboard.press(keys);
const last = async (name: string) => (await scene.calls(name)).at(-1)?.input;
const player = () => scene.page.getByRole('region', { name: 'Player' });
const title = (index: number) => BOX_TRACKS[index]!.title;

async function open(): Promise<void> {
  await scene.show('library', { hash });
  await heading('Disc 3').waitFor();
}

/** Starts a track with the button beside it. */
const play = (index: number) =>
  scene.page.getByRole('button', { name: `Play ${title(index)}`, exact: true }).click();

describe("an album's page", () => {
  beforeEach(open);

  it('is opened by its address, and its name has the focus', async () => {
    await heading(box.title).waitFor();
    await expect
      .poll(() => scene.page.evaluate(() => document.activeElement?.textContent))
      .toBe(box.title);
    await press('Escape');
    await heading('Your purchases').waitFor();
  });

  it('tells what it is, what is on disk and who is heard', async () => {
    const facts = scene.page.locator('dl').first();
    for (const words of ['18 Sept 2020', 'Chamber music', '3 discs', 'DSD128', '244 MB']) {
      await facts.getByText(words).first().waitFor();
    }
    await scene.page
      .getByText('Missing on disk')
      .or(scene.page.getByLabel('Missing on disk'))
      .first()
      .waitFor();
    await scene.page.getByRole('button', { name: `Credits of ${title(0)}`, exact: true }).click();
    await scene.page.getByText('Producer, Recording engineer').waitFor();
    await scene.page.getByText('Notes by the composer').waitFor();
  });

  it('fetches in another format, of those that are entitled, and ticks the one that holds', async () => {
    await button('Fetch in another format').click();
    const choice = (name: string) => scene.page.getByRole('menuitemradio', { name });
    expect(await choice('Follow my preference').getAttribute('aria-checked')).toBe('true');
    expect(await scene.page.getByRole('menuitemradio').allTextContents()).toEqual([
      'Follow my preference',
      'DSD128on disk',
      'FLAC 24/192',
      'FLAC 24/96',
      'FLAC 16/44.1',
    ]);
    await choice('FLAC 16/44.1').click();
    expect(await last('fetchInFormat')).toEqual({ albumId: box.id, formatId: 6 });
    await scene.page.getByText('Fetched in').waitFor();
    await button('Fetch in another format').click();
    expect(await choice('FLAC 16/44.1').getAttribute('aria-checked')).toBe('true');
    await choice('Follow my preference').click();
    expect(await last('fetchInFormat')).toEqual({ albumId: box.id, formatId: null });
  });

  it('is skipped and taken back', async () => {
    await button('Skip this album').click();
    await scene.page.getByText('You skip this album.').waitFor();
    await button('Undo').click();
    await scene.page.getByText('You skip this album.').waitFor({ state: 'detached' });
    expect((await scene.calls('setSkipped')).map(({ input }) => input)).toEqual([
      { albumIds: [box.id], skip: true },
      { albumIds: [box.id], skip: false },
    ]);
  });

  it('is verified where it stands', async () => {
    await button('Verify').click();
    await button('Stop checking').waitFor();
    expect(await last('verifyAlbums')).toEqual({ albumIds: [box.id] });
  });

  it('says what went wrong and asks again', async () => {
    await scene.page.evaluate(() => {
      (window as unknown as { fake: FakeBridge }).fake.fail('getAlbum', 'OFFLINE');
    });
    await press('Escape');
    await heading('Your purchases').waitFor();
    await scene.page.getByRole('button', { name: /^Harbour Lights/ }).click();
    await scene.page.getByText('Qobuz cannot be reached.').waitFor();
    const asked = (await scene.calls('getAlbum')).length;
    await button('Try again').click();
    await expect.poll(async () => (await scene.calls('getAlbum')).length).toBe(asked + 1);
  });

  it('keeps what it shows while it is asked for again', async () => {
    await scene.page.evaluate(() => {
      const { bridge } = (window as unknown as { fake: { bridge: CratefulBridge } }).fake;
      Object.assign(bridge, { getAlbum: () => new Promise(() => undefined) });
    });
    const [quartets] = albums.filter(({ id }) => id === box.id);
    await scene.send({ albums: { upsert: [{ ...quartets!, tracksDone: 6 }], removed: [] } });
    await scene.page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await heading('Disc 3').count()).toBe(1);
  });
});

describe('the player', () => {
  beforeEach(open);

  const playing = (index: number) => player().getByText(title(index), { exact: true }).waitFor();
  const state = () => scene.page.evaluate(() => navigator.mediaSession.playbackState);

  it('plays a track, goes to the next and back, and on with Space', async () => {
    await play(0);
    await playing(0);
    await player().getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(state).toBe('playing');
    await heading(box.title).focus();
    await press('Space');
    await player().getByRole('button', { name: 'Play', exact: true }).waitFor();
    await expect.poll(state).toBe('paused');
    await press('Space');
    await player().getByRole('button', { name: 'Pause' }).waitFor();
    await player().getByRole('button', { name: 'Next track' }).click();
    await playing(1);
    await player().getByRole('button', { name: 'Previous track' }).click();
    await playing(0);
    await player().getByRole('button', { name: 'Close the player' }).click();
    await player().waitFor({ state: 'detached' });
  });

  it('seeks with keys and says where it is', async () => {
    await play(0);
    const position = player().getByRole('slider', { name: 'Position' });
    await expect.poll(() => position.getAttribute('aria-valuetext')).toContain('of 0:30');
    await position.focus();
    await press('ArrowRight');
    await press('ArrowRight');
    await expect.poll(() => position.getAttribute('aria-valuetext')).toMatch(/^0:1\d of 0:30$/);
    await player().getByRole('button', { name: 'Mute' }).click();
    const volume = player().getByRole('slider', { name: 'Volume' });
    await expect.poll(() => volume.getAttribute('aria-valuetext')).toBe('0%');
  });

  it('tells the system what plays', async () => {
    await play(2);
    await expect
      .poll(() =>
        scene.page.evaluate(() => {
          const { metadata } = navigator.mediaSession;
          return [metadata?.title, metadata?.artist, metadata?.album];
        }),
      )
      .toEqual([title(2), 'Meridian Quartet', box.title]);
  });

  it('says in words that a track cannot be played, and goes on with another', async () => {
    await play(1);
    await player().getByText('This track could not be played.').waitFor();
    await player().getByRole('button', { name: 'Next track' }).click();
    await playing(2);
    await player().getByRole('slider', { name: 'Position' }).waitFor();
  });

  it('leaves DSD to others, and shows where it lies', async () => {
    const name = `DSD plays in an app of your own: show ${title(3)} in its folder`;
    await scene.page.getByRole('button', { name, exact: true }).click();
    expect(await last('showInFolder')).toEqual({ albumId: box.id, trackId: BOX_TRACKS[3]!.id });
    await play(2);
    await player().getByRole('button', { name: 'Next track' }).click();
    await playing(4);
  });

  it('offers no player for an album of DSD alone', async () => {
    const playAll = scene.page.getByRole('button', { name: 'Play', exact: true });
    const holds = (servedFormatIds: readonly number[]) =>
      scene.send({
        albums: { upsert: [{ ...box, tracksDone: 40, servedFormatIds }], removed: [] },
      });
    await holds([7, 56]);
    await playAll.waitFor();
    await holds([56]);
    await playAll.waitFor({ state: 'detached' });
    await button('Show in folder').first().click();
    expect(await last('showInFolder')).toEqual({ albumId: box.id });
  });

  it('goes on while somebody looks at another page, and leads back', async () => {
    await play(0);
    await scene.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
    await heading('Settings').waitFor();
    await player().getByRole('button', { name: 'Pause' }).waitFor();
    await player()
      .getByRole('button', { name: /^Open the album/ })
      .click();
    await heading(box.title).waitFor();
  });
});

describe('for everybody', () => {
  it('axe objects to nothing, in both themes, with player, credits and findings open', async () => {
    await scene.show('library-verified', { hash });
    await heading('Disc 3').waitFor();
    await play(0);
    await player().getByRole('slider', { name: 'Position' }).waitFor();
    await scene.page.getByRole('button', { name: `Credits of ${title(0)}`, exact: true }).click();
    await scene.page.mouse.move(1, 1);
    await heading(box.title).focus();
    await scene.page.getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await scene.violations()).toEqual([]);
  });

  it('keeps everything within reach at twice the size', async () => {
    await scene.resize([640, 400]);
    await open();
    await play(0);
    await player().waitFor();
    const beyond = await scene.page.evaluate(() =>
      [...document.querySelectorAll('button, input')].flatMap((element) => {
        const box = element.getBoundingClientRect();
        const out = box.width > 1 && (box.left < 0 || box.right > window.innerWidth + 1);
        return out ? [element.outerHTML.slice(0, 120)] : [];
      }),
    );
    await scene.resize([1280, 800]);
    expect(beyond).toEqual([]);
  });
});
