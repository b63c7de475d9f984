import type { CallReply, CratefulBridge } from '../../src-preload/contract/calls.ts';
import { type AlbumId, linkId, type RunId, runId } from '../../src-preload/contract/ids.ts';
import type { LinkView } from '../../src-preload/contract/links.ts';
import type {
  JobDetails,
  RunAlbum,
  RunSummary,
  SpeedHistory,
} from '../../src-preload/contract/queue.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { Delta, JobView, Snapshot } from '../../src-preload/contract/views.ts';

/** What a scene answers about its queue; everything else is empty. */
export interface QueueScene {
  readonly details?: (job: JobView) => Omit<JobDetails, 'id'>;
  readonly speeds?: SpeedHistory;
  readonly history?: readonly RunSummary[];
  readonly runAlbums?: readonly RunAlbum[];
}

/** What the calls act on. */
export interface FakeStage {
  readonly scene: { readonly queue?: QueueScene };
  read(): Snapshot;
  /** Puts a change into the snapshot and sends it. */
  change(patch: Partial<Pick<Snapshot, 'jobs' | 'queue' | 'run' | 'links'>>): void;
  answer<Result>(name: string, input: unknown, value: () => Result): Promise<CallReply<Result>>;
}

const HISTORY_PAGE = 50;
const DETAILS: Omit<JobDetails, 'id'> = { path: '', formatIds: [], attempts: [] };

/** The calls of queue, history and links with the effect a person would see. */
export function queueCalls(stage: FakeStage): Partial<CratefulBridge> {
  const { read, change, answer, scene } = stage;
  const done = (name: string, input: unknown, effect: () => void) =>
    answer(name, input, () => {
      effect();
      return null;
    });
  /** Gives the named jobs another state. */
  const put = (name: string, state: JobState) => (input: { readonly jobIds: readonly string[] }) =>
    done(name, input, () => {
      const named = new Set(input.jobIds);
      change({
        jobs: read()
          .jobs.filter(({ id }) => named.has(id))
          .map((job) => ({ ...job, state, stage: null, bytesPerSecond: 0, secondsLeft: null })),
      });
    });
  const setPaused = (paused: boolean): void => {
    const { run } = read();
    const states = paused ? (['running', 'paused'] as const) : (['paused', 'running'] as const);
    change({
      queue: { paused },
      ...(run?.state === states[0] && { run: { ...run, state: states[1] } }),
    });
  };
  return {
    pauseQueue: () => done('pauseQueue', undefined, () => setPaused(true)),
    resumeQueue: () => done('resumeQueue', undefined, () => setPaused(false)),
    pauseJobs: put('pauseJobs', 'paused'),
    resumeJobs: put('resumeJobs', 'waiting'),
    cancelJobs: put('cancelJobs', 'cancelled'),
    restoreJobs: put('restoreJobs', 'waiting'),
    retryJobs: put('retryJobs', 'waiting'),
    moveToTop: (input) =>
      done('moveToTop', input, () => {
        const { jobs } = read();
        const named = new Set<string>(input.jobIds);
        const first = Math.min(0, ...jobs.map(({ position }) => position));
        const moved = jobs.filter(({ id }) => named.has(id));
        change({
          jobs: moved.map((job, at) => ({ ...job, position: first - moved.length + at })),
        });
      }),
    retryFailed: () =>
      done('retryFailed', undefined, () =>
        change({
          jobs: read()
            .jobs.filter(({ state }) => state === 'failed')
            .map((job) => ({ ...job, state: 'waiting', error: null })),
        }),
      ),
    getJobDetails: (input) =>
      answer('getJobDetails', input, () => {
        const job = read().jobs.find(({ id }) => id === input.jobId)!;
        return { id: job.id, ...(scene.queue?.details?.(job) ?? { ...DETAILS, path: job.path }) };
      }),
    getSpeedHistory: () =>
      answer(
        'getSpeedHistory',
        undefined,
        () => scene.queue?.speeds ?? { intervalSeconds: 2, bytesPerSecond: [] },
      ),
    getHistory: (input) =>
      answer('getHistory', input, () => {
        const runs = scene.queue?.history ?? [];
        const from =
          input.before === null ? 0 : runs.findIndex(({ id }) => id === input.before) + 1;
        return runs.slice(from, from + HISTORY_PAGE);
      }),
    getRunAlbums: (input) => answer('getRunAlbums', input, () => scene.queue?.runAlbums ?? []),
    addLinks: (input) =>
      answer('addLinks', input, () => {
        const found = input.text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
        const { links } = read();
        change({ links: [...found.map((text, at) => looking(text, links.length + at)), ...links] });
        return found.length;
      }),
    queueLink: (input) =>
      done('queueLink', input, () =>
        change({
          links: read().links.map((link) =>
            link.id === input.linkId ? { ...link, state: 'queued', offersAlbum: false } : link,
          ),
        }),
      ),
    dismissLinks: (input) =>
      done('dismissLinks', input, () => {
        const gone = new Set<string>(input.linkIds);
        change({ links: read().links.filter(({ id }) => !gone.has(id)) });
      }),
  };
}

/** The delta that tells of a change. */
export const deltaOf = ({
  jobs,
  ...parts
}: Parameters<FakeStage['change']>[0]): Omit<Delta, 'seq'> => ({
  ...parts,
  ...(jobs !== undefined && { jobs: { upsert: jobs, removed: [] } }),
});

/** A snapshot after a change; jobs that are not named stay as they are. */
export function afterChange(
  snapshot: Snapshot,
  { jobs, ...parts }: Parameters<FakeStage['change']>[0],
): Snapshot {
  const changed = new Map((jobs ?? []).map((job) => [job.id, job]));
  return {
    ...snapshot,
    ...parts,
    jobs: snapshot.jobs.map((job) => changed.get(job.id) ?? job),
  };
}

const looking = (text: string, at: number): LinkView => ({
  id: linkId(`new-${at}`),
  text: text.replace(/\?.*$/, ''),
  kind: null,
  state: 'looking',
  problem: null,
  error: null,
  title: null,
  artist: null,
  coverAlbumId: null,
  albumId: null,
  trackId: null,
  offersAlbum: false,
  tracksTotal: 0,
  tracksOwned: 0,
  inShop: false,
  rest: [],
});

/** A link that was looked up. */
export const linkView = (id: string, patch: Partial<LinkView>): LinkView => ({
  ...looking('https://open.qobuz.com/album/0', 0),
  id: linkId(id),
  ...patch,
});

/** A run of the past. */
export const runSummary = (
  id: string,
  hoursAgo: number,
  totals: Partial<NonNullable<RunSummary['totals']>>,
  patch: Partial<RunSummary> = {},
): RunSummary => {
  const startedAtMs = Date.now() - hoursAgo * 3_600_000;
  return {
    id: runId(id) as RunId,
    startedAtMs,
    endedAtMs: startedAtMs + 742_000,
    state: 'finished',
    totals: {
      planned: 96,
      downloaded: 0,
      skipped: 0,
      failed: 0,
      unavailable: 0,
      paused: 0,
      bytes: 0,
      plannedBytes: 0,
      doneBytes: 0,
      ...totals,
    },
    error: null,
    ...patch,
  };
};

/** An album a run touched. */
export const runAlbum = (
  album: { readonly id: AlbumId; readonly title: string; readonly artist: string },
  tracksAdded: number,
  tracksFailed = 0,
): RunAlbum => ({
  albumId: album.id,
  title: album.title,
  artist: album.artist,
  tracksAdded,
  tracksFailed,
  bytes: tracksAdded * 61_000_000,
});
