import { copyFileSync } from 'node:fs';
import { copyFile, readFile, rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { apiFaults, inject } from '../../support/faults.ts';

const OWN_MP3 = fileURLToPath(new URL('../../support/audio/preview.5.mp3', import.meta.url));

let run: EngineHarness;
beforeEach(async () => {
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.cathedral) });
  await run.sync();
});
afterEach(() => run.close());

const endings = async () =>
  (await run.tree()).map((path) => path.slice(path.lastIndexOf('.') + 1)).sort();
const served = async () =>
  (await run.manifest())
    .filter((file) => file.kind === 'track')
    .map((file) => file.receipt.servedFormatId);
const replaced = async () =>
  (await run.workFiles()).filter((path) => /^\.crateful\/replaced\/.*\.(flac|mp3)$/.test(path));

describe('another format', () => {
  it('replaces the files, and the old ones can be had back from replaced/', async () => {
    const before = await run.manifest();
    await run.engine.updateSettings({ preference: 'mp3' });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 4, skipped: 0, failed: 0 });
    expect(await endings()).toEqual(['jpg', 'mp3', 'mp3', 'mp3', 'mp3']);
    expect(await served()).toEqual([5, 5, 5, 5]);
    const old = await replaced();
    expect(old.filter((path) => path.endsWith('.flac'))).toHaveLength(4);
    for (const file of before.filter(({ kind }) => kind === 'track')) {
      const kept = old.find((path) => path.endsWith(file.path));
      expect((await readFile(run.path(kept!))).length).toBe(file.bytes);
    }
  });

  it('and back again: the first format returns, and every file of either is kept', async () => {
    const before = await run.tree();
    await run.engine.updateSettings({ preference: 'mp3' });
    await run.sync();
    await run.engine.updateSettings({ preference: 'best' });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 4, failed: 0 });
    expect(await run.tree()).toEqual(before);
    expect(await served()).toEqual([27, 27, 27, 27]);
    expect(await replaced()).toHaveLength(8);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4 });
  });

  it('of the same kind keeps the name', async () => {
    const before = await run.tree();
    await run.engine.updateSettings({ preference: 'cd' });
    await run.sync();
    expect(await run.tree()).toEqual(before);
    expect(await served()).toEqual([6, 6, 6, 6]);
    expect(await replaced()).toHaveLength(4);
  });

  it('leaves a file of the user alone that stands where it would go', async () => {
    const [first] = (await run.tree()).filter((path) => path.endsWith('.flac'));
    const taken = first!.replace(/flac$/, 'mp3');
    await copyFile(OWN_MP3, run.path(taken));
    await run.engine.updateSettings({ preference: 'mp3' });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 3, failed: 1 });
    expect(await readFile(run.path(taken))).toEqual(await readFile(OWN_MP3));
    expect(await run.tree()).toContain(first);
    const [line] = (await run.jobs()).filter((job) => job.state === 'failed');
    expect(line?.error?.code).toBe('PATH_OCCUPIED');
  });

  it('leaves a file of the user alone that came there while the track was on its way, and keeps the old one', async () => {
    const [first] = (await run.tree()).filter((path) => path.endsWith('.flac'));
    const taken = first!.replace(/flac$/, 'mp3');
    run.store.faults.add({
      intercept: (call) => {
        if (call.path === 'track/getFileUrl') copyFileSync(OWN_MP3, run.path(taken));
        return null;
      },
    });
    await run.engine.updateSettings({ preference: 'mp3' });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 3, failed: 1 });
    expect(await readFile(run.path(taken))).toEqual(await readFile(OWN_MP3));
    expect(await run.tree()).toContain(first);
    const [line] = (await run.jobs()).filter((job) => job.state === 'failed');
    expect(line?.error?.code).toBe('PATH_OCCUPIED');
  });

  it('leaves a file of the user alone that stands where a lost track would come back in it', async () => {
    const [first] = (await run.tree()).filter((path) => path.endsWith('.flac'));
    const taken = first!.replace(/flac$/, 'mp3');
    await rename(run.path(first!), run.path('moved away.flac'));
    await copyFile(OWN_MP3, run.path(taken));
    await run.engine.updateSettings({ preference: 'mp3' });
    const { asked, result } = await run.asking(run.sync);
    expect(result.totals).toMatchObject({ downloaded: 3, failed: 1 });
    expect(asked.filter(({ call }) => call === 'file')).toHaveLength(3);
    expect(await readFile(run.path(taken))).toEqual(await readFile(OWN_MP3));
  });

  it('that cannot be had leaves the file that is there: it is kept and says why, and the album is all there', async () => {
    await run.engine.updateSettings({ preference: 'cd' });
    await run.sync();
    await run.engine.updateSettings({ preference: 'best' });
    const [victim] = tracksOf(ALBUMS.cathedral);
    inject(run.store, apiFaults.restricted('TrackRestrictedByRightHolders'), { trackId: victim! });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 3, unavailable: 1 });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4, unavailable: 0 });
    const { albums } = await run.engine.snapshot();
    expect(albums).toEqual([expect.objectContaining({ status: 'synced', tracksDone: 4 })]);
    const preview = await run.engine.plan({
      folder: null,
      preference: null,
      otherwise: 'best',
      anew: false,
      signal: new AbortController().signal,
    });
    const item = preview.albums[0]?.items.find(({ trackId }) => trackId === victim);
    expect(item).toMatchObject({
      action: 'keep',
      reason: 'kept-refused',
      formatId: 6,
      refusal: { code: 'TRACK_WITHHELD' },
    });
  });

  it('is asked for again when a shop that refused it adds it to the purchase', async () => {
    await run.close();
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    await run.sync();
    expect(await served()).toEqual([6, 6, 6, 6, 6, 6]);
    const files = run.store.catalogue.albums.get(ALBUMS.cathedral)!.tracks[0]!.files;
    for (const track of run.store.catalogue.albums.get(ALBUMS.slowWeather)!.tracks) {
      run.store.catalogue.changeTrack(track.id, { files });
    }
    run.store.catalogue.setFormats({ albumId: ALBUMS.slowWeather }, [7, 6, 5]);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 6, failed: 0 });
    expect(await served()).toEqual([7, 7, 7, 7, 7, 7]);
  });
});
