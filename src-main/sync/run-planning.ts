import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import type { AccountId, RunId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { RootRow } from '../library/roots.ts';
import type { Qobuz } from '../qobuz/client.ts';
import { createEnqueue, type EnqueueParts } from './enqueue.ts';
import { followMoves } from './follow-moves.ts';
import type { RootParts } from './library-root.ts';
import { type ListingParts, listPurchases } from './listing.ts';
import { ownedAlbums } from './owned-albums.ts';
import { type PlannerParts, planAlbums } from './planner.ts';
import { subjectOf } from './reconcile.ts';
import type { RunDownloadParts } from './run-downloads.ts';
import { noteSides } from './side-notes.ts';
import { sideChoice } from './stored-settings.ts';
import { byAlbum, giveFolders, lookAtDisk } from './survey.ts';
import { mergeWishes, subjectsOf, type Wish } from './wishes.ts';

/** So many albums at most have their lists asked for before files: more would keep all files waiting. */
const FEW_ALBUMS = 20;

/** What planning a run works with. */
export interface RunPlanningParts
  extends RootParts,
    ListingParts,
    PlannerParts,
    Omit<EnqueueParts, 'cancelled'> {
  readonly library: RootParts['library'];
  readonly qobuz: Qobuz;
  readonly audio: RunDownloadParts['audio'];
  readonly clock: RunDownloadParts['clock'];
  readonly settings: RunDownloadParts['settings'];
  readonly scanWorkerUrl: URL;
  /** The purchases are known anew. */
  readonly onPurchases: (purchases: readonly Purchase[]) => Promise<void>;
}

/** The run that is planned for. */
export interface PlannedRun {
  readonly runId: RunId;
  readonly accountId: AccountId;
  readonly root: RootRow;
  readonly signal: AbortSignal;
  /** Subjects somebody cancelled since it began. */
  readonly cancelled: Set<string>;
  /** Hears the fault that ends it. */
  readonly fail: (error: unknown) => void;
}

/** The plans of one run: the whole library in one lane, what is wished for meanwhile in another beside it. */
export interface RunPlanning {
  /** Begins to plan; a wish that comes while another is planned is seen to right after it. */
  add(wish: Wish): void;
  /** Notes a file that plans made from an earlier look at the disk do not know of. */
  saved(job: Job): void;
  /** Resolves once nothing is being planned. */
  idle(): Promise<void>;
  isIdle(): boolean;
}

/** Makes the planning of one run. */
export function createRunPlanning(parts: RunPlanningParts, run: PlannedRun): RunPlanning {
  const { board, events, library } = parts;
  const { accountId, root, runId, signal, cancelled } = run;
  const enqueue = createEnqueue(
    { ...parts, cancelled },
    { runId, accountId, rootId: root.id },
    signal,
  );
  const lanes = new Set<Promise<void>>();
  const saved = new Map<string, { readonly job: Job; readonly order: number }>();
  let savedCount = 0;
  let next: Wish | null = null;
  let serving = false;

  const plan = async (wish: Wish): Promise<void> => {
    const from = savedCount;
    const request = { accountId, path: root.path, root, signal };
    // The disk is looked at while the service lists: neither needs the other.
    const looking = lookAtDisk(parts, request);
    // A fault of the listing comes first; this one is met below.
    looking.catch(() => undefined);
    const purchases = wish.everything
      ? await listPurchases(parts, accountId, signal)
      : await library.purchases.list(accountId);
    if (wish.everything) await parts.onPurchases(purchases);
    const subjects = subjectsOf(wish);
    const owned = await ownedAlbums(library, purchases, root.id);
    const albums = owned.filter(({ albumId }) => subjects(albumId) !== undefined);
    const wanted = new Set(albums.map(({ albumId }) => albumId));
    board.albumsFound(albums.map(({ albumId }) => albumId));
    const { look, moves } = await followMoves(parts, await looking, {
      isWanted: (id) => wanted.has(id) && !parts.overrides.of(id).skip,
      keep: true,
      signal,
    });
    if (moves.length > 0) {
      events.emit({ code: 'FILES_MOVED', runId, accountId, context: { files: moves.length } });
    }
    const settings = parts.settings();
    const sides = sideChoice(settings);
    const survey = await parts.inTurn(async () => {
      // Another plan may have given folders since the look.
      const placements = byAlbum(await library.placements.list(root.id));
      const template = settings.namingTemplate;
      return giveFolders(
        parts,
        { ...look, placements },
        { purchases, template, sides, keep: true },
      );
    });
    await planAlbums(parts, {
      albums,
      survey,
      preference: settings.preference,
      sides,
      priority: wish.first && albums.length <= FEW_ALBUMS ? 'user' : 'listing',
      unsettled: new Set(board.jobs().flatMap((job) => (job.state === 'done' ? [] : job.albumId))),
      inFull: false,
      signal,
      onPlanned: (planned) => {
        const only = subjects(planned.owned.albumId) ?? null;
        const enqueued = () =>
          enqueue(planned, {
            only,
            first: wish.first,
            savedSince: (subject) => {
              const entry = saved.get(subject);
              return entry && entry.order >= from ? entry.job : null;
            },
          });
        return only ? enqueued() : noteSides(library.placements, root, planned, enqueued);
      },
    });
    if (wish.everything) board.clearStaleNotes();
  };

  const lane = (work: Promise<void>): void => {
    const mine = work.catch(run.fail).finally(() => {
      lanes.delete(mine);
      if (lanes.size === 0) board.set({ listingDone: true });
    });
    lanes.add(mine);
    board.set({ listingDone: false });
  };

  const serve = async (): Promise<void> => {
    serving = true;
    try {
      while (next) {
        const wish: Wish = next;
        next = null;
        await plan(wish);
      }
    } finally {
      serving = false;
    }
  };

  return {
    add(wish) {
      if (wish.everything) return lane(plan(wish));
      next = next ? mergeWishes(next, wish) : wish;
      if (!serving) lane(serve());
    },
    saved(job) {
      saved.set(subjectOf(job), { job, order: savedCount });
      savedCount += 1;
    },
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes);
    },
    isIdle: () => lanes.size === 0,
  };
}
