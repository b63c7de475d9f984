import type { AlbumId, RootId } from '../../src-preload/contract/ids.ts';
import type { Placement } from '../../src-preload/contract/library.ts';
import type { Connection, PageParameters } from './database.ts';

/** The folders albums were given; stable for ever, so there is no way to change one. */
export interface PlacementRepository {
  list(rootId: RootId): Promise<Placement[]>;
  /** The folder of one album; null while it has none. */
  folder(rootId: RootId, albumId: AlbumId): Promise<string | null>;
  /** Stores new placements; an album that has one keeps it. All of them or none. */
  add(placements: readonly Placement[]): Promise<void>;
}

/** The repository of placements over one connection. */
export function createPlacementRepository(connection: Connection): PlacementRepository {
  const { prepare, read, write, pages } = connection;
  const insert = prepare<[Placement]>(`
    INSERT INTO placements (root_id, album_id, folder) VALUES (@rootId, @albumId, @folder)
    ON CONFLICT (root_id, album_id) DO NOTHING`);
  const page = prepare<
    PageParameters,
    Placement & { cursor: number }
  >(`SELECT rowid AS cursor, root_id AS rootId, album_id AS albumId, folder FROM placements
    WHERE root_id = @key AND rowid > @after ORDER BY rowid LIMIT @limit`);
  const ofAlbum = prepare<[RootId, AlbumId], { folder: string }>(
    'SELECT folder FROM placements WHERE root_id = ? AND album_id = ?',
  );
  return {
    folder: (rootId, albumId) => read(() => ofAlbum.get(rootId, albumId)?.folder ?? null),
    async list(rootId) {
      const placements: Placement[] = [];
      await pages(page, rootId, ({ cursor, albumId, folder }) => {
        placements.push({ rootId, albumId, folder });
        return cursor;
      });
      return placements;
    },
    add: (placements) =>
      write(() => {
        for (const { rootId, albumId, folder } of placements) {
          insert.run({ rootId, albumId, folder });
        }
      }),
  };
}
