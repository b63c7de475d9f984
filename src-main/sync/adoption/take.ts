import { join } from 'node:path';
import pMap from 'p-map';
import type {
  AdoptionOutcome,
  AdoptionWay,
  AdoptionWhy,
} from '../../../src-preload/contract/adoption.ts';
import type { AccountId, AlbumId } from '../../../src-preload/contract/ids.ts';
import type { LibraryFile, Placement } from '../../../src-preload/contract/library.ts';
import type { StepOutcome } from '../../../src-preload/contract/steps.ts';
import type { AudioPool } from '../../audio/pool.ts';
import { CratefulError, hasCode } from '../../errors.ts';
import type { EventStream } from '../../events.ts';
import { type FileSystem, ifThere } from '../../files/file-system.ts';
import { assignPlacements } from '../../files/layout.ts';
import type { Library } from '../../library/library.ts';
import type { RootRow } from '../../library/roots.ts';
import type { StepRequest } from '../steps.ts';
import type { GoodTrack } from './goods.ts';
import type { Looked } from './look.ts';
import { type Claimed, planTake } from './plan-take.ts';
import { proveClaim } from './prove.ts';
import type { Review, ReviewItem } from './review.ts';

/** What taking over works with. */
export interface TakeParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'files' | 'placements' | 'purchases'>;
  readonly audio: Pick<AudioPool, 'prove' | 'hash'>;
  readonly events: Pick<EventStream, 'emit'>;
  readonly cratefulVersion: string;
  /** Takes a step to its end; see {@link import('../steps.ts').Steps.run}. */
  readonly runStep: (request: StepRequest) => Promise<StepOutcome>;
}

/** What is taken over, and how. */
export interface TakeRequest {
  readonly way: AdoptionWay;
  readonly accountId: AccountId;
  readonly root: RootRow;
  readonly looked: Looked;
  readonly review: Review;
  readonly sides: Placement['sides'];
  readonly signal: AbortSignal;
  readonly onProving: (done: number, total: number) => void;
  readonly onTaking: () => void;
}

/** What became of it, with the numbers of the files that are the library's now. */
export interface Taken {
  readonly outcome: AdoptionOutcome;
  readonly ids: readonly number[];
}

/** Files read at once: there are as many threads. */
const PROOFS_AT_ONCE = 2;
/** Files that stayed, as far as they are listed. */
const MOST_STAYED = 200;

/**
 * Proves what is ticked and takes it over in one step that can be undone as a whole. What turns out to be damaged is left
 * out and noted in the review.
 *
 * Throws `FOLDER_MISSING` when the drive with the folder goes away, `CANCELLED`, and what steps throw; nothing is taken over
 * then.
 */
export async function takeOver(parts: TakeParts, request: TakeRequest): Promise<Taken> {
  const { library } = parts;
  const { way, root, looked, review } = request;
  const { claimed, damaged } = await proveAll(parts, request);
  review.damaged(damaged);
  const nothing: AdoptionOutcome = {
    way,
    taken: 0,
    albums: 0,
    damaged: damaged.size,
    stayed: [],
    stayedTotal: 0,
    stepId: null,
  };
  if (claimed.length === 0) return { outcome: nothing, ids: [] };
  request.onTaking();
  const claims = new Set(claimed.map(({ id }) => id));
  const { placements, unplaced } = await foldersFor(parts, request);
  const rows = await library.files.glances(root.id);
  const plan = planTake({
    way,
    folder: looked.realFolder,
    root: looked.realRoot ?? root.path,
    rootId: root.id,
    claimed,
    staying: review.left().flatMap(({ id, entry }) => (claims.has(id) ? [] : [entry])),
    others: looked.others,
    albums: looked.albums,
    placements,
    unplaced,
    filed: new Set(rows.map(({ albumId }) => albumId)),
  });
  const done = await parts.runStep({
    kind: 'adopt',
    rootId: root.id,
    moves: plan.moves,
    placements: plan.placements,
    outside: looked.facts.place === 'outside' ? looked.realFolder : null,
    keepsSource: way === 'copy',
  });
  const stayed = new Set(done.stayed.map(({ path }) => path));
  const ids = plan.ids.filter((_, index) => !stayed.has(plan.moves[index]?.from ?? ''));
  const takenNow = new Set(ids);
  const files = plan.moves.flatMap(({ after, from }) =>
    after && !stayed.has(from) ? [after] : [],
  );
  await noteFresh(parts, files);
  parts.events.emit({ code: 'FILE_ADOPTED', context: { files: files.length, way } });
  const albums = new Set<AlbumId>();
  for (const { id, to } of claimed) if (takenNow.has(id)) albums.add(to.good.albumId);
  const prefix = `${looked.realFolder}/`;
  return {
    ids,
    outcome: {
      ...nothing,
      taken: ids.length,
      albums: albums.size,
      stayed: done.stayed.slice(0, MOST_STAYED).map(({ path, reason }) => ({
        path: path.startsWith(prefix) ? path.slice(prefix.length) : path,
        reason,
      })),
      stayedTotal: done.stayed.length,
      stepId: done.stepId,
    },
  };
}

/** Rows of damaged files say so, so that they do not count as there until they are fetched anew. */
async function noteFresh({ library }: TakeParts, files: readonly LibraryFile[]): Promise<void> {
  for (const file of files) {
    if (isFresh(file)) await library.files.noteFinding(file, 'damaged');
  }
}

/** A row whose size nobody's file has: the next plan looks inside, also when nothing but the row came to be written. */
const isFresh = ({ bytes }: LibraryFile): boolean => bytes === NO_SIZE;
const NO_SIZE = 0;

async function proveAll(
  parts: TakeParts,
  { looked, review, signal, onProving }: TakeRequest,
): Promise<{ readonly claimed: Claimed[]; readonly damaged: Map<number, AdoptionWhy> }> {
  const chosen = review.chosen();
  const claimed: Claimed[] = [];
  const damaged = new Map<number, AdoptionWhy>();
  let done = 0;
  onProving(0, chosen.length);
  await pMap(
    chosen,
    async (item) => {
      signal.throwIfAborted();
      const fresh = review.isFresh(item.id);
      const verdict = await prove(parts, looked, item, fresh, signal);
      const { id, entry, match } = item;
      if ('damaged' in verdict) damaged.set(id, verdict.damaged);
      else {
        const { receipt } = verdict;
        claimed.push({ id, entry, to: match.to, receipt, rowBytes: fresh ? NO_SIZE : entry.bytes });
      }
      done += 1;
      onProving(done, chosen.length);
    },
    { concurrency: PROOFS_AT_ONCE },
  );
  claimed.sort((a, b) => a.id - b.id);
  return { claimed, damaged };
}

async function prove(
  { fs, audio, cratefulVersion }: TakeParts,
  looked: Looked,
  { entry, match }: ReviewItem & { readonly match: { readonly to: GoodTrack } },
  fresh: boolean,
  signal: AbortSignal,
): ReturnType<typeof proveClaim> {
  const { track, good } = match.to;
  const album = looked.albums.get(good.albumId)?.detail.album;
  if (!album) throw new CratefulError('UNEXPECTED', { reason: 'no album' });
  const path = join(looked.realFolder, entry.storedPath);
  try {
    return await proveClaim(audio, { path, track, album, fresh }, { cratefulVersion, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!hasCode(error, 'DISK_FAILED', 'PATH_NOT_WRITABLE')) throw error;
    if ((await ifThere(fs.stat(looked.realFolder)).catch(() => null)) === null) {
      throw new CratefulError('FOLDER_MISSING', { path: looked.realFolder }, error);
    }
    // One file that cannot be read keeps nobody from the others.
    return { damaged: 'unreadable' };
  }
}

/** The folder of every owned album: its own, or the one a sync would give it. */
async function foldersFor(
  { library }: TakeParts,
  { accountId, root, sides }: TakeRequest,
): Promise<{ placements: Map<AlbumId, Placement>; unplaced: Set<AlbumId> }> {
  const existing = await library.placements.list(root.id);
  const added = assignPlacements({
    rootId: root.id,
    template: root.template,
    sides,
    existing,
    purchases: await library.purchases.list(accountId),
  });
  return {
    placements: new Map([...existing, ...added].map((each) => [each.albumId, each])),
    unplaced: new Set(added.map(({ albumId }) => albumId)),
  };
}
