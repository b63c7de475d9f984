import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CratefulError } from '../errors.ts';
import { databaseError } from './database-faults.ts';

/** How many days are kept. */
const KEPT = 7;
const NAME = /^library-(\d{4}-\d{2}-\d{2})\.sqlite$/;

/** What the backup worker is told: absolute paths of the database and of the copy to make. */
export interface BackupOrder {
  readonly file: string;
  readonly copy: string;
}

/** What came of it; the copy of a damaged database is not kept. */
export type BackupOutcome =
  | { readonly kind: 'made' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'failed'; readonly code: string };

/** A backup that is there. */
export interface Backup {
  /** Absolute. */
  readonly path: string;
  /** The day it is of (UTC), at its first moment, in unix milliseconds. */
  readonly dayMs: number;
}

const nameAt = (nowMs: number): string =>
  `library-${new Date(nowMs).toISOString().slice(0, 10)}.sqlite`;

/** The backups in a folder, the newest first; whether one is whole is not looked at. */
export async function listBackups(folder: string): Promise<readonly Backup[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const day = NAME.exec(name)?.[1];
      return day === undefined ? [] : [{ path: join(folder, name), dayMs: Date.parse(day) }];
    })
    .sort((a, b) => b.dayMs - a.dayMs);
}

/** Whether there is none of today yet. */
export async function isBackupDue(folder: string, nowMs: number): Promise<boolean> {
  const today = nameAt(nowMs);
  return !(await listBackups(folder)).some(({ path }) => path === join(folder, today));
}

/**
 * Makes today's backup by SQLite's own means, in a thread beside the main one, and leaves the newest seven. The file gets
 * its name only when it is whole and flushed, and only its owner can read it.
 *
 * Throws `DATABASE_DAMAGED` (then nothing is kept of it), `DISK_FULL`, `DISK_FAILED`, `PATH_NOT_WRITABLE`.
 *
 * @param workerUrl the built `backup-worker`.
 */
export async function backUp(
  workerUrl: URL,
  at: { readonly file: string; readonly folder: string; readonly nowMs: number },
): Promise<void> {
  const { file, folder, nowMs } = at;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const copy = join(folder, 'backup.new');
    await copied(workerUrl, { file, copy });
    await chmod(copy, 0o600);
    const made = join(folder, nameAt(nowMs));
    await rename(copy, made);
    await flush(folder);
    const others = (await listBackups(folder)).filter(({ path }) => path !== made);
    for (const { path } of others.slice(KEPT - 1)) await rm(path, { force: true });
  } catch (error) {
    throw databaseError(error);
  }
}

function copied(workerUrl: URL, order: BackupOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, { workerData: order });
    const end = (settle: () => void) => void worker.terminate().then(settle, reject);
    worker.on('message', (outcome: BackupOutcome) => {
      if (outcome.kind === 'made') end(resolve);
      else if (outcome.kind === 'damaged') end(() => reject(new CratefulError('DATABASE_DAMAGED')));
      else end(() => reject(Object.assign(new Error(outcome.code), { code: outcome.code })));
    });
    worker.on('error', (error) => end(() => reject(error)));
  });
}

/** Gives names a place on the disk; systems that cannot open a folder keep them by themselves. */
export async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
