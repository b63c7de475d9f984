/**
 * Migration 2: whether a root's manifest lacks a change of its rows, so that a sync which changed nothing need
 * not write it again. Frozen: never edit it.
 */
export const SQL = `
ALTER TABLE library_roots
  ADD COLUMN manifest_stale INTEGER NOT NULL DEFAULT 1 CHECK (manifest_stale IN (0, 1));
`;
