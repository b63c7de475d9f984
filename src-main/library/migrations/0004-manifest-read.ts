/**
 * Migration 4: whether everything in a root's manifest was read into its rows, so that a process that ends in the
 * middle of it is noticed. Frozen: never edit it.
 */
export const SQL = `
ALTER TABLE library_roots
  ADD COLUMN manifest_read INTEGER NOT NULL DEFAULT 0 CHECK (manifest_read IN (0, 1));
`;
