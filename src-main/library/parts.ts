import type { JobId, RootId } from '../../src-preload/contract/ids.ts';
import type { Part } from '../../src-preload/contract/library.ts';
import type { Connection, PageParameters } from './database.ts';

/** What is known of partial files, so that a killed process goes on where it was (architecture §4). */
export interface PartRepository {
  get(jobId: JobId): Promise<Part | null>;
  /** Those of jobs under a root. */
  ofRoot(rootId: RootId): Promise<Part[]>;
  /** Adds or replaces the part of its job. */
  put(part: Part): Promise<void>;
  /** Notes how many bytes are known to be on the disk; call it only after an fsync. */
  setDurable(jobId: JobId, durableBytes: number): Promise<void>;
  delete(jobId: JobId): Promise<void>;
}

const COLUMNS = `job_id AS jobId, format_id AS formatId, total_bytes AS totalBytes,
  mime_type AS mimeType, etag, stage, durable_bytes AS durableBytes,
  sampling_rate_khz AS samplingRateKHz, bit_depth AS bitDepth, updated_at_ms AS updatedAtMs`;

/** The repository of parts over one connection. */
export function createPartRepository(connection: Connection): PartRepository {
  const { prepare, read, write, writeBeside, pages } = connection;
  const byJob = prepare<[JobId], Part>(`SELECT ${COLUMNS} FROM parts WHERE job_id = ?`);
  const ofRoot = prepare<PageParameters, Part & { readonly cursor: number }>(`
    SELECT rowid AS cursor, ${COLUMNS} FROM parts
    WHERE rowid > @after AND (SELECT root_id FROM jobs WHERE id = job_id) = @key
    ORDER BY rowid LIMIT @limit`);
  const put = prepare<[Part]>(`
    INSERT OR REPLACE INTO parts (job_id, format_id, total_bytes, mime_type, etag, stage,
      durable_bytes, sampling_rate_khz, bit_depth, updated_at_ms)
    VALUES (@jobId, @formatId, @totalBytes, @mimeType, @etag, @stage, @durableBytes,
      @samplingRateKHz, @bitDepth, @updatedAtMs)`);
  const setDurable = prepare<[number, JobId]>(
    'UPDATE parts SET durable_bytes = ? WHERE job_id = ?',
  );
  const drop = prepare<[JobId]>('DELETE FROM parts WHERE job_id = ?');
  return {
    get: (jobId) => read(() => byJob.get(jobId) ?? null),
    async ofRoot(rootId) {
      const parts: Part[] = [];
      await pages(ofRoot, rootId, ({ cursor, ...part }) => {
        parts.push(part);
        return cursor;
      });
      return parts;
    },
    put: (part) =>
      writeBeside(() => {
        put.run(part);
      }),
    setDurable: (jobId, durableBytes) =>
      writeBeside(() => {
        setDurable.run(durableBytes, jobId);
      }),
    delete: (jobId) =>
      write(() => {
        drop.run(jobId);
      }),
  };
}
