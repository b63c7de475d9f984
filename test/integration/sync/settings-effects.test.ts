import { rm } from 'node:fs/promises';
import { parseFile } from 'music-metadata';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_TEMPLATE, TEMPLATE_PRESETS } from '../../../src-preload/contract/naming.ts';
import type { SettingsPatch } from '../../../src-preload/contract/settings.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';

let run: EngineHarness;

const open = async (settings: SettingsPatch, ...albums: string[]) => {
  run = await engineHarness({ catalogue: demoAlbums(...albums), settings });
  await run.sync();
  return run;
};

afterEach(() => run.close());

const endings = async () =>
  (await run.tree()).map((path) => path.slice(path.lastIndexOf('.') + 1)).sort();

/** What the next sync adds to the folder, and how many files it asked the service's servers for. */
const nextSync = async () => {
  const before = new Set(await run.tree());
  const { asked } = await run.asking(() => run.sync());
  return {
    added: (await run.tree()).filter((path) => !before.has(path)),
    tracks: asked.filter(({ call }) => call === 'track/getFileUrl').length,
    lists: asked.filter(({ call }) => call === 'album/get').length,
  };
};

describe('covers', () => {
  it('come with the next sync once they are wanted, and nothing else comes with them', async () => {
    await open({ saveCovers: false }, ALBUMS.tapeHiss);
    expect(await endings()).toEqual(['mp3', 'mp3', 'mp3', 'mp3']);
    expect(await nextSync()).toEqual({ added: [], tracks: 0, lists: 0 });
    await run.engine.updateSettings({ saveCovers: true });
    const { added, tracks } = await nextSync();
    expect(added.map((path) => path.slice(path.lastIndexOf('/')))).toEqual(['/cover.jpg']);
    expect(tracks).toBe(0);
  });

  it('stay when they are not wanted any more, and are not missed when they go', async () => {
    await open({}, ALBUMS.tapeHiss);
    const cover = (await run.tree()).find((path) => path.endsWith('cover.jpg')) ?? '';
    await run.engine.updateSettings({ saveCovers: false });
    expect(await nextSync()).toMatchObject({ added: [] });
    expect(await run.tree()).toContain(cover);
    await rm(run.path(cover));
    expect(await nextSync()).toEqual({ added: [], tracks: 0, lists: 0 });
    await run.engine.updateSettings({ saveCovers: true });
    expect(await nextSync()).toMatchObject({ added: [cover], tracks: 0 });
  });
});

describe('booklets', () => {
  it('come with the next sync once they are wanted, though every track is there', async () => {
    await open({ saveBooklets: false }, ALBUMS.longTable);
    expect(await endings()).not.toContain('pdf');
    expect(await nextSync()).toEqual({ added: [], tracks: 0, lists: 0 });
    await run.engine.updateSettings({ saveBooklets: true });
    const { added, tracks } = await nextSync();
    expect(added).toHaveLength(1);
    expect(added[0]).toMatch(/\.pdf$/);
    expect(tracks).toBe(0);
    expect(await nextSync()).toEqual({ added: [], tracks: 0, lists: 0 });
  });

  it('stay when they are not wanted any more', async () => {
    await open({}, ALBUMS.longTable);
    expect(await endings()).toContain('pdf');
    await run.engine.updateSettings({ saveBooklets: false });
    await nextSync();
    expect(await endings()).toContain('pdf');
  });

  it('are not in a preview when they are not wanted', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.longTable) });
    const kinds = async () => {
      for (;;) {
        const { final, albums } = await run.engine.preview();
        if (final) return new Set(albums.flatMap(({ items }) => items.map((item) => item.kind)));
      }
    };
    expect(await kinds()).toEqual(new Set(['track', 'cover', 'booklet']));
    await run.engine.updateSettings({ saveBooklets: false });
    expect(await kinds()).toEqual(new Set(['track', 'cover']));
  });
});

describe('a file’s tags', () => {
  const tagsOf = async () => {
    const [path] = (await run.tree()).filter((each) => each.endsWith('.flac'));
    const { common, native } = await parseFile(run.path(path ?? ''));
    const names = (native.vorbis ?? []).map(({ id }) => id);
    return {
      pictures: common.picture?.length ?? 0,
      gain: names.filter((name) => name.startsWith('REPLAYGAIN_')).sort(),
    };
  };
  const GAIN = ['REPLAYGAIN_TRACK_GAIN', 'REPLAYGAIN_TRACK_PEAK'];

  it('have cover and loudness by default', async () => {
    await open({}, ALBUMS.cathedral);
    expect(await tagsOf()).toEqual({ pictures: 1, gain: GAIN });
  });

  it('have no cover when none is to be embedded; the folder keeps its own', async () => {
    await open({ embedCovers: false }, ALBUMS.cathedral);
    expect(await tagsOf()).toEqual({ pictures: 0, gain: GAIN });
    expect(await endings()).toContain('jpg');
  });

  it('have no loudness values when none are wanted', async () => {
    await open({ writeReplayGain: false }, ALBUMS.cathedral);
    expect(await tagsOf()).toEqual({ pictures: 1, gain: [] });
  });
});

describe('a naming template', () => {
  it('names what is placed from then on; an album keeps the one it has, also when the database is lost', async () => {
    const catalogue = demoAlbums(ALBUMS.longTable);
    run = await engineHarness({ catalogue, settings: { namingTemplate: TEMPLATE_PRESETS.flat } });
    await run.sync();
    const flat = await run.tree();
    expect(flat.every((path) => path.split('/').length === 2)).toBe(true);
    expect(flat.filter((path) => /\/2-\d\d - /.test(path)).length).toBeGreaterThan(0);

    await run.engine.updateSettings({ namingTemplate: DEFAULT_TEMPLATE });
    const [first] = flat.filter((path) => path.endsWith('.flac'));
    await rm(run.path(first ?? ''));
    expect(await nextSync()).toMatchObject({ added: [first], tracks: 1 });

    await run.reopen({ newHome: true });
    await rm(run.path(first ?? ''));
    expect(await nextSync()).toMatchObject({ added: [first] });
    expect(await run.tree()).toEqual(flat);
    const { namingTemplate } = (await run.engine.snapshot()).settings;
    expect(namingTemplate).toBe(DEFAULT_TEMPLATE);
  });

  it('is shown on the person’s own albums once their lists are known', async () => {
    await open({}, ALBUMS.longTable, ALBUMS.tapeHiss, ALBUMS.cathedral);
    const { problem, examples } = await run.engine.previewNaming(TEMPLATE_PRESETS.flat);
    expect(problem).toBeNull();
    expect(examples).toHaveLength(3);
    expect(examples.some((path) => /\/2-01 - /.test(path))).toBe(true);
    const now = await run.engine.previewNaming(DEFAULT_TEMPLATE);
    const there = new Set((await run.tree()).map((path) => path.replace(/\.\w+$/, '')));
    for (const path of now.examples) expect(there).toContain(path.replace(/\.\w+$/, ''));
  });

  it('is shown on an invented album before anything is known, and refused with its reason', async () => {
    run = await engineHarness({ catalogue: demoAlbums(), folder: false });
    const { examples } = await run.engine.previewNaming(DEFAULT_TEMPLATE);
    expect(examples).toEqual([
      'The Parallels/Long Way Home (Deluxe Edition)/Disc 2/01 - First Light.flac',
    ]);
    expect(await run.engine.previewNaming('{album}/{titel}')).toEqual({
      problem: 'unknown-word',
      at: 'titel',
      examples: [],
    });
  });
});
