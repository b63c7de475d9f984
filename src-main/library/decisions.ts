import { setImmediate } from 'node:timers/promises';
import type { AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, TrackDecision } from '../../src-preload/contract/library.ts';
import type { Connection } from './database.ts';
import { createStaleMark } from './files.ts';

/** What people decided about single tracks under a root, and about what they have twice. */
export interface DecisionRepository {
  list(rootId: RootId): Promise<TrackDecision[]>;
  /** Null where nothing was decided. */
  get(rootId: RootId, albumId: AlbumId, trackId: TrackId): Promise<TrackDecision | null>;
  /** Stores them, in transactions of a few hundred; a track has one decision, the last. */
  put(decisions: readonly TrackDecision[]): Promise<void>;
  /** Forgets what was decided about these tracks; null for all of the album. */
  remove(rootId: RootId, albumId: AlbumId, trackIds: readonly TrackId[] | null): Promise<void>;
  /** Takes a file out of the library's rows, and leaves its track out from now on: both or neither. */
  leaveOut(file: LibraryFile): Promise<void>;
  /** Groups of duplicates of which somebody keeps all. */
  keptDuplicates(rootId: RootId): Promise<ReadonlySet<string>>;
  keepDuplicate(rootId: RootId, key: string): Promise<void>;
}

/** Rows written in one transaction, so that many at once do not hold up everything else. */
const CHUNK_ROWS = 500;

/** The repository of decisions over one connection. */
export function createDecisionRepository(connection: Connection): DecisionRepository {
  const { prepare, read, write } = connection;
  const markStale = createStaleMark(connection);
  const columns = `root_id AS rootId, album_id AS albumId, track_id AS trackId, decision, offer`;
  const all = prepare<[RootId], TrackDecision>(
    `SELECT ${columns} FROM track_decisions WHERE root_id = ?`,
  );
  const one = prepare<[RootId, AlbumId, TrackId], TrackDecision>(
    `SELECT ${columns} FROM track_decisions WHERE root_id = ? AND album_id = ? AND track_id = ?`,
  );
  const put = prepare<[TrackDecision]>(`
    INSERT OR REPLACE INTO track_decisions (root_id, album_id, track_id, decision, offer)
    VALUES (@rootId, @albumId, @trackId, @decision, @offer)`);
  const drop = prepare<[RootId, AlbumId, TrackId]>(
    'DELETE FROM track_decisions WHERE root_id = ? AND album_id = ? AND track_id = ?',
  );
  const dropAlbum = prepare<[RootId, AlbumId]>(
    'DELETE FROM track_decisions WHERE root_id = ? AND album_id = ?',
  );
  const dropFile = prepare<[RootId, string]>('DELETE FROM files WHERE root_id = ? AND path = ?');
  const kept = prepare<[RootId], { key: string }>(
    'SELECT key FROM kept_duplicates WHERE root_id = ?',
  );
  const keep = prepare<[RootId, string]>(
    'INSERT OR IGNORE INTO kept_duplicates (root_id, key) VALUES (?, ?)',
  );
  return {
    list: (rootId) => read(() => all.all(rootId)),
    get: (rootId, albumId, trackId) => read(() => one.get(rootId, albumId, trackId) ?? null),
    async put(decisions) {
      for (let from = 0; from < decisions.length; from += CHUNK_ROWS) {
        await write(() => {
          for (const decision of decisions.slice(from, from + CHUNK_ROWS)) {
            put.run(decision);
            markStale(decision.rootId);
          }
        });
        await setImmediate();
      }
    },
    remove: (rootId, albumId, trackIds) =>
      write(() => {
        if (trackIds === null) dropAlbum.run(rootId, albumId);
        for (const trackId of trackIds ?? []) drop.run(rootId, albumId, trackId);
        markStale(rootId);
      }),
    leaveOut: ({ rootId, albumId, trackId, path }) =>
      write(() => {
        dropFile.run(rootId, path);
        if (trackId !== null) {
          put.run({ rootId, albumId, trackId, decision: 'left-out', offer: null });
        }
        markStale(rootId);
      }),
    keptDuplicates: (rootId) => read(() => new Set(kept.all(rootId).map(({ key }) => key))),
    keepDuplicate: (rootId, key) =>
      write(() => {
        keep.run(rootId, key);
      }),
  };
}
