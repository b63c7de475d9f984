import type { AlbumId, RootId } from '../../src-preload/contract/ids.ts';
import type { Library } from '../library/library.ts';
import type { Shelf } from './shelf.ts';

/** An album that came into the library not long ago. */
export interface RecentAddition {
  readonly albumId: AlbumId;
  readonly title: string;
  readonly artist: string;
}

/** The albums whose files were saved last, the newest first; at most `limit`. */
export async function recentAdditions(
  { library, shelf }: { readonly library: Pick<Library, 'files'>; readonly shelf: Shelf },
  rootId: RootId | null,
  limit: number,
): Promise<readonly RecentAddition[]> {
  const ids = rootId ? await library.files.newestAlbums(rootId, limit) : [];
  return ids.flatMap((albumId) => {
    const summary = shelf.summary(albumId);
    return summary ? [{ albumId, title: summary.title, artist: summary.artist }] : [];
  });
}
