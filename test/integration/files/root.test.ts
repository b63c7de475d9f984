import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { readManifest, writeManifest } from '../../../src-main/files/manifest.ts';
import {
  createRoot,
  inspectRoot,
  type Marker,
  partPath,
  removeStaleParts,
} from '../../../src-main/files/root.ts';
import { scanRoot, type Unscanned } from '../../../src-main/files/scan.ts';
import { freeSpace, requireSpace } from '../../../src-main/files/space.ts';
import { walkFolder } from '../../../src-main/files/walk.ts';
import { accountId, albumId, jobId, rootId, trackId } from '../../../src-preload/contract/ids.ts';
import type { LibraryFile, TrackDecision } from '../../../src-preload/contract/library.ts';
import { TEMPLATE_PRESETS } from '../../../src-preload/contract/naming.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';

const SCAN_WORKER = new URL('../../../src-main/files/scan-worker.ts', import.meta.url);
const MARKER: Marker = {
  version: 1,
  libraryId: rootId('3f1c'),
  accountId: accountId('77'),
  createdAtMs: 1_763_000_000_000,
};
const DAY_MS = 86_400_000;

let folder: string;
let root: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-root-'));
  root = join(folder, 'Music', 'Qobuz');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const put = async (path: string, text = 'x') => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
};

describe('a library root', () => {
  it('is created with its parents and known again by its marker', async () => {
    expect(await inspectRoot(nodeFileSystem, root)).toEqual({ state: 'absent', marker: null });
    await createRoot(nodeFileSystem, root, MARKER);
    expect(await inspectRoot(nodeFileSystem, root)).toEqual({ state: 'marked', marker: MARKER });
    expect(await readdir(join(root, '.crateful'))).toEqual(['root.json']);
  });

  it('counts as empty with nothing but what systems leave in a folder', async () => {
    await put('.DS_Store');
    await put('.crateful/root.json.new', 'a marker that was never finished');
    expect((await inspectRoot(nodeFileSystem, root)).state).toBe('empty');
    await put('song.flac');
    expect((await inspectRoot(nodeFileSystem, root)).state).toBe('unmarked');
  });

  it.each([
    ['damaged', '{"version":1,"libr'],
    ['from a later version', '{"version":2,"libraryId":"x"}'],
  ])('with a marker that is %s is marked, by nobody we know', async (_, text) => {
    await put('.crateful/root.json', text);
    expect(await inspectRoot(nodeFileSystem, root)).toEqual({ state: 'marked', marker: null });
  });

  it('started anew keeps the files and takes the new marker', async () => {
    await createRoot(nodeFileSystem, root, MARKER);
    await put('song.flac');
    const anew = { ...MARKER, libraryId: rootId('9b2d') };
    await createRoot(nodeFileSystem, root, anew);
    expect((await inspectRoot(nodeFileSystem, root)).marker).toEqual(anew);
    expect(await readdir(root)).toContain('song.flac');
  });

  it('keeps its old marker when writing a new one fails at any call', async () => {
    await createRoot(nodeFileSystem, root, MARKER);
    for (let kill = 0, finished = false; !finished; kill += 1) {
      const dying = faultyFileSystem((_, index) => (index >= kill ? systemError('ENOSPC') : null));
      const anew = { ...MARKER, libraryId: rootId(`new-${kill}`) };
      finished = await createRoot(dying, root, anew).then(
        () => true,
        (error) => {
          expect(error).toMatchObject({ code: 'DISK_FULL' });
          return false;
        },
      );
      expect((await inspectRoot(nodeFileSystem, root)).marker).not.toBeNull();
      expect(kill).toBeLessThan(30);
    }
  });

  it('cannot be where a file is', async () => {
    await mkdir(join(folder, 'Music'));
    await writeFile(root, 'a file');
    await expect(createRoot(nodeFileSystem, root, MARKER)).rejects.toMatchObject({
      code: 'PATH_NOT_WRITABLE',
    });
    await expect(inspectRoot(nodeFileSystem, root)).rejects.toMatchObject({
      code: 'PATH_NOT_WRITABLE',
    });
  });

  it('loses only working files that are old and belong to no job', async () => {
    await createRoot(nodeFileSystem, root, MARKER);
    const nowMs = Date.now();
    for (const [id, days] of [
      ['kept', 90],
      ['old', 31],
      ['fresh', 29],
    ] as const) {
      for (const kind of ['part', 'tagged'] as const) {
        const path = partPath(root, jobId(id), kind);
        await writeFile(path, 'x');
        await utimes(path, new Date(nowMs - days * DAY_MS), new Date(nowMs - days * DAY_MS));
      }
    }
    const keep = new Set([jobId('kept')]);
    const options = { rootPath: root, keep, nowMs, maxAgeMs: 30 * DAY_MS };
    expect(await removeStaleParts(nodeFileSystem, options)).toBe(2);
    expect((await readdir(join(root, '.crateful'))).sort()).toEqual([
      'fresh.part',
      'fresh.tagged',
      'kept.part',
      'kept.tagged',
      'root.json',
    ]);
  });
});

describe('free space', () => {
  it('is that of the nearest parent for a folder not created yet', async () => {
    const there = await freeSpace(nodeFileSystem, folder);
    const soon = await freeSpace(nodeFileSystem, root);
    expect(there.totalBytes).toBeGreaterThan(0);
    expect(soon.totalBytes).toBe(there.totalBytes);
  });

  it('refuses what would eat into the reserve, with the figures', async () => {
    const volume = { bavail: 30, bsize: 10, blocks: 1000 };
    const fs = {
      ...nodeFileSystem,
      statfs: async () => volume,
    } as unknown as typeof nodeFileSystem;
    await requireSpace(fs, root, 200, 1);
    await expect(requireSpace(fs, root, 201, 1)).rejects.toMatchObject({
      code: 'DISK_FULL',
      params: { neededBytes: 201, freeBytes: 200 },
    });
    await requireSpace(fs, root, 300, 0);
  });

  it('lets a share pass that states no size', async () => {
    const volume = { bavail: 0, bsize: 0, blocks: 0 };
    const fs = {
      ...nodeFileSystem,
      statfs: async () => volume,
    } as unknown as typeof nodeFileSystem;
    await requireSpace(fs, root, 1e9, 1);
  });
});

describe('the manifest', () => {
  const file = (number: number): LibraryFile => ({
    rootId: MARKER.libraryId,
    albumId: albumId(`a${number}`),
    trackId: number % 5 === 0 ? null : trackId(number),
    kind: number % 5 === 0 ? 'cover' : 'track',
    path: `Ada Lund/“Né” ${number}/01 - 夜\u2028.flac`,
    bytes: number,
    modifiedMs: 1_763_000_000_000 + number,
    receipt: {
      sha256: 'ab'.repeat(32),
      bytes: number,
      audioHash: number % 5 === 0 ? null : { kind: 'flac-pcm-md5', value: 'cd'.repeat(16) },
      durationSeconds: 1.5,
      requestedFormatId: 27,
      servedFormatId: 7,
      samplingRateKHz: 44.1,
      bitDepth: 24,
      refusedFormats: [{ formatId: 27, restriction: 'FormatRestrictedByFormatAvailability' }],
      cratefulVersion: '0.1.0',
    },
  });
  const placements = [
    {
      rootId: MARKER.libraryId,
      albumId: albumId('a1'),
      folder: 'Ada Lund – “Né” 1',
      template: TEMPLATE_PRESETS.flat,
      sides: { covers: true, booklets: false },
    },
  ];
  const decisions: readonly TrackDecision[] = [
    {
      rootId: MARKER.libraryId,
      albumId: albumId('a1'),
      trackId: trackId(1),
      decision: 'left-out',
      offer: null,
    },
  ];
  const NOTHING = { files: [], placements: [], decisions: [] };
  const files = Array.from({ length: 3000 }, (_, index) => file(index));

  it('gives back every file, placement and decision it was given', async () => {
    async function* pages() {
      yield* files;
    }
    await writeManifest(nodeFileSystem, root, placements, pages(), decisions);
    expect(await readManifest(nodeFileSystem, root)).toEqual({ files, placements, decisions });
    await writeManifest(nodeFileSystem, root, [], []);
    expect(await readManifest(nodeFileSystem, root)).toEqual(NOTHING);
  });

  it('is empty where there is none', async () => {
    expect(await readManifest(nodeFileSystem, root)).toEqual(NOTHING);
  });

  it('loses only the lines that are damaged, unknown or lead out of the root', async () => {
    const plain = { ...file(1), path: 'a/1.flac' };
    const line = (patch: object) => JSON.stringify({ v: 1, ...plain, ...patch });
    await put(
      '.crateful/manifest.jsonl',
      [
        line({}),
        '{"v":1,"rootId":"cut in the mid',
        line({ v: 2 }),
        line({ path: '../../.bashrc' }),
        line({ path: 'C:\\Windows\\x' }),
        line({ receipt: null }),
        JSON.stringify({ v: 1, ...placements[0], kind: 'album', folder: '../x' }),
        '',
        '\0\0\0\0',
        line({ albumId: 'last' }),
      ].join('\n'),
    );
    expect(await readManifest(nodeFileSystem, root)).toEqual({
      ...NOTHING,
      files: [plain, { ...plain, albumId: albumId('last') }],
    });
  });

  it('stays the old one when writing fails at any call', async () => {
    await writeManifest(nodeFileSystem, root, [], files.slice(0, 2));
    for (let kill = 0, finished = false; !finished; kill += 1) {
      const dying = faultyFileSystem(({ path, name }, index) =>
        index >= kill ? systemError(`EIO at ${name} ${path}`) : null,
      );
      finished = await writeManifest(dying, root, [], files).then(
        () => true,
        () => false,
      );
      const count = (await readManifest(nodeFileSystem, root)).files.length;
      expect([2, files.length]).toContain(count);
      expect(kill).toBeLessThan(60);
    }
    expect(await readdir(join(root, '.crateful'))).toEqual(['manifest.jsonl']);
  });
});

describe('a scan', () => {
  const scan = (options?: Parameters<typeof scanRoot>[2]) => scanRoot(root, SCAN_WORKER, options);

  it('lists thousands of files with size and time, and nothing of the work folder', async () => {
    await createRoot(nodeFileSystem, root, MARKER);
    const expected: string[] = [];
    for (let album = 0; album < 60; album += 1) {
      await mkdir(join(root, `Artist ${album % 7}/Album ${album}/Disc 1`), { recursive: true });
      for (let track = 0; track < 80; track += 1) {
        const path = `Artist ${album % 7}/Album ${album}/Disc 1/${track}.flac`;
        await writeFile(join(root, path), 'x'.repeat(track));
        expected.push(path);
      }
    }
    const entries = await scan();
    expect(entries.map(({ path }) => path).sort()).toEqual(expected.sort());
    expect(entries.every(({ path, bytes }) => path.endsWith(`/${bytes}.flac`))).toBe(true);
    expect(entries.every(({ modifiedMs }) => Number.isInteger(modifiedMs))).toBe(true);
  });

  it('gives NFC paths, and beside them the spelling that opens the file', async () => {
    await put('Cafe\u0301/e\u0301.flac');
    const [entry] = await scan();
    expect(entry?.path).toBe('Caf\u00e9/\u00e9.flac');
    expect(await nodeFileSystem.readFile(join(root, entry!.storedPath), 'utf8')).toBe('x');
  });

  it('follows no link, and says which it passed over', async () => {
    await put('a.flac');
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere/secret.flac'), 'x');
    await symlink(join(folder, 'elsewhere'), join(root, 'out'));
    await symlink(root, join(root, 'loop'));
    const passedOver: Unscanned[] = [];
    const entries = await scan({ onUnscanned: (one) => passedOver.push(one) });
    expect(entries.map(({ path }) => path)).toEqual(['a.flac']);
    expect(passedOver.sort((a, b) => (a.storedPath < b.storedPath ? -1 : 1))).toEqual([
      { storedPath: 'loop', reason: 'LINK' },
      { storedPath: 'out', reason: 'LINK' },
    ]);
  });

  it('goes on past a folder it cannot read, and says which', async () => {
    await put('a/1.flac');
    await put('b/2.flac');
    const walk = walkFolder(root);
    const first = walk.next().value;
    await rm(join(root, 'b'), { recursive: true });
    expect([first, ...walk]).toMatchObject([
      { path: 'a/1.flac' },
      { storedPath: 'b', reason: 'ENOENT' },
    ]);
  });

  it('of a root that is not there is not an empty list', async () => {
    await expect(scan()).rejects.toMatchObject({ code: 'LIBRARY_ROOT_MISSING' });
    await put('a/1.flac');
    await put('b/2.flac');
    const walk = walkFolder(root);
    walk.next();
    await rm(root, { recursive: true });
    expect(() => [...walk]).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('stops when told to', async () => {
    await put('a.flac');
    const stop = new AbortController();
    const scanning = scan({ signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(scanning).rejects.toThrow('enough');
  });
});
