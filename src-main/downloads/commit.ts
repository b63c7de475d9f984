import { join } from 'node:path';
import type { Job, LibraryFile, Receipt } from '../../src-preload/contract/library.ts';
import { CratefulError } from '../errors.ts';
import { commitFile } from '../files/commit.ts';
import { type FileSystem, ifThere } from '../files/file-system.ts';
import { pathKey } from '../files/names.ts';
import { partPath } from '../files/root.ts';
import { setFileAside } from '../files/set-aside.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import { compareQuality, qualityOf } from './quality.ts';

/** What a committer works with. */
export interface CommitParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'jobs' | 'files' | 'decisions'>;
  readonly rootPath: string;
  /** Lets a name that another program holds for a moment be tried again. */
  readonly clock: Pick<Clock, 'sleep' | 'now'>;
  /** sha256 and length of a file. */
  readonly hash: (path: string) => Promise<{ sha256: string; bytes: number }>;
}

/** Gives proven files their names, in an order a kill at any point heals from (architecture §4 step 6). */
export interface Committer {
  /**
   * Names the job's second file and records it.
   *
   * Throws `EDITION_NOT_BETTER` where an upgrade was accepted and what came is none: the file that is there stays.
   * Throws `PATH_OCCUPIED`, `PATH_NOT_WRITABLE`, `DISK_FULL` and `DISK_FAILED`.
   */
  commit(job: Job, receipt: Receipt): Promise<void>;
  /** Finishes what a killed process left between receipt and row, without fetching anything again. */
  heal(job: Job): Promise<void>;
}

/** Makes a committer for one root. */
export function createCommitter(parts: CommitParts): Committer {
  const { fs, library, rootPath, clock, hash } = parts;

  /** The row of the file that the job replaces; null when it replaces none. */
  const oldRow = async (job: Job): Promise<LibraryFile | null> => {
    if (!job.replaces) return null;
    const rows = await library.files.byAlbum(job.rootId, job.albumId);
    const isOld = (row: LibraryFile) =>
      job.trackId === null ? isTarget(job, row) : row.trackId === job.trackId;
    return rows.find(isOld) ?? null;
  };

  const isTarget = (job: Job, row: LibraryFile | null): boolean =>
    row !== null && pathKey(row.path) === pathKey(job.targetPath);

  const accepted = async ({ rootId, albumId, trackId }: Job) => {
    const decided = trackId === null ? null : await library.decisions.get(rootId, albumId, trackId);
    return decided?.decision === 'upgrade' ? decided : null;
  };

  /** Moves the old file into the store, under the job's id, so that two of one name never meet. */
  const setAside = async (job: Job, old: LibraryFile, receipt: Receipt) => {
    const sameWish = old.receipt.requestedFormatId === receipt.requestedFormatId;
    const reason = (await accepted(job)) ? 'upgrade' : sameWish ? 'damaged' : 'format-changed';
    const { id, title, artist, albumTitle } = job;
    const words = { title, artist, albumTitle };
    await setFileAside(parts, { id, path: old.path, reason, row: old, ...words });
  };

  /** Only after the new file has its name: a name that turns out to be taken must not cost the old file its own. */
  const setAsideOtherPath = async (job: Job, receipt: Receipt) => {
    const old = await oldRow(job);
    if (old === null || isTarget(job, old)) return;
    if (await ifThere(fs.stat(join(rootPath, old.path)))) await setAside(job, old, receipt);
  };

  const name = async (job: Job, receipt: Receipt) => {
    const old = await oldRow(job);
    const saved = await commitFile(fs, {
      rootPath,
      clock,
      from: partPath(rootPath, job.id, 'tagged'),
      targetPath: job.targetPath,
      // Whatever else stands at the name is the user's, however it came there.
      setAside: old && isTarget(job, old) ? () => setAside(job, old, receipt) : null,
    });
    try {
      await setAsideOtherPath(job, receipt);
    } catch (error) {
      // The old file stays, so the new one must not: without a row it would be taken for somebody else's.
      const tagged = partPath(rootPath, job.id, 'tagged');
      await fs.rename(join(rootPath, job.targetPath), tagged).catch(() => undefined);
      throw error;
    }
    await record(job, receipt, saved.modifiedMs);
  };

  const record = async (job: Job, receipt: Receipt, modifiedMs: number) => {
    const file: LibraryFile = {
      rootId: job.rootId,
      albumId: job.albumId,
      trackId: job.trackId,
      kind: job.kind,
      path: job.targetPath,
      bytes: receipt.bytes,
      modifiedMs,
      receipt,
    };
    // Before the row: a kill in between is healed by the file under its name, while a part whose job is done
    // would lie there for a month.
    await fs.rm(partPath(rootPath, job.id, 'part'), { force: true });
    await library.jobs.finish(job.id, file, pathKey(file.path));
  };

  /** Nobody accepted to give a good file up for one that is no better. */
  const requireBetter = async (job: Job, receipt: Receipt) => {
    const decided = await accepted(job);
    const old = decided && (await oldRow(job));
    if (!old || (compareQuality(qualityOf(receipt), qualityOf(old.receipt)) ?? 0) > 0) return;
    await library.decisions.put([{ ...decided, decision: 'dismissed' }]);
    for (const kind of ['part', 'tagged'] as const) {
      await fs.rm(partPath(rootPath, job.id, kind), { force: true });
    }
    throw new CratefulError('EDITION_NOT_BETTER', { formatId: receipt.servedFormatId ?? 0 });
  };

  return {
    async commit(job, receipt) {
      await requireBetter(job, receipt);
      await library.jobs.update(job.id, { targetPath: job.targetPath });
      await library.jobs.setCommitting(job.id, receipt);
      await name(job, receipt);
    },

    async heal(job) {
      const { receipt } = job;
      if (!receipt) {
        await library.jobs.update(job.id, { state: 'waiting' });
        return;
      }
      const tagged = await hash(partPath(rootPath, job.id, 'tagged')).catch(() => null);
      if (tagged?.sha256 === receipt.sha256) {
        await name(job, receipt);
        return;
      }
      const target = join(rootPath, job.targetPath);
      const named = await hash(target).catch(() => null);
      if (named?.sha256 === receipt.sha256) {
        await setAsideOtherPath(job, receipt);
        await record(job, receipt, (await fs.stat(target)).mtimeMs);
        return;
      }
      await library.jobs.update(job.id, { state: 'waiting', receipt: null });
    },
  };
}
