import { join } from 'node:path';
import pMap from 'p-map';
import type { FileSystem } from '../files/file-system.ts';

/** Files of a folder in the order in which they were last used, with their size. */
export interface Recency {
  /** Notes a use, or a new file. */
  used(name: string, bytes: number): void;
  /** Takes out the least recently used until the rest is small enough; gives the names. */
  overflow(mostBytes: number): readonly string[];
}

/** Looks at the same time, so that thousands of files are no burst of system calls. */
const LOOKS_AT_ONCE = 4;

/** Reads the order once from the folder's own dates; from then on it is kept in memory. */
export async function readRecency(fs: FileSystem, folder: string): Promise<Recency> {
  const names = await fs.readdir(folder).catch(() => []);
  const seen = await pMap(
    names,
    async (name) => ({ name, stats: await fs.stat(join(folder, name)).catch(() => null) }),
    { concurrency: LOOKS_AT_ONCE },
  );
  const files = seen.flatMap(({ name, stats }) =>
    stats?.isFile() ? [{ name, bytes: stats.size, usedMs: stats.mtimeMs }] : [],
  );
  files.sort((a, b) => a.usedMs - b.usedMs);
  // A map remembers in which order it was filled.
  const order = new Map(files.map(({ name, bytes }) => [name, bytes]));
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    used(name, bytes) {
      total += bytes - (order.get(name) ?? 0);
      order.delete(name);
      order.set(name, bytes);
    },
    overflow(mostBytes) {
      const out: string[] = [];
      for (const [name, bytes] of order) {
        if (total <= mostBytes) break;
        order.delete(name);
        total -= bytes;
        out.push(name);
      }
      return out;
    },
  };
}
