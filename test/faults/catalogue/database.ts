import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rebuildRecord } from '../../../src-main/sync/rebuild.ts';
import { type Expected, type Fault, healed, refused } from '../fault.ts';
import type { World } from '../world.ts';

const fileOf = ({ engine }: World): string => join(engine.home, 'library.sqlite');

/** Damages the database of a whole library while no engine is open; `mend` is the way out that a person has. */
const damaged = (
  name: string,
  damage: (file: string) => Promise<unknown>,
  expected: Expected,
  mend: (world: World) => Promise<unknown> = async () => undefined,
): Fault => ({
  group: 'database',
  name,
  where: 'a whole library, between two starts',
  expected,
  costsNothingTwice: true,
  async strike(world) {
    await world.sync();
    await world.restart(() => damage(fileOf(world)));
    return { hits: () => 1, mend: () => world.restart(() => mend(world)) };
  },
});

/** What *Rebuild…* and `crateful rebuild` do. */
const rebuilt = ({ engine }: World) => rebuildRecord({ home: engine.home, clock: engine.clock });

async function withoutDatabase(file: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '.closed']) await rm(file + ending, { force: true });
}

/** What a later Crateful leaves, which is also the way out: its number is added, or taken off again. */
const raiseSchema = async (file: string, by: number) => {
  const database = new Database(file);
  try {
    const version = Number(database.pragma('user_version', { simple: true }));
    database.pragma(`user_version = ${version + by}`);
  } finally {
    database.close();
  }
};

async function zeroPage(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  // The page after the schema's: some table's root.
  await handle.write(Buffer.alloc(4096), 0, 4096, 2 * 4096);
  await handle.close();
}

/** The main file alone, as it was before the log was taken into it. */
const logLost: Fault = {
  group: 'database',
  name: 'the write-ahead log is lost',
  where: 'a whole library, between two starts',
  expected: healed,
  costsNothingTwice: true,
  async strike(world) {
    const file = fileOf(world);
    await world.sync();
    const early = `${file}-early`;
    await copyFile(file, early);
    await world.restart(async () => {
      await withoutDatabase(file);
      await rename(early, file);
    });
    return { hits: () => 1, mend: () => undefined };
  },
};

const HOLD = `
const Database = require('better-sqlite3');
const database = new Database(process.argv[1]);
database.exec(process.argv[2]);
process.stdout.write('held');
const ms = Number(process.argv[3]);
setTimeout(() => { database.exec('ROLLBACK'); process.exit(0); }, ms);
`;

/** Another process that holds the database locked, for so long at most. */
async function holder(file: string, how: string, ms: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', HOLD, file, how, String(ms)], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout ?? child, 'data');
  return child;
}

const lockedAtStart: Fault = {
  group: 'database',
  name: 'locked by another process',
  where: 'at the start',
  expected: refused('DATABASE_BUSY'),
  costsNothingTwice: true,
  async strike(world) {
    await world.sync();
    let child: ChildProcess | null = null;
    await world.restart(async () => {
      child = await holder(fileOf(world), 'BEGIN EXCLUSIVE', 60_000);
    });
    return {
      hits: () => 1,
      async mend() {
        child?.kill();
        await world.restart(async () => undefined);
      },
    };
  },
};

const lockedInRun: Fault = {
  group: 'database',
  name: 'locked by another process',
  where: 'for a second, in mid-run',
  expected: healed,
  costsNothingTwice: true,
  strike(world) {
    let held: Promise<ChildProcess> | null = null;
    const hook = {
      intercept(call: { readonly kind: string }) {
        if (call.kind === 'cdn') held ??= holder(fileOf(world), 'BEGIN IMMEDIATE', 1000);
        return null;
      },
    };
    world.engine.store.faults.add(hook);
    return {
      hits: () => (held ? 1 : 0),
      async mend() {
        world.engine.store.faults.delete(hook);
        (await held)?.kill();
      },
    };
  },
};

/** Faults of the database (traps §3). */
export const databaseCatalogue: readonly Fault[] = [
  damaged(
    'truncated',
    async (file) => truncate(file, Math.floor((await stat(file)).size / 8192) * 4096),
    refused('DATABASE_DAMAGED'),
    rebuilt,
  ),
  damaged('a zeroed page', zeroPage, refused('DATABASE_DAMAGED'), rebuilt),
  damaged('gone', withoutDatabase, healed),
  damaged(
    'a newer schema',
    (file) => raiseSchema(file, 900),
    refused('DATABASE_TOO_NEW'),
    (world) => raiseSchema(fileOf(world), -900),
  ),
  logLost,
  lockedAtStart,
  lockedInRun,
];
