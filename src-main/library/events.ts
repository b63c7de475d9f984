import { setImmediate } from 'node:timers/promises';
import type { CratefulEvent } from '../../src-preload/contract/events.ts';
import type { JobId } from '../../src-preload/contract/ids.ts';
import type { Connection } from './database.ts';
import { fromJson } from './json.ts';

/** What happened, kept 30 days or 50,000 rows, whichever is less (architecture §2). */
export interface EventRepository {
  append(event: CratefulEvent): Promise<void>;
  /** The newest events, oldest of them first. */
  recent(limit: number): Promise<CratefulEvent[]>;
  /** The newest events about one job, oldest of them first; at most 200. */
  byJob(id: JobId): Promise<CratefulEvent[]>;
  /** The highest sequence number ever stored, pruned ones included; 0 before the first. */
  lastSeq(): Promise<number>;
  prune(nowMs: number): Promise<void>;
}

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const KEPT_ROWS = 50_000;
/** Rows deleted in one transaction. */
const CHUNK_ROWS = 1000;
/** More than a job can gather in years of trying. */
const MOST_OF_A_JOB = 200;

const COLUMNS = `v, seq, at, severity, run_id AS runId, job_id AS jobId, attempt,
  account_id AS accountId, code, context`;

interface Row extends Omit<CratefulEvent, 'context'> {
  readonly context: string;
}

const toEvent = (row: Row): CratefulEvent => ({
  ...row,
  context: fromJson<CratefulEvent['context']>(row.context),
});

/** The repository of events over one connection. */
export function createEventRepository({
  prepare,
  read,
  write,
  writeBeside,
}: Connection): EventRepository {
  const insert = prepare<[Row]>(`
    INSERT INTO events (seq, v, at, severity, run_id, job_id, attempt, account_id, code, context)
    VALUES (@seq, @v, @at, @severity, @runId, @jobId, @attempt, @accountId, @code, @context)`);
  const newest = prepare<[number], Row>(`SELECT ${COLUMNS} FROM events ORDER BY seq DESC LIMIT ?`);
  const ofJob = prepare<[JobId, number], Row>(
    `SELECT ${COLUMNS} FROM events WHERE job_id = ? ORDER BY seq DESC LIMIT ?`,
  );
  // AUTOINCREMENT remembers the highest number even when its row was pruned.
  const last = prepare<[], { seq: number }>(
    "SELECT seq FROM sqlite_sequence WHERE name = 'events'",
  );
  const firstKept = prepare<[number], { seq: number }>(
    'SELECT seq FROM events ORDER BY seq DESC LIMIT 1 OFFSET ?',
  );
  const dropBefore = prepare<[number, number]>(
    'DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE seq < ? LIMIT ?)',
  );
  const dropOld = prepare<[number, number]>(
    'DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE at < ? LIMIT ?)',
  );
  const dropAll = async (drop: typeof dropOld, bound: number): Promise<void> => {
    while ((await write(() => drop.run(bound, CHUNK_ROWS).changes)) > 0) await setImmediate();
  };
  return {
    append: (event) =>
      writeBeside(() => {
        insert.run({ ...event, context: JSON.stringify(event.context) });
      }),
    recent: (limit) => read(() => newest.all(limit).map(toEvent).reverse()),
    byJob: (id) => read(() => ofJob.all(id, MOST_OF_A_JOB).map(toEvent).reverse()),
    lastSeq: () => read(() => last.get()?.seq ?? 0),
    async prune(nowMs) {
      await dropAll(dropOld, nowMs - KEPT_MS);
      const kept = await read(() => firstKept.get(KEPT_ROWS - 1));
      if (kept) await dropAll(dropBefore, kept.seq);
    },
  };
}
