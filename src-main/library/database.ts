import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import BetterSqlite3, { type Database, type Statement } from 'better-sqlite3';
import { CratefulError } from '../errors.ts';
import { databaseError } from './database-faults.ts';
import { noteLeftWhole, takeLeftWhole } from './left-whole.ts';
import { createLogFlush } from './log-flush.ts';
import { MIGRATIONS } from './migrations/migrations.ts';

/** Rows read in one go: well under 10 ms even for the widest rows (architecture §8). */
const PAGE_ROWS = 1000;

/** So long another program may hold the database before that is a fault: nothing else goes on meanwhile. */
const BUSY_MS = 2000;

/** A prepared statement that takes `Parameters` and answers rows of type `Row`. */
export type Prepared<Parameters extends unknown[], Row = unknown> = Statement<Parameters, Row>;

/** Asks for at most `limit` rows of `key` that come after the place `after`. */
export type PageParameters = [{ after: number; limit: number; key: string }];
/** A statement that answers one page. */
export type PageStatement<Row> = Prepared<PageParameters, Row>;

/**
 * The one connection behind all repositories. SQLite is synchronous; the promises keep the door open to
 * move it to another thread. Faults are {@link CratefulError}s: `DATABASE_DAMAGED`, `DATABASE_BUSY`, `DISK_FULL`,
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
  /** Aborted when a page turns out to be damaged: nothing more should be built on it. */
  readonly damaged: AbortSignal;
  close(): void;
}

/**
 * Opens or creates the database and brings it to the newest version, one transaction a migration.
 * Throws `DATABASE_TOO_NEW { found, known }` without touching the file, `DATABASE_DAMAGED` and `DATABASE_BUSY`.
 */
export function connect(file: string, migrations: readonly string[] = MIGRATIONS): Connection {
  const database = openChecked(file, migrations);
  const transaction = database.transaction((work: () => unknown) => work());
  const flushLog = createLogFlush(file);
  const damaged = new AbortController();
  const named = (error: unknown): CratefulError => {
    const fault = databaseError(error);
    if (fault.code === 'DATABASE_DAMAGED' && !damaged.signal.aborted) {
      noteSuspect(file);
      damaged.abort(fault);
    }
    return fault;
  };
  const attempt = async <Result>(work: () => Result): Promise<Result> => {
    try {
      return work();
    } catch (error) {
      throw named(error);
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
        throw named(error);
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
    damaged: damaged.signal,
    close() {
      database.close();
      if (!damaged.signal.aborted) noteLeftWhole(file);
    },
  };
}

function openChecked(file: string, migrations: readonly string[]): Database {
  let database: Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    takeRebuilt(file);
    if (isLost(file)) throw new CratefulError('DATABASE_DAMAGED');
    // The list of what a person bought is theirs alone; SQLite gives its side files the same mode.
    closeSync(openSync(file, 'a', 0o600));
    const whole = takeLeftWhole(file);
    database = new BetterSqlite3(file, { timeout: BUSY_MS });
    refuseNewer(database, migrations.length);
    const suspect = existsSync(suspectNote(file));
    if ((suspect || !whole) && !check(database, suspect ? 'integrity_check' : 'quick_check')) {
      throw new CratefulError('DATABASE_DAMAGED');
    }
    rmSync(suspectNote(file), { force: true });
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

/** The quick one passes over what an index says, which the other compares with its table. */
const check = (database: Database, how: 'quick_check' | 'integrity_check'): boolean =>
  database.pragma(`${how}(1)`, { simple: true }) === 'ok';

/** Where a database waits that was made to take the place of a damaged one (`rebuild.ts`). */
export const rebuiltName = (file: string): string => `${file}.rebuilt`;

/** Gives it its name when a kill came between that and the damaged one being set aside. */
function takeRebuilt(file: string): void {
  if (!existsSync(file) && existsSync(rebuiltName(file))) renameSync(rebuiltName(file), file);
}

/** Where the backups of a database are kept. */
export const backupFolder = (file: string): string => join(dirname(file), 'backups');

/** Whether a database that was backed up before is gone or has not a byte left: an empty one must not take its place. */
export function isLost(file: string): boolean {
  const bytes = existsSync(file) ? statSync(file).size : 0;
  const folder = backupFolder(file);
  return bytes === 0 && existsSync(folder) && readdirSync(folder).length > 0;
}

/** A file beside the database that says that a damaged page was met. */
export const suspectNote = (file: string): string => `${file}.suspect`;

function noteSuspect(file: string): void {
  try {
    closeSync(openSync(suspectNote(file), 'w', 0o600));
  } catch {
    // Without the note the next opening looks less closely.
  }
}

/** How many migrations a database has seen. */
export const versionOf = (database: Database): number =>
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
