import type { AlbumDetail, Track } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Clock } from '../ports.ts';
import type { Connection } from './database.ts';
import { fromJson } from './json.ts';
import { createWordWriter } from './search.ts';

/** The catalogue cache: albums with their complete track lists. */
export interface AlbumRepository {
  get(albumId: AlbumId): Promise<AlbumDetail | null>;
  /** Stores the album and its tracks in place of what was cached. */
  put(detail: AlbumDetail): Promise<void>;
  /** Ids of all cached albums. */
  known(): Promise<Set<AlbumId>>;
  /** The cached albums that have any of these tracks, with the track. */
  containing(
    tracks: readonly TrackId[],
  ): Promise<readonly { readonly trackId: TrackId; readonly albumId: AlbumId }[]>;
}

interface AlbumRow {
  readonly id: AlbumId;
  readonly title: string;
  readonly version: string | null;
  readonly artist: string;
  readonly label: string | null;
  readonly upc: string | null;
  readonly releaseDate: string | null;
  readonly fetchedAtMs: number;
  readonly detail: string;
}

/** The repository of cached albums over one connection. */
export function createAlbumRepository(
  connection: Connection,
  clock: Pick<Clock, 'now'>,
): AlbumRepository {
  const { prepare, read, write } = connection;
  const detailOf = prepare<[AlbumId], { detail: string }>('SELECT detail FROM albums WHERE id = ?');
  const upsert = prepare<[AlbumRow]>(`
    INSERT INTO albums (id, title, version, artist, label, upc, release_date, fetched_at_ms, detail)
    VALUES (@id, @title, @version, @artist, @label, @upc, @releaseDate, @fetchedAtMs, @detail)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, version = excluded.version,
      artist = excluded.artist, label = excluded.label, upc = excluded.upc,
      release_date = excluded.release_date, fetched_at_ms = excluded.fetched_at_ms,
      detail = excluded.detail`);
  const writeWords = createWordWriter(connection);
  const dropTracks = prepare<[AlbumId]>('DELETE FROM tracks WHERE album_id = ?');
  const addTrack = prepare<
    [
      Pick<
        Track,
        'title' | 'artist' | 'isrc' | 'discNumber' | 'trackNumber' | 'durationSeconds'
      > & {
        id: TrackId;
        albumId: AlbumId;
      },
    ]
  >(`INSERT OR REPLACE INTO tracks
      (id, album_id, title, artist, isrc, disc_number, track_number, duration_seconds)
    VALUES (@id, @albumId, @title, @artist, @isrc, @discNumber, @trackNumber, @durationSeconds)`);
  const ids = prepare<[], { id: AlbumId }>('SELECT id FROM albums');
  const containing = prepare<[string], { trackId: TrackId; albumId: AlbumId }>(`
    SELECT id AS trackId, album_id AS albumId FROM tracks
    WHERE id IN (SELECT value FROM json_each(?)) ORDER BY album_id DESC`);
  const get = (id: AlbumId): AlbumDetail | null => {
    const row = detailOf.get(id);
    return row ? fromJson<AlbumDetail>(row.detail) : null;
  };
  return {
    get: (albumId) => read(() => get(albumId)),
    put: ({ album, tracks }) =>
      write(() => {
        upsert.run({
          id: album.id,
          title: album.title,
          version: album.version,
          artist: album.artist,
          label: album.label,
          upc: album.upc,
          releaseDate: album.releaseDate,
          fetchedAtMs: clock.now(),
          detail: JSON.stringify({ album, tracks }),
        });
        dropTracks.run(album.id);
        for (const track of tracks) {
          addTrack.run({
            id: track.id,
            albumId: album.id,
            title: track.title,
            artist: track.artist,
            isrc: track.isrc,
            discNumber: track.discNumber,
            trackNumber: track.trackNumber,
            durationSeconds: track.durationSeconds,
          });
        }
        writeWords(album.id);
      }),
    known: () => read(() => new Set(ids.all().map((row) => row.id))),
    containing: (tracks) => read(() => containing.all(JSON.stringify(tracks))),
  };
}
