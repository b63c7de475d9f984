import { setImmediate } from 'node:timers/promises';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Connection } from './database.ts';

/** A track's file with the code of its recording. */
export interface Recording {
  readonly isrc: string;
  readonly albumId: AlbumId;
  readonly trackId: TrackId;
  readonly title: string;
  readonly artist: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly durationSeconds: number;
  readonly servedFormatId: FormatId | null;
  readonly samplingRateKHz: number | null;
  readonly bitDepth: number | null;
}

/** Which recordings the files of a root hold. */
export interface RecordingRepository {
  /** Hands over the files of each recording that several files hold, in the order of their codes. */
  shared(rootId: RootId, onGroup: (files: readonly Recording[]) => void): Promise<void>;
}

/** Rows read in one go, with a turn of the event loop in between. */
const PAGE_ROWS = 1000;

/** The repository of recordings over one connection. */
export function createRecordingRepository({ prepare, read }: Connection): RecordingRepository {
  const page = prepare<[{ rootId: RootId; after: string; limit: number }], Recording>(`
    SELECT t.isrc AS isrc, f.album_id AS albumId, f.track_id AS trackId, t.title AS title,
      t.artist AS artist, f.path AS path, f.bytes AS bytes, f.sha256 AS sha256,
      coalesce(f.duration_seconds, t.duration_seconds) AS durationSeconds,
      f.served_format_id AS servedFormatId, f.sampling_rate_khz AS samplingRateKHz,
      f.bit_depth AS bitDepth
    FROM tracks t INDEXED BY tracks_isrc
      JOIN files f ON f.root_id = @rootId AND f.album_id = t.album_id AND f.track_id = t.id
    WHERE t.isrc IS NOT NULL AND t.isrc > @after ORDER BY t.isrc LIMIT @limit`);
  return {
    async shared(rootId, onGroup) {
      let after = '';
      let limit = PAGE_ROWS;
      while (true) {
        const rows = await read(() => page.all({ rootId, after, limit }));
        const groups = [...Map.groupBy(rows, ({ isrc }) => isrc)];
        const isEnd = rows.length < limit;
        // The last recording of a full page may go on in the next.
        const whole = isEnd ? groups : groups.slice(0, -1);
        for (const [isrc, files] of whole) {
          if (files.length > 1) onGroup(files);
          after = isrc;
        }
        if (isEnd) return;
        limit = whole.length === 0 ? limit * 2 : PAGE_ROWS;
        await setImmediate();
      }
    },
  };
}
