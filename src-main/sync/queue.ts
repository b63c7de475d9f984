import type { AccountId, AlbumId, JobId, RunId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type {
  JobDetails,
  QueueView,
  RunAlbum,
  RunSummary,
  SpeedHistory,
} from '../../src-preload/contract/queue.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import type { JobPatch } from '../library/jobs.ts';
import type { Library } from '../library/library.ts';
import type { Board } from './board.ts';
import type { Cancellations } from './cancellations.ts';
import { albumsOfRun, type HistoryParts, runsBefore } from './history.ts';
import { jobDetails } from './job-details.ts';
import type { Pause } from './pause.ts';
import { subjectOf } from './reconcile.ts';
import type { RunControl } from './run-control.ts';
import type { SpeedRecord } from './speed-history.ts';
import type { InTurn } from './turns.ts';
import { type Wanted, wishForJobs } from './wishes.ts';

/** What people do with the queue. All of it is kept over restarts and holds at once. */
export interface QueueControl {
  view(): QueueView;
  /** Fetches nothing more; what was being fetched keeps what came. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  pauseJobs(ids: readonly JobId[]): Promise<void>;
  resumeJobs(ids: readonly JobId[]): Promise<void>;
  /**
   * Takes jobs out of the queue until somebody asks for them again; what came of them is kept for
   * {@link QueueControl.restore}.
   */
  cancel(ids: readonly JobId[]): Promise<void>;
  /** The same for jobs that something else decides about from then on: nothing is remembered of them. */
  withdraw(ids: readonly JobId[]): Promise<void>;
  restore(ids: readonly JobId[]): Promise<void>;
  /** Before everything else that waits, in their own order. */
  moveToTop(ids: readonly JobId[]): Promise<void>;
  /** Asks again at once for what failed or was refused. */
  retry(ids: readonly JobId[]): Promise<void>;
  retryFailed(): Promise<void>;
  /** See `RunControl.want`. */
  want(wanted: Wanted): void;
  /** Throws `INVALID_REQUEST` for a job nobody knows. */
  details(id: JobId): Promise<JobDetails>;
  speedHistory(): SpeedHistory;
  /** The account's runs, newest first, at most 50; those before a run, or the newest. */
  history(before: RunId | null): Promise<readonly RunSummary[]>;
  runAlbums(id: RunId): Promise<readonly RunAlbum[]>;
}

/** What the queue is made of. */
export interface QueueParts extends HistoryParts {
  readonly library: Pick<Library, 'jobs' | 'runs' | 'events' | 'refusals'>;
  readonly board: Board;
  readonly control: Pick<
    RunControl,
    'running' | 'work' | 'runId' | 'join' | 'want' | 'interrupted' | 'ownTotals'
  >;
  readonly pause: Pause;
  readonly cancellations: Cancellations;
  readonly speed: Pick<SpeedRecord, 'history'>;
  readonly inTurn: InTurn;
  readonly account: () => AccountId | null;
  readonly root: () => RootView | null;
  readonly onChange: () => void;
}

const states = (...of: readonly JobState[]): ReadonlySet<JobState> => new Set(of);
const PAUSABLE = states('waiting', 'running', 'retrying');
const CANCELLABLE = states('waiting', 'running', 'retrying', 'paused', 'failed', 'unavailable');
const MOVABLE = states('waiting', 'retrying', 'paused', 'failed', 'unavailable');
/** Only what has come to an end can be asked for again: the rest is in the queue. */
const AT_REST = states('failed', 'unavailable');

const READY = { state: 'waiting', attempts: 0, notBeforeMs: 0, error: null } as const;

/** Makes the queue of one engine. */
export function createQueue(parts: QueueParts): QueueControl {
  const { library, board, control, pause, cancellations, inTurn } = parts;
  /** Jobs that were cancelled while a run saw to them: taken back, they are seen to again. */
  const cancelledInRun = new Set<JobId>();

  const jobsIn = (ids: Iterable<JobId>, of: ReadonlySet<JobState>): Job[] =>
    [...new Set(ids)].flatMap((id) => {
      const job = board.job(id);
      return job && of.has(job.state) ? [job] : [];
    });

  /** Changes jobs in the database and on the board; gives them as they are now. */
  const change = async (
    jobs: readonly Job[],
    patchOf: (job: Job, index: number) => JobPatch,
  ): Promise<Job[]> => {
    const changes = jobs.map((job, index) => ({ id: job.id, patch: patchOf(job, index) }));
    await library.jobs.updateMany(changes);
    // As they stand now: one may have begun or ended meanwhile.
    const changed = jobs.map((job, index) => ({
      ...(board.job(job.id) ?? job),
      ...changes[index]?.patch,
    }));
    for (const job of changed) board.put(job);
    return changed;
  };

  /** Takes jobs out of the run, and leaves those that did not end meanwhile in that state. */
  const takeOut = async (
    jobs: readonly Job[],
    of: ReadonlySet<JobState>,
    state: 'paused' | 'cancelled',
  ) => {
    const ids = new Set(jobs.map((job) => job.id));
    await control.work()?.downloader.take(ids, state);
    await change(
      jobsIn(ids, of).filter((job) => job.state !== state),
      () => ({ state, notBeforeMs: 0 }),
    );
  };

  /** Has jobs that wait fetched: at once by the run that made them, else by one that plans them anew. */
  const seeTo = async (jobs: readonly Job[], albumIds: readonly AlbumId[] = []): Promise<void> => {
    await cancellations.drop(jobs.map(subjectOf));
    const work = control.work();
    for (const job of jobs) work?.cancelled.delete(subjectOf(job));
    const isOfRun = (job: Job) => work?.takesJobs() === true && job.runId === control.runId();
    work?.downloader.add(jobs.filter(isOfRun));
    const others = jobs.filter((job) => !isOfRun(job));
    if (others.length + albumIds.length === 0) return;
    // Seen to its end through the view, like any run.
    void control.join(wishForJobs(others, albumIds), true);
  };

  const retry = (ids: readonly JobId[]) =>
    inTurn(async () => {
      const jobs = jobsIn(ids, AT_REST);
      const notes = [...new Set(ids)].flatMap((id) => {
        const note = board.job(id) ? null : board.jobView(id);
        return note && AT_REST.has(note.state) ? [note] : [];
      });
      const account = parts.account();
      for (const { trackId } of [...jobs, ...notes]) {
        if (trackId !== null && account) await library.refusals.delete(account, trackId);
      }
      const albums = new Set(notes.map((note) => note.albumId));
      await seeTo(await change(jobs, () => READY), [...albums]);
    });

  const withdraw = async (jobs: readonly Job[]): Promise<void> => {
    const work = control.work();
    for (const job of jobs) {
      if (job.state === 'running' || work?.downloader.has(job.id)) cancelledInRun.add(job.id);
      work?.cancelled.add(subjectOf(job));
    }
    await takeOut(jobs, CANCELLABLE, 'cancelled');
  };

  return {
    view: () => ({ paused: pause.isOn() }),
    async pause() {
      await pause.set(true);
      control.work()?.downloader.setPaused(true);
      parts.onChange();
    },
    async resume() {
      await pause.set(false);
      control.work()?.downloader.setPaused(false);
      parts.onChange();
      if (control.running()) return;
      const left = await control.interrupted(parts.root());
      if (left) void control.join(left, false);
      else await seeTo(board.jobs().filter((job) => job.state === 'waiting'));
    },
    pauseJobs: (ids) => inTurn(() => takeOut(jobsIn(ids, PAUSABLE), PAUSABLE, 'paused')),
    resumeJobs: (ids) =>
      inTurn(async () => {
        await seeTo(await change(jobsIn(ids, states('paused')), () => READY));
      }),
    cancel: (ids) =>
      inTurn(async () => {
        const jobs = jobsIn(ids, CANCELLABLE);
        await cancellations.add(jobs.map(subjectOf));
        await withdraw(jobs);
      }),
    withdraw: (ids) => inTurn(() => withdraw(jobsIn(ids, CANCELLABLE))),
    restore: (ids) =>
      inTurn(async () => {
        const jobs: Job[] = [];
        for (const id of new Set(ids)) {
          const job = await library.jobs.get(id);
          const isGone = job?.state === 'cancelled' && job.rootId === parts.root()?.id;
          if (isGone && !board.openJob(subjectOf(job))) jobs.push(job);
        }
        const restored = await change(jobs, () => READY);
        for (const job of restored) control.work()?.cancelled.delete(subjectOf(job));
        await cancellations.drop(restored.map(subjectOf));
        await seeTo(restored.filter((job) => cancelledInRun.delete(job.id) || control.running()));
      }),
    moveToTop: (ids) =>
      inTurn(async () => {
        const jobs = jobsIn(ids, MOVABLE).sort((a, b) => a.position - b.position);
        const top = board.jobs().reduce((least, job) => Math.min(least, job.position), 0);
        const moved = await change(jobs, (_, index) => ({ position: top - jobs.length + index }));
        control.work()?.downloader.replace(moved);
      }),
    retry,
    retryFailed: () =>
      retry(board.jobViews().flatMap((job) => (job.state === 'failed' ? job.id : []))),
    want: (wanted) => control.want(wanted),
    details: (id) => jobDetails(parts, id),
    speedHistory: () => parts.speed.history(),
    async history(before) {
      const account = parts.account();
      return account ? runsBefore(parts, account, before) : [];
    },
    runAlbums: (id) => albumsOfRun(parts, id),
  };
}
