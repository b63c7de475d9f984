import { join } from 'node:path';
import { type FileSystem, nodeFileSystem } from '../files/file-system.ts';
import { lockHome } from '../files/own-lock.ts';
import { isWhole, type Rebuilt, replaceDamaged } from '../library/rebuild.ts';
import type { Clock } from '../ports.ts';

/** The database of a data folder. */
export const databaseIn = (home: string): string => join(home, 'library.sqlite');

/**
 * Replaces the damaged database of a data folder, with nobody else at work there; null when it is whole or
 * not wished, and nothing was done. What of the library the new one does not know, the manifest in the music folder tells the next engine, and tags
 * tell the next sync (docs/decisions/backups-and-rebuild.md).
 *
 * Throws `ALREADY_RUNNING`, `DATABASE_BUSY`, `DATABASE_TOO_NEW`, `DISK_FULL`, `DISK_FAILED`, `PATH_NOT_WRITABLE`.
 */
export async function rebuildRecord(options: {
  readonly home: string;
  readonly clock: Clock;
  readonly fs?: FileSystem;
  /** Asked once it is known to be damaged; without it, it is wished. */
  readonly mayReplace?: () => Promise<boolean>;
}): Promise<Rebuilt | null> {
  const { home, clock, fs = nodeFileSystem, mayReplace } = options;
  const lock = await lockHome({ fs, clock }, home);
  try {
    const file = databaseIn(home);
    if (await isWhole(file)) return null;
    if (mayReplace && !(await mayReplace())) return null;
    return await replaceDamaged(file, clock.now());
  } finally {
    await lock.release();
  }
}
