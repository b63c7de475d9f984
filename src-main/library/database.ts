import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import BetterSqlite3, { type Database, type Statement } from 'better-sqlite3';
import { asCratefulError, CratefulError } from '../errors.ts';
import { noteLeftWhole, takeLeftWhole } from './left-whole.ts';
import { createLogFlush } from './log-flush.ts';
import { MIGRATIONS } from './migrations/migrations.ts';

/** Rows read in one go: well under 10 ms even for the widest rows (architecture §8). */
const PAGE_ROWS = 1000;

/** A prepared statement that takes `Parameters` and answers rows of type `Row`. */
export type Prepared<Parameters extends unknown[], Row = unknown> = Statement<Parameters, Row>;

/** Asks for at most `limit` rows of `key` that come after the place `after`. */
export type PageParameters = [{ after: number; limit: number; key: string }];
/** A statement that answers one page. */
export type PageStatement<Row> = Prepared<PageParameters, Row>;

/**
 * The one connection behind all repositories. SQLite is synchronous; the promises keep the door open to
 * move it to another thread. Faults are {@link CratefulError}s: `DATABASE_DAMAGED`, `DISK_FULL`,
 * `DISK_FAILED`, `PATH_NOT_WRITABLE`, else `UNEXPECTED`.
 */
export interface Connection {
  prepare<Parameters extends unknown[], Row = unknown>(sql: string): Prepared<Parameters, Row>;
  read<Result>(work: () => Result): Promise<Result>;
  /** Runs the work in one transaction: all of it is on the disk when the promise resolves, or none. */
  write<Result>(work: () => Result): Promise<Result>;
  /**
   * As {@link write}, but flushed beside the main thread: for what is written while files come in. What is read sees
   * it at once.
   */
  writeBeside<Result>(work: () => Result): Promise<Result>;
  /**
   * Reads page by page and lets other work go on between two pages: each page is of one moment, not the
   * whole. `visit` answers the row's place in the statement's order.
   */
  pages<Row>(
    page: PageStatement<Row>,
    key: string,
    visit: (row: Row) => number,
    /** Fewer than usual, where reading a row takes long. */
    rowsEach?: number,
  ): Promise<void>;
  close(): void;
}

/**
 * Opens or creates the database and brings it to the newest version, one transaction a migration.
 * Throws `DATABASE_TOO_NEW { found, known }` without touching the file, and `DATABASE_DAMAGED`.
 */
export function connect(file: string, migrations: readonly string[] = MIGRATIONS): Connection {
  const database = openChecked(file, migrations);
  const transaction = database.transaction((work: () => unknown) => work());
  const flushLog = createLogFlush(file);
  const attempt = async <Result>(work: () => Result): Promise<Result> => {
    try {
      return work();
    } catch (error) {
      throw databaseError(error);
    }
  };
  /** Runs a write that SQLite itself does not flush; the log stays in order, whoever flushes it next. */
  const unflushed = <Result>(write: () => Result): Result => {
    database.pragma('synchronous = NORMAL');
    try {
      return write();
    } finally {
      database.pragma('synchronous = FULL');
    }
  };
  return {
    prepare: (sql) => database.prepare(sql) as never,
    read: attempt,
    write: <Result>(work: () => Result) => attempt(() => transaction.immediate(work) as Result),
    async writeBeside<Result>(work: () => Result) {
      const result = await attempt(() => unflushed(() => transaction.immediate(work) as Result));
      await flushLog().catch((error: unknown) => {
        throw databaseError(error);
      });
      return result;
    },
    async pages(page, key, visit, rowsEach = PAGE_ROWS) {
      let after = 0;
      while (true) {
        const rows = await attempt(() => page.all({ after, limit: rowsEach, key }));
        for (const row of rows) after = visit(row);
        if (rows.length < rowsEach) return;
        await setImmediate();
      }
    },
    close() {
      database.close();
      noteLeftWhole(file);
    },
  };
}

function openChecked(file: string, migrations: readonly string[]): Database {
  let database: Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // The list of what a person bought is theirs alone; SQLite gives its side files the same mode.
    closeSync(openSync(file, 'a', 0o600));
    const whole = takeLeftWhole(file);
    database = new BetterSqlite3(file);
    refuseNewer(database, migrations.length);
    if (!whole && !quickCheck(database)) {
      throw new CratefulError('DATABASE_DAMAGED');
    }
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    migrate(database, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw databaseError(error);
  }
}

const quickCheck = (database: Database): boolean =>
  database.pragma('quick_check(1)', { simple: true }) === 'ok';

const versionOf = (database: Database): number =>
  Number(database.pragma('user_version', { simple: true }));

function refuseNewer(database: Database, known: number): void {
  const found = versionOf(database);
  if (found > known) throw new CratefulError('DATABASE_TOO_NEW', { found, known });
}

function migrate(database: Database, migrations: readonly string[]): void {
  for (const [index, sql] of migrations.entries()) {
    database
      .transaction(() => {
        // Read inside the transaction: another process may have migrated meanwhile.
        if (versionOf(database) > index) return;
        database.exec(sql);
        database.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
}

/** Names a fault of SQLite or of the file under it. */
function databaseError(error: unknown): CratefulError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new CratefulError('DATABASE_DAMAGED', {}, error);
  }
  if (/^SQLITE_FULL|^ENOSPC$|^EDQUOT$/.test(code)) {
    return new CratefulError('DISK_FULL', { neededBytes: 0, freeBytes: 0 }, error);
  }
  if (/^SQLITE_IOERR|^EIO$/.test(code)) return new CratefulError('DISK_FAILED', {}, error);
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)|^(EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST)$/.test(code)) {
    return new CratefulError('PATH_NOT_WRITABLE', {}, error);
  }
  return asCratefulError(error);
}
