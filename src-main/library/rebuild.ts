import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { CratefulError } from '../errors.ts';
import { type Backup, flush, listBackups } from './backups.ts';
import { backupFolder, connect, isLost, rebuiltName, suspectNote, versionOf } from './database.ts';
import { databaseError } from './database-faults.ts';
import { MIGRATIONS } from './migrations/migrations.ts';

/** What a new database was made from. */
export interface Rebuilt {
  /** `salvaged`: accounts, folders and settings could still be read from the damaged one; `empty`: nothing could. */
  readonly source: 'backup' | 'salvaged' | 'empty';
  /** Null unless made from a backup. */
  readonly backup: Backup | null;
  /** Absolute path of the damaged file, where it is now; null when there was none left. */
  readonly setAside: string | null;
}

/**
 * Whether a database can be read to its last page; one that never was is whole. Throws `DATABASE_BUSY`,
 * `DATABASE_TOO_NEW` and `PATH_NOT_WRITABLE`, and changes nothing.
 */
export async function isWhole(file: string): Promise<boolean> {
  if (isLost(file)) return false;
  if (!(await stat(file).catch(() => null))) return true;
  try {
    const database = new BetterSqlite3(file, { readonly: true });
    try {
      const found = versionOf(database);
      const known = MIGRATIONS.length;
      if (found > known) throw new CratefulError('DATABASE_TOO_NEW', { found, known });
      return database.pragma('integrity_check(1)', { simple: true }) === 'ok';
    } finally {
      database.close();
    }
  } catch (error) {
    const fault = databaseError(error);
    if (fault.code === 'DATABASE_DAMAGED') return false;
    throw fault;
  }
}

/**
 * Puts another database in the place of a damaged one: the newest backup that is whole, else an empty one, and in
 * either whatever it lacks of accounts, folders and settings and can still be read. The damaged one is set aside and stays. The new one is made
 * ready beside it first: a kill at any moment leaves the damaged one, or the new one, or the new one without its name,
 * which the next opening gives it.
 *
 * Throws `DISK_FULL`, `DISK_FAILED`, `PATH_NOT_WRITABLE`.
 */
export async function replaceDamaged(file: string, nowMs: number): Promise<Rebuilt> {
  const next = rebuiltName(file);
  try {
    for (const ending of ['', '-wal', '-shm', '.closed'])
      await rm(`${next}${ending}`, { force: true });
    const backup = await restoreNewest(backupFolder(file), next);
    const salvaged = salvage(file, next);
    const source = backup ? 'backup' : salvaged ? 'salvaged' : 'empty';
    await rm(`${next}.closed`, { force: true });
    await flushed(next);
    const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');
    const aside = file.replace(/\.sqlite$/, `.damaged-${stamp}.sqlite`);
    // Its log before itself: a log that outlives its database would be taken for the next one's.
    for (const ending of ['-wal', '-shm']) await moved(`${file}${ending}`, `${aside}${ending}`);
    const setAside = (await moved(file, aside)) ? aside : null;
    await rename(next, file);
    await rm(suspectNote(file), { force: true });
    await flush(dirname(file));
    return { source, backup, setAside };
  } catch (error) {
    throw databaseError(error);
  }
}

/** Whether there was something to move. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

async function flushed(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Copies the newest backup that is whole; a damaged one, or a newer version's, is passed over. */
async function restoreNewest(folder: string, to: string): Promise<Backup | null> {
  for (const backup of await listBackups(folder)) {
    if (!(await isUsable(backup.path))) continue;
    await copyFile(backup.path, to);
    return backup;
  }
  return null;
}

async function isUsable(path: string): Promise<boolean> {
  try {
    const database = new BetterSqlite3(path, { readonly: true });
    try {
      const version = versionOf(database);
      if (version === 0 || version > MIGRATIONS.length) return false;
      return database.pragma('quick_check(1)', { simple: true }) === 'ok';
    } finally {
      database.close();
    }
  } catch {
    // What cannot be opened is no backup.
    return false;
  }
}

/** What only the database knows, in an order in which nothing names what is not there yet. Files are in the manifest. */
const ONLY_HERE = ['accounts', 'library_roots', 'settings', 'album_overrides'] as const;

/**
 * Copies what can be read of the damaged database into a backup or, where there is none, a new one; what that has by itself
 * stays. Whether an account is known then.
 */
function salvage(from: string, to: string): boolean {
  connect(to).close();
  const target = new BetterSqlite3(to);
  let source: Database | null = null;
  try {
    source = new BetterSqlite3(from, { readonly: true });
    for (const table of ONLY_HERE) copyRows(source, target, table);
  } catch {
    // Its first page is gone: there is nothing to be read.
  } finally {
    source?.close();
  }
  try {
    return target.prepare('SELECT count(*) FROM accounts').pluck().get() !== 0;
  } finally {
    target.close();
  }
}

function copyRows(source: Database, target: Database, table: string): void {
  const columnsOf = (database: Database) =>
    (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const there = new Set(columnsOf(source));
  const columns = columnsOf(target).filter((name) => there.has(name));
  if (columns.length === 0) return;
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
  );
  try {
    const rows = source.prepare(`SELECT ${columns.join()} FROM ${table}`).raw().iterate();
    for (const row of rows) insertIfFit(insert, row as unknown[]);
  } catch {
    // The rows up to the damaged page are there.
  }
}

function insertIfFit(insert: BetterSqlite3.Statement<unknown[]>, row: unknown[]): void {
  try {
    insert.run(...row);
  } catch {
    // Half a row, or one about an account that was lost.
  }
}
