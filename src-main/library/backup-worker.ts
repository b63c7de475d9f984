import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import type { BackupOrder, BackupOutcome } from './backups.ts';

/*
 * Copies and checks the database in a thread of its own: reading all of a big one takes longer than the main thread may
 * be kept. With a connection of its own the copy is of one moment, whatever is written meanwhile.
 */

const EVERYTHING_AT_ONCE = 2 ** 31 - 1;

const { file, copy } = workerData as BackupOrder;
const post = (outcome: BackupOutcome): void => parentPort?.postMessage(outcome);

try {
  rmSync(copy, { force: true });
  // Made first, so that what a person bought is at no moment readable by others.
  closeSync(openSync(copy, 'wx', 0o600));
  const database = new BetterSqlite3(file, { readonly: true });
  try {
    await database.backup(copy, { progress: () => EVERYTHING_AT_ONCE });
  } finally {
    database.close();
  }
  const made = new BetterSqlite3(copy);
  let isWhole = false;
  try {
    // One file by itself, without a log beside it.
    made.pragma('journal_mode = DELETE');
    isWhole = made.pragma('quick_check(1)', { simple: true }) === 'ok';
  } finally {
    made.close();
  }
  if (isWhole) {
    const handle = openSync(copy, 'r+');
    fsyncSync(handle);
    closeSync(handle);
    post({ kind: 'made' });
  } else {
    rmSync(copy, { force: true });
    post({ kind: 'damaged' });
  }
} catch (error) {
  rmSync(copy, { force: true });
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  post({ kind: 'failed', code });
}
