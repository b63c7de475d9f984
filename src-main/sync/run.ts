import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import type { AccountId, AlbumId, JobId, RunId } from '../../src-preload/contract/ids.ts';
import type { Downloader } from '../downloads/downloader.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import { hasManifest, writeManifest } from '../files/manifest.ts';
import { inspectRoot, removeStaleParts } from '../files/root.ts';
import type { RootRow } from '../library/roots.ts';
import type { Qobuz } from '../qobuz/client.ts';
import { createEnqueue, type EnqueueParts } from './enqueue.ts';
import type { RootParts } from './library-root.ts';
import { type ListingParts, listPurchases } from './listing.ts';
import { ownedAlbums } from './owned-albums.ts';
import { type PlannerParts, planAlbums } from './planner.ts';
import { type RunDownloadParts, startRunDownloads } from './run-downloads.ts';
import { giveFolders, lookAtDisk } from './survey.ts';

/** Parts without a job, or cancelled, are removed after this time (architecture §4). */
const STALE_PART_MS = 30 * 24 * 3600 * 1000;

/** What a run works with. */
export interface RunParts
  extends RootParts,
    ListingParts,
    PlannerParts,
    RunDownloadParts,
    Omit<EnqueueParts, 'downloader'> {
  readonly library: RootParts['library'];
  readonly qobuz: Qobuz;
  readonly audio: RunDownloadParts['audio'];
  readonly clock: RunDownloadParts['clock'];
  readonly scanWorkerUrl: URL;
  /** Tells who listens for settings and retries which downloader is at work; null at the end. */
  readonly onDownloader: (downloader: Downloader | null) => void;
  /** The purchases are known anew. */
  readonly onPurchases: (purchases: readonly Purchase[]) => Promise<void>;
}

/** What is to be synced. */
export interface RunRequest {
  readonly runId: RunId;
  readonly accountId: AccountId;
  readonly root: RootRow;
  /** Only these, from the listing that is known; null for everything, freshly listed. */
  readonly albumIds: readonly AlbumId[] | null;
  readonly signal: AbortSignal;
}

/**
 * One run from listing to manifest. Listing, planning and downloading overlap: the pool starts with the first
 * album planned (architecture §2).
 *
 * Throws the fault of the run or the account that stopped it, and `CANCELLED` when the user did; parts and
 * jobs are kept either way.
 */
export async function runSync(parts: RunParts, request: RunRequest): Promise<void> {
  const stopping = new AbortController();
  const faults: CratefulError[] = [];
  const stopFor = (error: CratefulError) => {
    faults.push(error);
    stopping.abort(error);
  };
  const signal = AbortSignal.any([request.signal, stopping.signal]);
  const { downloader, heal } = startRunDownloads(parts, request.root, stopFor);
  const stopDownloads = () => void downloader.stop();
  signal.addEventListener('abort', stopDownloads);
  parts.onDownloader(downloader);
  try {
    await heal();
    await planAndEnqueue(parts, request, downloader, signal);
    await downloader.drained();
  } catch (error) {
    stopFor(asCratefulError(error));
  } finally {
    signal.removeEventListener('abort', stopDownloads);
    await downloader.stop();
    parts.onDownloader(null);
    parts.qobuz.pacing.setJobsWaiting(false);
  }
  const gone = await requireRoot(parts, request.root).then(() => null, asCratefulError);
  // First, whatever else failed: it is why.
  if (gone) faults.unshift(gone);
  else
    await tidy(parts, request.root).catch((error: unknown) => faults.push(asCratefulError(error)));
  if (request.signal.aborted) throw asCratefulError(request.signal.reason);
  if (faults[0]) throw faults[0];
}

async function planAndEnqueue(
  parts: RunParts,
  request: RunRequest,
  downloader: Downloader,
  signal: AbortSignal,
): Promise<void> {
  const { accountId, root, runId, albumIds } = request;
  const { board, library } = parts;
  board.set({ state: 'running' });
  // The disk is looked at while the service lists: neither needs the other.
  const looking = lookAtDisk(parts, { accountId, path: root.path, root, signal });
  // A fault of the listing comes first; this one is met below.
  looking.catch(() => undefined);
  const purchases = albumIds
    ? await library.purchases.list(accountId)
    : await listPurchases(parts, accountId, signal);
  await parts.onPurchases(purchases);
  const wanted = albumIds ? new Set(albumIds) : null;
  const owned = await ownedAlbums(library, purchases, root.id);
  const albums = owned.filter(({ albumId }) => wanted?.has(albumId) ?? true);
  board.set({ albumsTotal: albums.length });
  const known = await giveFolders(parts, await looking, { purchases, keep: true });
  const owner = { runId, accountId, rootId: root.id };
  const open = await library.jobs.open(root.id);
  await planAlbums(parts, {
    albums,
    survey: known,
    preference: parts.settings().preference,
    priority: 'listing',
    unsettled: new Set(open.map((job) => job.albumId)),
    inFull: false,
    signal,
    onPlanned: createEnqueue({ ...parts, downloader }, owner, open, signal),
  });
  board.set({ listingDone: true });
}

/**
 * Nothing is written to a place that is no longer the root: an empty mount point would get files of its own.
 * Throws `LIBRARY_ROOT_MISSING`.
 */
async function requireRoot({ fs }: RunParts, { path }: RootRow): Promise<void> {
  const { state } = await inspectRoot(fs, path);
  if (state !== 'marked') throw new CratefulError('LIBRARY_ROOT_MISSING', { path });
}

/** Brings the manifest up to what is now proven and removes what nobody will go on with. */
async function tidy({ fs, library, clock }: RunParts, root: RootRow): Promise<void> {
  if ((await library.roots.isManifestStale(root.id)) || !(await hasManifest(fs, root.path))) {
    await writeManifest(fs, root.path, await library.files.list(root.id));
    await library.roots.manifestWritten(root.id);
  }
  const keep = new Set<JobId>((await library.jobs.open(root.id)).map((job) => job.id));
  await removeStaleParts(fs, {
    rootPath: root.path,
    keep,
    nowMs: clock.now(),
    maxAgeMs: STALE_PART_MS,
  });
}
