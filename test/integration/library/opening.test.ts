import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src-main/library/database.ts';
import { openLibrary } from '../../../src-main/library/library.ts';
import { MIGRATIONS } from '../../../src-main/library/migrations/migrations.ts';
import { ACCOUNT, detail, libraryWithRoot } from './rows.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-library-'));
  path = join(folder, 'home', 'library.sqlite');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('opening the library', () => {
  it('creates folder and file, readable by their owner alone, and finds its rows again', async () => {
    const first = await libraryWithRoot(path);
    first.close();
    expect((await stat(path)).mode & 0o077).toBe(0);
    const second = openLibrary(path);
    await second.accounts.setCurrent(ACCOUNT);
    expect(await second.accounts.current()).toMatchObject({ name: 'Ada', signedIn: true });
    second.close();
  });

  it('keeps a write across a power cut: WAL with full synchronisation, foreign keys on', async () => {
    openLibrary(path).close();
    const connection = connect(path);
    const pragma = async (name: string) =>
      Object.values(
        (await connection.read(() => connection.prepare(`PRAGMA ${name}`).get())) ?? {},
      );
    expect(await pragma('journal_mode')).toEqual(['wal']);
    expect(await pragma('synchronous')).toEqual([2]);
    expect(await pragma('foreign_keys')).toEqual([1]);
    connection.close();
  });

  it('refuses a newer database with both versions and leaves every byte of it alone', async () => {
    openLibrary(path).close();
    const raw = new BetterSqlite3(path);
    raw.pragma('user_version = 99');
    raw.close();
    const before = await readFile(path);
    expect(thrownBy(() => openLibrary(path))).toMatchObject({
      code: 'DATABASE_TOO_NEW',
      params: { found: 99, known: MIGRATIONS.length },
    });
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('names a file that is no database', async () => {
    await writeFile(join(folder, 'text'), 'this is a shopping list, not a database\n'.repeat(50));
    expect(thrownBy(() => openLibrary(join(folder, 'text')))).toMatchObject({
      code: 'DATABASE_DAMAGED',
    });
  });

  it('names a database that lost its tail', async () => {
    const library = await libraryWithRoot(path);
    for (let each = 0; each < 200; each++) await library.albums.put(detail(`a${each}`, each + 1));
    library.close();
    await truncate(path, Math.floor((await stat(path)).size / 8192) * 4096);
    expect(thrownBy(() => openLibrary(path))).toMatchObject({ code: 'DATABASE_DAMAGED' });
  });

  it('names a database with a scribble in the middle', async () => {
    const library = await libraryWithRoot(path);
    for (let each = 0; each < 200; each++) await library.albums.put(detail(`a${each}`, each + 1));
    library.close();
    const bytes = await readFile(path);
    bytes.fill(0xa5, 3 * 4096, Math.floor(bytes.length / 4096) * 4096 - 4096);
    await writeFile(path, bytes);
    expect(thrownBy(() => openLibrary(path))).toMatchObject({ code: 'DATABASE_DAMAGED' });
  });

  it('is taken as it was left, but looked through when somebody else wrote to it or it was not closed', async () => {
    const library = await libraryWithRoot(path);
    for (let each = 0; each < 200; each++) await library.albums.put(detail(`a${each}`, each + 1));
    library.close();
    const note = await readFile(`${path}.closed`, 'utf8');
    const open = openLibrary(path);
    // A process that dies now leaves no word that all was well.
    expect(existsSync(`${path}.closed`)).toBe(false);
    open.close();
    const bytes = await readFile(path);
    bytes.fill(0xa5, 3 * 4096, Math.floor(bytes.length / 4096) * 4096 - 4096);
    await writeFile(path, bytes);
    await writeFile(`${path}.closed`, note);
    expect(thrownBy(() => openLibrary(path))).toMatchObject({ code: 'DATABASE_DAMAGED' });
  });

  it('says so when another program holds the database', async () => {
    (await libraryWithRoot(path)).close();
    const other = new BetterSqlite3(path);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(thrownBy(() => openLibrary(path))).toMatchObject({ code: 'DATABASE_BUSY' });
    other.close();
    openLibrary(path).close();
  });

  it('never puts an empty database where one was lost that had a backup', async () => {
    (await libraryWithRoot(path)).close();
    await mkdir(join(folder, 'home', 'backups'));
    await writeFile(join(folder, 'home', 'backups', 'library-2026-11-30.sqlite'), 'a copy');
    await truncate(path, 0);
    expect(thrownBy(() => openLibrary(path))).toMatchObject({ code: 'DATABASE_DAMAGED' });
    await rm(path);
    expect(thrownBy(() => openLibrary(path))).toMatchObject({ code: 'DATABASE_DAMAGED' });
  });

  it('says so when the folder cannot hold a database', async () => {
    await writeFile(join(folder, 'home'), 'a file where the folder should be');
    expect(thrownBy(() => openLibrary(path))).toMatchObject({ code: 'PATH_NOT_WRITABLE' });
  });
});

describe('migrations', () => {
  it('leave the database as it was when one of them fails half-way', () => {
    const broken = 'CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE accounts (id INTEGER);';
    openLibrary(path).close();
    thrownBy(() => connect(path, [...MIGRATIONS, broken]));
    const raw = new BetterSqlite3(path);
    expect(raw.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(raw.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
    raw.close();
    openLibrary(path).close();
  });

  it('bring an older database forward and keep its rows', async () => {
    (await libraryWithRoot(path)).close();
    const connection = connect(path, [...MIGRATIONS, 'ALTER TABLE accounts ADD COLUMN extra TEXT']);
    const row = await connection.read(() => connection.prepare('SELECT * FROM accounts').get());
    expect(row).toMatchObject({ id: ACCOUNT, extra: null });
    connection.close();
  });

  it('never change once they stand: a change goes into a new one', () => {
    const digests = MIGRATIONS.map((sql) => createHash('sha256').update(sql).digest('hex'));
    expect(digests).toEqual([
      '09436cef4bedaf71762e39f61eeb70d5a812076433efb1469e100245b3c7791d',
      '9e313b8142039695be53da2ace637ba8dbdbc3dd187f76996c842f48f82fb60a',
      'a3cd48caaacf99d9e94b6b10ffc8dcbb32b078914a9d84e436ee2f0cfcc26e17',
      'c448f18a4d87f38a29ab0c4f67f40bc37b66b836906a268712e84d47c00c980d',
      'c33316dcf3028635b0107999f17ecec2441fb4df7635048dc474f5548d4ae876',
      'f63669c5c1457e94f409110bd767361e1ecf842c743d93e8b49b4e78e7a5aaa1',
      'e1cb04e9c5e64890542f38f09fd803fc54d41cb90372815bcc19daa66ddba357',
      'ea9f574eb8cc9cb9d36f953083583f9613214ca0b498aef7589149a0670b72be',
      '2f6b2aa7d898afb146586f1137d6013a422946e33105dd7b973edf492d85e100',
    ]);
  });
});
