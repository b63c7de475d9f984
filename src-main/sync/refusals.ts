import type { AccountId, AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import { isUnavailable } from '../downloads/retry.ts';
import type { Library } from '../library/library.ts';
import { entitlementOf, type OwnedAlbum } from './ownership.ts';
import { stillHolds } from './refusal-term.ts';

/**
 * The tracks of each album that the service will not deliver, as far as refusals of earlier runs still hold: what a
 * restart would otherwise forget about an album.
 */
export async function withheldTracks(
  { refusals, albums }: Pick<Library, 'refusals' | 'albums'>,
  of: {
    readonly accountId: AccountId;
    readonly owned: readonly OwnedAlbum[];
    readonly nowMs: number;
  },
): Promise<ReadonlyMap<AlbumId, ReadonlySet<TrackId>>> {
  const lasting = (await refusals.list(of.accountId)).filter(({ error }) =>
    isUnavailable(error.code),
  );
  const byTrack = new Map(lasting.map((refusal) => [refusal.trackId, refusal]));
  const found = new Map<AlbumId, Set<TrackId>>();
  if (byTrack.size === 0) return found;
  const ownedById = new Map(of.owned.map((each) => [each.albumId, each]));
  const note = (albumId: AlbumId, trackId: TrackId) => {
    const owned = ownedById.get(albumId);
    const refusal = byTrack.get(trackId);
    const entitlement = owned && entitlementOf(owned, trackId);
    if (!refusal || !entitlement || !stillHolds(refusal, entitlement, of.nowMs)) return;
    const tracks = found.get(albumId);
    if (tracks) tracks.add(trackId);
    else found.set(albumId, new Set([trackId]));
  };
  for (const { albumId, trackId } of await albums.containing([...byTrack.keys()])) {
    note(albumId, trackId);
  }
  for (const { albumId, singles } of of.owned) for (const id of singles.keys()) note(albumId, id);
  return found;
}
