import type { FormatId } from './formats.ts';
import type { AlbumId, TrackId } from './ids.ts';

/** A side file that comes with an album; only PDFs (booklets) are fetched (qobuz-api §4.9). */
export interface Goodie {
  readonly name: string;
  readonly url: string;
}

/** An album as the catalogue describes it, from either shape of its JSON (qobuz-api §4.1). */
export interface Album {
  readonly id: AlbumId;
  readonly title: string;
  readonly version: string | null;
  /** Who the album's folder is named after. */
  readonly artist: string;
  /** All main artists, the first included. */
  readonly artists: readonly string[];
  readonly label: string | null;
  /** Most specific first is not promised; in the catalogue language, without duplicates. */
  readonly genres: readonly string[];
  /** `YYYY-MM-DD` or `YYYY`. */
  readonly releaseDate: string | null;
  readonly upc: string | null;
  readonly copyright: string | null;
  readonly discCount: number;
  readonly trackCount: number;
  readonly durationSeconds: number;
  readonly explicit: boolean;
  /** Address of the 600-pixel cover on the service's image host; other sizes swap the suffix (qobuz-api §4.8). */
  readonly coverUrl: string | null;
  readonly goodies: readonly Goodie[];
  readonly maximumBitDepth: number | null;
  readonly maximumSamplingRateKHz: number | null;
}

/** One credit line: a person and the roles the service names. */
export interface Credit {
  readonly name: string;
  readonly roles: readonly string[];
}

/** A track as the catalogue describes it. */
export interface Track {
  readonly id: TrackId;
  readonly albumId: AlbumId;
  readonly title: string;
  readonly version: string | null;
  /** The work a classical movement belongs to. */
  readonly work: string | null;
  /** The track's own artist; the album's where the track names none. */
  readonly artist: string;
  readonly credits: readonly Credit[];
  readonly composers: readonly string[];
  readonly trackNumber: number;
  readonly discNumber: number;
  readonly durationSeconds: number;
  readonly isrc: string | null;
  readonly copyright: string | null;
  readonly explicit: boolean;
  readonly replayGainDb: number | null;
  readonly replayPeak: number | null;
}

/** An album with all of its tracks, every page of them. */
export interface AlbumDetail {
  readonly album: Album;
  readonly tracks: readonly Track[];
}

/**
 * What the account bought: an album (`trackId` null) or a single track. The same thing bought twice is one
 * purchase with the union of the formats and the oldest date (qobuz-api §3.2).
 */
export interface Purchase {
  readonly albumId: AlbumId;
  readonly trackId: TrackId | null;
  /** Unix seconds. */
  readonly purchasedAt: number;
  /** The entitlement: ids the shop will deliver, unknown ones included; empty for a pre-order. */
  readonly formatIds: readonly FormatId[];
  /**
   * Whether `formatIds` came from the service. False when the row had no list (older captures): then the
   * ladder 27, 7, 6, 5 is tried with `intent=download` (qobuz-api §5.4).
   */
  readonly formatsKnown: boolean;
  /** False for a pre-order or something the shop does not deliver yet. */
  readonly downloadable: boolean;
  /** The row's own description of the album, which stands in when the catalogue has lost it. */
  readonly album: Album;
  /** The row's own description of a singly bought track. */
  readonly track: Track | null;
}
