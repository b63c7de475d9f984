/**
 * Migration 7: each placement keeps the naming template it was made with, and whether covers and booklets were planned
 * when its album was planned last, so that turning one of them on later is seen. All albums so far had the one layout
 * there was, and both kinds of side files. Frozen: never edit it.
 */
const LAYOUT = '{albumArtist}/{album}< ({version})>/<Disc {disc}/>{track} - <{artist} - >{title}';

export const SQL = `
UPDATE library_roots SET template = '${LAYOUT}' WHERE template = 'default';
ALTER TABLE placements ADD COLUMN template TEXT NOT NULL DEFAULT '${LAYOUT}';
ALTER TABLE placements
  ADD COLUMN covers_planned INTEGER NOT NULL DEFAULT 1 CHECK (covers_planned IN (0, 1));
ALTER TABLE placements
  ADD COLUMN booklets_planned INTEGER NOT NULL DEFAULT 1 CHECK (booklets_planned IN (0, 1));
`;
