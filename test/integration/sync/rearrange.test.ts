import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../../src-preload/contract/settings.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';

let run: EngineHarness;
afterEach(() => run.close());

const TEMPLATE = '{year}/{album} - {albumArtist}/{track}. {title}';

const synced = async (settings: SettingsPatch = {}) => {
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.tapeHiss, ALBUMS.longTable),
    settings,
  });
  await run.sync();
};
const put = async (path: string) => {
  await mkdir(dirname(run.path(path)), { recursive: true });
  await writeFile(run.path(path), path);
};
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'));
const stemOf = (path: string) => path.slice(0, path.lastIndexOf('.'));
const contents = async () =>
  Object.fromEntries(
    await Promise.all(
      (await run.tree()).map(
        async (path) => [path, (await readFile(run.path(path))).toString('base64')] as const,
      ),
    ),
  );
const asksForNothing = async () => {
  const before = await contents();
  const { asked, result } = await run.asking(() => run.sync());
  expect(asked.filter(({ call }) => call === 'file' || call === 'track/getFileUrl')).toEqual([]);
  expect(result.totals).toMatchObject({ downloaded: 0, failed: 0 });
  expect(await contents()).toEqual(before);
};

describe('after the naming template was changed', () => {
  it('albums move with all that belongs to them, the next sync finds everything, and an undo takes it back', async () => {
    await synced();
    const tracks = (await run.tree()).filter((path) => path.endsWith('.flac'));
    const [track = ''] = tracks;
    const album = folderOf(track);
    for (const path of [
      `${stemOf(track)}.lrc`,
      `${stemOf(track)}.de.lrc`,
      `${album}/album.cue`,
      `${album}/Artwork/back.png`,
    ]) {
      await put(path);
    }
    await put('Somebody else/notes.txt');
    const before = await contents();
    await run.engine.updateSettings({ namingTemplate: TEMPLATE });
    const preview = await run.engine.rearranging.preview();
    expect(preview).toMatchObject({
      albums: 2,
      files: Object.keys(before).length - 1,
      companions: 4,
      keeps: [],
      lists: [`${album}/album.cue`],
    });
    expect(await contents()).toEqual(before);
    const outcome = await run.engine.rearranging.run();
    expect(outcome).toMatchObject({ state: 'moved', files: preview.files, stayed: [] });
    const after = await contents();
    const moved = Object.keys(after).find((path) => after[path] === before[track]) ?? '';
    expect(moved).toMatch(/^\d{4}\/.+ - .+\/\d\d\. .+\.flac$/);
    expect(Object.keys(after)).toEqual(
      expect.arrayContaining([
        `${stemOf(moved)}.lrc`,
        `${stemOf(moved)}.de.lrc`,
        `${folderOf(moved)}/album.cue`,
        `${folderOf(moved)}/Artwork/back.png`,
        'Somebody else/notes.txt',
      ]),
    );
    await expect(stat(run.path(album))).rejects.toMatchObject({ code: 'ENOENT' });
    await asksForNothing();
    expect((await run.manifest()).map(({ path }) => path)).toContain(moved);
    expect(await run.engine.rearranging.preview()).toMatchObject({ albums: 0, files: 0 });
    await (await run.engine.verification.start(null)).ended;
    expect((await run.engine.snapshot()).verify).toMatchObject({ findingsTotal: 0 });
    expect(await run.engine.steps.list()).toMatchObject([{ kind: 'rearrange', state: 'moved' }]);
    await run.engine.steps.beginUndo(outcome.stepId);
    await eventually(async () => (await run.engine.snapshot()).step).toMatchObject({
      way: 'back',
      state: 'finished',
    });
    expect(await contents()).toEqual(before);
    await asksForNothing();
  });

  it('names and leaves an album of which files are missing', async () => {
    await synced();
    const tracks = (await run.tree()).filter((path) => path.endsWith('.flac'));
    await rm(run.path(tracks[0] ?? ''));
    await run.engine.updateSettings({ namingTemplate: TEMPLATE });
    expect(await run.engine.rearranging.preview()).toMatchObject({
      albums: 1,
      keeps: [{ reason: 'incomplete' }],
    });
  });
});
