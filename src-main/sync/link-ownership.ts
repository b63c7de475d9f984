/** What of something a link leads to is owned. Pure. */
import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { CollectionItem } from '../qobuz/collections.ts';
import type { OwnedAlbum } from './ownership.ts';
import type { Wanted } from './wishes.ts';

/** The ownership index: albums by id, and where singly bought tracks are stored. */
export interface Ownership {
  album(id: AlbumId): OwnedAlbum | null;
  /** The album a track is stored under, when it is owned by whatever purchase. */
  homeOf(trackId: TrackId): AlbumId | null;
}

/** A list split into what is owned and what is not, each in its order. */
export interface Split {
  readonly wanted: Wanted;
  readonly rest: readonly CollectionItem[];
  readonly tracksTotal: number;
  readonly tracksOwned: number;
}

/** An index over everything that is owned, with the cached lists' answer to where a track belongs. */
export function ownershipOf(
  albums: Iterable<OwnedAlbum>,
  listed: readonly { readonly trackId: TrackId; readonly albumId: AlbumId }[],
): Ownership {
  const byId = new Map<AlbumId, OwnedAlbum>();
  const homes = new Map<TrackId, AlbumId>();
  for (const owned of albums) {
    byId.set(owned.albumId, owned);
    for (const id of owned.singles.keys()) homes.set(id, owned.albumId);
  }
  for (const { trackId, albumId } of listed) {
    if (byId.get(albumId)?.whole) homes.set(trackId, albumId);
  }
  return { album: (id) => byId.get(id) ?? null, homeOf: (id) => homes.get(id) ?? null };
}

/**
 * Intersects a list with what is owned (qobuz-api §3.5). An album of which only single tracks were bought counts with
 * those, and stands among the rest too.
 */
export function splitByOwnership(items: readonly CollectionItem[], ownership: Ownership): Split {
  const wanted = new Map<AlbumId, ReadonlySet<TrackId> | null>();
  const rest: CollectionItem[] = [];
  let tracksTotal = 0;
  let tracksOwned = 0;
  for (const item of items) {
    tracksTotal += item.tracks;
    const owned = item.trackId === null ? albumPart(item, ownership) : trackPart(item, ownership);
    if (owned !== null) {
      tracksOwned += owned.tracks;
      wanted.set(owned.albumId, joined(wanted, owned.albumId, owned.trackIds));
    }
    if (owned === null || owned.tracks < item.tracks) rest.push(item);
  }
  return { wanted, rest, tracksTotal, tracksOwned };
}

interface OwnedPart {
  readonly albumId: AlbumId;
  readonly trackIds: ReadonlySet<TrackId> | null;
  readonly tracks: number;
}

function albumPart(item: CollectionItem, ownership: Ownership): OwnedPart | null {
  const owned = ownership.album(item.albumId);
  if (!owned) return null;
  const tracks = owned.whole ? item.tracks : owned.singles.size;
  return { albumId: item.albumId, trackIds: null, tracks };
}

function trackPart({ albumId, trackId }: CollectionItem, ownership: Ownership): OwnedPart | null {
  if (trackId === null) return null;
  const home = ownership.album(albumId)?.whole ? albumId : ownership.homeOf(trackId);
  return home === null ? null : { albumId: home, trackIds: new Set([trackId]), tracks: 1 };
}

/** What is wanted of an album once more of it is; all of it is more than any tracks. */
function joined(
  wanted: Wanted,
  albumId: AlbumId,
  more: ReadonlySet<TrackId> | null,
): ReadonlySet<TrackId> | null {
  if (!wanted.has(albumId)) return more;
  const before = wanted.get(albumId) ?? null;
  return before === null || more === null ? null : new Set([...before, ...more]);
}
