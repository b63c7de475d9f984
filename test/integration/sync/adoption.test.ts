import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdoptionFilter, AdoptionWay } from '../../../src-preload/contract/adoption.ts';
import { albumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { damage, type ExistingFile, makeExisting, soundOf } from '../../support/existing-music.ts';
import { inject, statusFaults } from '../../support/faults.ts';

let run: EngineHarness;
/** A folder elsewhere, with music of another program. */
let elsewhere: string;
beforeEach(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'crateful-existing-'));
});
afterEach(async () => {
  await run.close();
  await rm(elsewhere, { recursive: true, force: true });
});

const start = async (...ids: readonly string[]) => {
  run = await engineHarness({ catalogue: demoAlbums(...ids) });
};
const [one, two, three, four, five, six] = tracksOf(ALBUMS.slowWeather) as [
  number,
  number,
  number,
  number,
  number,
  number,
];
const ISRCS = new Map(
  demoAlbums().albums.flatMap(({ tracks }) =>
    tracks.map(({ id, isrc }) => [id, isrc ?? ''] as const),
  ),
);

/** Slow Weather as another program left it: its own names and tags, and nothing of ours. */
const byIsrc = (path: string, trackId: number, formatId = 6): ExistingFile => ({
  path,
  trackId,
  formatId,
  tags: { TITLE: ['whatever'], ISRC: [ISRCS.get(trackId) ?? ''] },
});

const look = async (folder: string) => {
  const { ended } = await run.engine.adoption.scan(folder);
  await ended;
  return run.engine.adoption.view()!;
};
const take = async (way: AdoptionWay) => {
  const { ended } = await run.engine.adoption.take(way);
  await ended;
  return run.engine.adoption.view()!;
};
/** The files of a filter: path, reason and track. */
const files = (filter: AdoptionFilter) =>
  run.engine.adoption
    .page(filter, 0, 200)
    .rows.flatMap((row) => (row.kind === 'file' ? [`${row.path} ${row.why} ${row.trackId}`] : []));
/** Every file below a folder that is not Crateful's own, with what is in it. */
const contents = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: [string, string][] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const relative = path.slice(folder.length + 1);
    if (!entry.isFile() || relative.startsWith('.crateful')) continue;
    found.push([
      relative,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ]);
  }
  return Object.fromEntries(found.sort());
};
const fetched = (asked: readonly { call: string; trackId: number | null }[]) =>
  asked.filter(({ call }) => call === 'file').map(({ trackId }) => trackId);
const downloaded = async () => {
  const { asked, result } = await run.asking(run.sync);
  expect(result.totals.failed).toBe(0);
  return { count: result.totals.downloaded, asked: fetched(asked) };
};

describe('music of another program in a folder elsewhere', () => {
  beforeEach(async () => {
    await start(ALBUMS.slowWeather);
    await makeExisting(elsewhere, [
      byIsrc('Quint/Weather/a.flac', one),
      byIsrc('Quint/Weather/b.flac', two),
      byIsrc('Quint/Weather/c.flac', three),
      byIsrc('Quint/Weather/d.flac', four),
      {
        path: 'Quint/Weather/mine.flac',
        trackId: five,
        formatId: 6,
        tags: { TITLE: ['My own song'] },
      },
      { path: 'loose.mp3', trackId: six, formatId: 5 },
    ]);
    await writeFile(join(elsewhere, 'Quint/Weather/a.lrc'), '[00:01]words');
    await writeFile(join(elsewhere, 'Quint/Weather/movie.m4a'), 'x');
    await mkdir(join(elsewhere, '.trash'));
    await writeFile(join(elsewhere, '.trash/z.flac'), 'x');
  });

  it('is told from what was not bought, and nothing is written while it is looked at', async () => {
    const before = await contents(elsewhere);
    const view = await look(elsewhere);
    expect(view).toMatchObject({
      state: 'review',
      place: 'outside',
      otherKinds: 1,
      counts: { sure: 4, likely: 0, unknown: 2, copy: 0, damaged: 0 },
      chosen: { files: 4, albums: 1 },
      albumsNotCompared: 0,
    });
    expect(files('sure')).toEqual([
      `Quint/Weather/a.flac isrc ${one}`,
      `Quint/Weather/b.flac isrc ${two}`,
      `Quint/Weather/c.flac isrc ${three}`,
      `Quint/Weather/d.flac isrc ${four}`,
    ]);
    expect(files('unknown')).toEqual([
      'Quint/Weather/mine.flac nothing null',
      'loose.mp3 nothing null',
    ]);
    expect(await contents(elsewhere)).toEqual(before);
    expect(await run.tree()).toEqual([]);
  });

  it('moves into the layout with what belongs to it, untouched, and the next sync fetches only the rest', async () => {
    const before = await contents(elsewhere);
    await look(elsewhere);
    const view = await take('move');
    expect(view.outcome).toMatchObject({ taken: 4, albums: 1, damaged: 0, stayedTotal: 0 });
    expect(Object.keys(await contents(elsewhere))).toEqual([
      '.trash/z.flac',
      'Quint/Weather/mine.flac',
      'Quint/Weather/movie.m4a',
      'loose.mp3',
    ]);
    const now = await contents(run.root);
    const album = 'Mirela Quint/Slow Weather';
    expect(Object.keys(now)).toEqual([
      `${album}/01 - Harbour Lights at Four.flac`,
      `${album}/01 - Harbour Lights at Four.lrc`,
      `${album}/02 - Slow Weather.flac`,
      `${album}/03 - A Map of the Kitchen.flac`,
      `${album}/04 - Ferryman’s Daughter.flac`,
    ]);
    expect(now[`${album}/02 - Slow Weather.flac`]).toBe(before['Quint/Weather/b.flac']);
    const { albums } = await run.engine.snapshot();
    expect(albums[0]).toMatchObject({ status: 'partly', tracksDone: 4, servedFormatIds: [6] });
    expect((await downloaded()).asked.sort()).toEqual([five, six]);
    expect((await downloaded()).asked).toEqual([]);
    const row = (await run.manifest()).find(({ trackId }) => trackId === two);
    expect(row?.receipt).toMatchObject({
      requestedFormatId: null,
      servedFormatId: 6,
      bitDepth: 16,
    });
  });

  it('is given back as it was, and can be taken over again', async () => {
    const [there, here] = [await contents(elsewhere), await contents(run.root)];
    await look(elsewhere);
    const { outcome } = await take('move');
    await run.engine.adoption.undo(outcome!.stepId!);
    expect(await contents(elsewhere)).toEqual(there);
    expect(await contents(run.root)).toEqual(here);
    const { albums } = await run.engine.snapshot();
    expect(albums[0]).toMatchObject({ tracksDone: 0 });
    await run.engine.adoption.steer('review');
    expect(run.engine.adoption.view()).toMatchObject({ state: 'review', chosen: { files: 4 } });
    expect((await take('move')).outcome).toMatchObject({ taken: 4 });
  });

  it('is to be had again once its step is undone among the steps taken, and so is a part of it', async () => {
    const there = await contents(elsewhere);
    await look(elsewhere);
    const all = { filter: 'sure', albumId: null, ids: null } as const;
    run.engine.adoption.tick({ ...all, chosen: false });
    run.engine.adoption.tick({ ...all, ids: [0, 1], chosen: true });
    const first = (await take('move')).outcome!;
    await run.engine.adoption.steer('review');
    run.engine.adoption.tick({ ...all, chosen: true });
    const second = (await take('move')).outcome!;
    expect([first.taken, second.taken]).toEqual([2, 2]);
    await run.engine.steps.undo(first.stepId!);
    expect(run.engine.adoption.view()).toMatchObject({ state: 'done', counts: { sure: 2 } });
    const states: unknown[] = [];
    const stop = run.engine.onDelta(({ adoption }) => states.push(adoption?.state));
    await run.engine.steps.undo(second.stepId!);
    stop();
    expect(states).toContain('undoing');
    expect(run.engine.adoption.view()).toMatchObject({
      state: 'undone',
      counts: { sure: 4 },
      outcome: { stepId: null, stayedTotal: 0 },
    });
    expect(await contents(elsewhere)).toEqual(there);
  });

  it('can be undone by the next process', async () => {
    const there = await contents(elsewhere);
    await look(elsewhere);
    await take('move');
    await run.reopen();
    const step = await run.engine.adoption.undoable();
    expect(step).toMatchObject({ kind: 'adopt', files: 5 });
    await run.engine.adoption.undo(step!.id);
    expect(await contents(elsewhere)).toEqual(there);
    expect(await run.engine.adoption.undoable()).toBeNull();
  });

  it('is copied where the originals are to stay', async () => {
    const before = await contents(elsewhere);
    await look(elsewhere);
    expect((await take('copy')).outcome).toMatchObject({ taken: 4 });
    expect(await contents(elsewhere)).toEqual(before);
    expect(await run.tree()).toHaveLength(5);
    expect((await look(elsewhere)).counts).toMatchObject({ sure: 0, copy: 4 });
  });

  it('can become the library itself, files where they are', async () => {
    const before = await contents(elsewhere);
    await look(elsewhere);
    await run.engine.adoption.steer('use-folder');
    await eventually(() => run.engine.adoption.view()?.state).toBe('review');
    expect(run.engine.adoption.view()).toMatchObject({ place: 'library', counts: { sure: 4 } });
    expect((await take('leave')).outcome).toMatchObject({ taken: 4 });
    expect(await contents(elsewhere)).toEqual(before);
    expect((await downloaded()).count).toBe(2);
    // What was missing lies beside what was there.
    const there = Object.keys(await contents(elsewhere)).filter((path) =>
      path.startsWith('Quint/Weather/0'),
    );
    expect(there).toEqual([
      'Quint/Weather/05 - Salt on the Sill.flac',
      'Quint/Weather/06 - Harbour Lights at Four (Piano Demo).flac',
    ]);
  });

  it('never overwrites what stands where a file would go', async () => {
    const own = 'Mirela Quint/Slow Weather/02 - Slow Weather.flac';
    await mkdir(dirname(run.path(own)), { recursive: true });
    await writeFile(run.path(own), 'mine');
    await look(elsewhere);
    const { outcome } = await take('move');
    expect(outcome).toMatchObject({
      taken: 3,
      stayed: [{ path: 'Quint/Weather/b.flac', reason: 'occupied' }],
    });
    expect(await readFile(run.path(own), 'utf8')).toBe('mine');
    expect(Object.keys(await contents(elsewhere))).toContain('Quint/Weather/b.flac');
  });

  it('says FOLDER_MISSING when the folder is away, and changes nothing', async () => {
    await look(elsewhere);
    await rm(elsewhere, { recursive: true });
    expect(await take('move')).toMatchObject({
      state: 'failed',
      error: { code: 'FOLDER_MISSING' },
    });
    expect(await run.tree()).toEqual([]);
    expect(await look(elsewhere)).toMatchObject({ error: { code: 'FOLDER_MISSING' } });
  });

  it('is compared with what is known where the service does not answer, and that is said', async () => {
    await run.engine.refreshPurchases();
    const fault = inject(run.store, statusFaults.reset(), { on: 'api' });
    expect(await look(elsewhere)).toMatchObject({
      state: 'review',
      albumsNotCompared: 1,
      // The track that was also bought singly is described by its purchase.
      counts: { sure: 1 },
    });
    fault.remove();
    expect(await look(elsewhere)).toMatchObject({ albumsNotCompared: 0, counts: { sure: 4 } });
  });
});

describe('a library that was sorted by hand, in the library folder', () => {
  const folder = 'Sorted/Mirela Quint - Slow Weather (2023)';
  beforeEach(async () => {
    await start(ALBUMS.slowWeather);
    await makeExisting(run.root, [
      { path: `${folder}/01. Harbour Lights At Four.flac`, trackId: one, formatId: 6 },
      { path: `${folder}/02. slow weather.flac`, trackId: two, formatId: 6 },
      { path: `${folder}/03. A Map Of The Kitchen.mp3`, trackId: three, formatId: 5 },
    ]);
  });

  it('is likely, so somebody has to say so, and stays where it is', async () => {
    const before = await contents(run.root);
    expect(await look(run.root)).toMatchObject({
      place: 'library',
      counts: { likely: 3 },
      chosen: { files: 0 },
    });
    await expect(run.engine.adoption.take('leave')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    const id = albumId(ALBUMS.slowWeather);
    run.engine.adoption.tick({ filter: 'likely', albumId: id, ids: null, chosen: true });
    expect((await take('leave')).outcome).toMatchObject({ taken: 3 });
    expect(await contents(run.root)).toEqual(before);
    expect((await downloaded()).asked.sort()).toEqual([four, five, six]);
    expect(await contents(run.root)).toMatchObject(before);
    expect((await run.tree()).every((path) => path.startsWith(`${folder}/`))).toBe(true);
    expect((await look(run.root)).known).toBe(6);
  });

  it('is given back without a file having moved', async () => {
    const before = await contents(run.root);
    await look(run.root);
    run.engine.adoption.tick({ filter: 'likely', albumId: null, ids: null, chosen: true });
    const { outcome } = await take('leave');
    await run.engine.adoption.undo(outcome!.stepId!);
    expect(await contents(run.root)).toEqual(before);
    expect((await look(run.root)).counts).toMatchObject({ likely: 3 });
    await downloaded();
    expect((await run.tree()).filter((path) => path.startsWith('Mirela Quint/'))).toHaveLength(7);
  });
});

describe('files that are less than what was bought', () => {
  it('are taken over as they are when they are whole, and said to be less', async () => {
    await start(ALBUMS.cathedral);
    const tracks = tracksOf(ALBUMS.cathedral);
    await makeExisting(elsewhere, [
      byIsrc('1.mp3', tracks[0]!, 5),
      byIsrc('2.flac', tracks[1]!, 6),
      byIsrc('3.flac', tracks[2]!, 27),
      byIsrc('3 again.mp3', tracks[2]!, 5),
    ]);
    await look(elsewhere);
    const { rows } = run.engine.adoption.page('sure', 0, 200);
    expect(rows.map((row) => (row.kind === 'file' ? row.betterFormatId : row.kind))).toEqual([
      'album',
      27,
      27,
      null,
    ]);
    expect(files('copy')).toEqual([`3 again.mp3 better-copy ${tracks[2]}`]);
    await take('copy');
    expect((await downloaded()).asked).toEqual([tracks[3]]);
    const manifest = await run.manifest();
    expect(
      manifest
        .filter(({ kind }) => kind === 'track')
        .map(({ receipt }) => receipt.servedFormatId)
        .sort(),
    ).toEqual([27, 27, 5, 6]);
  });

  it('are left out when they are damaged, and fetched anew on a wish, the old one set aside', async () => {
    await start(ALBUMS.slowWeather);
    await makeExisting(elsewhere, [
      byIsrc('a.flac', one),
      byIsrc('b.flac', two),
      byIsrc('c.flac', three),
    ]);
    await damage(join(elsewhere, 'b.flac'));
    // Longer than its track: whole, and not it.
    await rm(join(elsewhere, 'c.flac'));
    await writeFile(join(elsewhere, 'c.flac'), Buffer.alloc(2000));
    const broken = await readFile(join(elsewhere, 'b.flac'));
    expect((await look(elsewhere)).counts).toMatchObject({ sure: 2, damaged: 1 });
    expect((await take('copy')).outcome).toMatchObject({ taken: 1, damaged: 1 });
    expect(files('damaged')).toEqual([`b.flac damaged ${two}`, 'c.flac unreadable null']);
    await run.engine.adoption.steer('review');
    run.engine.adoption.tick({ filter: 'damaged', albumId: null, ids: null, chosen: true });
    expect(run.engine.adoption.view()?.chosen).toMatchObject({ files: 1, fresh: 1 });
    expect((await take('copy')).outcome).toMatchObject({ taken: 1, damaged: 0 });
    const { albums } = await run.engine.snapshot();
    expect(albums[0]).toMatchObject({ status: 'partly', tracksDone: 1 });
    expect((await downloaded()).count).toBe(5);
    const sound = await readFile(soundOf(two, 6));
    const now = await readFile(run.path('Mirela Quint/Slow Weather/02 - Slow Weather.flac'));
    expect(now.subarray(-1000)).toEqual(sound.subarray(-1000));
    const [aside] = (await run.workFiles()).filter((path) => /\/replaced\/.*\.flac$/.test(path));
    expect(await readFile(run.path(aside!))).toEqual(broken);
  });
});

it('takes another copy of a track where a person prefers it, also to one that turned out to be damaged', async () => {
  await start(ALBUMS.slowWeather);
  await makeExisting(elsewhere, [byIsrc('good.flac', one), byIsrc('old.mp3', one, 5)]);
  await damage(join(elsewhere, 'good.flac'));
  await look(elsewhere);
  const { adoption } = run.engine;
  const rowOf = (path: string) => {
    const filters = ['sure', 'copy', 'damaged'] as const;
    const rows = filters.flatMap((filter) => adoption.page(filter, 0, 200).rows);
    return rows.filter((row) => row.kind === 'file').find((row) => row.path === path)!;
  };
  const prefer = (path: string) => adoption.prefer(rowOf(path).id);
  expect(rowOf('old.mp3')).toMatchObject({ insteadOf: 'good.flac', choosable: false });
  expect(rowOf('good.flac')).toMatchObject({ insteadOf: null, chosen: true });
  prefer('old.mp3');
  expect(files('sure')).toEqual([`old.mp3 isrc ${one}`]);
  expect(files('copy')).toEqual([`good.flac other-preferred ${one}`]);
  expect(adoption.view()).toMatchObject({ chosen: { files: 1 }, counts: { sure: 1, copy: 1 } });
  prefer('good.flac');
  expect(files('sure')).toEqual([`good.flac isrc ${one}`]);

  expect((await take('copy')).outcome).toMatchObject({ taken: 0, damaged: 1 });
  expect(files('damaged')).toEqual([`good.flac damaged ${one}`]);
  prefer('old.mp3');
  expect((await take('copy')).outcome).toMatchObject({ taken: 1, damaged: 0 });
  expect(await run.tree()).toEqual(['Mirela Quint/Slow Weather/01 - Harbour Lights at Four.mp3']);
  // The library has it now: its place is no longer the review's to give.
  expect(rowOf('good.flac').insteadOf).toBeNull();
  expect(() => prefer('good.flac')).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
});

it('gives two editions of one album their own files', async () => {
  const [plain, anniversary] = ['0602455830919', 'w5nd81ycgp3ja'];
  await start(plain, anniversary);
  const files_ = [plain, anniversary].flatMap((id) =>
    tracksOf(id).map((trackId, index): ExistingFile => {
      const album = id === plain ? 'Paper Lanterns' : 'Paper Lanterns (10th Anniversary)';
      return {
        path: `${album}/${index + 1}.flac`,
        trackId,
        formatId: 6,
        tags: {
          ALBUM: [album],
          ARTIST: ['Ines Okoro'],
          TITLE: [
            [
              'Paper Lanterns',
              'Sunday Clothes',
              'Telephone Wire',
              'Low Tide Blessing',
              'Porch Song',
            ][index]!,
          ],
          UPC: [id === plain ? '602455830919' : '4260000047514'],
          TRACKNUMBER: [String(index + 1)],
        },
      };
    }),
  );
  await makeExisting(elsewhere, files_);
  expect((await look(elsewhere)).counts).toMatchObject({ sure: 9 });
  await take('move');
  expect((await downloaded()).count).toBe(0);
});
