import { type AlbumId, type JobId, jobId, type RunId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { PlanItem } from '../../src-preload/contract/plan.ts';
import type { JobStage, JobState } from '../../src-preload/contract/states.ts';
import type { JobView, RunView } from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { ItemFault } from './item-fault.ts';
import {
  ACTIVE,
  type JobTitles,
  type Line,
  type Note,
  newLine,
  totalsOf,
  viewOfLine,
} from './job-line.ts';
import { createMeter } from './meter.ts';
import { subjectOf } from './reconcile.ts';
import { goOnAs, type Kept, newRun, noteKept, type RunFacts, viewOfRun } from './run-facts.ts';

/** What of a plan's item a line without a job shows. */
type NotedItem = Pick<PlanItem, 'albumId' | 'trackId' | 'kind' | 'path' | 'formatId' | 'bytes'>;

/** What the board tells of each change, so that views can be refreshed. */
export interface BoardListener {
  jobChanged(id: JobId, albumId: AlbumId): void;
  albumChanged(albumId: AlbumId): void;
  runChanged(): void;
}

/** What a run's view says that the board does not know. */
export interface BoardSources {
  coolDownUntilMs(): number | null;
  paused(): boolean;
}

/**
 * The queue as people see it: every open job of the root in use and what the last run did, one line each; the run that
 * goes on, or the last one, with its totals, speed and time left. Items of the plan that need no job but the user's
 * attention have a line too.
 */
export class Board {
  readonly #clock: Clock;
  readonly #listener: BoardListener;
  readonly #sources: BoardSources;
  readonly #lines = new Map<JobId, Line>();
  readonly #notes = new Map<JobId, Note>();
  readonly #byAlbum = new Map<AlbumId, Set<JobId>>();
  readonly #bySubject = new Map<string, JobId>();
  #run: RunFacts | null = null;

  constructor(clock: Clock, listener: BoardListener, sources: BoardSources) {
    this.#clock = clock;
    this.#listener = listener;
    this.#sources = sources;
  }

  /** Replaces all lines by those of another account's or root's open jobs, and forgets a run that is over. */
  fill(open: readonly Job[]): void {
    for (const id of this.#lines.keys()) this.remove(id);
    for (const { view } of this.#notes.values()) this.clearNotes(view.albumId);
    if (this.#run?.endedAtMs != null) this.#run = null;
    for (const job of open) this.put(job);
    this.#listener.runChanged();
  }

  /** Begins a run: what the one before finished is no longer shown, what is open stays in the queue. */
  start(id: RunId): void {
    for (const [line, { job }] of this.#lines) if (job.state === 'done') this.remove(line);
    for (const item of [...this.#lines.values(), ...this.#notes.values()]) item.counted = false;
    this.#run = newRun(id, this.#clock);
    this.#listener.runChanged();
  }

  /** Goes on under the lines of the run before, for a retry; without one, starts. */
  reopen(id: RunId): void {
    if (!this.#run) {
      this.start(id);
      return;
    }
    goOnAs(this.#run, id);
    this.#listener.runChanged();
  }

  /** Changes facts of the run that are not derived from its jobs. */
  set(patch: Partial<Pick<RunFacts, 'state' | 'listingDone' | 'endedAtMs' | 'error'>>): void {
    if (this.#run) Object.assign(this.#run, patch);
    this.#listener.runChanged();
  }

  /** Tells that something a view of the run depends on is different now. */
  runChanged(): void {
    this.#listener.runChanged();
  }

  /** Shows how the run ended and gives that view. */
  end(end: Pick<RunFacts, 'state' | 'endedAtMs' | 'error'>): RunView {
    this.set(end);
    const view = this.runView();
    if (!view) throw new CratefulError('UNEXPECTED', { reason: 'no run to end' });
    return view;
  }

  /** Counts albums among those the run is over. */
  albumsFound(ids: readonly AlbumId[]): void {
    if (this.#run) this.#run.albums = new Set([...(this.#run.albums ?? []), ...ids]);
    this.#listener.runChanged();
  }

  /** Counts an album whose plan is made, and what of it is there; what the run itself saved is counted already. */
  albumPlanned(albumId: AlbumId, there: Kept): void {
    if (!this.#run) return;
    let { items, bytes } = there;
    for (const id of this.#byAlbum.get(albumId) ?? []) {
      const line = this.#lines.get(id);
      if (!line?.counted || line.job.state !== 'done' || line.job.kind !== 'track') continue;
      items -= 1;
      bytes -= line.receivedBytes;
    }
    noteKept(this.#run, albumId, { items: Math.max(0, items), bytes: Math.max(0, bytes) });
    this.#listener.albumChanged(albumId);
    this.#listener.runChanged();
  }

  /** Counts items that differ from what the preview said. */
  planChanged(items: number): void {
    if (this.#run) this.#run.planChanges += items;
  }

  /** Shows a job, or its new state. */
  put(job: Job): void {
    if (!this.#lines.has(job.id)) {
      this.#lines.set(job.id, newLine(job));
      this.#index(job.albumId, job.id);
      this.#bySubject.set(subjectOf(job), job.id);
    }
    this.jobChanged(job);
  }

  /** Takes a line off the board. */
  remove(id: JobId): void {
    const job = this.#lines.get(id)?.job;
    if (!job || !this.#lines.delete(id)) return;
    this.#byAlbum.get(job.albumId)?.delete(id);
    if (this.#bySubject.get(subjectOf(job)) === id) this.#bySubject.delete(subjectOf(job));
    this.#changed(job);
  }

  /** Takes back what was noted of an album, before it is planned again. */
  clearNotes(albumId: AlbumId): void {
    for (const id of this.#byAlbum.get(albumId) ?? []) {
      if (!this.#notes.delete(id)) continue;
      this.#byAlbum.get(albumId)?.delete(id);
      this.#listener.jobChanged(id, albumId);
    }
  }

  /** Takes back what earlier runs noted of albums that this one, over everything, no longer met. */
  clearStaleNotes(): void {
    for (const { view, counted } of this.#notes.values()) {
      if (!counted) this.clearNotes(view.albumId);
    }
  }

  /** Shows an item of the plan that will not be fetched and why. */
  note(item: NotedItem, titles: JobTitles, fault: ItemFault & { readonly counted: boolean }): void {
    const id = jobId(`plan-${item.albumId}-${item.trackId ?? item.path}`);
    const view: JobView = {
      id,
      albumId: item.albumId,
      trackId: item.trackId,
      kind: item.kind,
      ...titles,
      path: item.path,
      formatId: item.formatId,
      state: fault.state,
      stage: null,
      receivedBytes: 0,
      totalBytes: item.bytes,
      totalIsEstimate: true,
      bytesPerSecond: 0,
      secondsLeft: null,
      position: 0,
      attempts: 0,
      retryAtMs: null,
      error: fault.error,
    };
    this.#index(item.albumId, id);
    this.#notes.set(id, { view, counted: fault.counted });
    this.#listener.jobChanged(id, item.albumId);
    this.#listener.runChanged();
  }

  /** Shows the new state of a job that is on the board; one that was cancelled leaves it. */
  jobChanged(job: Job): void {
    const line = this.#lines.get(job.id);
    if (!line) return;
    if (job.state === 'cancelled') {
      this.remove(job.id);
      return;
    }
    line.job = job;
    if (job.runId === this.#run?.id) line.counted = true;
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
    const line = this.#lines.get(id);
    if (line) {
      line.meter ??= createMeter(this.#clock);
      line.meter.add(bytes);
    }
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

  /** States of an album's track lines; what waits for another run than this one is not being seen to. */
  statesOf(albumId: AlbumId): readonly JobState[] {
    return [...(this.#byAlbum.get(albumId) ?? [])].flatMap((id) => {
      const line = this.#lines.get(id);
      const item = line?.job ?? this.#notes.get(id)?.view;
      if (item?.kind !== 'track') return [];
      return line && !line.counted && ACTIVE.has(item.state) ? [] : [item.state];
    });
  }

  /** The persisted jobs on the board. */
  jobs(): readonly Job[] {
    return [...this.#lines.values()].map((line) => line.job);
  }

  job(id: JobId): Job | null {
    return this.#lines.get(id)?.job ?? null;
  }

  /** The job about the same thing that is still open. */
  openJob(subject: string): Job | null {
    const id = this.#bySubject.get(subject);
    const job = id === undefined ? null : this.job(id);
    return job?.state === 'done' ? null : job;
  }

  jobView(id: JobId): JobView | null {
    const line = this.#lines.get(id);
    return line ? viewOfLine(line) : (this.#notes.get(id)?.view ?? null);
  }

  /** The lines of one album. */
  albumJobViews(albumId: AlbumId): readonly JobView[] {
    return [...(this.#byAlbum.get(albumId) ?? [])].flatMap((id) => this.jobView(id) ?? []);
  }

  jobViews(): readonly JobView[] {
    const lines = [...this.#lines.values()].map(viewOfLine);
    return [...lines, ...[...this.#notes.values()].map(({ view }) => view)];
  }

  runView(): RunView | null {
    const run = this.#run;
    if (!run) return null;
    return viewOfRun(run, totalsOf(this.#lines.values(), this.#notes.values(), run), {
      paused: this.#sources.paused(),
      coolDownUntilMs: this.#sources.coolDownUntilMs(),
    });
  }
}
