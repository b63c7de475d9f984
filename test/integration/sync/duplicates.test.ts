import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { CatalogueData } from '../../../src-main/demo/catalogue.ts';
import type { AlbumId, TrackId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';

const FLACS = ALBUMS.loudNeighbours as AlbumId;
const MP3S = ALBUMS.tapeHiss as AlbumId;

let run: EngineHarness;
afterEach(() => run.close());

/** Two albums of which the first track is one recording; the second album is also named like the first when told so. */
function twice(sameName: boolean): CatalogueData {
  const data = demoAlbums(FLACS, MP3S);
  const [one, two] = [FLACS, MP3S].map((id) => data.albums.find((album) => album.id === id)!);
  const [a] = one!.tracks;
  const [b] = two!.tracks;
  const { isrc, durationSeconds } = a!;
  Object.assign(b!, { isrc, durationSeconds, files: { 5: a!.files[5] } });
  if (sameName) {
    const { artist, artists } = one!;
    Object.assign(two!, { title: `The ${one!.title.toUpperCase()} (Remastered 2011)` });
    Object.assign(two!, { artist, artists });
  }
  return data;
}
const open = async (sameName = false) => {
  run = await engineHarness({ catalogue: twice(sameName) });
  await run.sync();
};
const groups = async () => (await run.engine.duplicates.page(null)).groups;
const [MP3 = 0] = tracksOf(MP3S);
const status = async (id: AlbumId) =>
  (await run.engine.snapshot()).albums.find((album) => album.id === id)?.status;

describe('a recording that lies in the library twice', () => {
  it('is found by its code and length, with the better copy named; one is set aside and stays out', async () => {
    await open();
    const [group, ...others] = await groups();
    expect(others).toEqual([]);
    expect(group?.kind).toBe('track');
    const better = group?.members.map(({ albumId, better }) => [albumId, better]);
    expect(new Map(better as never)).toEqual(
      new Map([
        [FLACS, true],
        [MP3S, false],
      ]),
    );
    const copy = group!.members.find(({ albumId }) => albumId === MP3S)!;
    const bytes = await readFile(run.path(copy.path));
    await run.engine.duplicates.settle(group!.key, { albumId: MP3S, trackId: MP3 as TrackId });
    expect(await groups()).toEqual([]);
    expect(await run.tree()).not.toContain(copy.path);
    expect(await status(MP3S)).toBe('synced');
    const [entry] = (await run.engine.setAside.page(null)).entries;
    expect(entry).toMatchObject({ reason: 'duplicate', path: copy.path, bytes: bytes.length });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });

    // A lost database does not bring it back.
    await run.reopen({ newHome: true });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
    expect(await status(MP3S)).toBe('synced');
    const page = await run.engine.desk.album(MP3S);
    expect(page.tracks.find(({ id }) => id === MP3)?.status).toBe('left-out');

    await run.engine.setAside.restore([entry!.id]);
    expect(await readFile(run.path(copy.path))).toEqual(bytes);
    // The codes come with the track lists.
    await run.engine.desk.album(FLACS);
    expect(await groups()).toHaveLength(1);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
  });

  it('is fetched again when somebody asks for it', async () => {
    await open();
    const [group] = await groups();
    await run.engine.duplicates.settle(group!.key, { albumId: MP3S, trackId: MP3 as TrackId });
    await run.engine.setAside.empty(null);
    await run.engine.duplicates.fetchAgain(MP3S);
    await eventually(async () => (await run.tree()).filter((p) => p.endsWith('.mp3')).length).toBe(
      4,
    );
    await eventually(async () => (await run.engine.snapshot()).run?.state).toBe('finished');
    expect(await groups()).toHaveLength(1);
  });

  it('is shown no more once both are kept, until one of them is another file', async () => {
    await open();
    const [group] = await groups();
    await run.engine.duplicates.settle(group!.key, null);
    expect(await groups()).toEqual([]);
    await run.reopen();
    expect(await groups()).toEqual([]);
    await run.engine.desk.fetchInFormat(FLACS, 5);
    await eventually(async () => (await groups()).length).toBe(1);
    await eventually(async () => (await run.engine.snapshot()).run?.state).toBe('finished');
  });

  it('is not settled by an answer to what it was before', async () => {
    await open();
    const aside = { albumId: MP3S, trackId: MP3 as TrackId };
    await expect(run.engine.duplicates.settle('0'.repeat(64), aside)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });
});

describe('an album that lies in the library twice', () => {
  it('is one group by its name, and one decision', async () => {
    await open(true);
    const [group, ...others] = await groups();
    expect(others).toEqual([]);
    expect(group?.kind).toBe('album');
    expect(group?.members.find(({ better }) => better)).toMatchObject({ albumId: FLACS });
    await run.engine.duplicates.settle(group!.key, { albumId: MP3S, trackId: null });
    expect((await run.tree()).filter((path) => path.endsWith('.mp3'))).toEqual([]);
    expect(await status(MP3S)).toBe('synced');
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
    const { entries } = await run.engine.setAside.page(null);
    await run.engine.setAside.restore(entries.map(({ id }) => id));
    expect((await run.tree()).filter((path) => path.endsWith('.mp3'))).toHaveLength(4);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
  });
});
