import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { openLibrary } from '../../src-main/library/library.ts';
import { MIGRATIONS } from '../../src-main/library/migrations/migrations.ts';
import type { Result } from './result.ts';

const ROWS = 20_000;

/** A database as the first version of the program left it, with that many files in it. */
function oldDatabase(file: string): void {
  const [first = ''] = MIGRATIONS;
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.exec(first);
  database.exec(`
    PRAGMA user_version = 1;
    INSERT INTO accounts (id, name) VALUES ('1', 'Ada');
    INSERT INTO library_roots (id, account_id, path, template, preference)
      VALUES ('r', '1', '/music', 'default', 'best');
    WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ${ROWS})
    INSERT INTO files (root_id, album_id, track_id, kind, path, path_key, bytes, modified_ms, sha256,
      receipt_bytes, crateful_version)
      SELECT 'r', 'a' || n, n, 'track', n || '.flac', n || '.flac', n, 0, 'x', n, '0' FROM count;
  `);
  database.close();
}

/**
 * Kills a process inside a migration at random instants: the database then opens, at a version that stands, with every
 * row it had and nothing of the step that was cut off.
 */
export async function tryMigrationKills(random: () => number, kills: number): Promise<Result> {
  const wrong: string[] = [];
  let lostRows = 0;
  const folder = await mkdtemp(join(tmpdir(), 'crateful-migration-'));
  try {
    for (let kill = 0; kill < kills; kill++) {
      const file = join(folder, `${kill}.sqlite`);
      oldDatabase(file);
      const child = fork(new URL('./migration-victim.ts', import.meta.url));
      child.send(file);
      await once(child, 'message');
      await pause(random() * 400);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const left = new Database(file);
      const version = Number(left.pragma('user_version', { simple: true }));
      const check = left.pragma('integrity_check(1)', { simple: true });
      const half = left.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get();
      left.close();
      if (check !== 'ok') wrong.push(`the database is damaged: ${check}`);
      if (version < 1 || version > MIGRATIONS.length || half) {
        wrong.push(`version ${version}${half ? ' with half a step' : ''}`);
      }
      openLibrary(file).close();
      const opened = new Database(file, { readonly: true });
      const rows = Number(opened.prepare('SELECT count(*) FROM files').pluck().get());
      if (opened.pragma('user_version', { simple: true }) !== MIGRATIONS.length) {
        wrong.push('the next start did not bring it to the newest version');
      }
      opened.close();
      lostRows += ROWS - rows;
      await Promise.all(
        ['', '-wal', '-shm', '.closed'].map((end) => rm(file + end, { force: true })),
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    group: 'kills',
    name: 'SIGKILL inside a migration',
    where: 'at random instants',
    faults: kills,
    downloads: 0,
    healed: kills,
    told: {},
    losses: { silent: 0, corrupt: 0, duplicates: 0, lostRows },
    bytesTwice: 0,
    wrong,
  };
}
