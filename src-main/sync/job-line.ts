import type { Job } from '../../src-preload/contract/library.ts';
import type { RunTotals } from '../../src-preload/contract/queue.ts';
import type { JobStage, JobState } from '../../src-preload/contract/states.ts';
import type { JobView } from '../../src-preload/contract/views.ts';
import type { Meter } from './meter.ts';

/** What a line says of an item besides its state. */
export type JobTitles = Pick<Job, 'title' | 'artist' | 'albumTitle'>;

/** A job on the board: the persisted job and what of it is never stored. */
export interface Line {
  job: Job;
  /** Whether it belongs to the run that goes on, or to the last one. */
  counted: boolean;
  stage: JobStage | null;
  receivedBytes: number;
  /** 0 until the service has named it. */
  totalBytes: number;
  /** Null until its first byte. */
  meter: Meter | null;
}

/** An item of the plan that got no job. */
export interface Note {
  readonly view: JobView;
  counted: boolean;
}

/** What a run still sees to. */
export const ACTIVE: ReadonlySet<JobState> = new Set<JobState>([
  'waiting',
  'running',
  'retrying',
  'committing',
]);

/** A job's line before anything happened. */
export const newLine = (job: Job): Line => ({
  job,
  counted: false,
  stage: null,
  receivedBytes: 0,
  totalBytes: 0,
  meter: null,
});

const expectedOf = (line: Line): number => line.totalBytes || line.job.estimatedBytes;

/** A line as windows and the command line show it. */
export function viewOfLine(line: Line): JobView {
  const { job } = line;
  const bytesPerSecond = job.state === 'running' ? (line.meter?.rate() ?? 0) : 0;
  const left = Math.max(0, expectedOf(line) - line.receivedBytes);
  return {
    id: job.id,
    albumId: job.albumId,
    trackId: job.trackId,
    kind: job.kind,
    title: job.title,
    artist: job.artist,
    albumTitle: job.albumTitle,
    path: job.targetPath,
    formatId: job.receipt?.servedFormatId ?? job.formatIds[0] ?? null,
    state: job.state,
    stage: line.stage,
    receivedBytes: line.receivedBytes,
    totalBytes: expectedOf(line),
    totalIsEstimate: line.totalBytes === 0,
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 ? Math.ceil(left / bytesPerSecond) : null,
    position: job.position,
    attempts: job.attempts,
    retryAtMs: job.state === 'retrying' ? job.notBeforeMs : null,
    error: job.error,
  };
}

/** A run's totals, and how many bytes are still to come. */
export interface Summed {
  readonly totals: RunTotals;
  readonly leftBytes: number;
}

/**
 * The totals of a run. Counts are of tracks only: covers and booklets are shown and weighed, but never decide
 * how a run ended. Lines and notes of other runs do not count.
 */
export function totalsOf(
  lines: Iterable<Line>,
  notes: Iterable<Note>,
  run: { readonly skipped: number; readonly skippedBytes: number; readonly bytes: number },
): Summed {
  const counts = { planned: run.skipped, downloaded: 0, failed: 0, unavailable: 0, paused: 0 };
  let plannedBytes = run.skippedBytes;
  let doneBytes = run.skippedBytes;
  let leftBytes = 0;
  for (const line of lines) {
    if (!line.counted) continue;
    const { state, kind } = line.job;
    if (kind === 'track') {
      counts.planned += 1;
      if (state === 'done') counts.downloaded += 1;
      if (state === 'failed') counts.failed += 1;
      if (state === 'unavailable') counts.unavailable += 1;
      if (state === 'paused') counts.paused += 1;
    }
    if (state === 'unavailable' || state === 'failed') continue;
    const bytes = state === 'done' ? line.receivedBytes : expectedOf(line);
    const done = Math.min(line.receivedBytes, bytes);
    plannedBytes += bytes;
    doneBytes += done;
    if (ACTIVE.has(state)) leftBytes += bytes - done;
  }
  for (const { view, counted } of notes) {
    if (!counted) continue;
    counts.planned += 1;
    if (view.state === 'failed') counts.failed += 1;
    else counts.unavailable += 1;
  }
  const { skipped, bytes } = run;
  return { totals: { ...counts, skipped, bytes, plannedBytes, doneBytes }, leftBytes };
}
