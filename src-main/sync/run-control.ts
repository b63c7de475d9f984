import { hostname } from 'node:os';
import { join } from 'node:path';
import { type AccountId, type AlbumId, type JobId, runId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { RunView } from '../../src-preload/contract/views.ts';
import type { Downloader } from '../downloads/downloader.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import { acquireLock } from '../files/lock.ts';
import { WORK_FOLDER } from '../files/root.ts';
import type { RootRow } from '../library/roots.ts';
import { type RunParts, runSync } from './run.ts';
import type { Session } from './session.ts';

/** How often a lock's holder shows that it lives, and after what silence it counts as dead. */
export const LOCK_TIMES = { heartbeatMs: 3000, staleMs: 30_000 } as const;

/** What starting and stopping runs works with. */
export interface RunControlParts extends Omit<RunParts, 'onDownloader'> {
  readonly session: Session;
  /** The account's current root, opened: created, marked, known. */
  readonly openCurrentRoot: (accountId: AccountId) => Promise<RootRow>;
}

/** One run at a time: started, stopped, and joined by retries while it goes on. */
export interface RunControl {
  running(): boolean;
  /**
   * Runs to its end and gives how it ended; a fault that stopped the run stands in the view.
   *
   * Throws `ALREADY_RUNNING` while another run of this engine goes on.
   */
  start(albumIds: readonly AlbumId[] | null): Promise<RunView>;
  /**
   * Stops cleanly; parts and jobs are kept. Resolves when the run has ended. A run stopped because of `exit`
   * stays open in the history, which is how the next start knows that it is to go on.
   */
  stop(why: 'user' | 'exit'): Promise<void>;
  /** Asks again for these at once, in the run that goes on or in one of their own. */
  retry(ids: readonly JobId[]): Promise<void>;
  setConcurrency(jobs: number): void;
}

/** Only what has come to an end can be asked for again: the rest is in the queue. */
const AT_REST: ReadonlySet<JobState> = new Set<JobState>(['failed', 'unavailable']);

const leftOpen = (signal: AbortSignal): boolean =>
  signal.aborted && signal.reason instanceof CratefulError && signal.reason.params.why === 'exit';

/** Makes the control of one engine's runs. */
export function createRunControl(parts: RunControlParts): RunControl {
  const { board, library, clock, events } = parts;
  let current: { readonly abort: AbortController; readonly ended: Promise<RunView> } | null = null;
  let downloader: Downloader | null = null;

  const run = async (
    albumIds: readonly AlbumId[] | null,
    again: boolean,
    abort: AbortController,
  ) => {
    const id = runId(parts.newId());
    if (again) board.reopen(id);
    else board.start(id);
    let started = false;
    let fault: CratefulError | null = null;
    try {
      const accountId = await parts.session.confirm(abort.signal);
      const root = await parts.openCurrentRoot(accountId);
      const lock = await acquireLock(parts.fs, join(root.path, WORK_FOLDER, 'lock'), {
        pid: process.pid,
        host: hostname(),
        clock,
        ...LOCK_TIMES,
        what: `Crateful, process ${process.pid}`,
      });
      const signal = AbortSignal.any([abort.signal, lock.lost]);
      try {
        await library.runs.start({ id, accountId, rootId: root.id, startedAtMs: clock.now() });
        started = true;
        events.emit({ code: 'RUN_STARTED', runId: id, accountId });
        const onDownloader = (next: Downloader | null) => {
          downloader = next;
        };
        await runSync({ ...parts, onDownloader }, { runId: id, accountId, root, albumIds, signal });
      } finally {
        await lock.release();
      }
    } catch (error) {
      fault = asCratefulError(error);
      if (hasCode(fault, 'SIGN_IN_REQUIRED')) await parts.session.ended();
    }
    const state = fault ? 'stopped' : 'finished';
    const shown = fault && !hasCode(fault, 'CANCELLED') ? fault.toView() : null;
    board.set({ state, endedAtMs: clock.now(), error: shown });
    const view = board.runView();
    if (!view) throw new CratefulError('UNEXPECTED', { reason: 'no run' });
    if (started && !leftOpen(abort.signal)) {
      const { totals } = view;
      await library.runs.finish(id, { endedAtMs: clock.now(), state, totals, error: shown });
    }
    events.emit({
      code: fault ? 'RUN_STOPPED' : 'RUN_FINISHED',
      severity: shown ? 'error' : 'info',
      runId: id,
      context: { error: shown?.code ?? null, downloaded: view.totals.downloaded },
    });
    return view;
  };

  const begin = (albumIds: readonly AlbumId[] | null, again: boolean): Promise<RunView> => {
    if (current)
      throw new CratefulError('ALREADY_RUNNING', { holder: 'Crateful', pid: process.pid });
    const abort = new AbortController();
    const ended = run(albumIds, again, abort).finally(() => {
      current = null;
    });
    current = { abort, ended };
    return ended;
  };

  /** Makes a refused or failed job ready to be asked for again at once. */
  const renew = async (job: Job): Promise<Job> => {
    const patch = { state: 'waiting' as const, attempts: 0, notBeforeMs: 0, error: null };
    if (job.trackId !== null) await library.refusals.delete(job.accountId, job.trackId);
    await library.jobs.update(job.id, patch);
    const renewed = { ...job, ...patch };
    board.jobChanged(renewed);
    return renewed;
  };

  return {
    running: () => current !== null,
    start: async (albumIds) => begin(albumIds, false),
    async stop(why) {
      if (!current) return;
      board.set({ state: 'stopping' });
      current.abort.abort(new CratefulError('CANCELLED', { why }));
      await current.ended;
    },
    async retry(ids) {
      const wanted = new Set(ids);
      const jobs = board.jobs().filter((job) => wanted.has(job.id) && AT_REST.has(job.state));
      const albums = new Set<AlbumId>();
      for (const id of ids) {
        const view = board.jobView(id);
        if (view) albums.add(view.albumId);
        const account = parts.session.account();
        if (view?.trackId != null && account) {
          await library.refusals.delete(account.id, view.trackId);
        }
      }
      const renewed: Job[] = [];
      for (const job of jobs) renewed.push(await renew(job));
      if (downloader) downloader.add(renewed);
      // Seen to its end through the view, like any run.
      else if (albums.size > 0) void begin([...albums], true);
    },
    setConcurrency: (jobs) => downloader?.setConcurrency(jobs),
  };
}
