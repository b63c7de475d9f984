import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../src-main/library/library.ts';
import { openLibrary } from '../../../src-main/library/library.ts';
import { accountId, albumId, rootId, runId, trackId } from '../../../src-preload/contract/ids.ts';
import * as rows from './rows.ts';

const { ACCOUNT, ROOT, RUN } = rows;
const OTHER = accountId('1002');

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-library-'));
  library = await rows.libraryWithRoot(join(folder, 'library.sqlite'));
});
afterEach(async () => {
  library.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a new process would read. */
const reopen = () => {
  library.close();
  library = openLibrary(join(folder, 'library.sqlite'));
};

describe('accounts', () => {
  it('have one at most in use, and renewing one keeps whether it is signed in', async () => {
    await library.accounts.upsert({ id: OTHER, name: 'Bo', country: null, plan: 'Studio' });
    expect(await library.accounts.current()).toBeNull();
    await library.accounts.setCurrent(ACCOUNT);
    await library.accounts.setCurrent(OTHER);
    await library.accounts.setSignedIn(OTHER, false);
    await library.accounts.upsert({ id: OTHER, name: 'Bo B.', country: 'DE', plan: null });
    const bo = { id: OTHER, name: 'Bo B.', country: 'DE', plan: null, signedIn: false };
    expect(await library.accounts.current()).toEqual(bo);
    expect(await library.accounts.list()).toEqual([expect.objectContaining({ id: ACCOUNT }), bo]);
    await library.accounts.setCurrent(null);
    expect(await library.accounts.current()).toBeNull();
    expect(await library.accounts.get(accountId('9'))).toBeNull();
  });
});

describe('library roots', () => {
  it('are in use one an account, move with their folder, and start anew at the same path', async () => {
    const anew = rootId('0b1f6a3e-7f7a-4f3e-9d0c-3f1f9e1f0002');
    const root = (await library.roots.get(ROOT))!;
    await library.roots.setCurrent(ACCOUNT, ROOT);
    await library.roots.upsert({ ...root, id: anew, preference: 'cd' });
    await library.roots.setCurrent(ACCOUNT, anew);
    expect(await library.roots.byPath('/music')).toEqual({ ...root, id: anew, preference: 'cd' });
    await library.roots.setPath(anew, '/mnt/music');
    expect(await library.roots.current(ACCOUNT)).toMatchObject({ id: anew, path: '/mnt/music' });
    expect(await library.roots.byPath('/music')).toEqual(root);
    expect((await library.roots.list(ACCOUNT)).map((each) => each.id)).toEqual([ROOT, anew]);
    expect(await library.roots.byPath('/elsewhere')).toBeNull();
  });
});

describe('purchases', () => {
  it('come back as they were listed, singles and unknown formats included', async () => {
    const listed = [
      rows.purchase('a1', { formatIds: [27, 99, 6] }),
      rows.purchase('a2', { formatIds: [], downloadable: false }),
      rows.purchase('a1', {
        trackId: trackId(11),
        track: rows.track('a1', 11),
        formatsKnown: false,
      }),
    ];
    await library.purchases.saveListing(ACCOUNT, listed, {
      kind: 'albums',
      listedAtMs: 5,
      oddRows: 0,
    });
    reopen();
    expect(await library.purchases.list(ACCOUNT)).toEqual(
      listed.map((each) => ({ ...each, lastSeenMs: 5 })),
    );
    expect(await library.purchases.list(OTHER)).toEqual([]);
  });

  it('stay when a later listing is shorter, and only their last sight tells', async () => {
    const save = (ids: string[], listedAtMs: number, formatIds: number[]) =>
      library.purchases.saveListing(
        ACCOUNT,
        ids.map((id) => rows.purchase(id, { formatIds })),
        { kind: 'albums', listedAtMs, oddRows: 0 },
      );
    await save(['a1', 'a2'], 1, [27, 7]);
    await save(['a2'], 2, [6]);
    const seen = (await library.purchases.list(ACCOUNT)).map((each) => [
      each.albumId,
      each.lastSeenMs,
      each.formatIds,
    ]);
    expect(seen).toEqual([
      ['a1', 1, [27, 7]],
      ['a2', 2, [6]],
    ]);
  });

  it('count as listed once both kinds were, with the age of the older and all odd rows', async () => {
    const { saveListing, listing } = library.purchases;
    expect(await listing(ACCOUNT)).toBeNull();
    await saveListing(ACCOUNT, [], { kind: 'albums', listedAtMs: 7, oddRows: 2 });
    expect(await listing(ACCOUNT)).toBeNull();
    await saveListing(ACCOUNT, [], { kind: 'tracks', listedAtMs: 9, oddRows: 1 });
    expect(await listing(ACCOUNT)).toEqual({ listedAtMs: 7, oddRows: 3 });
  });

  it('are read whole when there are several thousand, while other work goes on', async () => {
    const many = Array.from({ length: 2503 }, (_, index) => rows.purchase(`a${index}`));
    await library.purchases.saveListing(ACCOUNT, many, {
      kind: 'albums',
      listedAtMs: 1,
      oddRows: 0,
    });
    let turns = 0;
    const ticking = setInterval(() => turns++, 0);
    const read = await library.purchases.list(ACCOUNT);
    clearInterval(ticking);
    expect(read.map((each) => each.albumId)).toEqual(many.map((each) => each.albumId));
    expect(turns).toBeGreaterThan(0);
  });
});

describe('albums', () => {
  it('keep their whole track list, and putting one again replaces it', async () => {
    await library.albums.put(rows.detail('a1', 11, 12, 13));
    await library.albums.put(rows.detail('a2', 21));
    await library.albums.put(rows.detail('a1', 12, 14));
    reopen();
    expect(await library.albums.get(albumId('a1'))).toEqual(rows.detail('a1', 12, 14));
    expect(await library.albums.known()).toEqual(new Set(['a1', 'a2']));
    const many = await library.albums.getMany([albumId('a2'), albumId('none'), albumId('a1')]);
    expect([...many.keys()]).toEqual(['a2', 'a1']);
    expect(many.get(albumId('a2'))).toEqual(rows.detail('a2', 21));
    expect(await library.albums.get(albumId('none'))).toBeNull();
  });

  it('take a list that names one track twice', async () => {
    await library.albums.put(rows.detail('a1', 11, 11));
    expect((await library.albums.get(albumId('a1')))?.tracks).toHaveLength(2);
  });
});

describe('placements', () => {
  it('never change once given', async () => {
    const at = (id: string, folder: string) => ({ rootId: ROOT, albumId: albumId(id), folder });
    await library.placements.add([at('a1', 'A/One'), at('a2', 'A/Two')]);
    await library.placements.add([at('a1', 'A/Other'), at('a3', 'A/Three')]);
    expect(await library.placements.list(ROOT)).toEqual([
      at('a1', 'A/One'),
      at('a2', 'A/Two'),
      at('a3', 'A/Three'),
    ]);
  });

  it('are all stored or none, and two albums never share a folder', async () => {
    const at = (id: string, folder: string) => ({ rootId: ROOT, albumId: albumId(id), folder });
    await expect(library.placements.add([at('a1', 'A'), at('a2', 'A')])).rejects.toThrow();
    expect(await library.placements.list(ROOT)).toEqual([]);
  });
});

describe('library files', () => {
  const put = (file: ReturnType<typeof rows.file>) => library.files.put(file, rows.keyOf(file));

  it('come back with their whole receipt', async () => {
    const cover = rows.file({
      trackId: null,
      kind: 'cover',
      path: 'The Parallels/Album a1/cover.jpg',
      receipt: rows.receipt({
        audioHash: null,
        durationSeconds: null,
        requestedFormatId: null,
        servedFormatId: null,
        samplingRateKHz: null,
        bitDepth: null,
        refusedFormats: [],
      }),
    });
    await put(rows.file());
    await put(cover);
    reopen();
    expect(await library.files.list(ROOT)).toEqual([rows.file(), cover]);
    expect(await library.files.byAlbum(ROOT, albumId('a1'))).toEqual([rows.file(), cover]);
    expect(await library.files.byAlbum(ROOT, albumId('a2'))).toEqual([]);
    expect(await library.files.count(ROOT)).toBe(2);
  });

  it('are one a track: another format at another path takes the row over', async () => {
    await put(rows.file());
    const mp3 = rows.file({ path: 'The Parallels/Album a1/01 - Track 11.mp3', bytes: 99 });
    await put(mp3);
    expect(await library.files.list(ROOT)).toEqual([mp3]);
  });

  it('are one a path, whatever its case: a later file replaces the row', async () => {
    await put(rows.file());
    const twin = rows.file({
      trackId: trackId(12),
      path: 'The Parallels/ALBUM A1/01 - Track 11.flac',
    });
    await put(twin);
    expect(await library.files.list(ROOT)).toEqual([twin]);
    await put(rows.file({ path: 'other.flac' }));
    await put(rows.file({ path: twin.path }));
    expect(await library.files.list(ROOT)).toEqual([rows.file({ path: twin.path })]);
  });

  it('are forgotten by their path, in their root only', async () => {
    await put(rows.file());
    await library.files.delete(rootId('another'), rows.file().path);
    expect(await library.files.count(ROOT)).toBe(1);
    await library.files.delete(ROOT, rows.file().path);
    expect(await library.files.count(ROOT)).toBe(0);
  });

  it('are each read once when rows change between two pages', async () => {
    const files = Array.from({ length: 3000 }, (_, index) =>
      rows.file({
        albumId: albumId(`a${index}`),
        trackId: trackId(index + 1),
        path: `${index}.flac`,
      }),
    );
    await library.files.putMany(files.map((file) => ({ file, pathKey: rows.keyOf(file) })));
    const reading = library.files.list(ROOT);
    await put(rows.file({ albumId: albumId('a5'), trackId: trackId(6), path: '5.mp3' }));
    const read = await reading;
    expect(read).toHaveLength(3000);
    expect(new Set(read.map((each) => each.trackId)).size).toBe(3000);
  });
});

describe('refusals', () => {
  it('are found for the tracks asked for, replaced and taken back', async () => {
    const refusal = (id: number, formatsKey = '6,7,27') => ({
      accountId: ACCOUNT,
      trackId: trackId(id),
      error: {
        code: 'TRACK_WITHHELD' as const,
        params: { restriction: 'TrackRestrictedByRightHolders' },
      },
      formatsKey,
      refusedAtMs: id,
    });
    await library.refusals.put(refusal(1));
    await library.refusals.put(refusal(2));
    await library.refusals.put(refusal(1, '5'));
    expect(await library.refusals.get(ACCOUNT, [trackId(1), trackId(3)])).toEqual(
      new Map([[1, refusal(1, '5')]]),
    );
    await library.refusals.delete(ACCOUNT, trackId(1));
    expect(await library.refusals.list(ACCOUNT)).toEqual([refusal(2)]);
    expect(await library.refusals.get(OTHER, [trackId(2)])).toEqual(new Map());
  });
});

describe('settings', () => {
  it('keep any JSON value in their own scope and owner', async () => {
    const { settings } = library;
    await settings.set('machine', '', 'concurrency', 3);
    await settings.set('root', ROOT, 'preference', 'cd');
    await settings.set('root', 'other', 'preference', 'mp3');
    await settings.set('machine', '', 'nothing', null);
    await settings.set('machine', '', 'gone', true);
    await settings.set('machine', '', 'gone', undefined);
    reopen();
    expect(await library.settings.all('machine', '')).toEqual({ concurrency: 3, nothing: null });
    expect(await library.settings.get('root', ROOT, 'preference')).toBe('cd');
    expect(await library.settings.get('root', ROOT, 'concurrency')).toBeUndefined();
  });
});

describe('album overrides', () => {
  it('are empty until somebody makes one', async () => {
    expect(await library.overrides.list(ACCOUNT)).toEqual([]);
  });
});

describe('events', () => {
  const event = (seq: number, at: number) => ({
    v: 1 as const,
    seq,
    at,
    severity: 'info' as const,
    runId: RUN,
    jobId: null,
    attempt: 2,
    accountId: ACCOUNT,
    code: 'JOB_DONE' as const,
    context: { bytes: 12, path: 'a/b.flac', adopted: false, none: null },
  });
  const DAY_MS = 24 * 60 * 60 * 1000;

  it('come back as they were, the newest of them, oldest first', async () => {
    for (const seq of [1, 2, 3]) await library.events.append(event(seq, seq));
    expect(await library.events.recent(2)).toEqual([event(2, 2), event(3, 3)]);
  });

  it('older than 30 days go, and their numbers are never given again', async () => {
    expect(await library.events.lastSeq()).toBe(0);
    await library.events.append(event(1, 0));
    await library.events.append(event(2, 2 * DAY_MS));
    await library.events.prune(31 * DAY_MS);
    expect((await library.events.recent(9)).map((each) => each.seq)).toEqual([2]);
    await library.events.prune(99 * DAY_MS);
    reopen();
    expect(await library.events.recent(9)).toEqual([]);
    expect(await library.events.lastSeq()).toBe(2);
  });
});

describe('runs', () => {
  it('are remembered from their start to their end, newest first', async () => {
    const totals = {
      planned: 3,
      downloaded: 2,
      skipped: 0,
      failed: 1,
      unavailable: 0,
      bytes: 10,
      plannedBytes: 12,
      doneBytes: 10,
    };
    expect(await library.runs.last()).toBeNull();
    const start = { accountId: ACCOUNT, rootId: ROOT };
    await library.runs.start({ ...start, id: RUN, startedAtMs: 10 });
    const error = { code: 'DISK_FULL' as const, params: { neededBytes: 5, freeBytes: 1 } };
    await library.runs.finish(RUN, { endedAtMs: 20, state: 'stopped', totals, error });
    await library.runs.start({ ...start, id: runId('run-2'), startedAtMs: 30 });
    const [second, first] = await library.runs.recent(5);
    expect(first).toEqual({
      ...start,
      id: RUN,
      startedAtMs: 10,
      endedAtMs: 20,
      state: 'stopped',
      totals,
      error,
    });
    expect(second).toMatchObject({ endedAtMs: null, totals: null, error: null });
    expect(await library.runs.last()).toEqual(second);
  });
});
