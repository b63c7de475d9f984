import { copyFile, mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { VerifyView } from '../../../src-preload/contract/album-view.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject } from '../../support/faults.ts';

const FOREIGN_AUDIO = fileURLToPath(new URL('../../support/audio/preview.6.flac', import.meta.url));
const FLACS = ALBUMS.slowWeather as AlbumId;
const MP3S = ALBUMS.tapeHiss as AlbumId;
const DISCS = ALBUMS.longTable as AlbumId;

let run: EngineHarness;
afterEach(() => run.close());

const synced = async (...ids: readonly AlbumId[]) => {
  run = await engineHarness({ catalogue: demoAlbums(...ids) });
  await run.sync();
};
const verify = async (albumIds: readonly AlbumId[] | null = null): Promise<VerifyView> =>
  (await run.engine.verification.start(albumIds)).ended;
const pathsOf = async (ending: string) =>
  (await run.tree()).filter((path) => path.endsWith(ending));
const first = async (ending: string) => (await pathsOf(ending))[0]!;
const summary = async (id: AlbumId) =>
  (await run.engine.snapshot()).albums.find((album) => album.id === id);
const statuses = async (id: AlbumId) =>
  (await run.engine.desk.album(id)).tracks.map((track) => track.status);
const problems = ({ findings }: VerifyView) =>
  findings.map(({ path, problem }) => [path, problem] as const);

/** Turns over bits in the middle of a file, as a dying disk does; its length stays. */
async function rot(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  const { size } = await handle.stat();
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, Math.floor(size * 0.6));
  await handle.write(Buffer.from([(byte[0] ?? 0) ^ 0xff]), 0, 1, Math.floor(size * 0.6));
  await handle.close();
}

/** Puts a padding block behind a FLAC's stream info, as a tag editor does. */
async function editTags(path: string): Promise<void> {
  const file = await readFile(path);
  const padding = Buffer.alloc(4 + 512);
  padding[0] = 1;
  padding.writeUIntBE(512, 1, 3);
  await writeFile(path, Buffer.concat([file.subarray(0, 42), padding, file.subarray(42)]));
}

describe('a verification', () => {
  it('finds nothing wrong with what was saved, and says how far it is', async () => {
    await synced(FLACS, MP3S);
    const from = run.deltas.length;
    const end = await verify();
    const files = await run.tree();
    expect(end).toMatchObject({
      state: 'finished',
      filesDone: files.length,
      filesTotal: files.length,
      findings: [],
      findingsTotal: 0,
      error: null,
    });
    expect(end.bytesDone).toBe(end.bytesTotal);
    await eventually(() =>
      run.deltas.slice(from).flatMap(({ verify: each }) => each?.state ?? []),
    ).toContain('finished');
  });

  it('looks only at the albums it is given', async () => {
    await synced(FLACS, MP3S);
    await rot(run.path(await first('.flac')));
    expect(await verify([MP3S])).toMatchObject({ filesTotal: 5, findings: [] });
  });

  it('finds a rotten FLAC of the same length; the page shows it, and the next sync brings it back', async () => {
    await synced(FLACS);
    const victim = await first('.flac');
    const good = await readFile(run.path(victim));
    await rot(run.path(victim));
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 6 });
    const end = await verify([FLACS]);
    expect(problems(end)).toEqual([[victim, 'damaged']]);
    expect(end.findings[0]).toMatchObject({ albumId: FLACS, albumTitle: expect.any(String) });
    expect((await statuses(FLACS)).filter((status) => status === 'damaged')).toHaveLength(1);
    expect(await summary(FLACS)).toMatchObject({ status: 'partly', tracksDone: 5 });

    await run.reopen();
    expect((await statuses(FLACS)).filter((status) => status === 'damaged')).toHaveLength(1);
    expect(await summary(FLACS)).toMatchObject({ status: 'partly', tracksDone: 5 });

    const view = await run.engine.startSync({ albumIds: [FLACS] });
    expect(view.totals).toMatchObject({ downloaded: 1, skipped: 5, failed: 0 });
    expect((await readFile(run.path(victim))).equals(good)).toBe(true);
    expect(await statuses(FLACS)).toEqual(Array(6).fill('synced'));
    expect(await summary(FLACS)).toMatchObject({ status: 'synced', tracksDone: 6 });
    // The rotten one was set aside, as everything is that Crateful replaces.
    expect((await run.workFiles()).some((path) => path.endsWith(victim))).toBe(true);
    expect((await verify()).findings).toEqual([]);
  });

  it('finds a rotten MP3, whose frames parse on', async () => {
    await synced(MP3S);
    const victim = await first('.mp3');
    const good = await readFile(run.path(victim));
    await rot(run.path(victim));
    expect(problems(await verify())).toEqual([[victim, 'damaged']]);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, failed: 0 });
    expect((await readFile(run.path(victim))).equals(good)).toBe(true);
  });

  it('finds a missing file, which the next sync fetches again', async () => {
    await synced(FLACS);
    const victim = await first('.flac');
    await rm(run.path(victim));
    expect(problems(await verify())).toEqual([[victim, 'missing']]);
    expect((await statuses(FLACS)).filter((status) => status === 'missing')).toHaveLength(1);
    expect(await summary(FLACS)).toMatchObject({ status: 'partly', tracksDone: 5 });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1 });
    expect(await statuses(FLACS)).toEqual(Array(6).fill('synced'));
  });

  it('finds a rotten or missing cover and booklet, and both come back', async () => {
    await synced(DISCS);
    const cover = await first('.jpg');
    const booklet = await first('.pdf');
    const good = await readFile(run.path(cover));
    await rot(run.path(cover));
    await rm(run.path(booklet));
    expect(new Map(problems(await verify()))).toEqual(
      new Map([
        [cover, 'damaged'],
        [booklet, 'missing'],
      ]),
    );
    await run.sync();
    expect((await readFile(run.path(cover))).equals(good)).toBe(true);
    expect(await run.tree()).toContain(booklet);
    expect((await verify()).findings).toEqual([]);
  });

  it('takes a file whose tags were edited for whole', async () => {
    await synced(FLACS);
    await editTags(run.path(await first('.flac')));
    expect(await verify()).toMatchObject({ state: 'finished', findings: [] });
    expect(await statuses(FLACS)).toEqual(Array(6).fill('synced'));
  });

  it('says that other sound stands in a place, and no sync takes it away', async () => {
    await synced(FLACS);
    const victim = await first('.flac');
    const [, own] = await pathsOf('.flac');
    // As long as the track, so that it is not just a cut one.
    await copyFile(run.path(own!), run.path(victim));
    const [[path, problem] = ['', '']] = problems(await verify());
    expect([path, ['changed', 'damaged'].includes(problem)]).toEqual([victim, true]);
    await copyFile(FOREIGN_AUDIO, run.path(victim));
    expect(problems(await verify()).map(([where]) => where)).toEqual([victim]);
  });

  it('forgets what it found once a good copy is put back by hand', async () => {
    await synced(FLACS);
    const victim = await first('.flac');
    await copyFile(run.path(victim), `${run.root}-good`);
    await rot(run.path(victim));
    await verify();
    await rename(`${run.root}-good`, run.path(victim));
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 6 });
    expect(await statuses(FLACS)).toEqual(Array(6).fill('synced'));
    expect(await summary(FLACS)).toMatchObject({ status: 'synced' });
  });
});

describe('a verification that cannot go on', () => {
  it('is refused with VERIFYING_ALREADY while another goes on, and can be cancelled', async () => {
    await synced(FLACS, MP3S, DISCS);
    const { ended } = await run.engine.verification.start(null);
    await expect(run.engine.verification.start(null)).rejects.toMatchObject({
      code: 'VERIFYING_ALREADY',
    });
    await run.engine.verification.cancel();
    const view = await ended;
    expect(view).toMatchObject({ state: 'cancelled', error: null, secondsLeft: null });
    expect(view.filesDone).toBeLessThan(view.filesTotal);
    expect(await verify()).toMatchObject({ state: 'finished', findings: [] });
  });

  it('is refused without a folder, and with one whose drive is away', async () => {
    run = await engineHarness({ catalogue: demoAlbums(FLACS), folder: false });
    await expect(run.engine.verification.start(null)).rejects.toMatchObject({
      code: 'NO_LIBRARY_ROOT',
    });
    await run.engine.useFolder(run.root);
    await run.sync();
    await rename(run.root, `${run.root}-away`);
    await expect(run.engine.verification.start(null)).rejects.toMatchObject({
      code: 'LIBRARY_ROOT_MISSING',
    });
    await rename(`${run.root}-away`, run.root);
    expect(await verify()).toMatchObject({ findings: [] });
  });

  it.each(['nothing', 'an empty mount point'])(
    'fails with LIBRARY_ROOT_MISSING when the drive goes away meanwhile and leaves %s: no file is missing or damaged',
    async (left) => {
      await synced(FLACS, MP3S, DISCS);
      const albums = [FLACS, MP3S, DISCS];
      const before = await Promise.all(albums.map(statuses));
      const { ended } = await run.engine.verification.start(null);
      await rename(run.root, `${run.root}-away`);
      if (left !== 'nothing') await mkdir(run.root);
      const view = await ended;
      expect(view).toMatchObject({ state: 'failed', error: { code: 'LIBRARY_ROOT_MISSING' } });
      expect(view.findings).toEqual([]);
      expect((await Promise.all(albums.map(statuses))).flat()).not.toContain('missing');
      if (left !== 'nothing') await rmdir(run.root);
      await rename(`${run.root}-away`, run.root);
      expect(await Promise.all(albums.map(statuses))).toEqual(before);
      expect((await run.sync()).totals.downloaded).toBe(0);
    },
  );

  it('ends with the engine', async () => {
    await synced(FLACS, MP3S);
    const { ended } = await run.engine.verification.start(null);
    await run.reopen();
    expect((await ended).state).toBe('cancelled');
    expect((await run.engine.snapshot()).verify).toBeNull();
  });
});

describe('a verification beside a sync', () => {
  it('goes on while files come, and finds nothing wrong with what the sync replaces', async () => {
    await synced(FLACS);
    await run.engine.updateSettings({ preference: 'mp3' });
    inject(run.store, bodyFaults.drip({ bytes: 4096, pauseMs: 5 }));
    const syncing = run.sync();
    await eventually(async () => (await run.jobs()).some((job) => job.state === 'running')).toBe(
      true,
    );
    expect(await verify()).toMatchObject({ state: 'finished', findings: [] });
    expect((await syncing).totals).toMatchObject({ downloaded: 6, failed: 0 });
    expect(await verify()).toMatchObject({ state: 'finished', findings: [] });
  });
});
