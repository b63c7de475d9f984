import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import { hasCode } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { Library } from '../library/library.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { Priority } from '../qobuz/pacing.ts';
import { detailFromPurchases, type OwnedAlbum } from './ownership.ts';

/** What fetching track lists works with. */
export interface AlbumListParts {
  readonly qobuz: Pick<Qobuz, 'album'>;
  readonly library: Pick<Library, 'albums'>;
  readonly events: Pick<EventStream, 'emit'>;
}

/** Track lists asked for at the same time; the limiter paces them, this only hides the latency. */
export const LISTS_AT_ONCE = 3;

/**
 * An album's track list from the cache, else from the service, which is then cached. An album the catalogue
 * has lost is described by its purchase rows (qobuz-api §12.8), uncached, so that a later sync asks again.
 *
 * Throws what the service's calls throw, `TRACK_UNAVAILABLE` excepted.
 */
export async function albumList(
  { qobuz, library, events }: AlbumListParts,
  owned: OwnedAlbum,
  priority: Priority,
  signal: AbortSignal,
): Promise<AlbumDetail> {
  const cached = await library.albums.get(owned.albumId);
  if (cached) return cached;
  try {
    const detail = await qobuz.album(owned.albumId, { priority, signal });
    await library.albums.put(detail);
    return detail;
  } catch (error) {
    if (!hasCode(error, 'TRACK_UNAVAILABLE')) throw error;
    events.emit({
      code: 'ALBUM_FROM_PURCHASE',
      severity: 'warning',
      context: { albumId: owned.albumId },
    });
    return detailFromPurchases(owned);
  }
}
