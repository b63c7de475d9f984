import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { hasCode } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { Library } from '../library/library.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { Priority } from '../qobuz/pacing.ts';
import { detailFromPurchases, type OwnedAlbum, withSingles } from './ownership.ts';

/** What fetching track lists works with. */
export interface AlbumListParts {
  readonly qobuz: Pick<Qobuz, 'album'>;
  readonly library: Pick<Library, 'albums'>;
  readonly events: Pick<EventStream, 'emit'>;
}

/** What is known of an album's tracks. */
export interface AlbumList {
  /** Singly bought tracks are always among its tracks, whether the catalogue lists them or not. */
  readonly detail: AlbumDetail;
  /**
   * `incomplete`: the service left tracks out this time. `lost`: the catalogue does not have the album any
   * more, only its purchase rows describe it (qobuz-api §12.8).
   */
  readonly state: 'complete' | 'incomplete' | 'lost';
}

/** Who asks for a list. */
interface Asking {
  readonly priority: Priority;
  readonly signal: AbortSignal;
}

/** Track lists of albums: cached, asked for, and asked for once however many want the same one. */
export interface AlbumLists {
  /**
   * The list from the cache, else from the service. Only complete lists are cached; any other is asked for
   * again next time, and so is a cached one of an album that has grown since.
   *
   * Throws what the service's calls throw, `TRACK_UNAVAILABLE` excepted, and the signal's reason.
   */
  of(owned: OwnedAlbum, asking: Asking): Promise<AlbumList>;
  /** What is known without asking; null when nothing is. */
  known(albumId: AlbumId, owned: OwnedAlbum | null): Promise<AlbumDetail | null>;
}

/** Makes the track lists of one engine. */
export function createAlbumLists({ qobuz, library, events }: AlbumListParts): AlbumLists {
  const underWay = new Map<AlbumId, { list: Promise<AlbumList>; signal: AbortSignal }>();
  /** Lists that tracks are missing from serve those who need them now, and nobody after this process. */
  const incomplete = new Map<AlbumId, AlbumDetail>();

  const ask = async (
    owned: OwnedAlbum,
    cached: AlbumDetail | null,
    asking: Asking,
  ): Promise<AlbumList> => {
    const { albumId } = owned;
    try {
      const { album, tracks, complete } = await qobuz.album(albumId, asking);
      const detail = { album, tracks };
      if (complete) {
        incomplete.delete(albumId);
        await library.albums.put(detail);
        return { detail, state: 'complete' };
      }
      const longer = cached && cached.tracks.length > tracks.length ? cached : detail;
      incomplete.set(albumId, longer);
      events.emit({
        code: 'ALBUM_LIST_INCOMPLETE',
        severity: 'warning',
        context: { albumId, tracks: tracks.length },
      });
      return { detail: longer, state: 'incomplete' };
    } catch (error) {
      if (!hasCode(error, 'TRACK_UNAVAILABLE')) throw error;
      if (cached) return { detail: cached, state: 'complete' };
      events.emit({
        code: 'ALBUM_FROM_PURCHASE',
        severity: 'warning',
        context: { albumId },
      });
      return { detail: detailFromPurchases(owned), state: 'lost' };
    }
  };

  const fetch = async (
    owned: OwnedAlbum,
    cached: AlbumDetail | null,
    asking: Asking,
  ): Promise<AlbumList> => {
    const { albumId } = owned;
    const { signal } = asking;
    while (true) {
      const joined = underWay.get(albumId);
      if (!joined) {
        const list = ask(owned, cached, asking).finally(() => underWay.delete(albumId));
        underWay.set(albumId, { list, signal });
        return list;
      }
      try {
        return await orAborted(joined.list, signal);
      } catch (error) {
        // Whoever asked first gave up; that is not ours to share.
        if (signal.aborted || !joined.signal.aborted) throw error;
      }
    }
  };

  return {
    async of(owned, asking) {
      const cached = await library.albums.get(owned.albumId);
      const list: AlbumList =
        cached && !hasGrown(owned, cached)
          ? { detail: cached, state: 'complete' }
          : await fetch(owned, cached, asking);
      return { ...list, detail: withSingles(owned, list.detail) };
    },
    async known(albumId, owned) {
      const detail = incomplete.get(albumId) ?? (await library.albums.get(albumId));
      if (!owned) return detail;
      return detail ? withSingles(owned, detail) : detailFromPurchases(owned);
    },
  };
}

/** Whether the shop lists more tracks in the purchase than the catalogue did when its list was cached. */
const hasGrown = ({ whole }: OwnedAlbum, { album, tracks }: AlbumDetail): boolean =>
  whole !== null && whole.album.trackCount > Math.max(album.trackCount, tracks.length);

/** Waits for what somebody else began, until it comes or the signal says to wait no longer. */
async function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
