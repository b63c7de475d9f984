import type { Job } from '../../src-preload/contract/library.ts';
import type { JobStage } from '../../src-preload/contract/states.ts';
import type { JobView, RunTotals } from '../../src-preload/contract/views.ts';
import type { Meter } from './meter.ts';

/** What a job's line says besides its state. */
export interface JobTitles {
  readonly title: string;
  readonly artist: string;
  readonly albumTitle: string;
}

/** A job on the board: the persisted job and what of it is never stored. */
export interface Line {
  job: Job;
  readonly titles: JobTitles;
  stage: JobStage | null;
  receivedBytes: number;
  /** 0 until the service has named it. */
  totalBytes: number;
  readonly meter: Meter;
}

/** A line as windows and the command line show it. */
export function viewOfLine(line: Line): JobView {
  const { job } = line;
  return {
    id: job.id,
    albumId: job.albumId,
    trackId: job.trackId,
    kind: job.kind,
    ...line.titles,
    path: job.targetPath,
    formatId: job.receipt?.servedFormatId ?? job.formatIds[0] ?? null,
    state: job.state,
    stage: line.stage,
    receivedBytes: line.receivedBytes,
    totalBytes: line.totalBytes || job.estimatedBytes,
    totalIsEstimate: line.totalBytes === 0,
    bytesPerSecond: job.state === 'running' ? line.meter.rate() : 0,
    secondsLeft: null,
    position: job.position,
    attempts: job.attempts,
    retryAtMs: job.state === 'retrying' ? job.notBeforeMs : null,
    error: job.error,
  };
}

/**
 * The totals of a run. Counts are of tracks only: covers and booklets are shown and weighed, but never decide
 * how a run ended. `notes` are items of the plan that got no job.
 */
export function totalsOf(
  lines: Iterable<Line>,
  notes: Iterable<JobView>,
  run: { readonly skipped: number; readonly skippedBytes: number; readonly bytes: number },
): RunTotals {
  const counts = { planned: run.skipped, downloaded: 0, failed: 0, unavailable: 0, paused: 0 };
  let plannedBytes = run.skippedBytes;
  let doneBytes = run.skippedBytes;
  for (const line of lines) {
    const { state, kind } = line.job;
    if (kind === 'track') {
      counts.planned += 1;
      if (state === 'done') counts.downloaded += 1;
      if (state === 'failed') counts.failed += 1;
      if (state === 'unavailable') counts.unavailable += 1;
    }
    if (state === 'unavailable' || state === 'failed') continue;
    const expected = line.totalBytes || line.job.estimatedBytes;
    const bytes = state === 'done' ? line.receivedBytes : expected;
    plannedBytes += bytes;
    doneBytes += Math.min(line.receivedBytes, bytes);
  }
  for (const note of notes) {
    counts.planned += 1;
    if (note.state === 'failed') counts.failed += 1;
    else counts.unavailable += 1;
  }
  return { ...counts, skipped: run.skipped, bytes: run.bytes, plannedBytes, doneBytes };
}
