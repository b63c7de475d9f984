import { type JobId, jobId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { AlbumPlan, PlanItem } from '../../src-preload/contract/plan.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { Downloader } from '../downloads/downloader.ts';
import type { Library } from '../library/library.ts';
import type { Board } from './board.ts';
import type { Cancellations } from './cancellations.ts';
import { itemFault } from './item-fault.ts';
import type { JobTitles } from './job-line.ts';
import type { Overrides } from './overrides.ts';
import { type JobOwner, type Reconciled, reconcile, subjectOf } from './reconcile.ts';
import type { InTurn } from './turns.ts';

/** What of a plan becomes jobs, and where they go. */
export interface PlanUse {
  /** Only these subjects; null for all. */
  readonly only: ReadonlySet<string> | null;
  /** Before everything that waits, what was paused included. */
  readonly first: boolean;
  /** The job that saved a subject's file after the disk was looked at: the plan does not know of it. */
  readonly savedSince: (subject: string) => Job | null;
}

/** What turning fetches into jobs needs. */
export interface EnqueueJobsParts {
  readonly library: Pick<Library, 'jobs'>;
  readonly board: Board;
  readonly downloader: Downloader;
  readonly overrides: Pick<Overrides, 'of'>;
  readonly cancellations: Pick<Cancellations, 'has' | 'drop'>;
  readonly newId: () => string;
  /** Shared with whoever else changes jobs that wait. */
  readonly inTurn: InTurn;
  /** Subjects taken out since the run began: an older plan must not bring them back. */
  readonly cancelled: Set<string>;
}

/** Turns an album's fetches into persisted jobs and puts them into the pool. */
export type EnqueueJobs = (
  plan: AlbumPlan,
  use: PlanUse,
  titles: (item: PlanItem) => JobTitles,
) => Promise<void>;

const RUNNING: ReadonlySet<JobState> = new Set<JobState>(['running', 'committing']);

/** Makes the function for one run. */
export function createEnqueueJobs(parts: EnqueueJobsParts, owner: JobOwner): EnqueueJobs {
  const { library, board, downloader, cancelled } = parts;
  const places = () => board.jobs().map((job) => job.position);
  let last = places().reduce((most, each) => Math.max(most, each), 0);

  /** What the plan asks for of what may become a job now. */
  const allowed = (plan: AlbumPlan, use: PlanUse): AlbumPlan => {
    const { skip } = parts.overrides.of(plan.albumId);
    const items = plan.items.filter((item) => {
      const subject = subjectOf(item);
      if (item.action !== 'download' && item.action !== 'replace') return true;
      // Somebody may have skipped the album while it was being planned.
      if (skip || use.savedSince(subject) || use.only?.has(subject) === false) return false;
      return use.first || !(cancelled.has(subject) || parts.cancellations.has(subject));
    });
    return { ...plan, items };
  };

  /** Open jobs about what the plan says cannot be had end as the plan says. */
  const endRefused = async (plan: AlbumPlan) => {
    const ended = plan.items.flatMap((item) => {
      const fault = itemFault(item);
      const job = fault && board.openJob(subjectOf(item));
      if (!job || downloader.has(job.id)) return [];
      return [{ ...job, runId: owner.runId, state: fault.state, error: fault.error }];
    });
    await library.jobs.updateMany(ended.map((job) => ({ id: job.id, patch: job })));
    for (const job of ended) board.put(job);
  };

  const close = async (closed: readonly Job[]) => {
    const ids = new Set(closed.map((job) => job.id));
    await downloader.take(ids, 'cancelled');
    const patch = { state: 'cancelled' as const };
    await library.jobs.updateMany(closed.map(({ id }) => ({ id, patch })));
    for (const { id } of closed) board.remove(id);
  };

  /** The jobs before everything that waits, in this order; running ones stay where they are. */
  const toFront = (jobs: readonly Job[]): Job[] => {
    const from = places().reduce((least, each) => Math.min(least, each), 0) - jobs.length;
    return jobs.map((job, index) => ({ ...job, position: from + index }));
  };

  return (plan, use, titles) =>
    parts.inTurn(async () => {
      await endRefused(plan);
      const parked = new Map(
        (await library.jobs.parked(owner.rootId)).map((job) => [subjectOf(job), job]),
      );
      const compare = (): Reconciled =>
        reconcile(
          allowed(plan, use),
          {
            earlier: (subject) => board.openJob(subject) ?? parked.get(subject) ?? null,
            isLive: (id) => downloader.has(id),
            resume: use.first,
          },
          owner,
          {
            id: (): JobId => jobId(parts.newId()),
            position: () => {
              last += 1;
              return last;
            },
            titles,
          },
        );
      let found = compare();
      if (found.outdated.length > 0) {
        await downloader.take(new Set(found.outdated.map((job) => job.id)), 'waiting');
        found = compare();
      }
      await close(found.closed);
      await put(found, use);
    });

  async function put({ added, renewed, live }: Reconciled, use: PlanUse): Promise<void> {
    const isNew = new Set(added.map((job) => job.id));
    const inPool = new Set(live.map((job) => job.id));
    const changed = [...renewed, ...added];
    const still = live.filter((job) => !RUNNING.has(job.state));
    const jobs = use.first ? toFront([...still, ...changed]) : changed;
    await library.jobs.add(jobs.filter((job) => isNew.has(job.id)));
    const old = jobs.filter((job) => !isNew.has(job.id));
    await library.jobs.updateMany(
      // What is in the pool may have gone on meanwhile: only its place is changed.
      old.map((job) => ({
        id: job.id,
        patch: inPool.has(job.id) ? { position: job.position } : job,
      })),
    );
    if (use.first) await parts.cancellations.drop(jobs.map(subjectOf));
    const ready: Job[] = [];
    for (const job of jobs) {
      if (use.first) cancelled.delete(subjectOf(job));
      if (inPool.has(job.id)) moveLive(job);
      else {
        board.put(job);
        if (job.state === 'waiting') ready.push(job);
      }
    }
    downloader.add(ready);
  }

  function moveLive({ id, position }: Job): void {
    const now = board.job(id);
    if (!now || RUNNING.has(now.state) || !downloader.has(id)) return;
    const moved = { ...now, position };
    board.put(moved);
    downloader.replace([moved]);
  }
}
