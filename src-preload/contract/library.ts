import type { ErrorView } from './error-codes.ts';
import type { FormatId } from './formats.ts';
import type { AccountId, AlbumId, JobId, RootId, RunId, TrackId } from './ids.ts';
import type { JobKind, JobState } from './states.ts';

/** What identifies the sound of a file whatever its tags say (architecture §3). */
export interface AudioHash {
  readonly kind: 'flac-pcm-md5' | 'frames-sha256';
  /** Lower-case hex. */
  readonly value: string;
}

/** What was proven before a file got its name (architecture §3, §4). */
export interface Receipt {
  /** sha256 of the whole file, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Null for side files. */
  readonly audioHash: AudioHash | null;
  readonly durationSeconds: number | null;
  readonly requestedFormatId: FormatId | null;
  readonly servedFormatId: FormatId | null;
  readonly samplingRateKHz: number | null;
  readonly bitDepth: number | null;
  /** Formats the service refused before the served one, with its restriction code. */
  readonly refusedFormats: readonly { readonly formatId: FormatId; readonly restriction: string }[];
  readonly cratefulVersion: string;
}

/** The folder an album was given under a root; stable until a step that a person asked for, or their own hand, moves it. */
export interface Placement {
  readonly rootId: RootId;
  readonly albumId: AlbumId;
  /** Relative, `/` between components, NFC. */
  readonly folder: string;
  /** The naming template it was made with, which all of its tracks follow. */
  readonly template: string;
  /** Whether these side files were planned when the album was planned last. */
  readonly sides: SideChoice;
}

/** Which side files are wanted with an album. */
export interface SideChoice {
  readonly covers: boolean;
  readonly booklets: boolean;
}

/** One file per (root, album, track or side file). */
export interface LibraryFile {
  readonly rootId: RootId;
  readonly albumId: AlbumId;
  /** Null for side files. */
  readonly trackId: TrackId | null;
  readonly kind: JobKind;
  /** Relative, `/` between components, NFC. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly receipt: Receipt;
}

/** A job as it is persisted. It carries ids, never an address. */
export interface Job {
  readonly id: JobId;
  readonly runId: RunId;
  readonly accountId: AccountId;
  readonly rootId: RootId;
  readonly albumId: AlbumId;
  readonly trackId: TrackId | null;
  readonly kind: JobKind;
  /** For booklets: which of the album's goodies. 0 otherwise. */
  readonly sideIndex: number;
  /** Formats to ask for, in order: the planned one, then those the entitlement allows after a refusal. */
  readonly formatIds: readonly FormatId[];
  /** Relative target path. */
  readonly targetPath: string;
  /** True when the plan said `replace`: the old file goes to `.crateful/replaced/`. */
  readonly replaces: boolean;
  readonly estimatedBytes: number;
  readonly state: JobState;
  readonly attempts: number;
  /** Unix milliseconds before which no attempt is made; 0 for at once. */
  readonly notBeforeMs: number;
  readonly error: ErrorView | null;
  /** Set from `committing` on. */
  readonly receipt: Receipt | null;
  /** The order in which jobs are taken, lowest first. */
  readonly position: number;
  /** What it is called in the queue; empty in rows of versions that did not keep it. */
  readonly title: string;
  readonly artist: string;
  readonly albumTitle: string;
}

/** What is known of a partial file, so that a killed process goes on where it was (architecture §4). */
export interface Part {
  readonly jobId: JobId;
  readonly formatId: FormatId;
  /** Length of the whole file as the service stated it. */
  readonly totalBytes: number;
  readonly mimeType: string;
  readonly etag: string | null;
  readonly stage: 'fetching' | 'fetched';
  /** Bytes known to be on the disk even after a power cut. */
  readonly durableBytes: number;
  readonly samplingRateKHz: number | null;
  readonly bitDepth: number | null;
  readonly updatedAtMs: number;
}

/** A track the service refused for a lasting reason; asked for again on a change, after 30 days or by hand. */
export interface Refusal {
  readonly accountId: AccountId;
  readonly trackId: TrackId;
  readonly error: ErrorView;
  /** The entitlement at the time, sorted and joined: a change asks again. */
  readonly formatsKey: string;
  readonly refusedAtMs: number;
}

/**
 * What a person decided about one track under a root: `keep-this` its file stays whatever the preference says,
 * `dismissed` an offer is not wanted, `upgrade` one was accepted, `left-out` it is wanted nowhere in this album.
 */
export interface TrackDecision {
  readonly rootId: RootId;
  readonly albumId: AlbumId;
  readonly trackId: TrackId;
  readonly decision: 'keep-this' | 'dismissed' | 'upgrade' | 'left-out';
  /** The offer it answers, by its key: another offer is asked about anew. Null when it answers none. */
  readonly offer: string | null;
}
