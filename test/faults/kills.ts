import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { CatalogueData } from '../../src-main/demo/catalogue.ts';
import type { RecordedRequest } from '../../src-main/demo/store.ts';
import { bigFiles } from '../support/big-files.ts';
import { type CliEnd, type CliWorld, createCliWorld, parseLines } from '../support/cli-process.ts';
import { ALBUMS } from '../support/demo-albums.ts';
import { bytesSentTwice } from './bytes.ts';
import { type Originals, originalsOf } from './originals.ts';
import { partsOf } from './parts.ts';
import { prove } from './prover.ts';
import type { Result } from './result.ts';

const MIB = 1024 * 1024;
const CONCURRENCY = 3;

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

/**
 * Kills the command line at random instants, again and again over one library until that is complete, and over as many
 * libraries as `kills` kills need. `onKill` hears of each.
 */
export async function tryKills(
  random: () => number,
  kills: number,
  onKill: (count: number) => void = () => undefined,
): Promise<Result> {
  const audio = await mkdtemp(join(tmpdir(), 'crateful-big-'));
  try {
    const catalogue = await bigFiles(audio, ALBUMS.longTable);
    let done = 0;
    let twice = 0;
    const sum = { silent: 0, corrupt: 0, duplicates: 0, lostRows: 0 };
    const wrong: string[] = [];
    while (done < kills) {
      const library = await killedLibrary(catalogue, random, kills - done, (count) =>
        onKill(done + count),
      );
      done += library.kills;
      twice += library.bytesTwice;
      wrong.push(...library.wrong);
      sum.silent += library.findings.silent.length;
      sum.corrupt += library.findings.corrupt.length;
      sum.duplicates += library.findings.duplicates.length + library.askedAgain;
      sum.lostRows += library.findings.lostRows.length + library.lostRows;
    }
    return {
      group: 'kills',
      name: 'SIGKILL of the command line',
      where: 'at random instants',
      faults: done,
      downloads: done,
      healed: done,
      told: {},
      losses: sum,
      bytesTwice: twice,
      wrong,
    };
  } finally {
    await rm(audio, { recursive: true, force: true });
  }
}

/** Syncs one library until it is complete, killed at most so many times on the way, and proves it. */
async function killedLibrary(
  catalogue: CatalogueData,
  random: () => number,
  atMost: number,
  onKill: (count: number) => void,
) {
  const world = await createCliWorld({ catalogue });
  try {
    const originals = await originalsOf(world.store.catalogue);
    const wrong: string[] = [];
    let kills = 0;
    let askedAgain = 0;
    let lostRows = 0;
    let parts = new Map<number, number>();
    let saved: string[] = [];
    for (;;) {
      const asked = world.store.requests.length;
      const ended = await syncUntil(world, kills < atMost ? randomMoment(random) : null);
      const resumed = resumedWrongly(world.store.requests.slice(asked), parts, originals);
      wrong.push(...resumed.wrong);
      askedAgain += resumed.askedAgain;
      if (ended.signal !== 'SIGKILL') {
        if (ended.code !== 0) wrong.push(`ended with ${ended.code}: ${ended.stderr.slice(-300)}`);
        break;
      }
      kills += 1;
      onKill(kills);
      // Killed before it had a folder or a database, it has promised nothing.
      if (!(await stat(join(world.root, '.crateful/root.json')).catch(() => null))) continue;
      parts = await partsOf(world);
      const known = savedPaths(world);
      lostRows += saved.filter((path) => !known.includes(path)).length;
      saved = known;
      wrong.push(...notKept(ended, parts));
    }
    const findings = await prove({
      root: world.root,
      database: databaseOf(world),
      originals,
      said: { reported: new Set(), stopped: false },
    });
    wrong.push(
      ...findings.silent,
      ...findings.corrupt,
      ...findings.lostRows,
      ...findings.duplicates,
    );
    wrong.push(...(await leftOver(world)));
    const bytesTwice = bytesSentTwice(world.store.requests);
    return { kills, wrong, findings, askedAgain, lostRows, bytesTwice };
  } finally {
    await world.close();
  }
}

/** Syncs until the moment comes, then kills without a word; null lets it end by itself. */
async function syncUntil(world: CliWorld, moment: Moment | null): Promise<CliEnd> {
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

const databaseOf = ({ home }: CliWorld): string => join(home, 'library.sqlite');

function query<Row>(world: CliWorld, sql: string): Row[] {
  const database = new Database(databaseOf(world), { readonly: true });
  try {
    return database.prepare<[], Row>(sql).all();
  } finally {
    database.close();
  }
}

const savedPaths = (world: CliWorld): string[] =>
  query<{ path: string }>(world, 'SELECT path FROM files').map(({ path }) => path);

/** Every transfer goes on at the very byte the disk has; what is whole is not asked for again. */
function resumedWrongly(
  requests: readonly RecordedRequest[],
  parts: ReadonlyMap<number, number>,
  originals: Originals,
): { wrong: string[]; askedAgain: number } {
  const firsts = new Map<number, string | null>();
  for (const { kind, query: asked, range } of requests) {
    const id = Number(asked.eid);
    if (kind === 'cdn' && !firsts.has(id)) firsts.set(id, range);
  }
  const wrong: string[] = [];
  let askedAgain = 0;
  for (const [id, range] of firsts) {
    const had = parts.get(id) ?? 0;
    if (range !== (had > 0 ? `bytes=${had}-` : null)) {
      wrong.push(`${id}: asked for ${range} with ${had} bytes on the disk`);
    }
    if (had > 0 && originals.get(id)?.some(({ bytes }) => bytes === had)) askedAgain += 1;
  }
  return { wrong, askedAgain };
}

/** What was reported as received is on the disk, but for the last MiB. */
function notKept({ stdout }: CliEnd, parts: ReadonlyMap<number, number>): string[] {
  const received = new Map<number, number>();
  for (const line of parseLines(stdout)) {
    if (line.type === 'progress') received.set(Number(line.trackId), Number(line.receivedBytes));
  }
  return [...received].flatMap(([id, bytes]) => {
    const lost = bytes - (parts.get(id) ?? bytes);
    return lost > MIB ? [`${id}: ${lost} received bytes are not on the disk`] : [];
  });
}

/** Working files and open jobs that a complete library has no use for. */
async function leftOver(world: CliWorld): Promise<string[]> {
  const names = await readdir(join(world.root, '.crateful'));
  return [
    ...names.filter((name) => /\.(part|tagged)$/.test(name)).map((name) => `${name} is left over`),
    ...query<{ id: string }>(world, "SELECT id FROM jobs WHERE state <> 'done'").map(
      ({ id }) => `job ${id} is not done`,
    ),
  ];
}
