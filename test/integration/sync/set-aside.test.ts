import { copyFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';

const ALBUM = ALBUMS.cathedral as AlbumId;
const OWN_MP3 = fileURLToPath(new URL('../../support/audio/preview.5.mp3', import.meta.url));

let run: EngineHarness;
/** Calls at the disk from this one of a kind on fail, as those of a dead process. */
let dieAt: ((call: { readonly name: string; readonly path: string }) => boolean) | null;
beforeEach(async () => {
  dieAt = null;
  let dead = false;
  const fs = faultyFileSystem((call) => {
    if (dieAt === null) dead = false;
    else dead ||= dieAt(call);
    return dead ? systemError('EIO') : null;
  });
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.cathedral),
    settings: { preference: 'mp3' },
    standIns: { fs },
  });
  await run.sync();
  await run.engine.updateSettings({ preference: 'best' });
});
afterEach(() => run.close());

const tracks = async () => (await run.tree()).filter((path) => /\.(flac|mp3)$/.test(path));
const all = async () => (await run.engine.setAside.page(null)).entries;
const entryOf = async (trackId: number) =>
  (await all()).find((entry) => entry.trackId === trackId)!;
const [FIRST = 0, SECOND = 0] = tracksOf(ALBUMS.cathedral);
const contents = async (paths: readonly string[]) =>
  (await Promise.all(paths.map((path) => readFile(run.path(path), 'hex')))).sort();

describe('what was set aside', () => {
  it('is listed with what it was, why and when, also by a Crateful that knows nothing of it', async () => {
    const before = await run.manifest();
    await run.sync();
    await run.reopen({ newHome: true });
    const page = await run.engine.setAside.page(null);
    expect(page).toMatchObject({ total: 4, next: null });
    expect(page.totalBytes).toBe(
      before.filter(({ kind }) => kind === 'track').reduce((sum, { bytes }) => sum + bytes, 0),
    );
    const old = before.find(({ trackId }) => trackId === FIRST)!;
    expect(await entryOf(FIRST)).toMatchObject({
      albumId: ALBUM,
      path: old.path,
      bytes: old.bytes,
      albumTitle: 'Cathedral of Small Things',
      artist: 'Ondine Vasari',
      reason: 'format-changed',
      quality: { formatId: 5 },
    });
    await expect(
      readFile(await run.engine.setAside.pathOf((await entryOf(FIRST)).id)),
    ).resolves.toBeInstanceOf(Buffer);
  });

  it('comes back to its place, its receipt with it; what took its place is set aside in turn, and syncs leave it', async () => {
    const before = (await run.manifest()).find(({ trackId }) => trackId === FIRST)!;
    const bytes = await readFile(run.path(before.path));
    await run.sync();
    const flac = (await run.manifest()).find(({ trackId }) => trackId === FIRST)!;
    await run.engine.setAside.restore([(await entryOf(FIRST)).id]);
    expect(await readFile(run.path(before.path))).toEqual(bytes);
    expect((await run.manifest()).find(({ trackId }) => trackId === FIRST)?.receipt).toEqual(
      before.receipt,
    );
    expect(await tracks()).not.toContain(flac.path);
    expect(await entryOf(FIRST)).toMatchObject({ path: flac.path, reason: 'restored' });
    for (let syncs = 0; syncs < 2; syncs += 1) {
      expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4, failed: 0 });
    }
    // Also on another computer, which learns of it from the folder.
    await run.reopen({ newHome: true });
    await run.engine.updateSettings({ preference: 'best' });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
    expect(await readFile(run.path(before.path))).toEqual(bytes);

    await run.engine.setAside.restore([(await entryOf(FIRST)).id]);
    expect(await tracks()).toContain(flac.path);
    expect(await tracks()).not.toContain(before.path);
    expect((await all()).filter(({ trackId }) => trackId === FIRST)).toHaveLength(1);
  });

  it('is not brought back once it was changed on the disk: SET_ASIDE_DAMAGED', async () => {
    await run.sync();
    const { id } = await entryOf(FIRST);
    const stored = await run.engine.setAside.pathOf(id);
    const bytes = await readFile(stored);
    bytes[bytes.length - 100]! ^= 1;
    await writeFile(stored, bytes);
    const before = await run.tree();
    await expect(run.engine.setAside.restore([id])).rejects.toMatchObject({
      code: 'SET_ASIDE_DAMAGED',
    });
    expect(await run.tree()).toEqual(before);
  });

  it('does not come back over a file that is not ours', async () => {
    await run.sync();
    const entry = await entryOf(FIRST);
    await copyFile(OWN_MP3, run.path(entry.path));
    await expect(run.engine.setAside.restore([entry.id])).rejects.toMatchObject({
      code: 'PATH_OCCUPIED',
    });
    expect(await readFile(run.path(entry.path))).toEqual(await readFile(OWN_MP3));
    expect(await all()).toHaveLength(4);
  });

  it('holds a damaged file that a sync replaced, and gives it back when it is wanted', async () => {
    await run.sync();
    const flac = (await run.manifest()).find(({ trackId }) => trackId === SECOND)!;
    await truncate(run.path(flac.path), 20_000);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, failed: 0 });
    const cut = (await all()).find(({ reason }) => reason === 'damaged')!;
    expect(cut).toMatchObject({ trackId: SECOND, path: flac.path, bytes: 20_000 });
    await run.engine.setAside.restore([cut.id]);
    expect((await stat(run.path(flac.path))).size).toBe(20_000);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
  });

  it('is deleted when somebody empties it, one or all, and nothing else is', async () => {
    await run.sync();
    await writeFile(run.path('mine.txt'), 'mine');
    const before = await run.tree();
    const { id } = await entryOf(FIRST);
    expect(await run.engine.setAside.empty([id])).toBe(0);
    expect(await run.engine.setAside.page(null)).toMatchObject({ total: 3 });
    await expect(run.engine.setAside.restore([id])).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    expect(await run.engine.setAside.empty(null)).toBe(0);
    expect(await run.engine.setAside.page(null)).toMatchObject({ total: 0, totalBytes: 0 });
    const left = await run.workFiles();
    expect(left.filter((path) => path.includes('/replaced/'))).toEqual([]);
    expect(left).toContain('.crateful/root.json');
    expect(await run.tree()).toEqual(before);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4 });
  });

  it('cannot be reached while the drive is away', async () => {
    await run.sync();
    await rename(run.root, `${run.root}-away`);
    await expect(run.engine.setAside.page(null)).rejects.toMatchObject({
      code: 'LIBRARY_ROOT_MISSING',
    });
    await rename(`${run.root}-away`, run.root);
    expect(await all()).toHaveLength(4);
  });

  it('is also what earlier versions left without a note', async () => {
    await run.sync();
    const { id, path, bytes } = await entryOf(FIRST);
    await rm(run.path(join('.crateful/replaced', `${id}.json`)));
    const old = (await all()).find((entry) => entry.path === path)!;
    expect(old).toMatchObject({ reason: null, bytes, albumId: null });
    await run.engine.setAside.restore([old.id]);
    expect(await tracks()).toContain(path);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
  });
});

describe('a kill', () => {
  it('between the note and the move costs nothing: the next sync goes on under the same note', async () => {
    const before = await contents(await tracks());
    const stored = /replaced.*\.mp3$/;
    // The file is still in its place, its note beside an empty folder.
    let seen = 0;
    dieAt = ({ name, path }) => name === 'rename' && path.endsWith('.mp3') && ++seen === 1;
    await run.sync();
    dieAt = null;
    await run.reopen();
    expect((await run.sync()).totals).toMatchObject({ failed: 0 });
    expect((await tracks()).every((path) => path.endsWith('.flac'))).toBe(true);
    const kept = (await run.workFiles()).filter((path) => stored.test(path));
    expect(await contents(kept)).toEqual(before);
    expect(await all()).toHaveLength(4);
  });

  it('at any step while a file comes back is finished by the next sync', async () => {
    const old = (await run.manifest()).find(({ trackId }) => trackId === FIRST)!;
    const bytes = await readFile(run.path(old.path));
    await run.sync();
    for (const kill of KILLS) {
      const { id } = await entryOf(FIRST);
      let hits = 0;
      dieAt = (call) => kill(call) && ++hits > 0;
      await expect(run.engine.setAside.restore([id])).rejects.toThrow();
      expect(hits).toBeGreaterThan(0);
      dieAt = null;
      expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
      expect(await readFile(run.path(old.path))).toEqual(bytes);
      expect((await run.manifest()).find(({ trackId }) => trackId === FIRST)?.receipt).toEqual(
        old.receipt,
      );
      expect(await tracks()).toHaveLength(4);
      expect(await all()).toHaveLength(4);
      await run.engine.setAside.restore([(await entryOf(FIRST)).id]);
    }
  });
});

interface Call {
  readonly name: string;
  readonly path: string;
}
const isAside = (path: string) => path.endsWith('.flac');
const isStored = (path: string) => /replaced.*\.mp3$/.test(path);
/** Before anything moved, before the file came back, before its row was written, before its note was gone. */
const KILLS: readonly ((call: Call) => boolean)[] = [
  ({ name, path }) => name === 'rename' && isAside(path),
  ({ name, path }) => name === 'rename' && isStored(path),
  ({ name, path }) => name === 'stat' && path.endsWith('.mp3'),
  ({ name, path }) => name === 'rm' && isStored(path),
];
