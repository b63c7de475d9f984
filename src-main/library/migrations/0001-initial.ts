/** Migration 1: everything that is costly to change later (architecture §8). Frozen: never edit it. */
export const SQL = `
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT,
  plan TEXT,
  signed_in INTEGER NOT NULL DEFAULT 1 CHECK (signed_in IN (0, 1)),
  is_current INTEGER NOT NULL DEFAULT 0 CHECK (is_current IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX accounts_current ON accounts (is_current) WHERE is_current = 1;

CREATE TABLE library_roots (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  path TEXT NOT NULL,
  template TEXT NOT NULL,
  preference TEXT NOT NULL,
  is_current INTEGER NOT NULL DEFAULT 0 CHECK (is_current IN (0, 1))
) STRICT;
CREATE INDEX library_roots_path ON library_roots (path);
CREATE UNIQUE INDEX library_roots_current ON library_roots (account_id) WHERE is_current = 1;

CREATE TABLE purchases (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  album_id TEXT NOT NULL,
  track_id INTEGER NOT NULL,
  purchased_at INTEGER NOT NULL,
  formats_known INTEGER NOT NULL CHECK (formats_known IN (0, 1)),
  downloadable INTEGER NOT NULL CHECK (downloadable IN (0, 1)),
  last_seen_ms INTEGER NOT NULL,
  album TEXT NOT NULL,
  track TEXT,
  UNIQUE (account_id, album_id, track_id)
) STRICT;
CREATE INDEX purchases_account ON purchases (account_id);

CREATE TABLE entitlements (
  account_id TEXT NOT NULL,
  album_id TEXT NOT NULL,
  track_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  format_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, album_id, track_id, position),
  FOREIGN KEY (account_id, album_id, track_id)
    REFERENCES purchases (account_id, album_id, track_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE listings (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('albums', 'tracks')),
  listed_at_ms INTEGER NOT NULL,
  odd_rows INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE albums (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  version TEXT,
  artist TEXT NOT NULL,
  label TEXT,
  upc TEXT,
  release_date TEXT,
  fetched_at_ms INTEGER NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE tracks (
  id INTEGER NOT NULL,
  album_id TEXT NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  artist TEXT NOT NULL,
  isrc TEXT,
  disc_number INTEGER NOT NULL,
  track_number INTEGER NOT NULL,
  duration_seconds REAL NOT NULL,
  PRIMARY KEY (album_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracks_id ON tracks (id);
CREATE INDEX tracks_isrc ON tracks (isrc) WHERE isrc IS NOT NULL;

CREATE TABLE placements (
  root_id TEXT NOT NULL REFERENCES library_roots (id),
  album_id TEXT NOT NULL,
  folder TEXT NOT NULL,
  UNIQUE (root_id, album_id),
  UNIQUE (root_id, folder)
) STRICT;
CREATE INDEX placements_root ON placements (root_id);

CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  root_id TEXT NOT NULL REFERENCES library_roots (id),
  album_id TEXT NOT NULL,
  track_id INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('track', 'cover', 'booklet')),
  path TEXT NOT NULL,
  path_key TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  sha256 TEXT NOT NULL,
  receipt_bytes INTEGER NOT NULL,
  audio_hash_kind TEXT,
  audio_hash TEXT,
  duration_seconds REAL,
  requested_format_id INTEGER,
  served_format_id INTEGER,
  sampling_rate_khz REAL,
  bit_depth INTEGER,
  refused_formats TEXT,
  crateful_version TEXT NOT NULL,
  UNIQUE (root_id, path_key),
  UNIQUE (root_id, album_id, track_id)
) STRICT;
CREATE INDEX files_root ON files (root_id);
CREATE INDEX files_path ON files (root_id, path);

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  root_id TEXT NOT NULL REFERENCES library_roots (id),
  album_id TEXT NOT NULL,
  track_id INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('track', 'cover', 'booklet')),
  side_index INTEGER NOT NULL,
  format_ids TEXT NOT NULL,
  target_path TEXT NOT NULL,
  replaces INTEGER NOT NULL CHECK (replaces IN (0, 1)),
  estimated_bytes INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  not_before_ms REAL NOT NULL,
  error TEXT,
  receipt TEXT,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_run ON jobs (run_id);
CREATE INDEX jobs_open ON jobs (root_id) WHERE state NOT IN ('done', 'cancelled');

CREATE TABLE parts (
  job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  format_id INTEGER NOT NULL,
  total_bytes INTEGER NOT NULL,
  mime_type TEXT NOT NULL,
  etag TEXT,
  stage TEXT NOT NULL CHECK (stage IN ('fetching', 'fetched')),
  durable_bytes INTEGER NOT NULL,
  sampling_rate_khz REAL,
  bit_depth INTEGER,
  updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE refusals (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  track_id INTEGER NOT NULL,
  error TEXT NOT NULL,
  formats_key TEXT NOT NULL,
  refused_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, track_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE album_overrides (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  album_id TEXT NOT NULL,
  skip INTEGER NOT NULL DEFAULT 0 CHECK (skip IN (0, 1)),
  format_id INTEGER,
  PRIMARY KEY (account_id, album_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  scope TEXT NOT NULL CHECK (scope IN ('machine', 'account', 'root')),
  owner TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (scope, owner, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  v INTEGER NOT NULL,
  at INTEGER NOT NULL,
  severity TEXT NOT NULL,
  run_id TEXT,
  job_id TEXT,
  attempt INTEGER,
  account_id TEXT,
  code TEXT NOT NULL,
  context TEXT NOT NULL
) STRICT;
CREATE INDEX events_at ON events (at);

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  root_id TEXT NOT NULL REFERENCES library_roots (id),
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  state TEXT NOT NULL,
  totals TEXT,
  error TEXT
) STRICT;
`;
