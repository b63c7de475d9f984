import type { Album, AlbumDetail, Purchase, Track } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';

/** What of one album the account owns: all of it, single tracks of it, or both. */
export interface OwnedAlbum {
  readonly albumId: AlbumId;
  /** The purchase row's own description. */
  readonly album: Album;
  /** Unix seconds of the oldest purchase. */
  readonly purchasedAt: number;
  readonly whole: Purchase | null;
  readonly singles: ReadonlyMap<TrackId, Purchase>;
}

/** What may be had of one track. */
export interface Entitlement {
  readonly formatIds: readonly FormatId[];
  /** False when the service gave no list of formats. */
  readonly known: boolean;
  /** False for a pre-order. */
  readonly downloadable: boolean;
  /** Says by which purchases it is owned: another text once one is added or delivers other formats. */
  readonly key: string;
}

/**
 * Groups merged purchases by album, so that a track bought singly and inside an album is stored once, under
 * the album (architecture §5). Newest first.
 */
export function groupByAlbum(purchases: readonly Purchase[]): OwnedAlbum[] {
  const byAlbum = new Map<AlbumId, Purchase[]>();
  for (const purchase of purchases) {
    const rows = byAlbum.get(purchase.albumId);
    if (rows) rows.push(purchase);
    else byAlbum.set(purchase.albumId, [purchase]);
  }
  const owned = [...byAlbum].map(([albumId, rows]): OwnedAlbum => {
    const whole = rows.find((row) => row.trackId === null) ?? null;
    const singles = new Map<TrackId, Purchase>();
    for (const row of rows) if (row.trackId !== null) singles.set(row.trackId, row);
    return {
      albumId,
      album: (whole ?? (rows[0] as Purchase)).album,
      purchasedAt: Math.min(...rows.map((row) => row.purchasedAt)),
      whole,
      singles,
    };
  });
  return owned.sort((a, b) => b.purchasedAt - a.purchasedAt || (a.albumId < b.albumId ? -1 : 1));
}

/** The entitlement of one track, from album and single purchase together; null when it is not owned. */
export function entitlementOf(owned: OwnedAlbum, trackId: TrackId): Entitlement | null {
  const rows = [owned.whole, owned.singles.get(trackId)].filter((row) => row != null);
  if (rows.length === 0) return null;
  return {
    formatIds: [...new Set(rows.flatMap((row) => row.formatIds))].sort((a, b) => a - b),
    known: rows.every((row) => row.formatsKnown),
    downloadable: rows.some((row) => row.downloadable),
    key: rows.map(keyOf).join(' '),
  };
}

const keyOf = ({ trackId, purchasedAt, formatIds, formatsKnown }: Purchase): string => {
  const formats = formatsKnown ? [...formatIds].sort((a, b) => a - b).join(',') : 'unlisted';
  return `${trackId === null ? 'album' : 'single'}@${purchasedAt}:${formats}`;
};

/** The tracks of an album that the account owns, in the album's order. */
export const ownedTracks = (owned: OwnedAlbum, detail: AlbumDetail): readonly Track[] =>
  owned.whole ? detail.tracks : detail.tracks.filter((track) => owned.singles.has(track.id));

/**
 * The list with every singly bought track in it: one the catalogue does not list (any more) is described by its
 * purchase row.
 */
export function withSingles(owned: OwnedAlbum, detail: AlbumDetail): AlbumDetail {
  const listed = new Set(detail.tracks.map((track) => track.id));
  const unlisted = singleTracks(owned).filter((track) => !listed.has(track.id));
  return unlisted.length === 0
    ? detail
    : { album: detail.album, tracks: [...detail.tracks, ...unlisted] };
}

const singleTracks = ({ singles }: OwnedAlbum): Track[] =>
  [...singles.values()].flatMap((row) => (row.track ? [row.track] : []));

/**
 * What is known of an album without the catalogue: the purchase rows' own data (qobuz-api §12.8). Its tracks
 * are the singly bought ones; an album bought whole has none here.
 */
export const detailFromPurchases = (owned: OwnedAlbum): AlbumDetail => ({
  album: owned.album,
  tracks: singleTracks(owned),
});
