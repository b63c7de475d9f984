import type { Credit } from './catalogue.ts';
import type { ErrorView } from './error-codes.ts';
import type { FormatId } from './formats.ts';
import type { AlbumId, TrackId } from './ids.ts';

/** One track on an album's page. */
export interface TrackView {
  readonly id: TrackId;
  readonly title: string;
  readonly artist: string;
  readonly performers: readonly Credit[];
  readonly trackNumber: number;
  readonly discNumber: number;
  readonly durationSeconds: number;
  readonly status:
    | 'synced'
    | 'not-synced'
    | 'syncing'
    | 'paused'
    | 'unavailable'
    | 'failed'
    | 'missing'
    | 'damaged'
    /** Set aside as a copy too many; no sync fetches it. */
    | 'left-out';
  /** What is on disk, from its receipt. */
  readonly servedFormatId: FormatId | null;
  readonly samplingRateKHz: number | null;
  readonly bitDepth: number | null;
  /** Bytes on disk; 0 when it is not there. */
  readonly bytes: number;
  /** Whether the window can play it: on disk and not DSD. */
  readonly playable: boolean;
  /** The reason of a status that needs one. */
  readonly error: ErrorView | null;
}

/** A booklet that comes with an album. */
export interface BookletView {
  /** Its place among the album's booklets. */
  readonly index: number;
  readonly name: string;
  readonly onDisk: boolean;
}

/** An album's page. Its summary is in the list of albums. */
export interface AlbumView {
  readonly id: AlbumId;
  /** `YYYY-MM-DD` or `YYYY`. */
  readonly releaseDate: string | null;
  readonly genres: readonly string[];
  readonly upc: string | null;
  readonly copyright: string | null;
  readonly discCount: number;
  readonly durationSeconds: number;
  /** Formats that may be fetched, best first; what *Fetch in another format* offers. */
  readonly entitledFormatIds: readonly FormatId[];
  /** The format chosen for this album alone, instead of the preference. */
  readonly chosenFormatId: FormatId | null;
  /** Relative folder, once it has one. */
  readonly folder: string | null;
  readonly tracks: readonly TrackView[];
  readonly booklets: readonly BookletView[];
}

/** What a search found, best first. */
export interface SearchAnswer {
  readonly albumIds: readonly AlbumId[];
  /** Titles of tracks that match, where the album's own words do not: at most three an album, of the best 300. */
  readonly tracks: readonly { readonly albumId: AlbumId; readonly titles: readonly string[] }[];
}

/** A file whose content is no longer what its receipt says. */
export interface VerifyFinding {
  readonly albumId: AlbumId;
  readonly trackId: TrackId | null;
  readonly albumTitle: string;
  readonly title: string;
  /** Relative. */
  readonly path: string;
  readonly problem: 'missing' | 'damaged' | 'changed';
}

/** A verification that goes on, or the last one. */
export interface VerifyView {
  readonly state: 'running' | 'finished' | 'cancelled' | 'failed';
  /** Empty for the whole library. */
  readonly albumIds: readonly AlbumId[];
  /** Unix milliseconds; null while it goes on. */
  readonly endedAtMs: number | null;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly secondsLeft: number | null;
  /** Since it began; null before the first file. */
  readonly bytesPerSecond: number | null;
  /** Files that are whole but were not proven by Crateful (tags edited since) are none. At most 1,000 are listed. */
  readonly findings: readonly VerifyFinding[];
  /** How many there are, those that are not listed included. */
  readonly findingsTotal: number;
  readonly error: ErrorView | null;
}
