/**
 * Migration 9: what people decided about single tracks and about things they have twice. A track that is left out has
 * no row in `files`; whoever writes one takes the decision back in the same transaction. Frozen: never edit it.
 */
export const SQL = `
CREATE TABLE track_decisions (
  root_id TEXT NOT NULL REFERENCES library_roots (id),
  album_id TEXT NOT NULL,
  track_id INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('keep-this', 'dismissed', 'upgrade', 'left-out')),
  offer TEXT,
  PRIMARY KEY (root_id, album_id, track_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_duplicates (
  root_id TEXT NOT NULL REFERENCES library_roots (id),
  key TEXT NOT NULL,
  PRIMARY KEY (root_id, key)
) STRICT, WITHOUT ROWID;
`;
