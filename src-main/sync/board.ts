import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { type AlbumId, type JobId, jobId, type RunId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { PlanItem } from '../../src-preload/contract/plan.ts';
import type { JobStage, JobState, RunState } from '../../src-preload/contract/states.ts';
import type { JobView, RunView } from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { type JobTitles, type Line, totalsOf, viewOfLine } from './job-line.ts';
import { createMeter, type Meter } from './meter.ts';

interface RunFacts {
  id: RunId;
  state: RunState;
  readonly startedAtMs: number;
  endedAtMs: number | null;
  albumsListed: number;
  albumsTotal: number | null;
  listingDone: boolean;
  planChanges: number;
  /** A retry inside the summary of a run: what is kept was counted before. */
  reopened: boolean;
  skipped: number;
  skippedBytes: number;
  bytes: number;
  error: ErrorView | null;
  readonly meter: Meter;
}

/** What of a plan's item a line without a job shows. */
type NotedItem = Pick<PlanItem, 'albumId' | 'trackId' | 'kind' | 'path' | 'formatId' | 'bytes'>;

/** What the board tells of each change, so that views can be refreshed. */
export interface BoardListener {
  jobChanged(id: JobId, albumId: AlbumId): void;
  albumChanged(albumId: AlbumId): void;
  runChanged(): void;
}

/**
 * The run that goes on, or the last one, and its jobs as people see them: one line each, totals, speed and
 * time left. Items of the plan that need no job but the user's attention have a line too.
 */
export class Board {
  readonly #clock: Clock;
  readonly #listener: BoardListener;
  readonly #coolDownUntilMs: () => number | null;
  readonly #lines = new Map<JobId, Line>();
  readonly #notes = new Map<JobId, JobView>();
  readonly #byAlbum = new Map<AlbumId, Set<JobId>>();
  #run: RunFacts | null = null;

  constructor(clock: Clock, listener: BoardListener, coolDownUntilMs: () => number | null) {
    this.#clock = clock;
    this.#listener = listener;
    this.#coolDownUntilMs = coolDownUntilMs;
  }

  /** Forgets the run and its lines, for another account. */
  clear(): void {
    this.#clearLines();
    this.#run = null;
    this.#listener.runChanged();
  }

  #clearLines(): void {
    const gone = [...this.#lines.values()].map((line) => line.job);
    const notes = [...this.#notes.values()];
    this.#lines.clear();
    this.#notes.clear();
    this.#byAlbum.clear();
    for (const item of [...gone, ...notes]) this.#listener.jobChanged(item.id, item.albumId);
  }

  /** Clears the lines of the run before. */
  start(id: RunId): void {
    this.#clearLines();
    this.#run = {
      id,
      state: 'preparing',
      startedAtMs: this.#clock.now(),
      endedAtMs: null,
      albumsListed: 0,
      albumsTotal: null,
      listingDone: false,
      planChanges: 0,
      reopened: false,
      skipped: 0,
      skippedBytes: 0,
      bytes: 0,
      error: null,
      meter: createMeter(this.#clock),
    };
    this.#listener.runChanged();
  }

  /** Goes on under the lines of the run before, for a retry; without one, starts. */
  reopen(id: RunId): void {
    if (!this.#run) {
      this.start(id);
      return;
    }
    Object.assign(this.#run, {
      id,
      state: 'preparing',
      endedAtMs: null,
      error: null,
      albumsListed: 0,
      albumsTotal: null,
      listingDone: false,
      reopened: true,
    });
    this.#listener.runChanged();
  }

  /** Changes facts of the run that are not derived from its jobs. */
  set(
    patch: Partial<Pick<RunFacts, 'state' | 'albumsTotal' | 'listingDone' | 'endedAtMs' | 'error'>>,
  ): void {
    if (this.#run) Object.assign(this.#run, patch);
    this.#listener.runChanged();
  }

  /** Shows how the run ended and gives that view. */
  end(end: Pick<RunFacts, 'state' | 'endedAtMs' | 'error'>): RunView {
    this.set(end);
    const view = this.runView();
    if (!view) throw new CratefulError('UNEXPECTED', { reason: 'no run to end' });
    return view;
  }

  /** Counts an album whose plan is made, and what of it is kept. */
  albumPlanned(albumId: AlbumId, kept: { readonly items: number; readonly bytes: number }): void {
    if (!this.#run) return;
    this.#listener.albumChanged(albumId);
    this.#run.albumsListed += 1;
    if (this.#run.reopened) return;
    this.#run.skipped += kept.items;
    this.#run.skippedBytes += kept.bytes;
    this.#listener.runChanged();
  }

  /** Counts items that differ from what the preview said. */
  planChanged(items: number): void {
    if (this.#run) this.#run.planChanges += items;
  }

  /** Shows a job, or its new state. */
  put(job: Job, titles: JobTitles): void {
    const line = this.#lines.get(job.id);
    if (line) line.job = job;
    else {
      this.#index(job.albumId, job.id);
      this.#lines.set(job.id, {
        job,
        titles,
        stage: null,
        receivedBytes: 0,
        totalBytes: 0,
        meter: createMeter(this.#clock),
      });
    }
    this.#changed(job);
  }

  /** Takes back what was noted of an album, before it is planned again. */
  clearNotes(albumId: AlbumId): void {
    for (const id of this.#byAlbum.get(albumId) ?? []) {
      if (this.#notes.delete(id)) this.#listener.jobChanged(id, albumId);
    }
  }

  /** Shows an item of the plan that will not be fetched and why; it counts as unavailable or failed. */
  note(
    item: NotedItem,
    titles: JobTitles,
    state: 'unavailable' | 'failed',
    error: ErrorView,
  ): void {
    const id = jobId(`plan-${item.albumId}-${item.trackId ?? item.path}`);
    this.#index(item.albumId, id);
    this.#notes.set(id, {
      id,
      albumId: item.albumId,
      trackId: item.trackId,
      kind: item.kind,
      ...titles,
      path: item.path,
      formatId: item.formatId,
      state,
      stage: null,
      receivedBytes: 0,
      totalBytes: item.bytes,
      totalIsEstimate: true,
      bytesPerSecond: 0,
      secondsLeft: null,
      position: 0,
      attempts: 0,
      retryAtMs: null,
      error,
    });
    this.#listener.jobChanged(id, item.albumId);
    this.#listener.runChanged();
  }

  jobChanged(job: Job): void {
    const line = this.#lines.get(job.id);
    if (!line) return;
    line.job = job;
    if (job.state !== 'running') line.stage = null;
    if (job.state === 'done') line.receivedBytes = job.receipt?.bytes ?? line.receivedBytes;
    this.#changed(job);
  }

  stageChanged(id: JobId, stage: JobStage): void {
    const line = this.#lines.get(id);
    if (!line) return;
    line.stage = stage;
    this.#changed(line.job);
  }

  progressed(id: JobId, receivedBytes: number, totalBytes: number): void {
    const line = this.#lines.get(id);
    if (!line) return;
    line.receivedBytes = receivedBytes;
    line.totalBytes = totalBytes;
    this.#changed(line.job);
  }

  networkBytes(id: JobId, bytes: number): void {
    this.#lines.get(id)?.meter.add(bytes);
    if (!this.#run) return;
    this.#run.bytes += bytes;
    this.#run.meter.add(bytes);
  }

  #changed(job: Job): void {
    this.#listener.jobChanged(job.id, job.albumId);
    this.#listener.runChanged();
  }

  #index(albumId: AlbumId, id: JobId): void {
    const ids = this.#byAlbum.get(albumId);
    if (ids) ids.add(id);
    else this.#byAlbum.set(albumId, new Set([id]));
  }

  /** States of an album's track lines. */
  statesOf(albumId: AlbumId): readonly JobState[] {
    return [...(this.#byAlbum.get(albumId) ?? [])].flatMap((id) => {
      const view = this.#lines.get(id)?.job ?? this.#notes.get(id);
      return view?.kind === 'track' ? [view.state] : [];
    });
  }

  /** The persisted jobs on the board, in the order in which they are taken. */
  jobs(): readonly Job[] {
    return [...this.#lines.values()].map((line) => line.job);
  }

  jobView(id: JobId): JobView | null {
    const line = this.#lines.get(id);
    return line ? viewOfLine(line) : (this.#notes.get(id) ?? null);
  }

  jobViews(): readonly JobView[] {
    return [...[...this.#lines.values()].map(viewOfLine), ...this.#notes.values()];
  }

  runView(): RunView | null {
    const run = this.#run;
    if (!run) return null;
    const totals = totalsOf(this.#lines.values(), this.#notes.values(), run);
    const bytesPerSecond = run.endedAtMs === null ? run.meter.rate() : 0;
    const left = totals.plannedBytes - totals.doneBytes;
    return {
      id: run.id,
      state: run.state,
      startedAtMs: run.startedAtMs,
      endedAtMs: run.endedAtMs,
      albumsListed: run.albumsListed,
      albumsTotal: run.albumsTotal,
      listingDone: run.listingDone,
      totals,
      bytesPerSecond,
      secondsLeft:
        run.listingDone && run.endedAtMs === null && bytesPerSecond > 0
          ? Math.ceil(left / bytesPerSecond)
          : null,
      planChanges: run.planChanges,
      error: run.error,
      coolDownUntilMs: this.#coolDownUntilMs(),
    };
  }
}
