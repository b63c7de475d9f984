import type { ErrorView } from './error-codes.ts';
import type { FormatId } from './formats.ts';
import type { AlbumId, JobId, RunId } from './ids.ts';
import type { RunState } from './states.ts';

/** The queue as a whole; its jobs are listed beside it. */
export interface QueueView {
  /** Nothing is fetched until somebody resumes; kept over restarts. */
  readonly paused: boolean;
}

/** One try at a job that failed. */
export interface AttemptView {
  /** From 1. */
  readonly number: number;
  readonly atMs: number;
  readonly error: ErrorView;
  /** The HTTP status behind it, where there was one. */
  readonly status: number | null;
}

/** What unfolds below a job: nothing of it needs to be redacted. */
export interface JobDetails {
  readonly id: JobId;
  /** Relative target path. */
  readonly path: string;
  /** Formats it asks for, in order. */
  readonly formatIds: readonly FormatId[];
  readonly attempts: readonly AttemptView[];
}

/** The speed of the last minutes, oldest first. */
export interface SpeedHistory {
  readonly intervalSeconds: number;
  /** Bytes a second, averaged over each interval. */
  readonly bytesPerSecond: readonly number[];
}

/**
 * Totals of a run, in tracks. `planned` counts everything its plan names, what is kept or unavailable included;
 * it grows until `listingDone`.
 */
export interface RunTotals {
  readonly planned: number;
  readonly downloaded: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unavailable: number;
  readonly paused: number;
  /** Bytes that came over the network in this run. */
  readonly bytes: number;
  /** Bytes of all planned files, estimates included, and how many of them are there. */
  readonly plannedBytes: number;
  readonly doneBytes: number;
}

/** One run of the past. */
export interface RunSummary {
  readonly id: RunId;
  readonly startedAtMs: number;
  /** Null when the process ended in it. */
  readonly endedAtMs: number | null;
  readonly state: RunState;
  readonly totals: RunTotals | null;
  readonly error: ErrorView | null;
}

/** An album a run touched. */
export interface RunAlbum {
  readonly albumId: AlbumId;
  readonly title: string;
  readonly artist: string;
  readonly tracksAdded: number;
  readonly tracksFailed: number;
  readonly bytes: number;
}
