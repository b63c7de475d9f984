/**
 * Migration 8: steps, which move many files of a root at once and can be undone. `state` of a move is relative to the
 * way its step goes: `waiting` stands where the way begins, `done` where it ends, `parked` under a name of its own in
 * between, `brought` in both places, and what `stays` was left alone. Frozen: never edit it.
 */
export const SQL = `
CREATE TABLE steps (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL REFERENCES library_roots (id),
  kind TEXT NOT NULL CHECK (kind IN ('rearrange', 'adopt')),
  state TEXT NOT NULL CHECK (state IN ('noted', 'moving', 'moved', 'returning', 'returned')),
  begun_at_ms INTEGER NOT NULL,
  outside TEXT,
  keeps_source INTEGER NOT NULL CHECK (keeps_source IN (0, 1))
) STRICT;
CREATE INDEX steps_root ON steps (root_id);
CREATE UNIQUE INDEX steps_open ON steps (root_id) WHERE state IN ('moving', 'returning');

CREATE TABLE step_moves (
  step_id TEXT NOT NULL REFERENCES steps (id) ON DELETE CASCADE,
  no INTEGER NOT NULL,
  from_path TEXT NOT NULL,
  to_path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  has_rows INTEGER NOT NULL CHECK (has_rows IN (0, 1)),
  row_before TEXT,
  row_after TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'parked', 'brought', 'done', 'stays')),
  reason TEXT,
  PRIMARY KEY (step_id, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE step_placements (
  step_id TEXT NOT NULL REFERENCES steps (id) ON DELETE CASCADE,
  album_id TEXT NOT NULL,
  placement_before TEXT,
  placement_after TEXT,
  PRIMARY KEY (step_id, album_id)
) STRICT, WITHOUT ROWID;
`;
