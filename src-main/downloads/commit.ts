import { join } from 'node:path';
import type { Job, LibraryFile, Receipt } from '../../src-preload/contract/library.ts';
import { commitFile } from '../files/commit.ts';
import type { FileSystem } from '../files/file-system.ts';
import { pathKey } from '../files/names.ts';
import { partPath } from '../files/root.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';

/** What a committer works with. */
export interface CommitParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'jobs' | 'files'>;
  readonly rootPath: string;
  /** Lets a name that another program holds for a moment be tried again. */
  readonly clock: Pick<Clock, 'sleep'>;
  /** sha256 and length of a file. */
  readonly hash: (path: string) => Promise<{ sha256: string; bytes: number }>;
}

/** Gives proven files their names, in an order a kill at any point heals from (architecture §4 step 6). */
export interface Committer {
  /**
   * Names the job's second file and records it.
   *
   * Throws `PATH_OCCUPIED`, `PATH_NOT_WRITABLE`, `DISK_FULL` and `DISK_FAILED`.
   */
  commit(job: Job, receipt: Receipt): Promise<void>;
  /** Finishes what a killed process left between receipt and row, without fetching anything again. */
  heal(job: Job): Promise<void>;
}

/** Makes a committer for one root. */
export function createCommitter({ fs, library, rootPath, clock, hash }: CommitParts): Committer {
  /** Where a replaced file goes: under the job's id, so that two of one name never meet. */
  const replacedName = (job: Job, path: string) => `${job.id}/${path}`;

  /** Where the file stands that the job replaces; null when it replaces none. */
  const oldPath = async (job: Job): Promise<string | null> => {
    if (!job.replaces) return null;
    const rows = await library.files.byAlbum(job.rootId, job.albumId);
    const isOld = (row: LibraryFile) =>
      job.trackId === null ? isTarget(job, row.path) : row.trackId === job.trackId;
    return rows.find(isOld)?.path ?? null;
  };

  const isTarget = (job: Job, path: string | null): boolean =>
    path !== null && pathKey(path) === pathKey(job.targetPath);

  /** Only after the new file has its name: a name that turns out to be taken must not cost the old file its own. */
  const setAsideOtherPath = async (job: Job) => {
    const old = await oldPath(job);
    if (old === null || isTarget(job, old)) return;
    const from = join(rootPath, old);
    const there = await fs.stat(from).then(
      () => true,
      () => false,
    );
    if (!there) return;
    await commitFile(fs, {
      rootPath,
      clock,
      from,
      targetPath: `.crateful/replaced/${replacedName(job, old)}`,
      replace: false,
      replacedName: '',
    });
  };

  const name = async (job: Job, receipt: Receipt) => {
    const saved = await commitFile(fs, {
      rootPath,
      clock,
      from: partPath(rootPath, job.id, 'tagged'),
      targetPath: job.targetPath,
      // Whatever else stands at the name is the user's, however it came there.
      replace: isTarget(job, await oldPath(job)),
      replacedName: replacedName(job, job.targetPath),
    });
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
    await setAsideOtherPath(job);
    // Before the row: a kill in between is healed by the file under its name, while a part whose job is done
    // would lie there for a month.
    await fs.rm(partPath(rootPath, job.id, 'part'), { force: true });
    await library.jobs.finish(job.id, file, pathKey(file.path));
  };

  return {
    async commit(job, receipt) {
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
        await record(job, receipt, (await fs.stat(target)).mtimeMs);
        return;
      }
      await library.jobs.update(job.id, { state: 'waiting', receipt: null });
    },
  };
}
