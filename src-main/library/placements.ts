import type { AlbumId, RootId } from '../../src-preload/contract/ids.ts';
import type { Placement, SideChoice } from '../../src-preload/contract/library.ts';
import type { Connection, PageParameters } from './database.ts';

/** The folders albums were given, with their templates; stable unless a step, or somebody by hand, moves an album. */
export interface PlacementRepository {
  list(rootId: RootId): Promise<Placement[]>;
  /** The folder of one album; null while it has none. */
  folder(rootId: RootId, albumId: AlbumId): Promise<string | null>;
  /** Stores new placements; an album that has one keeps it. All of them or none. */
  add(placements: readonly Placement[]): Promise<void>;
  /** Gives albums the folders that their files were moved to. Where another album has that folder, it stays. */
  follow(placements: readonly Placement[]): Promise<void>;
  /** Notes with which side files an album was planned. */
  planned(rootId: RootId, albumId: AlbumId, sides: SideChoice): Promise<void>;
}

type Row = Omit<Placement, 'sides'> & { readonly covers: 0 | 1; readonly booklets: 0 | 1 };

const flags = ({ covers, booklets }: SideChoice): Pick<Row, 'covers' | 'booklets'> => ({
  covers: covers ? 1 : 0,
  booklets: booklets ? 1 : 0,
});

/** The repository of placements over one connection. */
export function createPlacementRepository(connection: Connection): PlacementRepository {
  const { prepare, read, write, pages } = connection;
  const insert = prepare<[Row]>(`
    INSERT INTO placements (root_id, album_id, folder, template, covers_planned, booklets_planned)
    VALUES (@rootId, @albumId, @folder, @template, @covers, @booklets)
    ON CONFLICT (root_id, album_id) DO NOTHING`);
  const noteSides = prepare<[Pick<Row, 'rootId' | 'albumId' | 'covers' | 'booklets'>]>(`
    UPDATE placements SET covers_planned = @covers, booklets_planned = @booklets
    WHERE root_id = @rootId AND album_id = @albumId`);
  const move = prepare<[Pick<Row, 'rootId' | 'albumId' | 'folder'>]>(`
    UPDATE placements SET folder = @folder
    WHERE root_id = @rootId AND album_id = @albumId`);
  const holderOf = prepare<[RootId, string], { albumId: AlbumId }>(
    'SELECT album_id AS albumId FROM placements WHERE root_id = ? AND folder = ?',
  );
  const page = prepare<
    PageParameters,
    Row & { cursor: number }
  >(`SELECT rowid AS cursor, root_id AS rootId, album_id AS albumId, folder, template,
      covers_planned AS covers, booklets_planned AS booklets
    FROM placements WHERE root_id = @key AND rowid > @after ORDER BY rowid LIMIT @limit`);
  const ofAlbum = prepare<[RootId, AlbumId], { folder: string }>(
    'SELECT folder FROM placements WHERE root_id = ? AND album_id = ?',
  );
  return {
    folder: (rootId, albumId) => read(() => ofAlbum.get(rootId, albumId)?.folder ?? null),
    async list(rootId) {
      const placements: Placement[] = [];
      await pages(page, rootId, ({ cursor, covers, booklets, ...placed }) => {
        placements.push({ ...placed, sides: { covers: covers === 1, booklets: booklets === 1 } });
        return cursor;
      });
      return placements;
    },
    add: (placements) =>
      write(() => {
        for (const { sides, ...placed } of placements) insert.run({ ...placed, ...flags(sides) });
      }),
    follow: (placements) =>
      write(() => {
        const free = placements.filter(({ rootId, folder }) => {
          const holder = holderOf.get(rootId, folder);
          return !holder || placements.some(({ albumId }) => albumId === holder.albumId);
        });
        // No folder begins with a slash: two albums may have taken each other's.
        for (const { rootId, albumId } of free) {
          move.run({ rootId, albumId, folder: `/${albumId}` });
        }
        for (const { rootId, albumId, folder } of free) move.run({ rootId, albumId, folder });
      }),
    planned: (rootId, albumId, sides) =>
      write(() => {
        noteSides.run({ rootId, albumId, ...flags(sides) });
      }),
  };
}
