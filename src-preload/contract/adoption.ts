import type { ErrorView } from './error-codes.ts';
import type { FormatId } from './formats.ts';
import type { AlbumId, StepId, TrackId } from './ids.ts';
import type { StayReason } from './steps.ts';

/** How sure it is what a file is; the tabs of the review. */
export const ADOPTION_FILTERS = ['sure', 'likely', 'unknown', 'copy', 'damaged'] as const;
/** One of {@link ADOPTION_FILTERS}. */
export type AdoptionFilter = (typeof ADOPTION_FILTERS)[number];

/** Why a file is taken for what it is taken for, or for nothing; sentences under `adopt.why.<why>`. */
export const ADOPTION_WHYS = [
  'id',
  'id-length',
  'isrc',
  'isrc-length',
  'isrc-album',
  'isrc-other-album',
  'upc',
  'upc-title',
  'names',
  'near-title',
  'file-name',
  'no-album',
  'place',
  'nothing',
  'several',
  'other-length',
  'other-album',
  'there',
  'better-copy',
  'other-preferred',
  'unreadable',
  'damaged',
  'wrong-length',
] as const;
/** One of {@link ADOPTION_WHYS}. */
export type AdoptionWhy = (typeof ADOPTION_WHYS)[number];

/**
 * What can be done with the files: left where they are, which only the library's own folder allows; moved or copied into its
 * layout; or, for a folder elsewhere, that folder taken into use as the library's.
 */
export const ADOPTION_WAYS = ['leave', 'move', 'copy'] as const;
/** One of {@link ADOPTION_WAYS}. */
export type AdoptionWay = (typeof ADOPTION_WAYS)[number];

/** Files that were ticked. */
export interface AdoptionChoice {
  readonly files: number;
  readonly albums: number;
  readonly bytes: number;
  /** Of them, damaged ones that the next sync fetches anew. */
  readonly fresh: number;
}

/** A file that was to be taken over and was not. */
export interface AdoptionStay {
  /** As the person knows it: relative to the folder that was looked through. */
  readonly path: string;
  readonly reason: StayReason;
}

/** How a taking over ended. */
export interface AdoptionOutcome {
  readonly way: AdoptionWay;
  readonly taken: number;
  readonly albums: number;
  /** Ticked files that turned out to be damaged; they stand under that filter now. */
  readonly damaged: number;
  /** At most 200 are listed. */
  readonly stayed: readonly AdoptionStay[];
  readonly stayedTotal: number;
  /** Null when nothing was taken over. */
  readonly stepId: StepId | null;
}

/** A look through a folder with music and what came of it. */
export interface AdoptionView {
  /**
   * `scanning` reads folders and tags, `comparing` asks for track lists, `proving` reads what was ticked to its end, `taking`
   * moves files and writes rows. `review` waits for the person; so do `done` and `undone`, from where the rest can be
   * reviewed.
   */
  readonly state:
    | 'scanning'
    | 'comparing'
    | 'review'
    | 'proving'
    | 'taking'
    | 'done'
    | 'undoing'
    | 'undone'
    | 'failed';
  /** Absolute. */
  readonly folder: string;
  /** How the folder lies to the library's: the same, in it, elsewhere; `none` while there is no library folder. */
  readonly place: 'library' | 'inside' | 'outside' | 'none';
  /** Of the state that goes on; null where the end is not known. */
  readonly done: number;
  readonly total: number | null;
  readonly counts: Readonly<Record<AdoptionFilter, number>>;
  readonly chosen: AdoptionChoice;
  /** Audio of kinds that Crateful does not keep (M4A, WAV, …). */
  readonly otherKinds: number;
  /** Files that are the library's already. */
  readonly known: number;
  /** Owned albums whose track list is not known here and could not be asked for. */
  readonly albumsNotCompared: number;
  /** Links and folders that were not looked into. */
  readonly passedOver: number;
  /** Another number whenever pages would answer something else. */
  readonly revision: number;
  readonly outcome: AdoptionOutcome | null;
  readonly error: ErrorView | null;
}

/** One line of the review. Files stand below the head of their album, or of their folder where they are taken for none. */
export type AdoptionRow =
  | {
      readonly kind: 'album';
      readonly albumId: AlbumId;
      readonly title: string;
      readonly artist: string;
      readonly year: string | null;
      readonly hasCover: boolean;
      /** Tracks of it that are owned, and of them those a file was found for under this filter. */
      readonly tracksTotal: number;
      readonly tracksFound: number;
      /** Files below it: how many can be ticked, and are. */
      readonly choosable: number;
      readonly chosen: number;
    }
  | { readonly kind: 'folder'; readonly path: string; readonly files: number }
  | AdoptionFileRow;

/** One file of the review. */
export interface AdoptionFileRow {
  readonly kind: 'file';
  /** Its number in this look. */
  readonly id: number;
  /** Relative to the folder that was looked through. */
  readonly path: string;
  readonly why: AdoptionWhy;
  /** What it is taken for; null for nothing. */
  readonly title: string | null;
  readonly discNumber: number | null;
  readonly trackNumber: number | null;
  readonly trackId: TrackId | null;
  readonly container: string;
  readonly samplingRateKHz: number | null;
  readonly bitDepth: number | null;
  readonly kbps: number | null;
  readonly bytes: number;
  readonly durationSeconds: number | null;
  /** The format that was bought where the file is less than that; null where it is as good. */
  readonly betterFormatId: FormatId | null;
  readonly choosable: boolean;
  readonly chosen: boolean;
  /** Of another copy, the path of the file in whose place it can be taken; null where that is not to be chosen. */
  readonly insteadOf: string | null;
}

/** A part of the review. */
export interface AdoptionPage {
  readonly revision: number;
  readonly total: number;
  readonly from: number;
  readonly rows: readonly AdoptionRow[];
}

/**
 * What a person turns to: ends what goes on, goes back to what is left of the review, forgets the look, or takes the folder
 * that was looked through into use as the library's.
 */
export const ADOPTION_TURNS = ['cancel', 'review', 'dismiss', 'use-folder'] as const;
/** One of {@link ADOPTION_TURNS}. */
export type AdoptionTurn = (typeof ADOPTION_TURNS)[number];

/** Rows a page has at most. */
export const MOST_ADOPTION_ROWS = 200;
