import { setImmediate } from 'node:timers/promises';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AlbumId, JobId, RootId, RunId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Job, LibraryFile, Receipt } from '../../src-preload/contract/library.ts';
import type { JobKind, JobState } from '../../src-preload/contract/states.ts';
import type { Connection, PageParameters, PageStatement } from './database.ts';
import { createFileWriter } from './files.ts';
import { fromJson, toJson } from './json.ts';

/** What may change of a job: its progress, and what a fresh plan decides anew for one that is still open. */
export type JobPatch = Partial<
  Pick<
    Job,
    | 'runId'
    | 'formatIds'
    | 'targetPath'
    | 'replaces'
    | 'estimatedBytes'
    | 'state'
    | 'attempts'
    | 'notBeforeMs'
    | 'error'
    | 'receipt'
    | 'position'
    | 'title'
    | 'artist'
    | 'albumTitle'
  >
>;

/** What one job adds to the history of its run. */
export interface JobTally {
  readonly albumId: AlbumId;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly artist: string;
  readonly albumTitle: string;
  /** Of the file it saved; 0 before it is done. */
  readonly bytes: number;
}

/** Rows changed or deleted in one transaction: a few milliseconds' work. */
const CHUNK_ROWS = 200;
/** A cancelled job is forgotten after this time, with what it fetched (architecture §4). */
const CANCELLED_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** The persisted queue (architecture §2, §4). */
export interface JobRepository {
  /** Adds all of them in one transaction, or none. */
  add(jobs: readonly Job[]): Promise<void>;
  get(id: JobId): Promise<Job | null>;
  /** Jobs of a root that are neither done nor cancelled, in the order in which they are taken. */
  open(rootId: RootId): Promise<Job[]>;
  byRun(runId: RunId): Promise<Job[]>;
  /** Cancelled jobs of a root with a part on the disk, which another try at the same thing can go on with. */
  parked(rootId: RootId): Promise<Job[]>;
  /** Calls `visit` for every job of a run. */
  tallies(runId: RunId, visit: (tally: JobTally) => void): Promise<void>;
  /** Changes the given fields; no effect on a job that does not exist. */
  update(id: JobId, patch: JobPatch): Promise<void>;
  /** Changes many, a few at a time: each whole, not all of them or none. */
  updateMany(changes: readonly { readonly id: JobId; readonly patch: JobPatch }[]): Promise<void>;
  /** Notes what was proven, before the file gets its name. */
  setCommitting(id: JobId, receipt: Receipt): Promise<void>;
  /** One transaction: the file's row stands, the job is done, its part's row is gone. */
  finish(id: JobId, file: LibraryFile, pathKey: string): Promise<void>;
  /**
   * For the start: whatever a dead process was doing waits again, at once. `committing` stays: such a job
   * only needs its name.
   */
  markAllInactive(): Promise<void>;
  /** Forgets cancelled jobs nothing was fetched for, and those with a part after 30 days. */
  prune(nowMs: number): Promise<void>;
}

interface Row extends Omit<Job, 'formatIds' | 'replaces' | 'error' | 'receipt'> {
  readonly cursor: number;
  readonly formatIds: string;
  readonly replaces: number;
  readonly error: string | null;
  readonly receipt: string | null;
}

const COLUMNS = `rowid AS cursor, id, run_id AS runId, account_id AS accountId, root_id AS rootId,
  album_id AS albumId, track_id AS trackId, kind, side_index AS sideIndex,
  format_ids AS formatIds, target_path AS targetPath, replaces,
  estimated_bytes AS estimatedBytes, state, attempts, not_before_ms AS notBeforeMs, error, receipt,
  position, title, artist, album_title AS albumTitle`;

const toJob = ({ cursor: _, ...row }: Row): Job => ({
  ...row,
  formatIds: fromJson<FormatId[]>(row.formatIds),
  replaces: row.replaces === 1,
  error: fromJson<ErrorView>(row.error),
  receipt: fromJson<Receipt>(row.receipt),
});

const toRow = (job: Job): Omit<Row, 'cursor'> => ({
  ...job,
  formatIds: JSON.stringify(job.formatIds),
  replaces: Number(job.replaces),
  error: toJson(job.error),
  receipt: toJson(job.receipt),
});

/** The repository of jobs over one connection. */
export function createJobRepository(connection: Connection): JobRepository {
  const { prepare, read, write, writeBeside, pages } = connection;
  const putFile = createFileWriter(connection);
  const insert = prepare<[Omit<Row, 'cursor'>]>(`
    INSERT INTO jobs (id, run_id, account_id, root_id, album_id, track_id, kind, side_index,
      format_ids, target_path, replaces, estimated_bytes, state, attempts, not_before_ms, error,
      receipt, position, title, artist, album_title)
    VALUES (@id, @runId, @accountId, @rootId, @albumId, @trackId, @kind, @sideIndex, @formatIds,
      @targetPath, @replaces, @estimatedBytes, @state, @attempts, @notBeforeMs, @error, @receipt,
      @position, @title, @artist, @albumTitle)`);
  const byId = prepare<[JobId], Row>(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`);
  const openPage = prepare<PageParameters, Row>(`
    SELECT ${COLUMNS} FROM jobs
    WHERE root_id = @key AND state NOT IN ('done', 'cancelled') AND rowid > @after
    ORDER BY rowid LIMIT @limit`);
  const runPage = prepare<PageParameters, Row>(`
    SELECT ${COLUMNS} FROM jobs WHERE run_id = @key AND rowid > @after
    ORDER BY rowid LIMIT @limit`);
  const parked = prepare<[RootId], Row>(`
    SELECT ${COLUMNS} FROM jobs
    WHERE root_id = ? AND state = 'cancelled' AND id IN (SELECT job_id FROM parts)`);
  const tallyPage = prepare<PageParameters, JobTally & { readonly cursor: number }>(`
    SELECT rowid AS cursor, album_id AS albumId, kind, state, artist, album_title AS albumTitle,
      CASE state WHEN 'done' THEN json_extract(receipt, '$.bytes') ELSE 0 END AS bytes
    FROM jobs WHERE run_id = @key AND rowid > @after ORDER BY rowid LIMIT @limit`);
  const dropCancelled = prepare<[number, number]>(`
    DELETE FROM jobs WHERE rowid IN (
      SELECT jobs.rowid FROM jobs LEFT JOIN parts ON parts.job_id = jobs.id
      WHERE jobs.state = 'cancelled' AND (parts.job_id IS NULL OR parts.updated_at_ms < ?)
      LIMIT ?)`);
  const change = prepare<[Omit<Row, 'cursor'>]>(`
    UPDATE jobs SET run_id = @runId, format_ids = @formatIds, target_path = @targetPath,
      replaces = @replaces, estimated_bytes = @estimatedBytes, state = @state,
      attempts = @attempts, not_before_ms = @notBeforeMs, error = @error, receipt = @receipt,
      position = @position, title = @title, artist = @artist, album_title = @albumTitle
    WHERE id = @id`);
  const commit = prepare<[string, JobId]>(
    "UPDATE jobs SET state = 'committing', receipt = ?, error = NULL WHERE id = ?",
  );
  const done = prepare<[string, JobId]>(
    "UPDATE jobs SET state = 'done', receipt = ?, error = NULL WHERE id = ?",
  );
  const carriedOut = prepare<[RootId, AlbumId, TrackId]>(`
    DELETE FROM track_decisions
    WHERE root_id = ? AND album_id = ? AND track_id = ? AND decision = 'upgrade'`);
  const dropPart = prepare<[JobId]>('DELETE FROM parts WHERE job_id = ?');
  const deactivate = prepare<[]>(`
    UPDATE jobs SET state = 'waiting', not_before_ms = 0
    WHERE state NOT IN ('done', 'cancelled') AND state IN ('running', 'retrying')`);

  const inOrder = async (page: PageStatement<Row>, key: RootId | RunId): Promise<Job[]> => {
    const jobs: Job[] = [];
    await pages(page, key, (row) => {
      jobs.push(toJob(row));
      return row.cursor;
    });
    return jobs.sort((a, b) => a.position - b.position);
  };

  const patchOne = (id: JobId, patch: JobPatch): void => {
    const row = byId.get(id);
    if (row) change.run(toRow({ ...toJob(row), ...patch }));
  };

  return {
    add: (jobs) =>
      write(() => {
        for (const job of jobs) insert.run(toRow(job));
      }),
    get: (id) =>
      read(() => {
        const row = byId.get(id);
        return row ? toJob(row) : null;
      }),
    open: (rootId) => inOrder(openPage, rootId),
    byRun: (runId) => inOrder(runPage, runId),
    parked: (rootId) => read(() => parked.all(rootId).map(toJob)),
    tallies: (runId, visit) =>
      pages(tallyPage, runId, ({ cursor, ...tally }) => {
        visit(tally);
        return cursor;
      }),
    update: (id, patch) => writeBeside(() => patchOne(id, patch)),
    async updateMany(changes) {
      for (let from = 0; from < changes.length; from += CHUNK_ROWS) {
        if (from > 0) await setImmediate();
        await write(() => {
          for (const { id, patch } of changes.slice(from, from + CHUNK_ROWS)) patchOne(id, patch);
        });
      }
    },
    setCommitting: (id, receipt) =>
      writeBeside(() => {
        commit.run(JSON.stringify(receipt), id);
      }),
    finish: (id, file, pathKey) =>
      writeBeside(() => {
        putFile(file, pathKey);
        if (file.trackId !== null) carriedOut.run(file.rootId, file.albumId, file.trackId);
        done.run(JSON.stringify(file.receipt), id);
        dropPart.run(id);
      }),
    markAllInactive: () =>
      write(() => {
        deactivate.run();
      }),
    async prune(nowMs) {
      const drop = () => dropCancelled.run(nowMs - CANCELLED_KEPT_MS, CHUNK_ROWS).changes;
      while ((await write(drop)) > 0) await setImmediate();
    },
  };
}
