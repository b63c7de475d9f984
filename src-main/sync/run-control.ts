import { type AccountId, type AlbumId, type RunId, runId } from '../../src-preload/contract/ids.ts';
import type { RunTotals } from '../../src-preload/contract/queue.ts';
import type { RootView, RunView } from '../../src-preload/contract/views.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import { lockRoot } from '../files/own-lock.ts';
import type { RootRow } from '../library/roots.ts';
import { goesOnWith } from './going-on.ts';
import { learnFromManifest } from './manifest-memory.ts';
import { type RunParts, type RunWork, runSync } from './run.ts';
import { totalsSince } from './run-facts.ts';
import type { Session } from './session.ts';
import {
  createInbox,
  EVERYTHING,
  goingOn,
  type Inbox,
  readScope,
  type Wanted,
  type Wish,
  wishFor,
} from './wishes.ts';

/** What starting and stopping runs works with. */
export interface RunControlParts extends Omit<RunParts, 'onWork'> {
  readonly session: Session;
  /** Aborted when the data folder is another process' now. */
  readonly lockLost: AbortSignal;
  /** The account's current root, opened: created, marked, known. */
  readonly openCurrentRoot: (accountId: AccountId) => Promise<RootRow>;
  /** Files became known that another computer put there. */
  readonly onLearnt: () => Promise<void>;
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

/** One run at a time: started, stopped, and joined by what is asked for while it goes on. */
export interface RunControl {
  running(): boolean;
  /** What of the run that goes on can be reached into; null without one, and while it begins or ends. */
  work(): RunWork | null;
  /** The run that goes on or was the last; null before the first. */
  runId(): RunId | null;
  /** What that run came to so far by itself, without the one whose lines it goes on under. */
  ownTotals(): RunTotals | null;
  /**
   * Runs to its end and gives how it ended; a fault that stopped the run stands in the view. Albums join a run that
   * goes on, before everything that waits there; so does everything where the run is over some albums only. While a run
   * is being stopped, what is asked for waits for its end.
   *
   * Throws `ALREADY_RUNNING` when everything is being synced already.
   */
  start(albumIds: readonly AlbumId[] | null): Promise<RunView>;
  /**
   * Puts albums or single tracks into the queue at once, before everything that waits: into the run that goes on, or
   * into one of their own. How it goes stands in the view.
   */
  want(wanted: Wanted): void;
  /** As {@link start}, for any wish; `again` goes on under the lines of the last run. */
  join(wish: Wish, again: boolean): Promise<RunView>;
  /**
   * Stops cleanly; parts and jobs are kept. Resolves when the run has ended. A run stopped because of `exit`
   * stays open in the history, which is how the next start knows that it is to go on. After `leave`, for another account
   * or folder, what was asked for meanwhile is left as well.
   */
  stop(why: 'user' | 'leave' | 'exit' | 'offline'): Promise<void>;
  /** Begins the last run again, over what it was about; it sees to its end like any other. */
  goOn(): Promise<RunView>;
  /** What the last process did not finish under this root; null when there is nothing of the kind. */
  interrupted(root: RootView | null): Promise<Wish | null>;
  /** Goes on with that, unless the queue is paused; resolves when it ended. */
  resume(root: RootView | null): Promise<void>;
  setConcurrency(jobs: number): void;
}

interface Current {
  readonly id: RunId;
  readonly inbox: Inbox;
  readonly abort: AbortController;
  readonly ended: Promise<RunView>;
}

/** Why a run is being stopped; undefined while it is not. A run that the exit interrupted stays open in the history. */
const whyOf = ({ reason }: AbortSignal) =>
  reason instanceof CratefulError ? reason.params.why : undefined;

const toStore = (scope: Wish): Wish | null => (scope.everything ? null : scope);

/** Makes the control of one engine's runs. */
export function createRunControl(parts: RunControlParts): RunControl {
  const { board, library, clock, events } = parts;
  let current: Current | null = null;
  let work: RunWork | null = null;
  /** What the last run was about. */
  let lastScope: Wish = EVERYTHING;
  /** What a run was about that stopped by itself, until one has gone on with it. */
  let owed: Wish | null = null;
  let lastId: RunId | null = null;
  /** What had come to pass under the run's lines when it took them over from another. */
  let earlier: RunTotals | null = null;
  let exiting = false;

  const run = async (id: RunId, inbox: Inbox, abort: AbortController, begun: () => void) => {
    let started = false;
    let fault: CratefulError | null = null;
    let stamp: number | null = null;
    try {
      const accountId = await parts.session.confirm(abort.signal);
      // Before the listing: what is bought while it is read changes the stamp once more.
      if (inbox.scope().everything) stamp = await stampOf(abort.signal);
      const root = await parts.openCurrentRoot(accountId);
      const lock = await lockRoot(parts, root.path);
      const signal = AbortSignal.any([abort.signal, lock.lost, parts.lockLost]);
      try {
        // Whoever had the lock before may have added to the folder until that moment.
        if (await learnFromManifest(parts, root)) await parts.onLearnt();
        const scope = toStore(inbox.scope());
        const startedAtMs = clock.now();
        await library.runs.start({ id, accountId, rootId: root.id, startedAtMs, scope });
        started = true;
        begun();
        events.emit({ code: 'RUN_STARTED', runId: id, accountId });
        const onWork = (next: RunWork | null) => {
          work = next;
        };
        await runSync({ ...parts, onWork }, { runId: id, accountId, root, inbox, signal });
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
      store: started && whyOf(abort.signal) !== 'exit',
    });
    events.emit({
      code: fault ? 'RUN_STOPPED' : 'RUN_FINISHED',
      severity: shown ? 'error' : 'info',
      runId: id,
      context: { error: view.error?.code ?? null, downloaded: view.totals.downloaded },
    });
    return { view, full: inbox.scope().everything, stamp };
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
      const totals = totalsSince(earlier, view.totals);
      await library.runs.finish(id, { endedAtMs, state, totals, error });
      return view;
    } catch (fault) {
      return board.end({ state: 'stopped', endedAtMs, error: asCratefulError(fault).toView() });
    }
  };

  const running = () =>
    new CratefulError('ALREADY_RUNNING', {
      holder: 'Crateful',
      pid: process.pid,
      sinceMs: board.runView()?.startedAtMs ?? 0,
    });

  const begin = (wish: Wish, again: boolean): Promise<RunView> => {
    if (exiting) throw new CratefulError('CANCELLED', { why: 'exit' });
    const id = runId(parts.newId());
    const abort = new AbortController();
    let stored = false;
    const storeScope = (scope: Wish) => {
      // Only a start after a kill misses it, and that start plans what is in the queue anyway.
      if (stored) library.runs.setScope(id, toStore(scope)).catch(() => undefined);
    };
    const inbox = createInbox(owed ? [goingOn(owed), wish] : [wish], (scope) => {
      lastScope = scope;
      storeScope(scope);
    });
    const begun = () => {
      stored = true;
    };
    lastScope = inbox.scope();
    owed = null;
    lastId = id;
    earlier = again ? (board.runView()?.totals ?? null) : null;
    if (again) board.reopen(id);
    else board.start(id);
    const ended = run(id, inbox, abort, begun).then((end) => {
      current = null;
      if (goesOnWith(end.view.error)) owed = lastScope;
      parts.onEnded(end);
      return end.view;
    });
    current = { id, inbox, abort, ended };
    return ended;
  };

  const join = (wish: Wish, again: boolean): Promise<RunView> => {
    if (!current) return begin(wish, again);
    const { inbox, abort, ended } = current;
    const isStopping = abort.signal.aborted;
    if (!isStopping && inbox.add(wish)) return ended;
    // It takes no more and is about to end: what comes too late for it gets a run of its own, unless that was stopped
    // as well.
    return ended.then((view) => {
      const stoppedSince = !isStopping && abort.signal.aborted;
      const isOver = stoppedSince || whyOf(abort.signal) === 'leave' || exiting;
      return isOver || current?.abort.signal.aborted ? view : join(wish, again);
    });
  };

  const interrupted = async (root: RootView | null): Promise<Wish | null> => {
    const last = await library.runs.last();
    // A run into a folder that is away ends at once, and then waits for the drive.
    const isOurs = root?.state === 'ready' || root?.state === 'missing';
    if (!isOurs || last?.rootId !== root.id || current) return null;
    // One that stopped by itself waits for what stopped it, over restarts as well.
    const waits = last.endedAtMs === null || goesOnWith(last.error) !== null;
    return waits ? goingOn(readScope(last.scope)) : null;
  };

  return {
    running: () => current !== null,
    work: () => work,
    runId: () => lastId,
    ownTotals() {
      const view = board.runView();
      return view && totalsSince(earlier, view.totals);
    },
    async start(albumIds) {
      if (albumIds) return join(wishFor(new Map(albumIds.map((id) => [id, null]))), false);
      const isUnderWay = current?.inbox.scope().everything && !current.abort.signal.aborted;
      if (isUnderWay) throw running();
      return join(EVERYTHING, false);
    },
    want(wanted) {
      void join(wishFor(wanted), false);
    },
    join,
    async stop(why) {
      if (why === 'exit') exiting = true;
      if (why !== 'offline') owed = null;
      if (!current) return;
      board.set({ state: 'stopping' });
      current.abort.abort(
        why === 'offline' ? new CratefulError('OFFLINE') : new CratefulError('CANCELLED', { why }),
      );
      await current.ended;
    },
    async goOn() {
      if (current) throw running();
      return begin(goingOn(lastScope), false);
    },
    interrupted,
    async resume(root) {
      const scope = parts.pause.isOn() ? null : await interrupted(root);
      if (scope && !current) await begin(scope, false);
    },
    setConcurrency: (jobs) => work?.downloader.setConcurrency(jobs),
  };
}
