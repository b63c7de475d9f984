import type { FormatId } from '../../src-preload/contract/formats.ts';

/** A person or group as the store knows it. */
export interface StoreArtist {
  readonly id: number;
  readonly name: string;
}

/** A track of the demo store and where its audio lies. */
export interface StoreTrack {
  readonly id: number;
  readonly title: string;
  readonly version: string | null;
  readonly work: string | null;
  /** Null for a track that names no artist of its own (qobuz-api §4.7). */
  readonly performer: StoreArtist | null;
  /** Credits as the service writes them: `Name, Role, Role - Name, Role`. */
  readonly performers: string;
  readonly composer: StoreArtist | null;
  readonly trackNumber: number;
  readonly discNumber: number;
  /** Whole seconds, as the service counts. */
  readonly durationSeconds: number;
  readonly isrc: string;
  readonly explicit: boolean;
  readonly replayGainDb: number;
  readonly replayPeak: number;
  /** File of each format there is, by format id; relative to the audio folder, or absolute. */
  readonly files: Readonly<Record<string, string>>;
  /** Restriction code that holds the track back in every format, as `SampleRestrictedByRightHolders`. */
  readonly withheldBy: string | null;
}

/** A booklet: a file of the goodies folder. */
export interface StoreGoodie {
  readonly id: number;
  readonly name: string;
  readonly file: string;
}

/** An album of the demo store. */
export interface StoreAlbum {
  readonly id: string;
  readonly title: string;
  readonly version: string | null;
  readonly artist: StoreArtist;
  /** All main artists, the first included. */
  readonly artists: readonly StoreArtist[];
  readonly label: StoreArtist;
  readonly genre: { readonly id: number; readonly name: string };
  /** Paths as the service writes them: `Pop/Rock→Rock`. */
  readonly genresList: readonly string[];
  readonly upc: string;
  /** `YYYY-MM-DD`. */
  readonly releaseDate: string;
  readonly copyright: string;
  readonly explicit: boolean;
  /** Which of the two shapes of catalogue JSON `album/get` answers with (qobuz-api §4.1). */
  readonly shape: 'flat' | 'v2';
  /** Stem of the cover's files (`<stem>_600.jpg`), or null for an album without one. */
  readonly cover: string | null;
  readonly goodies: readonly StoreGoodie[];
  readonly tracks: readonly StoreTrack[];
}

/** One row of the purchases: an album, or a single track when `trackId` is set. */
export interface StorePurchase {
  readonly albumId: string;
  readonly trackId: number | null;
  /** Unix seconds. */
  readonly purchasedAt: number;
  readonly orderId: number;
  /** The entitlement; empty for a pre-order. */
  readonly formatIds: readonly FormatId[];
  readonly downloadable: boolean;
}

/** What a store is filled with; `assets/demo/catalogue.json` has this shape. */
export interface CatalogueData {
  readonly albums: readonly StoreAlbum[];
  readonly purchases: readonly StorePurchase[];
  /** Rows of the album listing that no client can read, listed as they are. */
  readonly oddRows: readonly Readonly<Record<string, unknown>>[];
}

/** The store's contents, which tests and the demo may change while it runs. */
export interface DemoCatalogue {
  readonly albums: ReadonlyMap<string, StoreAlbum>;
  readonly purchases: readonly StorePurchase[];
  readonly oddRows: readonly Readonly<Record<string, unknown>>[];
  /** Track and album of a track id; undefined when the store has lost it. */
  find(trackId: number): { readonly album: StoreAlbum; readonly track: StoreTrack } | undefined;
  /** Formats the account may download of a track: the union over its purchases. */
  entitlement(trackId: number): ReadonlySet<FormatId>;
  /** Adds or replaces an album. */
  addAlbum(album: StoreAlbum): void;
  /** Adds one row to the purchases. */
  addPurchase(purchase: StorePurchase): void;
  /** Changes what the rows of an album (or of a single track) deliver; a pre-order is released this way. */
  setFormats(
    item: { readonly albumId: string; readonly trackId?: number },
    formatIds: readonly FormatId[],
  ): void;
  /** Takes purchase rows back, as after a refund. */
  revoke(item: { readonly albumId: string; readonly trackId?: number }): void;
  /** Changes one track in place, as to withhold it or to give it other files. */
  changeTrack(trackId: number, change: Partial<StoreTrack>): void;
  /** Removes a track from the store: its album no longer lists it, its file is unknown (404). */
  removeTrack(trackId: number): void;
  /** Removes an album from the catalogue (`album/get` 404) while purchase rows and files stay. */
  withdrawAlbum(albumId: string): void;
  /** Whether an album was withdrawn. */
  isWithdrawn(albumId: string): boolean;
}

/** A mutable catalogue that starts with `data`; `data` itself stays unchanged. */
export function createCatalogue(data: CatalogueData): DemoCatalogue {
  const albums = new Map(data.albums.map((album) => [album.id, album]));
  const albumOfTrack = new Map<number, string>();
  const withdrawn = new Set<string>();
  let purchases = [...data.purchases];
  for (const album of data.albums) index(album);

  function index(album: StoreAlbum): void {
    for (const track of album.tracks) albumOfTrack.set(track.id, album.id);
  }
  function find(trackId: number) {
    const album = albums.get(albumOfTrack.get(trackId) ?? '');
    const track = album?.tracks.find((candidate) => candidate.id === trackId);
    return album && track ? { album, track } : undefined;
  }
  function replaceTracks(trackId: number, change: (track: StoreTrack) => StoreTrack[]): void {
    const found = find(trackId);
    if (!found) throw new RangeError(`The demo store has no track ${trackId}`);
    const tracks = found.album.tracks.flatMap((track) =>
      track.id === trackId ? change(track) : [track],
    );
    albums.set(found.album.id, { ...found.album, tracks });
  }
  const matches = (
    purchase: StorePurchase,
    item: { readonly albumId: string; readonly trackId?: number },
  ): boolean => purchase.albumId === item.albumId && purchase.trackId === (item.trackId ?? null);

  return {
    albums,
    get purchases() {
      return purchases;
    },
    oddRows: data.oddRows,
    find,
    entitlement(trackId) {
      const albumId = albumOfTrack.get(trackId);
      const rows = purchases.filter(
        (purchase) =>
          purchase.downloadable &&
          (purchase.trackId === trackId ||
            (purchase.trackId === null && purchase.albumId === albumId)),
      );
      return new Set(rows.flatMap((row) => row.formatIds));
    },
    addAlbum(album) {
      albums.set(album.id, album);
      index(album);
    },
    addPurchase(purchase) {
      purchases.push(purchase);
    },
    setFormats(item, formatIds) {
      purchases = purchases.map((purchase) =>
        matches(purchase, item)
          ? { ...purchase, formatIds, downloadable: formatIds.length > 0 }
          : purchase,
      );
    },
    revoke(item) {
      purchases = purchases.filter((purchase) => !matches(purchase, item));
    },
    changeTrack(trackId, change) {
      replaceTracks(trackId, (track) => [{ ...track, ...change }]);
    },
    removeTrack(trackId) {
      replaceTracks(trackId, () => []);
      albumOfTrack.delete(trackId);
    },
    withdrawAlbum(albumId) {
      withdrawn.add(albumId);
    },
    isWithdrawn: (albumId) => withdrawn.has(albumId),
  };
}
