import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Library } from '../library/library.ts';
import { groupByAlbum, type OwnedAlbum } from './ownership.ts';

/**
 * What is owned, album by album, with each track once (architecture §5): a single that an album bought whole has
 * under the same track id, though the shop sold it as part of another, belongs to the whole one. That is known once
 * the whole album's list is cached; a single that has its file already stays where it is.
 */
export async function ownedAlbums(
  library: Pick<Library, 'albums' | 'files'>,
  purchases: readonly Purchase[],
  root: RootId | null,
): Promise<OwnedAlbum[]> {
  const wholes = new Map(purchases.flatMap((row) => (row.trackId ? [] : [[row.albumId, row]])));
  const loose = purchases.filter(({ trackId, albumId }) => trackId && !wholes.has(albumId));
  const ids = loose.flatMap(({ trackId }) => trackId ?? []);
  const homes = await homesOf(library, ids, (albumId) => wholes.has(albumId));
  if (homes.size === 0) return groupByAlbum(purchases);
  const moved: Purchase[] = [];
  for (const row of purchases) {
    const home = row.trackId && !wholes.has(row.albumId) ? homes.get(row.trackId) : undefined;
    const whole = home && wholes.get(home);
    const stays = !whole || (root && (await hasFile(library, root, row)));
    moved.push(stays ? row : { ...row, albumId: whole.albumId, album: whole.album });
  }
  return groupByAlbum(moved);
}

async function hasFile(
  { files }: Pick<Library, 'files'>,
  root: RootId,
  { albumId, trackId }: Purchase,
): Promise<boolean> {
  return (await files.byAlbum(root, albumId)).some((file) => file.trackId === trackId);
}

/** The album each track is part of, of those the caller wants and whose list is cached. */
export async function homesOf(
  { albums }: Pick<Library, 'albums'>,
  tracks: readonly TrackId[],
  wanted: (albumId: AlbumId) => boolean,
): Promise<ReadonlyMap<TrackId, AlbumId>> {
  if (tracks.length === 0) return new Map();
  const found = (await albums.containing(tracks)).filter(({ albumId }) => wanted(albumId));
  return new Map(found.map(({ trackId, albumId }) => [trackId, albumId]));
}
