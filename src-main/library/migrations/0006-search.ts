/**
 * Migration 6: words to search albums by, and what a verification found wrong with files.
 *
 * `album_words` has a row for each album somebody bought, `track_words` one for each of its known tracks, numbered
 * `album * 65536 + place`. A track's row repeats its album's words, so that a search for artist and track finds it.
 * The views say what the words are; repositories fill from them what changed. Frozen: never edit it.
 */
export const SQL = `
CREATE TABLE file_findings (
  file_id INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  problem TEXT NOT NULL CHECK (problem IN ('damaged', 'changed'))
) STRICT;
CREATE INDEX files_track ON files (root_id, track_id) WHERE track_id IS NOT NULL;
CREATE INDEX purchases_album ON purchases (album_id);

CREATE TABLE searched_albums (
  no INTEGER PRIMARY KEY,
  album_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE searched_tracks (
  no INTEGER PRIMARY KEY,
  track_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  version TEXT,
  work TEXT
) STRICT;
CREATE VIRTUAL TABLE album_words USING fts5 (
  title, artist, label, content='', contentless_delete=1, prefix='1 2 3',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE track_words USING fts5 (
  title, artist, album, content='', contentless_delete=1, prefix='1 2 3',
  tokenize='unicode61 remove_diacritics 2'
);

CREATE VIEW searchable_albums AS
  SELECT album_id,
    concat_ws(' ', album ->> 'title', album ->> 'version') AS title,
    concat_ws(' ', album ->> 'artist',
      (SELECT group_concat(value, ' ') FROM json_each(album, '$.artists')
        WHERE value IS NOT album ->> 'artist')) AS artist,
    coalesce(album ->> 'label', '') AS label
  FROM (SELECT album_id, min(track_id), album FROM purchases GROUP BY album_id);
CREATE VIEW searchable_tracks AS
  SELECT a.id AS album_id, t.key AS place, t.value AS track
  FROM albums a, json_each(a.detail, '$.tracks') t
  UNION ALL
  SELECT p.album_id, 32768, p.track FROM purchases p
  WHERE p.track IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM tracks k WHERE k.album_id = p.album_id AND k.id = p.track_id);

INSERT INTO searched_albums (album_id) SELECT DISTINCT album_id FROM purchases;
INSERT INTO album_words (rowid, title, artist, label)
  SELECT no, title, artist, label FROM searched_albums JOIN searchable_albums USING (album_id);
INSERT INTO searched_tracks (no, track_id, title, version, work)
  SELECT no * 65536 + row_number() OVER (PARTITION BY no ORDER BY min(place)), track ->> 'id',
    track ->> 'title', track ->> 'version', track ->> 'work'
  FROM searched_albums JOIN searchable_tracks USING (album_id)
  GROUP BY no, track ->> 'id';
INSERT INTO track_words (rowid, title, artist, album)
  SELECT t.no, concat_ws(' ', t.work, t.title, t.version), min(s.track ->> 'artist'),
    concat_ws(' ', b.title, b.artist, b.label)
  FROM searchable_tracks s JOIN searched_albums a USING (album_id)
    JOIN searchable_albums b USING (album_id)
    JOIN searched_tracks t ON t.no BETWEEN a.no * 65536 AND a.no * 65536 + 65535
      AND t.track_id = s.track ->> 'id'
  GROUP BY t.no;
`;
