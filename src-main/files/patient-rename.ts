import type { Clock } from '../ports.ts';
import { type FileSystem, systemCode } from './file-system.ts';

/** Waits before trying a busy file again. Virus scanners and indexers let go within about a second. */
const BUSY_WAITS_MS = [50, 150, 400, 1000];
const BUSY = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Renames a file; with a clock, one that another program holds open for a moment (Windows) is tried again. */
export async function renamePatiently(
  fs: FileSystem,
  from: string,
  to: string,
  clock?: Pick<Clock, 'sleep'>,
): Promise<void> {
  for (const waitMs of clock ? BUSY_WAITS_MS : []) {
    try {
      return await fs.rename(from, to);
    } catch (error) {
      if (!BUSY.has(systemCode(error) ?? '')) throw error;
      await clock?.sleep(waitMs);
    }
  }
  await fs.rename(from, to);
}
