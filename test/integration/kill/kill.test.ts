import { execFileSync } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { CatalogueData } from '../../../src-main/demo/catalogue.ts';
import type { RecordedRequest } from '../../../src-main/demo/store.ts';
import { BIG_TRACKS, bigFiles } from '../../support/big-files.ts';
import {
  type CliEnd,
  type CliWorld,
  createCliWorld,
  parseLines,
} from '../../support/cli-process.ts';
import { ALBUMS, tracksOf } from '../../support/demo-albums.ts';

const MIB = 1024 * 1024;
const CONCURRENCY = 3;
const KILLS = 25;

let audio: string;
let catalogue: CatalogueData;
/** Bytes of the big tracks as the store has them. */
const sizes = new Map<number, number>();
beforeAll(async () => {
  audio = await mkdtemp(join(tmpdir(), 'crateful-big-'));
  catalogue = await bigFiles(audio, ALBUMS.longTable);
  for (const { id, files } of catalogue.albums.flatMap(({ tracks }) => tracks)) {
    const [file = ''] = Object.values(files);
    if (BIG_TRACKS.includes(id)) sizes.set(id, (await stat(file)).size);
  }
});
afterAll(() => rm(audio, { recursive: true, force: true }));

let world: CliWorld;
afterEach(() => world.close());

/** Numbers in [0, 1) that a seed fixes (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** When a sync is killed: so many bytes of files or requests after its start, or at so many-th saved file. */
interface Moment {
  readonly what: 'bytes' | 'requests' | 'saved';
  readonly count: number;
}

function randomMoment(random: () => number): Moment {
  const kind = random();
  if (kind < 0.7) return { what: 'bytes', count: Math.floor(random() * 1.5 * MIB) };
  if (kind < 0.85) return { what: 'requests', count: 1 + Math.floor(random() * 8) };
  return { what: 'saved', count: 1 + Math.floor(random() * 2) };
}

/** Syncs until the moment comes, then kills without a word; null lets it end by itself. */
async function syncUntil(moment: Moment | null): Promise<CliEnd> {
  const cli = world.start([
    ...['sync', '--to', world.root, '--json', '--concurrency', String(CONCURRENCY)],
  ]);
  const counts = { bytes: 0, requests: 0, saved: 0 };
  const count = (what: Moment['what'], more: number) => {
    counts[what] += more;
    if (moment?.what === what && counts[what] >= moment.count) cli.kill('SIGKILL');
  };
  // Small pieces with a rest after each: what was sent and not yet received stays little.
  async function* counted(body: AsyncIterable<Uint8Array>) {
    for await (const chunk of body) {
      for (let at = 0; at < chunk.length; at += 32_768) {
        const piece = chunk.subarray(at, at + 32_768);
        yield piece;
        count('bytes', piece.length);
        await pause(2);
      }
    }
  }
  const hook = {
    intercept() {
      count('requests', 1);
      return null;
    },
    shape: <Answer extends { readonly body: AsyncIterable<Uint8Array> }>(answer: Answer) => ({
      ...answer,
      body: counted(answer.body),
    }),
  };
  cli.child.stdout?.on('data', (chunk: string) => {
    count('saved', chunk.split('"type":"done"').length - 1);
  });
  world.store.faults.add(hook);
  const ended = await cli.ended;
  world.store.faults.delete(hook);
  return ended;
}

function query<Row>(sql: string): Row[] {
  const database = new Database(join(world.home, 'library.sqlite'), { readonly: true });
  try {
    return database.prepare<[], Row>(sql).all();
  } finally {
    database.close();
  }
}

const savedPaths = (): string[] =>
  query<{ path: string }>('SELECT path FROM files').map(({ path }) => path);

/** Bytes of each track's part on the disk. */
async function partsOnDisk(): Promise<Map<number, number>> {
  const work = join(world.root, '.crateful');
  const jobs = query<{ id: string; track: number | null }>(
    'SELECT id, track_id AS track FROM jobs',
  );
  const parts = new Map<number, number>();
  for (const { id, track } of jobs) {
    const size = await stat(join(work, `${id}.part`)).then(
      (stats) => stats.size,
      () => null,
    );
    if (track !== null && size !== null) parts.set(track, size);
  }
  return parts;
}

const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31));

it(`loses nothing and fetches next to nothing twice, killed ${KILLS} times (seed ${seed})`, async () => {
  const random = seeded(seed);
  for (let kills = 0; kills < KILLS; ) {
    world = await createCliWorld({ catalogue });
    const killed = await syncThroughKills(random, KILLS - kills);
    kills += killed;
    await proveLibrary();
    const sent = world.store.requests
      .filter(({ kind, query: asked }) => kind === 'cdn' && sizes.has(Number(asked.eid)))
      .reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    const needed = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(sent).toBeLessThanOrEqual(needed + killed * CONCURRENCY * MIB);
    if (kills < KILLS) await world.close();
  }
});

/** Syncs one library until it is complete, killed at most so many times on the way; gives how many times it was. */
async function syncThroughKills(random: () => number, atMost: number): Promise<number> {
  let parts = new Map<number, number>();
  let saved: string[] = [];
  for (let kills = 0; ; kills++) {
    const asked = world.store.requests.length;
    const ended = await syncUntil(kills < atMost ? randomMoment(random) : null);
    expectResumed(world.store.requests.slice(asked), parts);
    if (ended.signal !== 'SIGKILL') {
      expect(ended).toMatchObject({ code: 0 });
      return kills;
    }
    // Killed before it had a folder or a database, it has promised nothing.
    const begun = await stat(join(world.root, '.crateful/root.json')).catch(() => null);
    if (!begun) continue;
    parts = await partsOnDisk();
    const known = savedPaths();
    expect(known).toEqual(expect.arrayContaining(saved));
    saved = known;
    expectKept(ended, parts);
  }
}

/** Every transfer goes on at the very byte the disk has; what is whole is not asked for again. */
function expectResumed(
  requests: readonly RecordedRequest[],
  parts: ReadonlyMap<number, number>,
): void {
  const firsts = new Map<number, string | null>();
  for (const { kind, query: asked, range } of requests) {
    const id = Number(asked.eid);
    if (kind === 'cdn' && !firsts.has(id)) firsts.set(id, range);
  }
  for (const [id, range] of firsts) {
    const had = parts.get(id) ?? 0;
    expect({ id, range }).toEqual({ id, range: had > 0 ? `bytes=${had}-` : null });
    expect(had).not.toBe(sizes.get(id));
  }
}

/** What was reported as received is on the disk, but for the last MiB. */
function expectKept({ stdout }: CliEnd, parts: ReadonlyMap<number, number>): void {
  const received = new Map<number, number>();
  for (const line of parseLines(stdout)) {
    if (line.type === 'progress') received.set(Number(line.trackId), Number(line.receivedBytes));
  }
  for (const [id, bytes] of received) {
    const onDisk = parts.get(id);
    if (onDisk !== undefined) expect(bytes - onDisk).toBeLessThanOrEqual(MIB);
  }
}

/** Every file whole and once, every row there, nothing left over. */
async function proveLibrary(): Promise<void> {
  const rows = query<{ path: string; sha256: string; bytes: number; track: number | null }>(
    'SELECT path, sha256, bytes, track_id AS track FROM files',
  );
  const tracks = rows.flatMap(({ track }) => (track === null ? [] : [track]));
  expect([...tracks].sort()).toEqual([...tracksOf(ALBUMS.longTable), ...BIG_TRACKS].sort());
  for (const { path, sha256, bytes } of rows) {
    const content = await readFile(join(world.root, path));
    expect({ path, bytes: content.length }).toEqual({ path, bytes });
    expect(createHash('sha256').update(content).digest('hex'), path).toBe(sha256);
    if (path.endsWith('.flac') && hasFlac) {
      execFileSync('flac', ['-t', '-s', join(world.root, path)]);
    }
  }
  const entries = await readdir(world.root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(world.root.length + 1));
  expect(files.filter((path) => !path.startsWith('.crateful')).sort()).toEqual(
    rows.map(({ path }) => path).sort(),
  );
  expect(files.filter((path) => /\.(part|tagged)$/.test(path))).toEqual([]);
  expect(query("SELECT id FROM jobs WHERE state <> 'done'")).toEqual([]);
}

const hasFlac = (() => {
  try {
    execFileSync('flac', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
