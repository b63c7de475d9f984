import type { AlbumId, JobId } from '../../src-preload/contract/ids.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { JobView } from '../../src-preload/contract/views.ts';
import type { Mirror } from './reducer.ts';

/** Where an album stands in the queue. */
export const QUEUE_SECTIONS = [
  'now',
  'attention',
  'next',
  'paused',
  'unavailable',
  'done',
  'cancelled',
] as const;
/** One of {@link QUEUE_SECTIONS}. */
export type QueueSection = (typeof QUEUE_SECTIONS)[number];

/** How many jobs of an album are where. */
export interface JobTally {
  readonly total: number;
  readonly active: number;
  readonly waiting: number;
  readonly paused: number;
  readonly done: number;
  readonly failed: number;
  readonly unavailable: number;
  readonly cancelled: number;
}

const TALLIED: Readonly<Record<JobState, Exclude<keyof JobTally, 'total'>>> = {
  waiting: 'waiting',
  running: 'active',
  retrying: 'active',
  committing: 'active',
  paused: 'paused',
  done: 'done',
  failed: 'failed',
  unavailable: 'unavailable',
  cancelled: 'cancelled',
};

/** Counts an album's jobs by what they mean to a person. */
export function tally(jobs: readonly JobView[]): JobTally {
  const count = {
    total: jobs.length,
    active: 0,
    waiting: 0,
    paused: 0,
    done: 0,
    failed: 0,
    unavailable: 0,
    cancelled: 0,
  };
  for (const { state } of jobs) count[TALLIED[state]] += 1;
  return count;
}

/**
 * The section of an album: it stays in `now` between two of its tracks, so that it does not jump about while
 * the queue takes turns. One of which no track can be had, as of a pre-order, is `unavailable`: neither done
 * nor in need of anybody.
 */
export function sectionOf(jobs: readonly JobView[], running: boolean): QueueSection {
  const count = tally(jobs);
  if (count.active > 0) return 'now';
  if (running && count.waiting > 0 && count.done + count.failed > 0) return 'now';
  if (count.failed > 0) return 'attention';
  if (count.waiting > 0) return 'next';
  if (count.paused > 0) return 'paused';
  if (count.cancelled > 0 && count.cancelled + count.unavailable === count.total) {
    return 'cancelled';
  }
  const tracks = jobs.filter(({ kind }) => kind === 'track');
  const none = tracks.length > 0 && tracks.every(({ state }) => state === 'unavailable');
  return none ? 'unavailable' : 'done';
}

/** Which jobs the list shows. */
export type JobFilter = 'all' | 'downloaded' | 'failed' | 'unavailable';

const JOB_STATE_OF = { downloaded: 'done', failed: 'failed', unavailable: 'unavailable' } as const;

/** One row of the queue. */
export type QueueRow =
  | { readonly kind: 'section'; readonly section: QueueSection; readonly albums: number }
  | {
      readonly kind: 'album';
      readonly albumId: AlbumId;
      /** All of the album's jobs, those the filter hides included. */
      readonly jobs: readonly JobView[];
      readonly open: boolean;
      readonly section: QueueSection;
    }
  | { readonly kind: 'job'; readonly job: JobView };

interface AlbumGroup {
  readonly albumId: AlbumId;
  readonly jobs: readonly JobView[];
  readonly shown: readonly JobView[];
  /** The place of the first job that is still to come; behind everything when there is none. */
  readonly first: number;
}

const OVER: ReadonlySet<JobState> = new Set(['done', 'failed', 'unavailable', 'cancelled']);

const byPosition = (a: JobView, b: JobView): number => a.position - b.position;

/**
 * The rows of the queue: albums by section, in the order in which they will be fetched, each followed by its
 * jobs when open. Albums in `now` and `attention` are open and the others closed, unless the person toggled them.
 */
export function queueRows(
  groups: Mirror['jobs'],
  options: {
    readonly running: boolean;
    readonly filter: JobFilter;
    readonly toggled: ReadonlySet<AlbumId>;
  },
): readonly QueueRow[] {
  const { running, filter, toggled } = options;
  const sections = new Map<QueueSection, AlbumGroup[]>();
  for (const [albumId, given] of groups) {
    const jobs = [...given].sort(byPosition);
    const shown =
      filter === 'all' ? jobs : jobs.filter(({ state }) => state === JOB_STATE_OF[filter]);
    if (shown.length === 0) continue;
    const first = jobs.find(({ state }) => !OVER.has(state))?.position ?? Number.POSITIVE_INFINITY;
    const section = sectionOf(jobs, running);
    const group = { albumId, jobs, shown, first };
    const others = sections.get(section);
    if (others === undefined) sections.set(section, [group]);
    else others.push(group);
  }
  return QUEUE_SECTIONS.flatMap((section): QueueRow[] => {
    const albums = sections.get(section);
    if (albums === undefined) return [];
    // Sorting is stable: albums with nothing to come stay in the order in which they were announced.
    albums.sort((a, b) => (a.first === b.first ? 0 : a.first - b.first));
    return [
      { kind: 'section', section, albums: albums.length },
      ...albums.flatMap(({ albumId, jobs, shown }): QueueRow[] => {
        const usual = section === 'now' || section === 'attention' || filter !== 'all';
        const open = usual !== toggled.has(albumId);
        const album: QueueRow = { kind: 'album', albumId, jobs, open, section };
        return open ? [album, ...shown.map((job): QueueRow => ({ kind: 'job', job }))] : [album];
      }),
    ];
  });
}

/** A row's key, the same for as long as it stands for the same thing. */
export function rowKey(row: QueueRow): string {
  if (row.kind === 'section') return `section:${row.section}`;
  return row.kind === 'album' ? `album:${row.albumId}` : `job:${row.job.id}`;
}

/** What a person can do with jobs, in the order in which it is offered. */
export const QUEUE_ACTIONS = ['resume', 'pause', 'retry', 'restore', 'top', 'cancel'] as const;
/** One of {@link QUEUE_ACTIONS}. */
export type QueueAction = (typeof QUEUE_ACTIONS)[number];

const ALLOWED: Readonly<Record<JobState, readonly QueueAction[]>> = {
  waiting: ['pause', 'top', 'cancel'],
  running: ['pause', 'cancel'],
  retrying: ['pause', 'top', 'cancel'],
  paused: ['resume', 'top', 'cancel'],
  // It is proven and only gets its name.
  committing: [],
  done: [],
  failed: ['retry', 'cancel'],
  unavailable: ['retry', 'cancel'],
  cancelled: ['restore'],
};

/** The jobs an action applies to; an action without any is not offered. */
export function actionIds(jobs: readonly JobView[], action: QueueAction): readonly JobId[] {
  return jobs.flatMap(({ id, state, error }) => {
    // Asking again before its release heals nothing.
    if (action === 'retry' && error?.code === 'PRE_ORDER') return [];
    return ALLOWED[state].includes(action) ? [id] : [];
  });
}

/** How far an album is and how fast, from its jobs that are not refused or cancelled. */
export interface AlbumProgress {
  /** Between 0 and 1. */
  readonly share: number;
  readonly bytesPerSecond: number;
  /** What is left of it at its present speed; null while that is not known. */
  readonly secondsLeft: number | null;
}

/** See {@link AlbumProgress}. */
export function albumProgress(jobs: readonly JobView[]): AlbumProgress {
  let total = 0;
  let got = 0;
  let bytesPerSecond = 0;
  for (const job of jobs) {
    if (job.state === 'unavailable' || job.state === 'cancelled') continue;
    const proven = job.state === 'done' || job.state === 'committing';
    total += job.totalBytes;
    got += proven ? job.totalBytes : Math.min(job.receivedBytes, job.totalBytes);
    bytesPerSecond += job.state === 'running' ? job.bytesPerSecond : 0;
  }
  return {
    share: total === 0 ? 0 : got / total,
    bytesPerSecond,
    secondsLeft: bytesPerSecond === 0 ? null : Math.ceil((total - got) / bytesPerSecond),
  };
}

/** What waits to be fetched, and how much. */
export interface Backlog {
  readonly files: number;
  readonly paused: number;
  readonly bytes: number;
}

/** See {@link Backlog}. */
export function backlog(groups: Mirror['jobs']): Backlog {
  let files = 0;
  let paused = 0;
  let bytes = 0;
  for (const jobs of groups.values()) {
    for (const { state, totalBytes, receivedBytes } of jobs) {
      if (OVER.has(state)) continue;
      files += 1;
      bytes += Math.max(0, totalBytes - receivedBytes);
      if (state === 'paused') paused += 1;
    }
  }
  return { files, paused, bytes };
}

/** All paused jobs. */
export const pausedIds = (groups: Mirror['jobs']): readonly JobId[] =>
  [...groups.values()].flatMap((jobs) => actionIds(jobs, 'resume'));
