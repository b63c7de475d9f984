import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { JobView, RootView, RunView } from '../../src-preload/contract/views.ts';
import type { Mirror } from './reducer.ts';

/** A run that is under way. */
export type ActiveRun = RunView & {
  readonly state: 'preparing' | 'running' | 'paused' | 'stopping';
};

/** Whether a run is under way, stopping included. */
export const isActive = (run: RunView | null): run is ActiveRun =>
  run !== null && run.state !== 'finished' && run.state !== 'stopped';

/** Whether a folder can be synced into. */
export const isUsable = (root: RootView | null): root is RootView =>
  root !== null && (root.state === 'ready' || root.state === 'new');

/** What keeps Sync from being pressed; null when nothing does. */
export type SyncObstacle = 'signed-out' | 'no-folder' | 'folder-unusable' | 'no-purchases';

/** See {@link SyncObstacle}; the first of them in the order in which a person would mend them. */
export function syncObstacle(
  mirror: Pick<Mirror, 'account' | 'root' | 'purchases' | 'albums'>,
): SyncObstacle | null {
  if (mirror.account === null || !mirror.account.signedIn) return 'signed-out';
  if (mirror.root === null) return 'no-folder';
  if (!isUsable(mirror.root)) return 'folder-unusable';
  if (mirror.purchases.state === 'ready' && mirror.albums.size === 0) return 'no-purchases';
  return null;
}

/** Where an album stands in the list of a run. */
export const JOB_SECTIONS = ['now', 'attention', 'next', 'unavailable', 'done'] as const;
/** One of {@link JOB_SECTIONS}. */
export type JobSection = (typeof JOB_SECTIONS)[number];

/** How many jobs of an album are where. */
export interface JobTally {
  readonly total: number;
  readonly active: number;
  readonly waiting: number;
  readonly done: number;
  readonly failed: number;
  readonly unavailable: number;
}

/** Counts an album's jobs by what they mean to a person. */
export function tally(jobs: readonly JobView[]): JobTally {
  let active = 0;
  let waiting = 0;
  let done = 0;
  let failed = 0;
  let unavailable = 0;
  for (const { state } of jobs) {
    if (state === 'done') done += 1;
    else if (state === 'failed') failed += 1;
    else if (state === 'unavailable') unavailable += 1;
    else if (state === 'waiting' || state === 'cancelled') waiting += 1;
    else active += 1;
  }
  return { total: jobs.length, active, waiting, done, failed, unavailable };
}

/**
 * The section of an album: it stays in `now` between two of its tracks, so that it does not jump about while
 * the queue takes turns. One of which no track can be had, as of a pre-order, is `unavailable`: neither done
 * nor in need of anybody.
 */
export function sectionOf(jobs: readonly JobView[], running: boolean): JobSection {
  const count = tally(jobs);
  if (count.active > 0) return 'now';
  if (running && count.waiting > 0 && count.done + count.failed > 0) return 'now';
  if (count.failed > 0) return 'attention';
  if (count.waiting > 0) return 'next';
  const tracks = jobs.filter(({ kind }) => kind === 'track');
  const none = tracks.length > 0 && tracks.every(({ state }) => state === 'unavailable');
  return none ? 'unavailable' : 'done';
}

/** Which jobs the list of a run shows. */
export type JobFilter = 'all' | 'downloaded' | 'failed' | 'unavailable';

const JOB_STATE_OF = { downloaded: 'done', failed: 'failed', unavailable: 'unavailable' } as const;

/** One row of the run's list. */
export type JobRow =
  | { readonly kind: 'section'; readonly section: JobSection; readonly albums: number }
  | {
      readonly kind: 'album';
      readonly albumId: AlbumId;
      /** All of the album's jobs, those the filter hides included. */
      readonly jobs: readonly JobView[];
      readonly open: boolean;
    }
  | { readonly kind: 'job'; readonly job: JobView };

/**
 * The rows of the run's list: albums by section, each followed by its jobs when open. Albums in `now` and
 * `attention` are open and the others closed, unless the person toggled them.
 */
export function jobRows(
  groups: Mirror['jobs'],
  options: {
    readonly running: boolean;
    readonly filter: JobFilter;
    readonly toggled: ReadonlySet<AlbumId>;
  },
): readonly JobRow[] {
  const sections: Record<JobSection, JobRow[]> = {
    now: [],
    attention: [],
    next: [],
    unavailable: [],
    done: [],
  };
  const albums: Record<JobSection, number> = {
    now: 0,
    attention: 0,
    next: 0,
    unavailable: 0,
    done: 0,
  };
  for (const [albumId, all] of groups) {
    const { filter } = options;
    const jobs = filter === 'all' ? all : all.filter((job) => job.state === JOB_STATE_OF[filter]);
    if (jobs.length === 0) continue;
    const section = sectionOf(all, options.running);
    const usual = section === 'now' || section === 'attention' || filter !== 'all';
    const open = usual !== options.toggled.has(albumId);
    albums[section] += 1;
    sections[section].push({ kind: 'album', albumId, jobs: all, open });
    if (open) for (const job of jobs) sections[section].push({ kind: 'job', job });
  }
  return JOB_SECTIONS.flatMap((section): JobRow[] =>
    albums[section] === 0
      ? []
      : [{ kind: 'section', section, albums: albums[section] }, ...sections[section]],
  );
}

/** A run's share done, between 0 and 1; by bytes while sizes are known, else by files. */
export function runShare({ totals }: Pick<RunView, 'totals'>): number {
  if (totals.plannedBytes > 0) return Math.min(1, totals.doneBytes / totals.plannedBytes);
  if (totals.planned === 0) return 0;
  return Math.min(1, settled(totals) / totals.planned);
}

/** How many of a run's planned files have come to an end, whichever. */
export const settled = (totals: RunView['totals']): number =>
  totals.downloaded + totals.skipped + totals.failed + totals.unavailable;

/** Whether a finished run found nothing to do and nothing wrong. */
export const isUpToDate = (run: RunView): boolean =>
  run.state === 'finished' &&
  run.error === null &&
  run.totals.downloaded === 0 &&
  run.totals.failed === 0;
