import type {
  AdoptionFilter,
  AdoptionPage,
  AdoptionTurn,
  AdoptionView,
  AdoptionWay,
} from '../../../src-preload/contract/adoption.ts';
import type { AccountId, StepId } from '../../../src-preload/contract/ids.ts';
import type { StepOutcome, StepView } from '../../../src-preload/contract/steps.ts';
import { asCratefulError, CratefulError, hasCode } from '../../errors.ts';
import type { Library } from '../../library/library.ts';
import type { RootRow } from '../../library/roots.ts';
import type { AccountLibrary } from '../account-library.ts';
import type { Folders } from '../folders.ts';
import type { Session } from '../session.ts';
import type { Steps } from '../steps.ts';
import { sideChoice } from '../stored-settings.ts';
import { BEGINNING, BUSY, undone } from './adoption-states.ts';
import { type Looked, type LookParts, look } from './look.ts';
import { Review, type Tick } from './review.ts';
import { type TakeParts, takeOver } from './take.ts';

/** What taking over existing libraries works with. */
export interface AdoptionParts
  extends Omit<LookParts, 'audio' | 'library'>,
    Omit<TakeParts, 'audio' | 'library' | 'runStep'> {
  readonly library: LookParts['library'] & TakeParts['library'] & Pick<Library, 'roots'>;
  readonly audio: LookParts['audio'] & TakeParts['audio'];
  readonly session: Pick<Session, 'account' | 'confirm'>;
  readonly own: Pick<AccountLibrary, 'settings' | 'purchases' | 'refresh' | 'reload'>;
  readonly steps: Pick<Steps, 'run' | 'undo' | 'cancel' | 'progress' | 'list'>;
  readonly folders: Pick<Folders, 'look' | 'use'>;
  readonly onChange: () => void;
}

/** One folder with music at a time: looked through, reviewed, taken over, given back. */
export interface Adoption {
  /** Null while none was looked through. */
  view(): AdoptionView | null;
  /**
   * Begins to look through a folder, in place of another; resolves once it is under way, with its end: the view says how
   * it ended. Throws `SIGN_IN_REQUIRED` and `LIBRARY_MOVING`.
   */
  scan(folder: string): Promise<{ readonly ended: Promise<void> }>;
  /** A part of the review. Throws `INVALID_REQUEST` while there is none. */
  page(filter: AdoptionFilter, from: number, count: number): AdoptionPage;
  /** Ticks files. Throws as {@link page}. */
  tick(tick: Tick): void;
  /**
   * Prefers another copy of a track to the file that has it. Throws `INVALID_REQUEST` while something goes on, and where
   * there is no such choice.
   */
  prefer(id: number): void;
  /**
   * Begins to take over what is ticked; resolves once it is under way, with its end. Throws `INVALID_REQUEST` when nothing
   * is ticked or the folder does not allow this way, and `NO_LIBRARY_ROOT`.
   */
  take(way: AdoptionWay): Promise<{ readonly ended: Promise<void> }>;
  /**
   * Ends what goes on (a look is forgotten, what was being taken over is given back), goes back to what is left of the
   * review, forgets the look, or takes its folder into use as the library's and looks again. Throws what folders throw.
   */
  steer(turn: AdoptionTurn): Promise<void>;
  /** Forgets the look: another account is in use. */
  clear(): Promise<void>;
  /** Ends what goes on, as far as it cannot go on with the next start. */
  end(): Promise<void>;
  /** The last taking over into the folder in use that can be undone; null for none. */
  undoable(): Promise<StepView | null>;
  /** Undoes a taking over; gives what went back and what could not. Throws what steps throw. */
  undo(stepId: StepId): Promise<StepOutcome>;
  /** Told of every step that was taken back, here or elsewhere: its files are to be had again. */
  returned(outcome: StepOutcome): void;
}

/** Makes the adoption of one engine. */
export function createAdoption(parts: AdoptionParts): Adoption {
  let shown: AdoptionView | null = null;
  let looked: Looked | null = null;
  let review: Review | null = null;
  let revision = 0;
  let abort: AbortController | null = null;
  let ended: Promise<void> = Promise.resolve();
  /** Files of the review that each step took over. */
  const taken = new Map<StepId, readonly number[]>();
  /** The step that is being undone from here. */
  let undoing: StepId | null = null;

  const show = (change: Partial<AdoptionView>) => {
    if (!shown) return;
    shown = { ...shown, ...change };
    parts.onChange();
  };

  const reviewed = (): Partial<AdoptionView> =>
    review ? { counts: review.counts(), chosen: review.choice(), revision: review.revision } : {};

  const requireReview = (): { review: Review; looked: Looked; view: AdoptionView } => {
    if (!review || !looked || !shown) {
      throw new CratefulError('INVALID_REQUEST', { reason: 'no review' });
    }
    return { review, looked, view: shown };
  };

  const requireAccount = () => {
    const account = parts.session.account();
    if (!account) throw new CratefulError('SIGN_IN_REQUIRED');
    return account.id;
  };

  const rootOf = (accountId: AccountId): Promise<RootRow | null> =>
    parts.library.roots.current(accountId);

  /** What goes on until its end, which the view tells; a cancel leads back to `after`. */
  const going = (work: (signal: AbortSignal) => Promise<void>, after: 'nothing' | 'review') => {
    const own = new AbortController();
    abort = own;
    ended = work(own.signal)
      .catch((error: unknown) => {
        const fault = asCratefulError(error);
        const isCancelled = own.signal.aborted || hasCode(fault, 'CANCELLED');
        if (isCancelled && after === 'nothing') {
          shown = null;
          parts.onChange();
        } else if (isCancelled) show({ state: 'review', ...reviewed(), error: null });
        else show({ state: 'failed', ...reviewed(), error: fault.toView() });
      })
      .finally(() => {
        if (abort === own) abort = null;
      });
    return { ended };
  };

  const stop = async () => {
    abort?.abort(new CratefulError('CANCELLED'));
    if (shown?.state === 'taking') await parts.steps.cancel();
    await ended;
  };

  const clear = async () => {
    await stop();
    looked = null;
    review = null;
    if (!shown) return;
    shown = null;
    parts.onChange();
  };

  const scan: Adoption['scan'] = async (folder) => {
    const accountId = requireAccount();
    await stop();
    const root = await rootOf(accountId);
    looked = null;
    review = null;
    taken.clear();
    revision += 1;
    shown = { ...BEGINNING, folder, revision };
    parts.onChange();
    return going(async (signal) => {
      // Against nothing, everything would be unknown.
      if (parts.own.purchases().listedAtMs === null) {
        await parts.own.refresh(await parts.session.confirm(signal), signal);
      }
      const found = await look(parts, {
        accountId,
        root,
        folder,
        signal,
        onProgress: (state, done, total) => show({ state, done, total }),
      });
      revision += 1;
      review = new Review(found.items, [...found.albums.values()], { revision });
      looked = found;
      show({ ...found.facts, state: 'review', ...reviewed() });
    }, 'nothing');
  };

  return {
    view() {
      const step = parts.steps.progress();
      if (!shown || step?.state !== 'running') return shown;
      const { state, outcome } = shown;
      // Among the steps taken it can be undone as well.
      const isLeaving = state === 'done' && step.way === 'back' && step.stepId === outcome?.stepId;
      if (!isLeaving && state !== 'taking' && state !== 'undoing') return shown;
      return {
        ...shown,
        state: isLeaving ? 'undoing' : state,
        done: step.filesDone,
        total: step.filesTotal || null,
      };
    },
    scan,
    page: (filter, from, count) => requireReview().review.page(filter, from, count),
    tick(tick) {
      requireReview().review.tick(tick);
      show(reviewed());
    },
    prefer(id) {
      const now = requireReview();
      if (BUSY.has(now.view.state) || !now.review.prefer(id)) {
        throw new CratefulError('INVALID_REQUEST', { reason: 'no other copy' });
      }
      show(reviewed());
    },
    async take(way) {
      const now = requireReview();
      const accountId = requireAccount();
      const root = await rootOf(accountId);
      if (!root) throw new CratefulError('NO_LIBRARY_ROOT');
      const isAllowed =
        way !== 'leave' || now.view.place === 'library' || now.view.place === 'inside';
      if (!isAllowed || BUSY.has(now.view.state) || now.review.choice().files === 0) {
        throw new CratefulError('INVALID_REQUEST', { reason: 'nothing to take over' });
      }
      show({ state: 'proving', done: 0, total: null, outcome: null, error: null });
      return going(async (signal) => {
        const { outcome, ids } = await takeOver(
          { ...parts, runStep: (request) => parts.steps.run(request) },
          {
            way,
            accountId,
            root,
            looked: now.looked,
            review: now.review,
            sides: sideChoice(parts.own.settings()),
            signal,
            onProving: (done, total) => show({ done, total }),
            onTaking: () => show({ state: 'taking', done: 0, total: null }),
          },
        );
        now.review.taken(ids, true);
        if (outcome.stepId) taken.set(outcome.stepId, ids);
        await parts.own.reload();
        show({ state: 'done', ...reviewed(), outcome });
      }, 'review');
    },
    async steer(turn) {
      if (turn === 'cancel') return stop();
      if (turn === 'dismiss') return clear();
      const { view } = requireReview();
      if (BUSY.has(view.state)) return;
      if (turn === 'use-folder') {
        await parts.folders.look(view.folder);
        await parts.folders.use('use');
        await scan(view.folder);
      } else show({ state: 'review', outcome: null, error: null });
    },
    clear,
    async end() {
      // A step that goes on is written down and goes on with the next start.
      if (shown?.state !== 'taking' && shown?.state !== 'undoing') await stop();
    },
    async undoable() {
      const account = parts.session.account();
      const root = account && (await rootOf(account.id));
      const steps = root ? await parts.steps.list(root.id) : [];
      return steps.find(({ kind, state }) => kind === 'adopt' && state === 'moved') ?? null;
    },
    async undo(stepId) {
      const before = shown?.state;
      undoing = stepId;
      show({ state: 'undoing', done: 0, total: null, error: null });
      try {
        return await parts.steps.undo(stepId);
      } catch (error) {
        if (before) show({ state: before });
        throw error;
      } finally {
        undoing = null;
      }
    },
    returned(outcome) {
      if (!shown) return;
      const ids = taken.get(outcome.stepId);
      taken.delete(outcome.stepId);
      if (review && ids) review.taken(ids, false);
      const { state, outcome: told } = shown;
      const isTold =
        undoing === outcome.stepId || (state === 'done' && told?.stepId === outcome.stepId);
      if (!isTold) return show(reviewed());
      show({ state: 'undone', ...reviewed(), outcome: told && undone(told, outcome) });
    },
  };
}
