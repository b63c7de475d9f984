import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AccountId, RootId, RunId } from '../../src-preload/contract/ids.ts';
import type { RunState } from '../../src-preload/contract/states.ts';
import type { RunTotals } from '../../src-preload/contract/views.ts';
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
}

/** The history of runs. */
export interface RunRepository {
  start(run: Pick<RunRow, 'id' | 'accountId' | 'rootId' | 'startedAtMs'>): Promise<void>;
  finish(
    id: RunId,
    end: {
      readonly endedAtMs: number;
      readonly state: RunState;
      readonly totals: RunTotals;
      readonly error: ErrorView | null;
    },
  ): Promise<void>;
  /** The newest runs, newest first. */
  recent(limit: number): Promise<RunRow[]>;
  last(): Promise<RunRow | null>;
}

interface Row extends Omit<RunRow, 'totals' | 'error'> {
  readonly totals: string | null;
  readonly error: string | null;
}

const toRun = (row: Row): RunRow => ({
  ...row,
  totals: fromJson<RunTotals>(row.totals),
  error: fromJson<ErrorView>(row.error),
});

/** The repository of runs over one connection. */
export function createRunRepository({ prepare, read, write }: Connection): RunRepository {
  const insert = prepare<[Pick<RunRow, 'id' | 'accountId' | 'rootId' | 'startedAtMs'>]>(`
    INSERT INTO runs (id, account_id, root_id, started_at_ms, state)
    VALUES (@id, @accountId, @rootId, @startedAtMs, 'preparing')`);
  const finish = prepare<[number, RunState, string | null, string | null, RunId]>(
    'UPDATE runs SET ended_at_ms = ?, state = ?, totals = ?, error = ? WHERE id = ?',
  );
  const newest = prepare<[number], Row>(`
    SELECT id, account_id AS accountId, root_id AS rootId, started_at_ms AS startedAtMs,
      ended_at_ms AS endedAtMs, state, totals, error
    FROM runs ORDER BY rowid DESC LIMIT ?`);
  return {
    start: ({ id, accountId, rootId, startedAtMs }) =>
      write(() => {
        insert.run({ id, accountId, rootId, startedAtMs });
      }),
    finish: (id, { endedAtMs, state, totals, error }) =>
      write(() => {
        finish.run(endedAtMs, state, toJson(totals), toJson(error), id);
      }),
    recent: (limit) => read(() => newest.all(limit).map(toRun)),
    last: () =>
      read(() => {
        const row = newest.get(1);
        return row ? toRun(row) : null;
      }),
  };
}
