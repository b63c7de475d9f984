import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../src-main/library/library.ts';
import { openLibrary } from '../../../src-main/library/library.ts';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';
import type { Placement } from '../../../src-preload/contract/library.ts';
import { TEMPLATE_PRESETS } from '../../../src-preload/contract/naming.ts';
import * as rows from './rows.ts';

const { ROOT } = rows;

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

describe('placements', () => {
  const at = (id: string, folder: string): Placement => ({
    rootId: ROOT,
    albumId: albumId(id),
    folder,
    template: TEMPLATE_PRESETS.flat,
    sides: { covers: true, booklets: false },
  });

  it('remember with which side files their album was planned', async () => {
    await library.placements.add([at('a1', 'A/One'), at('a2', 'A/Two')]);
    const sides = { covers: false, booklets: true };
    await library.placements.planned(ROOT, albumId('a1'), sides);
    reopen();
    expect(await library.placements.list(ROOT)).toEqual([
      { ...at('a1', 'A/One'), sides },
      at('a2', 'A/Two'),
    ]);
  });

  it('never change once given', async () => {
    await library.placements.add([at('a1', 'A/One'), at('a2', 'A/Two')]);
    await library.placements.add([at('a1', 'A/Other'), at('a3', 'A/Three')]);
    expect(await library.placements.list(ROOT)).toEqual([
      at('a1', 'A/One'),
      at('a2', 'A/Two'),
      at('a3', 'A/Three'),
    ]);
  });

  it('are all stored or none, and two albums never share a folder', async () => {
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
