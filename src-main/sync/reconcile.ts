import type { AccountId, JobId, RootId, RunId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { AlbumPlan, PlanItem } from '../../src-preload/contract/plan.ts';
import type { JobTitles } from './job-line.ts';

/** What a job is about, whichever run made it. */
export const subjectOf = (
  item: Pick<PlanItem, 'albumId' | 'trackId' | 'kind' | 'sideIndex'>,
): string => `${item.albumId}/${item.trackId ?? `${item.kind}-${item.sideIndex}`}`;

/** The run jobs are made for. */
export interface JobOwner {
  readonly runId: RunId;
  readonly accountId: AccountId;
  readonly rootId: RootId;
}

/** The queue as a plan meets it. */
export interface QueueBefore {
  /** The job about a subject that was left before, if any. */
  readonly earlier: (subject: string) => Job | null;
  /** Whether a job waits or runs in the pool at this moment. */
  readonly isLive: (id: JobId) => boolean;
  /** Whether what somebody paused is wanted all the same. */
  readonly resume: boolean;
}

/** What new and renewed jobs are given. */
export interface JobGifts {
  readonly id: () => JobId;
  /** The end of the queue. */
  readonly position: () => number;
  readonly titles: (item: PlanItem) => JobTitles;
}

/** What an album's plan means for the persisted queue. */
export interface Reconciled {
  /** To be stored. */
  readonly added: readonly Job[];
  /** Jobs of an earlier run that go on: same id, so that their parts are used (architecture §2). */
  readonly renewed: readonly Job[];
  /** Open jobs about what is there by now: to be closed, so that their parts can go. */
  readonly closed: readonly Job[];
  /** Jobs in the pool that the plan agrees with. */
  readonly live: readonly Job[];
  /** Jobs in the pool about the same thing in another way: to be taken out and renewed. */
  readonly outdated: readonly Job[];
}

/**
 * Turns the fetches of a plan into jobs: an open job about the same thing is renewed with what the plan says
 * now and keeps its place in the queue, and its pause; everything else is new. A side file the service does not have
 * is only asked for again by hand.
 */
export function reconcile(
  plan: AlbumPlan,
  before: QueueBefore,
  owner: JobOwner,
  next: JobGifts,
): Reconciled {
  const added: Job[] = [];
  const renewed: Job[] = [];
  const closed: Job[] = [];
  const live: Job[] = [];
  const outdated: Job[] = [];
  for (const item of plan.items) {
    const earlier = before.earlier(subjectOf(item));
    const open = earlier?.state === 'cancelled' ? null : earlier;
    if (open && (item.action === 'keep' || item.action === 'adopt')) closed.push(open);
    if (item.action !== 'download' && item.action !== 'replace') continue;
    if (open && item.kind !== 'track' && open.state === 'unavailable') continue;
    const formatIds = item.formatId === null ? [] : [item.formatId, ...item.fallbackFormatIds];
    if (open && before.isLive(open.id)) {
      (isSame(open, item, formatIds) ? live : outdated).push(open);
      continue;
    }
    const job: Job = {
      id: earlier?.id ?? next.id(),
      ...owner,
      albumId: item.albumId,
      trackId: item.trackId,
      kind: item.kind,
      sideIndex: item.sideIndex,
      formatIds,
      targetPath: item.path,
      replaces: item.action === 'replace',
      estimatedBytes: item.bytes,
      state: open?.state === 'paused' && !before.resume ? 'paused' : 'waiting',
      attempts: 0,
      notBeforeMs: 0,
      error: null,
      receipt: null,
      position: open?.position ?? next.position(),
      ...next.titles(item),
    };
    (earlier ? renewed : added).push(job);
  }
  return { added, renewed, closed, live, outdated };
}

const isSame = (job: Job, item: PlanItem, formatIds: readonly number[]): boolean =>
  job.targetPath === item.path &&
  job.replaces === (item.action === 'replace') &&
  job.formatIds.join() === formatIds.join();
