import type { AccountId, JobId, RunId } from '../../src-preload/contract/ids.ts';
import type { Downloader } from '../downloads/downloader.ts';
import { asCratefulError, type CratefulError } from '../errors.ts';
import { removeStaleParts, requireRootThere } from '../files/root.ts';
import type { RootRow } from '../library/roots.ts';
import { keepManifest } from './manifest-memory.ts';
import { type RunDownloadParts, startRunDownloads } from './run-downloads.ts';
import { createRunPlanning, type RunPlanning, type RunPlanningParts } from './run-planning.ts';
import type { Inbox } from './wishes.ts';

/** Parts without a job, or cancelled, are removed after this time (architecture §4). */
const STALE_PART_MS = 30 * 24 * 3600 * 1000;

/** What of a run that goes on others reach into. */
export interface RunWork {
  readonly downloader: Downloader;
  /** Whether jobs it is given are still fetched; not while it ends. */
  takesJobs(): boolean;
  /** Subjects taken out since it began: a plan made before must not bring them back. */
  readonly cancelled: Set<string>;
}

/** What a run works with. */
export interface RunParts extends Omit<RunPlanningParts, 'downloader'>, RunDownloadParts {
  readonly library: RunPlanningParts['library'];
  readonly lists: RunPlanningParts['lists'];
  readonly qobuz: RunPlanningParts['qobuz'];
  readonly audio: RunDownloadParts['audio'];
  readonly clock: RunDownloadParts['clock'];
  readonly overrides: RunPlanningParts['overrides'];
  /** Tells who changes the queue what is at work; null at the end. */
  readonly onWork: (work: RunWork | null) => void;
}

/** What is to be synced. */
export interface RunRequest {
  readonly runId: RunId;
  readonly accountId: AccountId;
  readonly root: RootRow;
  readonly inbox: Inbox;
  readonly signal: AbortSignal;
}

/**
 * One run from listing to manifest. Listing, planning and downloading overlap: the pool starts with the first
 * album planned (architecture §2). It ends when nothing is left but jobs that somebody paused.
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
  const { downloader, heal } = startRunDownloads(parts, request.root, {
    runFault: stopFor,
    onSaved: (job) => planning.saved(job),
  });
  const cancelled = new Set<string>();
  const planning: RunPlanning = createRunPlanning(
    { ...parts, downloader },
    { ...request, signal, cancelled, fail: (error) => stopFor(asCratefulError(error)) },
  );
  const stopDownloads = () => void downloader.stop();
  signal.addEventListener('abort', stopDownloads);
  let close: () => void = () => undefined;
  let isOpen = true;
  try {
    await heal();
    parts.board.set({ state: 'running' });
    parts.onWork({ downloader, takesJobs: () => isOpen && !signal.aborted, cancelled });
    // Neither reached the downloads while they were not at work yet.
    downloader.setPaused(parts.pause.isOn());
    downloader.setConcurrency(parts.settings().concurrency);
    close = request.inbox.open((wish) => planning.add(wish));
    do {
      await planning.idle();
      await downloader.drained();
      // What was asked for meanwhile is planned before the run takes no more.
    } while (!planning.isIdle() || !downloader.isEmpty());
  } catch (error) {
    stopFor(asCratefulError(error));
  } finally {
    isOpen = false;
    close();
    signal.removeEventListener('abort', stopDownloads);
    await downloader.stop();
    await planning.idle();
    parts.onWork(null);
    parts.qobuz.pacing.setJobsWaiting(false);
  }
  // Nothing is written to a place that is no longer the root: an empty mount point would get files of its own.
  const gone = await requireRootThere(parts.fs, request.root.path).then(
    () => null,
    asCratefulError,
  );
  // First, whatever else failed: it is why.
  if (gone) faults.unshift(gone);
  else
    await tidy(parts, request.root).catch((error: unknown) => faults.push(asCratefulError(error)));
  if (request.signal.aborted) throw asCratefulError(request.signal.reason);
  if (faults[0]) throw faults[0];
}

/** Brings the manifest up to what is now proven and removes what nobody will go on with. */
async function tidy({ fs, library, clock }: RunParts, root: RootRow): Promise<void> {
  await keepManifest({ fs, library }, root);
  const keep = new Set<JobId>((await library.jobs.open(root.id)).map((job) => job.id));
  await removeStaleParts(fs, {
    rootPath: root.path,
    keep,
    nowMs: clock.now(),
    maxAgeMs: STALE_PART_MS,
  });
}
