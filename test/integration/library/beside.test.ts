import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Connection, connect } from '../../../src-main/library/database.ts';

let folder: string;
let file: string;
let connection: Connection;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-beside-'));
  file = join(folder, 'library.sqlite');
  connection = connect(file, ['CREATE TABLE things (name TEXT NOT NULL) STRICT']);
});
afterEach(async () => {
  connection.close();
  await rm(folder, { recursive: true, force: true });
});

const namesOf = (reader: Connection) =>
  reader.prepare<[], { name: string }>('SELECT name FROM things ORDER BY rowid').all();

it('what is written beside is read at once, and by others when it is flushed', async () => {
  const insert = connection.prepare<[string]>('INSERT INTO things VALUES (?)');
  const written = connection.writeBeside(() => insert.run('first').changes);
  expect(namesOf(connection)).toEqual([{ name: 'first' }]);
  const many = ['a', 'b', 'c'].map((name) =>
    connection.writeBeside(() => insert.run(name).changes),
  );
  expect(await Promise.all([written, ...many])).toEqual([1, 1, 1, 1]);
  const other = new BetterSqlite3(file, { readonly: true });
  expect(other.prepare('SELECT count(*) AS many FROM things').get()).toEqual({ many: 4 });
  other.close();
});

it('a write beside that fails leaves nothing behind, and those after it are flushed as ever', async () => {
  const insert = connection.prepare<[string | null]>('INSERT INTO things VALUES (?)');
  await expect(
    connection.writeBeside(() => {
      insert.run('half');
      insert.run(null);
    }),
  ).rejects.toMatchObject({ code: 'UNEXPECTED' });
  expect(namesOf(connection)).toEqual([]);
  const safety = connection.prepare<[], { synchronous: number }>('PRAGMA synchronous');
  expect(safety.get()).toEqual({ synchronous: 2 });
  await connection.writeBeside(() => insert.run('whole'));
  expect(namesOf(connection)).toEqual([{ name: 'whole' }]);
});

it('a flush that finds the database closed has nothing left to do', async () => {
  const insert = connection.prepare<[string]>('INSERT INTO things VALUES (?)');
  const written = connection.writeBeside(() => insert.run('last'));
  connection.close();
  await expect(written).resolves.toMatchObject({ changes: 1 });
  connection = connect(file, ['']);
  expect(namesOf(connection)).toEqual([{ name: 'last' }]);
});
