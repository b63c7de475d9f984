import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSentTwice } from '../../faults/bytes.ts';
import { type Originals, originalsOf } from '../../faults/originals.ts';
import { type Findings, prove } from '../../faults/prover.ts';
import { openWorld, type World } from '../../faults/world.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';

let world: World;
let originals: Originals;
let sound: Map<string, string>;
beforeAll(async () => {
  world = await openWorld({
    catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss, ALBUMS.oneTake),
  });
  expect((await world.sync()).view).toMatchObject({ totals: { downloaded: 11, failed: 0 } });
  originals = await originalsOf(world.engine.store.catalogue);
  const tracks = (await world.engine.tree()).filter((path) => /\.(flac|mp3|dsf)$/.test(path));
  sound = new Map(tracks.map((path) => [path.slice(path.lastIndexOf('.')), path]));
});
afterAll(() => world.close());

const database = () => join(world.engine.home, 'library.sqlite');
const look = (reported: readonly number[] = [], stopped = false): Promise<Findings> =>
  prove({
    root: world.engine.root,
    database: database(),
    originals,
    said: { reported: new Set(reported), stopped },
  });
const clean = { corrupt: [], silent: [], lostRows: [], duplicates: [] };

/** Does something to the database and looks; then everything is as before. */
async function withRows(sql: string, work: () => Promise<void>): Promise<void> {
  const rows = new Database(database());
  rows.exec(sql);
  try {
    await work();
  } finally {
    rows.close();
  }
}

/** A file with other bytes for a while. */
async function withBytes(path: string, change: (bytes: Buffer) => Buffer, work: () => unknown) {
  const file = world.engine.path(path);
  const bytes = await readFile(file);
  await writeFile(file, change(Buffer.from(bytes)));
  try {
    await work();
  } finally {
    await writeFile(file, bytes);
  }
}

describe('the prover', () => {
  it('finds nothing in a library that is whole', async () => {
    const findings = await look();
    expect(findings).toMatchObject(clean);
    expect([...findings.whole].sort()).toEqual([...originals.keys()].sort());
  });

  it.each(['.flac', '.mp3', '.dsf'])('notices one bit in the sound of a %s', async (extension) => {
    const path = sound.get(extension) ?? '';
    const flip = (bytes: Buffer) => {
      const at = bytes.length - 200;
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      return bytes;
    };
    await withBytes(path, flip, async () => {
      const { corrupt, silent } = await look();
      expect(corrupt.join()).toContain(path);
      expect(silent.join()).toContain('done, and not whole');
    });
  });

  it('notices a file that lost its end, whatever size and hash its row has', async () => {
    const path = sound.get('.mp3') ?? '';
    await withBytes(
      path,
      (bytes) => bytes.subarray(0, bytes.length - 417),
      async () => {
        expect((await look()).corrupt.join()).toContain(path);
      },
    );
  });

  it('notices the sound of another track under a row that fits the file', async () => {
    const [one, other] = (await world.engine.manifest()).filter(({ path }) =>
      path.endsWith('.flac'),
    );
    const swap = (a = '', b = '') =>
      `UPDATE files SET track_id = -1 WHERE path = '${a}';
       UPDATE files SET track_id = (SELECT track_id FROM jobs WHERE target_path = '${a}') WHERE path = '${b}';
       UPDATE files SET track_id = (SELECT track_id FROM jobs WHERE target_path = '${b}') WHERE path = '${a}';`;
    await withRows(swap(one?.path, other?.path), async () => {
      expect((await look()).corrupt).toHaveLength(2);
    });
    await withRows(
      `UPDATE files SET track_id = -1 WHERE path = '${one?.path}';
       UPDATE files SET track_id = ${other?.trackId} WHERE path = '${other?.path}';
       UPDATE files SET track_id = ${one?.trackId} WHERE path = '${one?.path}';`,
      async () => expect(await look()).toMatchObject(clean),
    );
  });

  it('notices a lost file, by its row and by its job, unless the run said so', async () => {
    const path = sound.get('.dsf') ?? '';
    const kept = `${world.engine.root}-kept`;
    await copyFile(world.engine.path(path), kept);
    await rm(world.engine.path(path));
    const { lostRows, silent } = await look();
    expect(lostRows).toEqual([`${path}: a row without its file`]);
    expect(silent.some((line) => line.includes('done, and not whole'))).toBe(true);
    expect(silent.some((line) => line.includes('neither there nor reported'))).toBe(true);
    await copyFile(kept, world.engine.path(path));
    await rm(kept);
  });

  it('notices a track that nobody spoke of, and takes a word for it from run or track', async () => {
    const more = new Map([...originals, [4711, []]]);
    const ask = (reported: number[], stopped: boolean) =>
      prove({
        root: world.engine.root,
        database: database(),
        originals: more,
        said: { reported: new Set(reported), stopped },
      });
    expect((await ask([], false)).silent).toEqual(['4711: neither there nor reported']);
    expect((await ask([4711], false)).silent).toEqual([]);
    expect((await ask([], true)).silent).toEqual([]);
  });

  it('notices a second file without a row, and leaves alone what is the user’s', async () => {
    const path = sound.get('.flac') ?? '';
    const twin = path.replace('.flac', ' (2).flac');
    await copyFile(world.engine.path(path), world.engine.path(twin));
    expect(await look()).toMatchObject({
      lostRows: [`${twin}: a file without a row`],
      duplicates: [`${twin}: once more`],
    });
    const strangers = new Set([twin]);
    const said = { reported: new Set<number>(), stopped: false };
    const { root } = world.engine;
    expect(await prove({ root, database: database(), originals, said, strangers })).toMatchObject(
      clean,
    );
    await rm(world.engine.path(twin));
  });
});

describe('the count of bytes sent twice', () => {
  const request = (range: string | null, bytesSent: number, eid = '1') => ({
    kind: 'cdn' as const,
    method: 'GET',
    path: '/file',
    query: { eid, fmt: '6' },
    userAgent: '',
    range,
    at: 0,
    status: range === null ? 200 : 206,
    bytesSent,
  });

  it('is what the ranges of one file share', () => {
    expect(bytesSentTwice([request(null, 100), request('bytes=100-', 50)])).toBe(0);
    expect(bytesSentTwice([request(null, 100), request('bytes=60-', 90)])).toBe(40);
    expect(bytesSentTwice([request(null, 100), request(null, 100)])).toBe(100);
    expect(bytesSentTwice([request(null, 100), request(null, 100, '2')])).toBe(0);
    expect(bytesSentTwice([request(null, 10), request(null, 100), request(null, 30)])).toBe(40);
  });
});
