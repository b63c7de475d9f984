import type { ErrorView } from './error-codes.ts';
import type { AlbumId, RootId, StepId } from './ids.ts';
import type { LibraryFile, Placement } from './library.ts';

/** What a step was for: another naming template, or a library that existed before Crateful. */
export type StepKind = 'rearrange' | 'adopt';

/**
 * How far a step is. `moving` and `returning` are open: the next start goes on with them. `moved` can be undone,
 * `returned` was.
 */
export type StepState = 'moving' | 'moved' | 'returning' | 'returned';

/**
 * Why a file stays where it is: it is no longer what it was when the step was planned; it is gone; something else has
 * the name; another program holds it, or it must not be changed; the folder it came from is not there; the disk does
 * not take the name.
 */
export type StayReason =
  | 'changed'
  | 'vanished'
  | 'occupied'
  | 'busy'
  | 'unreachable'
  | 'name-refused';

/** A file that a step left alone. */
export interface StayedFile {
  /** Where it is: relative to the root, or absolute outside of it. */
  readonly path: string;
  readonly reason: StayReason;
}

/** What became of a step, or of its undoing. */
export interface StepOutcome {
  readonly stepId: StepId;
  readonly state: StepState;
  /** Files that have another name, or another row, now. */
  readonly files: number;
  readonly stayed: readonly StayedFile[];
}

/** A step as the list of steps shows it. */
export interface StepView {
  readonly id: StepId;
  readonly rootId: RootId;
  readonly kind: StepKind;
  readonly state: StepState;
  /** Unix milliseconds. */
  readonly begunAtMs: number;
  /** Files it moved or, once `returned`, gave back. */
  readonly files: number;
  readonly stayed: number;
}

/** The folder an album had before a step and has after it; null for none. */
export interface PlacementChange {
  readonly albumId: AlbumId;
  readonly before: Placement | null;
  readonly after: Placement | null;
}

/** One file of a step. */
export interface StepMove {
  /** As the disk spells it: relative to the root with `/` between components, or absolute for a file from outside. */
  readonly from: string;
  /** Relative to the root, `/`, NFC; equal to `from` for a file that stays and only gets another row. */
  readonly to: string;
  /** What the step was planned with: a file that is something else by then stays. `modifiedMs` is whole. */
  readonly bytes: number;
  readonly modifiedMs: number;
  /**
   * What the library knows of the file before and after; null for nothing. Where only the path differs, or both are
   * null, the file's row moves along with it as it is.
   */
  readonly before: LibraryFile | null;
  readonly after: LibraryFile | null;
}

/** A step that goes on, or the last one. */
export interface StepProgress {
  /** Null until it is written down. */
  readonly stepId: StepId | null;
  readonly kind: StepKind;
  /** `back` while it is undone, or taken back after a fault or a cancel. */
  readonly way: 'there' | 'back';
  readonly state: 'running' | 'finished' | 'cancelled' | 'failed';
  readonly filesDone: number;
  readonly filesTotal: number;
  /** Once `finished`. */
  readonly outcome?: StepOutcome;
  /** Once `failed`. */
  readonly error?: ErrorView;
}

/**
 * Why an album, or one of its files, keeps its place: its track list is not known yet; files of it are missing; one is just
 * being saved; a path would be too long for this system; or somebody moved the file out of the album's folder by hand.
 */
export type KeepReason = 'not-listed' | 'incomplete' | 'saving' | 'path-too-long' | 'moved-by-hand';

/** What a changed naming template would do to the albums that are there. Nothing is changed by asking. */
export interface RearrangePreview {
  /** Albums with at least one file that gets another name, and all such files, companions included. */
  readonly albums: number;
  readonly files: number;
  /** Files among them that are the person's own: lyrics, logs, scans and whatever else stands with an album. */
  readonly companions: number;
  /** One file each of up to twelve albums. */
  readonly examples: readonly { readonly before: string; readonly after: string }[];
  /** What keeps its place and why: an album's title or a file's path; at most 200. */
  readonly keeps: readonly { readonly what: string; readonly reason: KeepReason }[];
  readonly keepsTotal: number;
  /** Cue sheets and playlists that go along and name files by names they will no longer have; at most 50. */
  readonly lists: readonly string[];
}
