import { setImmediate } from 'node:timers/promises';
import type { AlbumId, RootId, StepId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Placement } from '../../src-preload/contract/library.ts';
import type {
  PlacementChange,
  StayReason,
  StepKind,
  StepMove,
  StepState,
  StepView,
} from '../../src-preload/contract/steps.ts';
import type { Connection } from './database.ts';
import { createFileWriter, createStaleMark } from './files.ts';
import { fromJson, toJson } from './json.ts';

/** Where a file of a step is, on the way the step goes (migration 8 says what each means). */
export type MoveState = 'waiting' | 'parked' | 'brought' | 'done' | 'stays';

/** A file of a step as it is stored. `before` and `after` are null, both, when its row only moves along. */
export interface StoredMove extends StepMove {
  readonly no: number;
  readonly state: MoveState;
  readonly reason: StayReason | null;
}

/** A step as it is stored, with its files in the order they were given in. */
export interface StoredStep {
  readonly id: StepId;
  readonly rootId: RootId;
  readonly kind: StepKind;
  readonly state: StepState;
  readonly begunAtMs: number;
  /** The folder that files from outside lie in, absolute; null when all are from the root. */
  readonly outside: string | null;
  /** Whether files from outside stay where they are and are copied. */
  readonly keepsSource: boolean;
  readonly moves: readonly StoredMove[];
}

/** Another place of a file's row, or other contents of it. */
export interface RowChange {
  /** The key under which the row stands, or would. */
  readonly fromKey: string;
  /** Where it stands from now on: NFC, and its key. */
  readonly path: string;
  readonly pathKey: string;
  /** What the row says from now on; `along` for what it says already, at its new path, null for no row. */
  readonly row: LibraryFile | 'along' | null;
}

/** What became of one file of a step: its state, its row, and what is known of it by then. */
export interface MoveChange {
  readonly no: number;
  readonly state: MoveState;
  readonly reason?: StayReason;
  /** Another name than it was meant to have, or another time of change at its new place. */
  readonly from?: string;
  readonly to?: string;
  readonly modifiedMs?: number;
  readonly row?: RowChange;
}

/** Steps: batches of moved files that can be undone, written down before the first file moves. */
export interface StepRepository {
  /** Writes a step down as open, with everything that will be moved. */
  add(step: StoredStep, placements: readonly PlacementChange[]): Promise<void>;
  /** The step of a root that was begun and not ended; null for none. */
  open(rootId: RootId): Promise<StoredStep | null>;
  get(id: StepId): Promise<StoredStep | null>;
  /** The steps of a root, the newest first. */
  list(rootId: RootId): Promise<StepView[]>;
  /** Whether a row claims a path. */
  isClaimed(rootId: RootId, pathKey: string): Promise<boolean>;
  /** Notes what became of some files, with their rows: all of it or nothing. */
  note(step: StoredStep, changes: readonly MoveChange[]): Promise<void>;
  /**
   * Lets a step go back: what was done waits again, what waited counts as done, what stayed is out of it; `stays` cannot
   * go back.
   */
  turnBack(step: StoredStep, stays: ReadonlyMap<number, StayReason>): Promise<void>;
  /** Ends a step: its albums have their new folders, or their old ones again. */
  end(step: StoredStep, state: 'moved' | 'returned'): Promise<void>;
  /** Forgets ended steps that are older than `beforeMs`, and all but the newest `most`. */
  forget(rootId: RootId, beforeMs: number, most: number): Promise<void>;
}

/** Files written in one transaction, so that a large step does not hold up everything else. */
const CHUNK_ROWS = 500;

type StepRow = Omit<StoredStep, 'moves' | 'keepsSource'> & { readonly keepsSource: 0 | 1 };
interface MoveRow {
  readonly no: number;
  readonly fromPath: string;
  readonly toPath: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly hasRows: 0 | 1;
  readonly rowBefore: string | null;
  readonly rowAfter: string | null;
  readonly state: MoveState;
  readonly reason: StayReason | null;
}

const COLUMNS = `id, root_id AS rootId, kind, state, begun_at_ms AS begunAtMs, outside,
  keeps_source AS keepsSource`;

/** Whether a row does no more than follow its file. */
const movesAlong = ({ before, after }: StepMove): boolean => {
  if (before === null || after === null) return before === after;
  const { path: _, ...rest } = before;
  const { path: __, ...others } = after;
  return JSON.stringify(rest) === JSON.stringify(others);
};

const toMoveRow = (move: StoredMove): MoveRow => {
  const along = movesAlong(move);
  return {
    no: move.no,
    fromPath: move.from,
    toPath: move.to,
    bytes: move.bytes,
    modifiedMs: move.modifiedMs,
    hasRows: along ? 0 : 1,
    rowBefore: along ? null : toJson(move.before),
    rowAfter: along ? null : toJson(move.after),
    state: move.state,
    reason: move.reason,
  };
};

const toMove = (row: MoveRow): StoredMove => ({
  no: row.no,
  from: row.fromPath,
  to: row.toPath,
  bytes: row.bytes,
  modifiedMs: row.modifiedMs,
  before: fromJson<LibraryFile>(row.rowBefore),
  after: fromJson<LibraryFile>(row.rowAfter),
  state: row.state,
  reason: row.reason,
});

/** The repository of steps over one connection. */
export function createStepRepository(connection: Connection): StepRepository {
  const { prepare, read, write } = connection;
  const insert = prepare<[StepRow]>(`
    INSERT INTO steps (id, root_id, kind, state, begun_at_ms, outside, keeps_source)
    VALUES (@id, @rootId, @kind, 'noted', @begunAtMs, @outside, @keepsSource)`);
  const insertMove = prepare<[MoveRow & { readonly stepId: StepId }]>(`
    INSERT INTO step_moves (step_id, no, from_path, to_path, bytes, modified_ms, has_rows,
      row_before, row_after, state, reason)
    VALUES (@stepId, @no, @fromPath, @toPath, @bytes, @modifiedMs, @hasRows, @rowBefore, @rowAfter,
      @state, @reason)`);
  const insertPlacement = prepare<[StepId, AlbumId, string | null, string | null]>(`
    INSERT INTO step_placements (step_id, album_id, placement_before, placement_after)
    VALUES (?, ?, ?, ?)`);
  const setState = prepare<[StepState, StepId]>('UPDATE steps SET state = ? WHERE id = ?');
  const opened = prepare<[RootId], StepRow>(
    `SELECT ${COLUMNS} FROM steps WHERE root_id = ? AND state IN ('moving', 'returning')`,
  );
  const byId = prepare<[StepId], StepRow>(
    `SELECT ${COLUMNS} FROM steps WHERE id = ? AND state <> 'noted'`,
  );
  const moves = prepare<[StepId], MoveRow>(`
    SELECT no, from_path AS fromPath, to_path AS toPath, bytes, modified_ms AS modifiedMs,
      has_rows AS hasRows, row_before AS rowBefore, row_after AS rowAfter, state, reason
    FROM step_moves WHERE step_id = ? ORDER BY no`);
  const views = prepare<[RootId], StepView>(`
    SELECT id, root_id AS rootId, kind, state, begun_at_ms AS begunAtMs,
      (SELECT count(*) FROM step_moves m WHERE m.step_id = steps.id AND m.state <> 'stays') AS files,
      (SELECT count(*) FROM step_moves m WHERE m.step_id = steps.id AND m.state = 'stays') AS stayed
    FROM steps WHERE root_id = ? AND state <> 'noted' ORDER BY begun_at_ms DESC, rowid DESC`);
  const claimed = prepare<[RootId, string], { id: number }>(
    'SELECT id FROM files WHERE root_id = ? AND path_key = ?',
  );
  const change = prepare<
    [Omit<Required<MoveChange>, 'row' | 'reason'> & { stepId: StepId; reason: StayReason | null }]
  >(`
    UPDATE step_moves SET state = @state, reason = @reason, from_path = @from, to_path = @to,
      modified_ms = @modifiedMs
    WHERE step_id = @stepId AND no = @no`);
  const dropAt = prepare<[RootId, string]>('DELETE FROM files WHERE root_id = ? AND path_key = ?');
  const takeAlong = prepare<[string, string, number]>(
    'UPDATE files SET path = ?, path_key = ? WHERE id = ?',
  );
  const turnMoves = prepare<[StepId]>(`
    UPDATE step_moves SET state = CASE state WHEN 'waiting' THEN 'done' ELSE 'waiting' END
    WHERE step_id = ? AND state IN ('waiting', 'brought', 'done')`);
  const dropStayed = prepare<[StepId]>(
    "DELETE FROM step_moves WHERE step_id = ? AND state = 'stays'",
  );
  const setStay = prepare<[StayReason, StepId, number]>(
    "UPDATE step_moves SET state = 'stays', reason = ? WHERE step_id = ? AND no = ?",
  );
  const placements = prepare<
    [StepId],
    { albumId: AlbumId; placementBefore: string | null; placementAfter: string | null }
  >(`
    SELECT album_id AS albumId, placement_before AS placementBefore,
      placement_after AS placementAfter
    FROM step_placements WHERE step_id = ?`);
  const placed = prepare<[RootId, AlbumId], { folder: string; template: string }>(
    'SELECT folder, template FROM placements WHERE root_id = ? AND album_id = ?',
  );
  const dropPlacement = prepare<[RootId, AlbumId]>(
    'DELETE FROM placements WHERE root_id = ? AND album_id = ?',
  );
  const place = prepare<[RootId, AlbumId, string, string, 0 | 1, 0 | 1]>(`
    INSERT INTO placements (root_id, album_id, folder, template, covers_planned, booklets_planned)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const forget = prepare<[{ rootId: RootId; beforeMs: number; most: number }]>(`
    DELETE FROM steps WHERE root_id = @rootId AND (state = 'noted' OR state IN ('moved', 'returned')
      AND (begun_at_ms < @beforeMs OR rowid NOT IN (
        SELECT rowid FROM steps WHERE root_id = @rootId AND state <> 'noted'
        ORDER BY begun_at_ms DESC, rowid DESC LIMIT @most)))`);
  const putFile = createFileWriter(connection);
  const markStale = createStaleMark(connection);

  const whole = (row: StepRow | undefined): StoredStep | null =>
    row
      ? { ...row, keepsSource: row.keepsSource === 1, moves: moves.all(row.id).map(toMove) }
      : null;

  const changeRow = (rootId: RootId, { fromKey, path, pathKey, row }: RowChange) => {
    const there = claimed.get(rootId, fromKey);
    if (row === 'along') {
      if (!there) return;
      // A row whose file is gone gives way to the file that is there.
      if (fromKey !== pathKey) dropAt.run(rootId, pathKey);
      takeAlong.run(path, pathKey, there.id);
    } else {
      if (there) dropAt.run(rootId, fromKey);
      if (row) putFile({ ...row, path }, pathKey);
    }
    markStale(rootId);
  };

  const changePlacements = (step: StoredStep, forwards: boolean) => {
    const all = placements.all(step.id).map((each) => {
      const before = fromJson<Placement>(each.placementBefore);
      const after = fromJson<Placement>(each.placementAfter);
      return {
        albumId: each.albumId,
        old: forwards ? before : after,
        next: forwards ? after : before,
      };
    });
    // Whoever placed an album anew meanwhile keeps it there.
    const changed = all.filter(({ albumId, old, next }) => {
      const now = placed.get(step.rootId, albumId);
      const isOld = now?.folder === old?.folder && now?.template === old?.template;
      return isOld && (old?.folder !== next?.folder || old?.template !== next?.template);
    });
    // All of them first: two albums may have changed places.
    for (const { albumId } of changed) dropPlacement.run(step.rootId, albumId);
    for (const { albumId, next } of changed) {
      if (next === null) continue;
      const { folder, template, sides } = next;
      const flags = [sides.covers ? 1 : 0, sides.booklets ? 1 : 0] as const;
      place.run(step.rootId, albumId, folder, template, ...flags);
    }
    if (changed.length > 0) markStale(step.rootId);
  };

  return {
    async add(step, changes) {
      const { moves: all, keepsSource, ...row } = step;
      const stepId = step.id;
      await write(() => insert.run({ ...row, keepsSource: keepsSource ? 1 : 0 }));
      for (let from = 0; from < all.length; from += CHUNK_ROWS) {
        await write(() => {
          for (const move of all.slice(from, from + CHUNK_ROWS)) {
            insertMove.run({ ...toMoveRow(move), stepId });
          }
        });
        await setImmediate();
      }
      await write(() => {
        for (const { albumId, before, after } of changes) {
          insertPlacement.run(stepId, albumId, toJson(before), toJson(after));
        }
        setState.run(step.state, stepId);
      });
    },
    open: (rootId) => read(() => whole(opened.get(rootId))),
    get: (id) => read(() => whole(byId.get(id))),
    list: (rootId) => read(() => views.all(rootId)),
    isClaimed: (rootId, pathKey) => read(() => claimed.get(rootId, pathKey) !== undefined),
    note: (step, changes) =>
      write(() => {
        const before = new Map(step.moves.map((move) => [move.no, move]));
        for (const { row, reason = null, ...said } of changes) {
          const move = before.get(said.no);
          if (!move) continue;
          const { from, to, modifiedMs } = move;
          change.run({ from, to, modifiedMs, ...said, reason, stepId: step.id });
          if (row) changeRow(step.rootId, row);
        }
      }),
    turnBack: (step, stays) =>
      write(() => {
        dropStayed.run(step.id);
        turnMoves.run(step.id);
        for (const [no, reason] of stays) setStay.run(reason, step.id, no);
        setState.run('returning', step.id);
      }),
    end: (step, state) =>
      write(() => {
        changePlacements(step, state === 'moved');
        setState.run(state, step.id);
      }),
    forget: (rootId, beforeMs, most) =>
      write(() => {
        forget.run({ rootId, beforeMs, most });
      }),
  };
}
