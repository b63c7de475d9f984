import { readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';

const PATH = 'Takumi Arden Trio/One Take/01 - One Take.dsf';

let world: CliWorld;
let before: Buffer;
let tagged: string;

/** As a kill leaves it between the receipt's row and the file's: proven, not recorded. */
beforeEach(async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.oneTake) });
  expect((await world.run(['sync', '--to', world.root])).code).toBe(0);
  before = await readFile(join(world.root, PATH));
  const [{ id } = { id: '' }] = withDatabase((database) => [
    ...database.prepare<[], { id: string }>("SELECT id FROM jobs WHERE kind = 'track'").all(),
  ]);
  tagged = join(world.root, '.crateful', `${id}.tagged`);
  withDatabase((database) => {
    database.prepare("UPDATE jobs SET state = 'committing' WHERE id = ?").run(id);
    database.prepare("DELETE FROM files WHERE kind = 'track'").run();
  });
});
afterEach(() => world.close());

function withDatabase<Result>(work: (database: Database.Database) => Result): Result {
  const database = new Database(join(world.home, 'library.sqlite'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const tracks = () =>
  withDatabase((database) => ({
    files: database.prepare("SELECT path, bytes FROM files WHERE kind = 'track'").all(),
    jobs: database.prepare("SELECT state FROM jobs WHERE kind = 'track'").all(),
  }));

const syncAgain = async () => {
  const asked = world.store.requests.length;
  const { code, lines } = await world.run(['sync', '--json']);
  expect(code).toBe(0);
  expect(await readFile(join(world.root, PATH))).toEqual(before);
  expect(tracks()).toEqual({
    files: [{ path: PATH, bytes: before.length }],
    jobs: [{ state: 'done' }],
  });
  await expect(stat(tagged)).rejects.toThrow('ENOENT');
  const fetched = world.store.requests
    .slice(asked)
    .filter(({ kind, path }) => kind === 'cdn' || path === 'track/getFileUrl');
  return { summary: lines.at(-1), fetched: fetched.length };
};

describe('a process killed while giving a file its name', () => {
  it('before the rename: the next sync names the file without fetching it again', async () => {
    await rename(join(world.root, PATH), tagged);
    const { summary, fetched } = await syncAgain();
    expect(fetched).toBe(0);
    expect(summary).toMatchObject({ failed: 0, skipped: 1, unavailable: 0 });
  });

  it('after the rename: the next sync records the file and removes what it was made from', async () => {
    const part = tagged.replace(/tagged$/, 'part');
    await writeFile(part, before);
    const { fetched } = await syncAgain();
    expect(fetched).toBe(0);
    await expect(stat(part)).rejects.toThrow('ENOENT');
  });

  it.each([
    { lost: 'lost the file', lose: () => rm(join(world.root, PATH)) },
    {
      lost: 'left only half of it',
      lose: async () => {
        await rename(join(world.root, PATH), tagged);
        await truncate(tagged, Math.floor(before.length / 2));
      },
    },
  ])('and with a disk that $lost: the next sync fetches it again', async ({ lose }) => {
    await lose();
    const { summary, fetched } = await syncAgain();
    expect(fetched).toBeGreaterThan(0);
    expect(summary).toMatchObject({ downloaded: 1, failed: 0 });
  });
});
