import { isAbsolute } from 'node:path';
import { type RootId, type StepId, stepId } from '../../src-preload/contract/ids.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type {
  PlacementChange,
  StepKind,
  StepMove,
  StepOutcome,
  StepProgress,
  StepView,
} from '../../src-preload/contract/steps.ts';
import type { AudioPool } from '../audio/pool.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import { isContainedPath } from '../files/names.ts';
import { canLink } from '../files/relocate.ts';
import { requireSpace } from '../files/space.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import type { StoredMove, StoredStep } from '../library/steps.ts';
import type { Clock } from '../ports.ts';
import { judgeLegs } from './judge-legs.ts';
import { createRootWork } from './root-work.ts';
import { legsOf } from './step-order.ts';
import { carryOut, settleBegun } from './step-work.ts';

/** What steps are taken with. */
export interface StepParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'roots' | 'steps'>;
  readonly audio: Pick<AudioPool, 'hash'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly settings: () => Pick<Settings, 'reservePercent'>;
  /** Ends what goes on in the folder in use. Throws `LIBRARY_MOVING` while the library is on its way elsewhere. */
  readonly leave: () => Promise<void>;
  /** Rows and folders are others now: whoever shows them reads them again. */
  readonly onMoved: () => Promise<void>;
  /** A step began, went on or ended. */
  readonly onChange: () => void;
  /** A step was taken back, whoever asked for it: what it brought is no longer there. */
  readonly onReturned: (outcome: StepOutcome) => void;
}

/** What a step is to do. */
export interface StepRequest {
  readonly kind: StepKind;
  readonly rootId: RootId;
  readonly moves: readonly StepMove[];
  /** The folders albums have from then on, changed with the last file. */
  readonly placements: readonly PlacementChange[];
  /** The folder that files from outside lie in, absolute: it stays when it is emptied. Null when there are none. */
  readonly outside?: string | null;
  /** True to copy files from outside and leave them where they are; false when absent. */
  readonly keepsSource?: boolean;
}

/** Steps: undoable batches of moved files, one at a time (docs/decisions/steps.md). */
export interface Steps {
  /**
   * Takes a step to its end. A file that is no longer what was planned, or whose new name is taken, stays and is named in
   * the outcome. A fault or {@link cancel} takes back what was done; a killed process, and a drive that went away, leave
   * the step open for {@link resume}.
   *
   * Throws `LIBRARY_MOVING` during another step or move, `LIBRARY_ROOT_MISSING`, `ALREADY_RUNNING`, `INVALID_REQUEST` for
   * a path that leaves the root, `DISK_FULL`, `DISK_FAILED`, `PATH_NOT_WRITABLE` and `CANCELLED`.
   */
  run(request: StepRequest): Promise<StepOutcome>;
  /**
   * Takes a step back: every file that still is what it was gets its old name, its row and its album the old state. One
   * that was not ended goes on first. Throws `INVALID_REQUEST` for a step that is not there or was taken back, else as {@link run}; what a fault
   * interrupts is open then.
   */
  undo(id: StepId): Promise<StepOutcome>;
  /** The newest first. */
  list(rootId: RootId): Promise<readonly StepView[]>;
  /** Goes on with the step of a root that was begun and not ended; null when there is none. Throws as {@link run}. */
  resume(root: RootRow): Promise<StepOutcome | null>;
  /** The step that goes on, or the last one of this process. */
  progress(): StepProgress | null;
  /** Takes the step that goes on back, unless it is being undone already. Resolves when it is. */
  cancel(): Promise<void>;
  /** Ends the step for now: the next start goes on with it. */
  interrupt(): Promise<void>;
  /** Throws `LIBRARY_MOVING` while a step goes on. */
  requireStill(): void;
}

/** Ended steps that can be undone, and for how long. */
const KEPT_STEPS = 20;
const KEPT_MS = 90 * 86_400_000;

/** Makes the steps of one engine. */
export function createSteps(parts: StepParts): Steps {
  const { fs, library, clock } = parts;
  let shown: StepProgress | null = null;
  const work = createRootWork(parts);

  const show = (next: StepProgress) => {
    shown = next;
    parts.onChange();
  };

  const rootOf = async (id: RootId): Promise<RootRow> => {
    const root = await library.roots.get(id);
    if (!root) throw new CratefulError('NO_LIBRARY_ROOT');
    return root;
  };

  const workParts = (root: RootRow) => ({
    fs,
    clock,
    library,
    hash: (path: string) => parts.audio.hash(path),
    requireRoot: () => work.requireRoot(root),
  });

  const workOf = (step: StoredStep, root: RootRow, way: 'there' | 'back', signal: AbortSignal) => {
    const { id: stepId, kind } = step;
    const filesTotal = step.moves.length;
    return {
      step,
      way,
      root: root.path,
      signal,
      onProgress: (filesDone: number) =>
        show({ stepId, kind, way, state: 'running', filesDone, filesTotal }),
    };
  };

  const reread = async (id: StepId): Promise<StoredStep> => {
    const step = await library.steps.get(id);
    if (!step) throw new CratefulError('INVALID_REQUEST', { reason: 'no such step' });
    return step;
  };

  const end = async (id: StepId, state: 'moved' | 'returned'): Promise<StepOutcome> => {
    const step = await reread(id);
    await library.steps.end(step, state);
    await library.steps.forget(step.rootId, clock.now() - KEPT_MS, KEPT_STEPS);
    const stayed = step.moves.filter((move) => move.state === 'stays');
    const goesThere = state === 'moved';
    return {
      stepId: id,
      state,
      files: step.moves.length - stayed.length,
      stayed: stayed.map(({ from, to, reason }) => ({
        path: goesThere ? from : to,
        reason: reason ?? 'changed',
      })),
    };
  };

  const goBack = async (id: StepId, root: RootRow, signal: AbortSignal): Promise<StepOutcome> => {
    await carryOut(workParts(root), workOf(await reread(id), root, 'back', signal));
    return await end(id, 'returned');
  };

  /** Carries a step out, or takes back what was done of it. */
  const goThere = async (id: StepId, root: RootRow, signal: AbortSignal): Promise<StepOutcome> => {
    try {
      await carryOut(workParts(root), workOf(await reread(id), root, 'there', signal));
      signal.throwIfAborted();
    } catch (error) {
      if (!(error instanceof CratefulError)) await work.requireRoot(root);
      if (goesOnLater(error)) throw error;
      const { signal: unstoppable } = new AbortController();
      await settleBegun(workParts(root), workOf(await reread(id), root, 'there', unstoppable));
      await library.steps.turnBack(await reread(id), new Map());
      await goBack(id, root, unstoppable);
      throw error;
    }
    return await end(id, 'moved');
  };

  /** Whether it can be seen to its end, in the view and for whoever asked. */
  const seen = async (
    kind: StepKind,
    way: 'there' | 'back',
    take: () => Promise<StepOutcome>,
  ): Promise<StepOutcome> => {
    const none = { stepId: null, filesDone: 0, filesTotal: 0 };
    show({ ...none, kind, way, state: 'running' });
    try {
      const outcome = await take();
      await parts.onMoved();
      show({ ...(shown ?? none), kind, way, state: 'finished', outcome });
      if (outcome.state === 'returned') parts.onReturned(outcome);
      return outcome;
    } catch (error) {
      const fault = asCratefulError(error);
      await parts.onMoved().catch(() => undefined);
      const isCancelled = hasCode(fault, 'CANCELLED');
      const state = isCancelled ? 'cancelled' : 'failed';
      show({
        ...(shown ?? none),
        kind,
        way,
        state,
        ...(!isCancelled && { error: fault.toView() }),
      });
      throw fault;
    }
  };

  const requireRoom = async (root: RootRow, request: StepRequest): Promise<void> => {
    const outside = request.moves.filter(({ from }) => isAbsolute(from));
    const [first] = outside;
    if (!first) return;
    if (request.keepsSource !== true && (await canLink(fs, first.from, root.path))) return;
    const bytes = outside.reduce((sum, move) => sum + move.bytes, 0);
    await requireSpace(fs, root.path, bytes, parts.settings().reservePercent);
  };

  const begin = async (root: RootRow, request: StepRequest): Promise<StepId> => {
    const moves = request.moves.map((move, no): StoredMove => {
      if (!isContainedPath(move.to) || !(isAbsolute(move.from) || isContainedPath(move.from))) {
        throw new CratefulError('INVALID_REQUEST', { reason: 'outside the root' });
      }
      return { ...move, no, state: 'waiting', reason: null };
    });
    const stays = await judgeLegs(fs, root.path, legsOf(moves, 'there'));
    await requireRoom(root, request);
    const id = stepId(parts.newId());
    const step: StoredStep = {
      id,
      rootId: root.id,
      kind: request.kind,
      state: 'moving',
      begunAtMs: clock.now(),
      outside: request.outside ?? null,
      keepsSource: request.keepsSource ?? false,
      moves: moves.map((move) => {
        const reason = stays.get(move.no);
        return reason ? { ...move, state: 'stays', reason } : move;
      }),
    };
    await library.steps.add(step, request.placements);
    return id;
  };

  const resume = async (root: RootRow): Promise<StepOutcome | null> => {
    const open = await library.steps.open(root.id);
    if (!open) return null;
    const way = open.state === 'moving' ? 'there' : 'back';
    const go = way === 'there' ? goThere : goBack;
    return await seen(open.kind, way, () =>
      // Nothing else began since: whoever would work here lets the step go on first.
      work.alone(
        root,
        async () => undefined,
        (signal) => go(open.id, root, signal),
      ),
    );
  };

  return {
    async run(request) {
      work.requireStill();
      const root = await rootOf(request.rootId);
      await resume(root);
      return await seen(request.kind, 'there', () =>
        work.alone(root, parts.leave, async (signal) =>
          goThere(await begin(root, request), root, signal),
        ),
      );
    },
    async undo(id) {
      work.requireStill();
      const root = await rootOf((await reread(id)).rootId);
      const goneOn = await resume(root);
      if (goneOn?.stepId === id && goneOn.state === 'returned') return goneOn;
      const step = await reread(id);
      if (step.state !== 'moved') {
        throw new CratefulError('INVALID_REQUEST', { reason: 'not to be undone' });
      }
      return await seen(step.kind, 'back', () =>
        work.alone(root, parts.leave, async (signal) => {
          const moved = step.moves.filter(({ state }) => state === 'done');
          await library.steps.turnBack(step, await judgeLegs(fs, root.path, legsOf(moved, 'back')));
          return await goBack(id, root, signal);
        }),
      );
    },
    list: (rootId) => library.steps.list(rootId),
    resume,
    progress: () => shown,
    async cancel() {
      if (shown?.way === 'there') await work.stop('user');
    },
    interrupt: () => work.stop('exit'),
    requireStill: work.requireStill,
  };
}

/** Faults after which a step stays open: the drive is away, the process ends, or another has the folder. */
const goesOnLater = (error: unknown): boolean =>
  error instanceof CratefulError &&
  (['LIBRARY_ROOT_MISSING', 'ALREADY_RUNNING', 'DATABASE_DAMAGED'].includes(error.code) ||
    error.params.why === 'exit');
