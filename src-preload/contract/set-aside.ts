import type { FormatId } from './formats.ts';
import type { AlbumId, TrackId } from './ids.ts';
import type { JobKind } from './states.ts';

/** Why a file was set aside; each has a sentence under `setAside.reasons.<reason>` in the locales. */
export const SET_ASIDE_REASONS = [
  'format-changed',
  'damaged',
  'upgrade',
  'duplicate',
  'restored',
] as const;
/** One of {@link SET_ASIDE_REASONS}; `restored` made room for a file that came back. */
export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];

/** What is known of a file's sound. */
export interface Quality {
  readonly formatId: FormatId | null;
  /** Null for lossy and unknown sound; 1 for DSD. */
  readonly bitDepth: number | null;
  readonly samplingRateKHz: number | null;
}

/** A file in `.crateful/replaced/`, as a person reads of it. */
export interface SetAsideView {
  /** Names it in calls; the same as long as it lies there. */
  readonly id: string;
  /** Null where it lies without a note. */
  readonly albumId: AlbumId | null;
  readonly trackId: TrackId | null;
  readonly kind: JobKind;
  readonly title: string;
  readonly artist: string;
  readonly albumTitle: string;
  /** Where it stood, relative to the root. */
  readonly path: string;
  readonly quality: Quality;
  readonly bytes: number;
  /** As it was set aside, which it has to be still to come back; null where that is not known. */
  readonly sha256: string | null;
  /** Null where it lies without a note. */
  readonly reason: SetAsideReason | null;
  /** Unix milliseconds. */
  readonly atMs: number;
}

/** One page of what was set aside, newest first. */
export interface SetAsidePage {
  readonly entries: readonly SetAsideView[];
  /** Of all there is, not of this page. */
  readonly total: number;
  readonly totalBytes: number;
  /** What to ask the next page with; null at the end. */
  readonly next: string | null;
}
