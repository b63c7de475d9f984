import type { FileSystem } from '../files/file-system.ts';
import { requireSpace } from '../files/space.ts';

/**
 * Keeps account of the bytes that running transfers have still to write, so that four files started at the
 * same moment cannot each believe the last free gigabyte is theirs (architecture §4 step 5).
 */
export interface SpaceLedger {
  /**
   * Claims `bytes` for a job, replacing its earlier claim.
   *
   * Throws `DISK_FULL` when the volume would fall below its reserve; the claim is then not taken.
   */
  claim(jobId: string, bytes: number): Promise<void>;
  /** Gives a job's claim back. */
  release(jobId: string): void;
}

/** A ledger for the volume that holds `path`. */
export function createSpaceLedger(
  fs: FileSystem,
  path: string,
  reservePercent: () => number,
): SpaceLedger {
  const claims = new Map<string, number>();
  return {
    async claim(jobId, bytes) {
      claims.delete(jobId);
      const others = [...claims.values()].reduce((sum, claim) => sum + claim, 0);
      claims.set(jobId, bytes);
      try {
        await requireSpace(fs, path, others + bytes, reservePercent());
      } catch (error) {
        claims.delete(jobId);
        throw error;
      }
    },
    release(jobId) {
      claims.delete(jobId);
    },
  };
}
