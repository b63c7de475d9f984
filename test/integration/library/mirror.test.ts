import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../src-main/library/library.ts';
import { openLibrary } from '../../../src-main/library/library.ts';
import { accountId, albumId, trackId } from '../../../src-preload/contract/ids.ts';
import * as rows from './rows.ts';

const { ACCOUNT } = rows;
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
      rows: 1,
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
        { kind: 'albums', listedAtMs, rows: 1, oddRows: 0 },
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
    await saveListing(ACCOUNT, [], { kind: 'albums', listedAtMs: 7, rows: 1, oddRows: 2 });
    expect(await listing(ACCOUNT)).toBeNull();
    await saveListing(ACCOUNT, [], { kind: 'tracks', listedAtMs: 9, rows: 1, oddRows: 1 });
    expect(await listing(ACCOUNT)).toEqual({ listedAtMs: 7, oddRows: 3 });
  });

  it('are read whole when there are several thousand, while other work goes on', async () => {
    const many = Array.from({ length: 2503 }, (_, index) => rows.purchase(`a${index}`));
    await library.purchases.saveListing(ACCOUNT, many, {
      kind: 'albums',
      listedAtMs: 1,
      rows: 1,
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
    expect(await library.albums.get(albumId('none'))).toBeNull();
  });

  it('take a list that names one track twice', async () => {
    await library.albums.put(rows.detail('a1', 11, 11));
    expect((await library.albums.get(albumId('a1')))?.tracks).toHaveLength(2);
  });
});
