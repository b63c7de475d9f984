import { setImmediate } from 'node:timers/promises';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AccountId, RootId, RunId } from '../../src-preload/contract/ids.ts';
import type { RunTotals } from '../../src-preload/contract/queue.ts';
import type { RunState } from '../../src-preload/contract/states.ts';
import type { Connection } from './database.ts';
import { fromJson, toJson } from './json.ts';

/** One press of Sync and how it ended. */
export interface RunRow {
  readonly id: RunId;
  readonly accountId: AccountId;
  readonly rootId: RootId;
  readonly startedAtMs: number;
  /** Null while it goes on, or when the process died in it. */
  readonly endedAtMs: number | null;
  readonly state: RunState;
  /** Null until it ended. */
  readonly totals: RunTotals | null;
  /** What paused or ended it, when something did. */
  readonly error: ErrorView | null;
  /** What it was to be over, as who ran it wrote it down; null for everything. */
  readonly scope: unknown;
}

type NewRun = Pick<RunRow, 'id' | 'accountId' | 'rootId' | 'startedAtMs' | 'scope'>;

/** The history of runs, kept a year or 1,000 runs, whichever is less. */
export interface RunRepository {
  start(run: NewRun): Promise<void>;
  setScope(id: RunId, scope: unknown): Promise<void>;
  finish(
    id: RunId,
    end: {
      readonly endedAtMs: number;
      readonly state: RunState;
      readonly totals: RunTotals;
      readonly error: ErrorView | null;
    },
  ): Promise<void>;
  /** The account's newest runs, newest first; with `before`, those that came before that run. */
  page(accountId: AccountId, before: RunId | null, limit: number): Promise<RunRow[]>;
  last(): Promise<RunRow | null>;
  /** Forgets old runs and the jobs they did; what of them is still in the queue stays there. */
  prune(nowMs: number): Promise<void>;
}

const KEPT_MS = 365 * 24 * 60 * 60 * 1000;
const KEPT_RUNS = 1000;
/** Rows deleted in one transaction. */
const CHUNK_ROWS = 500;

interface Row extends Omit<RunRow, 'totals' | 'error' | 'scope'> {
  readonly totals: string | null;
  readonly error: string | null;
  readonly scope: string | null;
}

const COLUMNS = `id, account_id AS accountId, root_id AS rootId, started_at_ms AS startedAtMs,
  ended_at_ms AS endedAtMs, state, totals, error, scope`;

const toRun = (row: Row): RunRow => ({
  ...row,
  totals: fromJson<RunTotals>(row.totals),
  error: fromJson<ErrorView>(row.error),
  scope: fromJson<unknown>(row.scope),
});

/** The repository of runs over one connection. */
export function createRunRepository({ prepare, read, write }: Connection): RunRepository {
  const insert = prepare<[Omit<NewRun, 'scope'> & { readonly scope: string | null }]>(`
    INSERT INTO runs (id, account_id, root_id, started_at_ms, state, scope)
    VALUES (@id, @accountId, @rootId, @startedAtMs, 'preparing', @scope)`);
  const setScope = prepare<[string | null, RunId]>('UPDATE runs SET scope = ? WHERE id = ?');
  const finish = prepare<[number, RunState, string | null, string | null, RunId]>(
    'UPDATE runs SET ended_at_ms = ?, state = ?, totals = ?, error = ? WHERE id = ?',
  );
  const newest = prepare<[], Row>(`SELECT ${COLUMNS} FROM runs ORDER BY rowid DESC LIMIT 1`);
  const page = prepare<
    [{ readonly accountId: AccountId; readonly before: RunId | null; readonly limit: number }],
    Row
  >(`
    SELECT ${COLUMNS} FROM runs
    WHERE account_id = @accountId
      AND (@before IS NULL OR rowid < (SELECT rowid FROM runs WHERE id = @before))
    ORDER BY rowid DESC LIMIT @limit`);
  const firstOld = prepare<[number, number], { readonly id: RunId }>(`
    SELECT id FROM runs WHERE started_at_ms < ?
      OR rowid <= (SELECT rowid FROM runs ORDER BY rowid DESC LIMIT 1 OFFSET ?)
    ORDER BY rowid LIMIT 1`);
  const dropJobs = prepare<[RunId, number]>(`
    DELETE FROM jobs WHERE rowid IN (
      SELECT rowid FROM jobs WHERE run_id = ? AND state IN ('done', 'cancelled') LIMIT ?)`);
  const drop = prepare<[RunId]>('DELETE FROM runs WHERE id = ?');
  return {
    start: ({ id, accountId, rootId, startedAtMs, scope }) =>
      write(() => {
        insert.run({ id, accountId, rootId, startedAtMs, scope: toJson(scope) });
      }),
    setScope: (id, scope) =>
      write(() => {
        setScope.run(toJson(scope), id);
      }),
    finish: (id, { endedAtMs, state, totals, error }) =>
      write(() => {
        finish.run(endedAtMs, state, toJson(totals), toJson(error), id);
      }),
    page: (accountId, before, limit) =>
      read(() => page.all({ accountId, before, limit }).map(toRun)),
    last: () =>
      read(() => {
        const row = newest.get();
        return row ? toRun(row) : null;
      }),
    async prune(nowMs) {
      for (;;) {
        const old = await read(() => firstOld.get(nowMs - KEPT_MS, KEPT_RUNS));
        if (!old) return;
        while ((await write(() => dropJobs.run(old.id, CHUNK_ROWS).changes)) > 0) {
          await setImmediate();
        }
        await write(() => {
          drop.run(old.id);
        });
        await setImmediate();
      }
    },
  };
}
