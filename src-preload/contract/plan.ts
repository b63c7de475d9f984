import type { ErrorView } from './error-codes.ts';
import type { FormatId } from './formats.ts';
import type { AlbumId, TrackId } from './ids.ts';
import type { JobKind } from './states.ts';

/** What will be done about one track or side file. */
export type PlanAction = 'keep' | 'download' | 'replace' | 'adopt' | 'unavailable';

/** Why; each has a sentence under `plan.reasons.<reason>` in the locales. */
export const PLAN_REASONS = [
  'present',
  'tags-edited',
  'moved',
  'unseen',
  'kept-refused',
  'kept-by-choice',
  'left-out',
  'new',
  'missing',
  'damaged',
  'format-changed',
  'upgrade',
  'provably-ours',
  'pre-order',
  'not-entitled',
  'refused-before',
  'occupied',
  'path-too-long',
  'withdrawn',
  'list-incomplete',
] as const;
/** One of {@link PLAN_REASONS}. */
export type PlanReason = (typeof PLAN_REASONS)[number];

/** One line of a plan: a decision, its reason and where the file goes. */
export interface PlanItem {
  readonly action: PlanAction;
  readonly reason: PlanReason;
  readonly albumId: AlbumId;
  readonly trackId: TrackId | null;
  readonly kind: JobKind;
  readonly sideIndex: number;
  readonly title: string;
  /** Relative, `/` between components, NFC. */
  readonly path: string;
  /** The format to ask for, or the one on disk for `keep`; null for side files and what cannot be had. */
  readonly formatId: FormatId | null;
  /** Formats to fall back to when the service refuses `formatId`, in order. */
  readonly fallbackFormatIds: readonly FormatId[];
  /** Set when `formatId` is not what the preference asks for. */
  readonly substitution: { readonly wanted: FormatId } | null;
  /** Bytes on disk for `keep` and `adopt`, an estimate otherwise. */
  readonly bytes: number;
  /** For `refused-before`: what the service answered then. */
  readonly refusal: ErrorView | null;
}

/** The plan of one album. */
export interface AlbumPlan {
  readonly albumId: AlbumId;
  readonly folder: string;
  readonly items: readonly PlanItem[];
}
