import type { Album } from '../../src-preload/contract/catalogue.ts';
import { type AlbumId, albumId, type TrackId, trackId } from '../../src-preload/contract/ids.ts';
import type { LinkView } from '../../src-preload/contract/links.ts';
import { displayAlbumTitle, displayTitle } from '../../src-preload/contract/titles.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { CollectionKind } from '../qobuz/collections.ts';
import type { LinkTarget } from '../qobuz/links.ts';
import { type Ownership, splitByOwnership } from './link-ownership.ts';
import type { OwnedAlbum } from './ownership.ts';
import type { Wanted } from './wishes.ts';

/** Rows of a list that are shown as not owned; a label may have thousands. */
const MOST_REST = 500;

/** An album whose cover can be shown. */
export type Covered = Pick<Album, 'id' | 'coverUrl'>;

/** What a link leads to. */
export interface Looked {
  readonly view: Pick<
    LinkView,
    | 'title'
    | 'artist'
    | 'coverAlbumId'
    | 'albumId'
    | 'trackId'
    | 'offersAlbum'
    | 'tracksTotal'
    | 'tracksOwned'
    | 'inShop'
    | 'rest'
  >;
  /** What is queued without being asked: an owned album or track. */
  readonly now: Wanted | null;
  /** What can be queued when asked: the owned part of a list, the album of a track. */
  readonly offers: Wanted | null;
  /** Albums whose covers stand for it. */
  readonly covers: readonly Covered[];
}

type Service = Pick<Qobuz, 'album' | 'track' | 'collection'>;

/**
 * Asks the service about what is not known here and tells what of it is owned. Throws `TRACK_UNAVAILABLE` when the
 * service knows nothing under the id, and what its calls throw.
 */
export function lookUp(
  service: Service,
  { kind, id }: LinkTarget,
  ownership: Ownership,
  signal: AbortSignal,
): Promise<Looked> {
  switch (kind) {
    case 'album':
      return lookUpAlbum(service, albumId(id), ownership, signal);
    case 'track':
      return lookUpTrack(service, trackId(Number(id)), ownership, signal);
    default:
      return lookUpCollection(service, kind, id, ownership, signal);
  }
}

async function lookUpAlbum(
  service: Service,
  id: AlbumId,
  ownership: Ownership,
  signal: AbortSignal,
): Promise<Looked> {
  const owned = ownership.album(id);
  if (!owned) {
    const { album, tracks } = await service.album(id, { priority: 'user', signal });
    const tracksTotal = Math.max(album.trackCount, tracks.length);
    // Its tracks may have been bought singly, and be stored under another album.
    const homes = tracks.flatMap((track) => {
      const home = ownership.homeOf(track.id);
      return home === null ? [] : [{ home, track: track.id }];
    });
    const now = homes.length > 0 ? wantedOf(homes) : null;
    return {
      ...ofAlbum(album, { tracksTotal, tracksOwned: homes.length, inShop: true }),
      now,
    };
  }
  const tracksTotal = owned.album.trackCount;
  const tracksOwned = owned.whole ? tracksTotal : owned.singles.size;
  const found = ofAlbum(owned.album, { tracksTotal, tracksOwned, inShop: !owned.whole });
  return { ...found, view: { ...found.view, albumId: id }, now: new Map([[id, null]]) };
}

function wantedOf(tracks: readonly { readonly home: AlbumId; readonly track: TrackId }[]): Wanted {
  const groups = Map.groupBy(tracks, ({ home }) => home);
  return new Map(
    [...groups].map(([home, members]) => [home, new Set(members.map(({ track }) => track))]),
  );
}

function ofAlbum(
  album: Album,
  facts: Pick<LinkView, 'tracksTotal' | 'tracksOwned' | 'inShop'>,
): Looked {
  return {
    view: {
      ...facts,
      title: displayAlbumTitle(album),
      artist: album.artist,
      coverAlbumId: album.coverUrl === null ? null : album.id,
      albumId: null,
      trackId: null,
      offersAlbum: false,
      rest: [],
    },
    now: null,
    offers: null,
    covers: [album],
  };
}

async function lookUpTrack(
  service: Service,
  id: TrackId,
  ownership: Ownership,
  signal: AbortSignal,
): Promise<Looked> {
  const { album, track } = await service.track(id, signal);
  const home = ownership.album(album.id)?.whole ? album.id : ownership.homeOf(id);
  const owned = home === null ? null : ownership.album(home);
  const found = ofAlbum(owned?.album ?? album, {
    tracksTotal: 1,
    tracksOwned: owned ? 1 : 0,
    inShop: owned === null,
  });
  const view = { ...found.view, title: displayTitle(track), artist: track.artist, trackId: id };
  if (!owned) return { ...found, view };
  const whole = isMoreThan(owned);
  return {
    ...found,
    view: { ...view, albumId: owned.albumId, offersAlbum: whole },
    now: new Map([[owned.albumId, new Set([id])]]),
    offers: whole ? new Map([[owned.albumId, null]]) : null,
  };
}

/** Whether the album is owned and has more than one track. */
const isMoreThan = ({ whole, album }: OwnedAlbum): boolean =>
  whole !== null && album.trackCount > 1;

async function lookUpCollection(
  service: Service,
  kind: CollectionKind,
  id: string,
  ownership: Ownership,
  signal: AbortSignal,
): Promise<Looked> {
  const { title, owner, items } = await service.collection(kind, id, signal);
  const { wanted, rest, tracksTotal, tracksOwned } = splitByOwnership(items, ownership);
  const pictured = items.find(({ coverUrl }) => coverUrl !== null);
  return {
    view: {
      title,
      artist: owner,
      coverAlbumId: pictured?.albumId ?? null,
      albumId: null,
      trackId: null,
      offersAlbum: false,
      tracksTotal,
      tracksOwned,
      inShop: true,
      rest: rest.slice(0, MOST_REST).map((item, index) => ({
        index,
        albumId: item.albumId,
        title: item.title,
        artist: item.artist,
        albumTitle: item.albumTitle,
      })),
    },
    now: null,
    offers: tracksOwned > 0 ? wanted : null,
    covers: pictured ? [{ id: pictured.albumId, coverUrl: pictured.coverUrl }] : [],
  };
}
