import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  type AccountId,
  type AlbumId,
  type JobId,
  type RunId,
  runId,
} from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { RootView, RunView } from '../../src-preload/contract/views.ts';
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
  /** Aborted when the data folder is another process' now. */
  readonly lockLost: AbortSignal;
  /** The account's current root, opened: created, marked, known. */
  readonly openCurrentRoot: (accountId: AccountId) => Promise<RootRow>;
  /** A run has come to its end and another may begin. */
  readonly onEnded: (run: EndedRun) => void;
}

/** What the schedule needs to know of a run that ended. */
export interface EndedRun {
  readonly view: RunView;
  /** Whether it was over everything that is owned. */
  readonly full: boolean;
  /** The service's change stamp before a full run listed; null when it said none. */
  readonly stamp: number | null;
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
  stop(why: 'user' | 'exit' | 'offline'): Promise<void>;
  /** Begins the last run again, over what it was about; it sees to its end like any other. */
  goOn(): Promise<RunView>;
  /** Asks again for these at once, in the run that goes on or in one of their own. */
  retry(ids: readonly JobId[]): Promise<void>;
  /**
   * Goes on with what the last process did not finish under this root: everything when its run was over
   * everything, else the albums that still have jobs waiting.
   */
  resume(root: RootView | null): Promise<void>;
  setConcurrency(jobs: number): void;
}

/** Only what has come to an end can be asked for again: the rest is in the queue. */
const AT_REST: ReadonlySet<JobState> = new Set<JobState>(['failed', 'unavailable']);

/** A run over everything that the exit interrupted stays open in the history; one over some albums is closed. */
const goesOn = (signal: AbortSignal, albumIds: readonly AlbumId[] | null): boolean =>
  signal.aborted &&
  signal.reason instanceof CratefulError &&
  signal.reason.params.why === 'exit' &&
  albumIds === null;

/** Makes the control of one engine's runs. */
export function createRunControl(parts: RunControlParts): RunControl {
  const { board, library, clock, events } = parts;
  let current: { readonly abort: AbortController; readonly ended: Promise<RunView> } | null = null;
  let downloader: Downloader | null = null;
  /** What the last run was about. */
  let lastAlbumIds: readonly AlbumId[] | null = null;
  /** Lines that are being asked for again at this moment. */
  const taken = new Set<JobId>();
  /** Albums to be gone through again once the run that goes on has ended. */
  const wishes = new Set<AlbumId>();

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
    let stamp: number | null = null;
    try {
      const accountId = await parts.session.confirm(abort.signal);
      // Before the listing: what is bought while it is read changes the stamp once more.
      if (albumIds === null) stamp = await stampOf(abort.signal);
      const root = await parts.openCurrentRoot(accountId);
      const lock = await acquireLock(parts.fs, join(root.path, WORK_FOLDER, 'lock'), {
        pid: process.pid,
        host: hostname(),
        clock,
        ...LOCK_TIMES,
        what: `Crateful, process ${process.pid}`,
      });
      const signal = AbortSignal.any([abort.signal, lock.lost, parts.lockLost]);
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
      fault = await concluded(asCratefulError(error));
    }
    const shown = fault && !hasCode(fault, 'CANCELLED') ? fault : null;
    const view = await conclude(id, {
      fault,
      shown,
      store: started && !goesOn(abort.signal, albumIds),
    });
    events.emit({
      code: fault ? 'RUN_STOPPED' : 'RUN_FINISHED',
      severity: shown ? 'error' : 'info',
      runId: id,
      context: { error: view.error?.code ?? null, downloaded: view.totals.downloaded },
    });
    return { view, full: albumIds === null, stamp };
  };

  /** Without a stamp a run is as good; the next look then lists. */
  const stampOf = (signal: AbortSignal) => parts.qobuz.purchaseStamp(signal).catch(() => null);

  /** What a fault that ended the run means for the session; a fault of noting that takes its place. */
  const concluded = async (fault: CratefulError): Promise<CratefulError> => {
    if (!hasCode(fault, 'SIGN_IN_REQUIRED')) return fault;
    return parts.session.ended().then(() => fault, asCratefulError);
  };

  /** Shows and stores how the run ended; that it could not be stored is shown like any other fault. */
  const conclude = async (
    id: RunId,
    end: {
      readonly fault: CratefulError | null;
      readonly shown: CratefulError | null;
      readonly store: boolean;
    },
  ): Promise<RunView> => {
    const state = end.fault ? ('stopped' as const) : ('finished' as const);
    const endedAtMs = clock.now();
    const view = board.end({ state, endedAtMs, error: end.shown?.toView() ?? null });
    if (!end.store) return view;
    // The reason stays in the history also where it is not shown: a start after an exit looks for it.
    const error = end.fault?.toView() ?? null;
    try {
      await library.runs.finish(id, { endedAtMs, state, totals: view.totals, error });
      return view;
    } catch (fault) {
      return board.end({ state: 'stopped', endedAtMs, error: asCratefulError(fault).toView() });
    }
  };

  const begin = (albumIds: readonly AlbumId[] | null, again: boolean): Promise<RunView> => {
    if (current)
      throw new CratefulError('ALREADY_RUNNING', { holder: 'Crateful', pid: process.pid });
    const abort = new AbortController();
    lastAlbumIds = albumIds;
    const ended = run(albumIds, again, abort).then((end) => {
      const { view } = end;
      current = null;
      parts.onEnded(end);
      const wished = [...wishes];
      wishes.clear();
      if (wished.length > 0 && view.state === 'finished') void begin(wished, true);
      return view;
    });
    current = { abort, ended };
    return ended;
  };

  /** Whether this call is the one that asks for the line again; a second click finds it taken. */
  const take = (id: JobId): boolean => {
    const view = board.jobView(id);
    if (!view || !AT_REST.has(view.state) || taken.has(id)) return false;
    taken.add(id);
    return true;
  };

  /** Makes a refused or failed job ready to be asked for again at once. */
  const renew = async (job: Job): Promise<Job> => {
    const patch = { state: 'waiting' as const, attempts: 0, notBeforeMs: 0, error: null };
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
      current.abort.abort(
        why === 'offline' ? new CratefulError('OFFLINE') : new CratefulError('CANCELLED', { why }),
      );
      await current.ended;
    },
    goOn: async () => begin(lastAlbumIds, false),
    async retry(ids) {
      const mine = ids.filter(take);
      const account = parts.session.account();
      try {
        const renewed: Job[] = [];
        for (const id of mine) {
          const view = board.jobView(id);
          if (view?.trackId != null && account) {
            await library.refusals.delete(account.id, view.trackId);
          }
          const job = board.jobs().find((each) => each.id === id);
          if (job) renewed.push(await renew(job));
          else if (view) wishes.add(view.albumId);
        }
        if (downloader) downloader.add(renewed);
        // No run goes on, or it ended in between: what was renewed is found by the next one's plan.
        else for (const job of renewed) wishes.add(job.albumId);
      } finally {
        for (const id of mine) taken.delete(id);
      }
      if (current || wishes.size === 0) return;
      const albums = [...wishes];
      wishes.clear();
      // Seen to its end through the view, like any run.
      void begin(albums, true);
    },
    async resume(root) {
      const last = await library.runs.last();
      if (root?.state !== 'ready' || last?.rootId !== root.id || current) return;
      if (last.endedAtMs === null) {
        await begin(null, false);
        return;
      }
      if (last.error?.params.why !== 'exit') return;
      const open = await library.jobs.open(last.rootId);
      const waiting = open.filter((job) => job.state === 'waiting');
      if (waiting.length > 0) await begin([...new Set(waiting.map((job) => job.albumId))], false);
    },
    setConcurrency: (jobs) => downloader?.setConcurrency(jobs),
  };
}
