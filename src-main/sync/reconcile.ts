import type { AccountId, JobId, RootId, RunId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import type { AlbumPlan, PlanItem } from '../../src-preload/contract/plan.ts';

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

/** What an album's plan means for the persisted queue. */
export interface Reconciled {
  /** To be stored. */
  readonly added: readonly Job[];
  /** Open jobs of an earlier run that go on: same id, so that their parts are used (architecture §2). */
  readonly renewed: readonly Job[];
  /** Open jobs of an earlier run about what is there by now: to be closed, so that their parts can go. */
  readonly closed: readonly Job[];
}

/**
 * Turns the fetches of a plan into jobs: an open job about the same thing is renewed with what the plan says
 * now, everything else is new. A side file the service does not have is only asked for again by hand.
 */
export function reconcile(
  plan: AlbumPlan,
  open: ReadonlyMap<string, Job>,
  owner: JobOwner,
  next: { readonly id: () => JobId; readonly position: () => number },
): Reconciled {
  const added: Job[] = [];
  const renewed: Job[] = [];
  const closed: Job[] = [];
  for (const item of plan.items) {
    const earlier = open.get(subjectOf(item));
    if (earlier && (item.action === 'keep' || item.action === 'adopt')) closed.push(earlier);
    if (item.action !== 'download' && item.action !== 'replace') continue;
    if (earlier && item.kind !== 'track' && earlier.state === 'unavailable') continue;
    const job: Job = {
      id: earlier?.id ?? next.id(),
      ...owner,
      albumId: item.albumId,
      trackId: item.trackId,
      kind: item.kind,
      sideIndex: item.sideIndex,
      formatIds: item.formatId === null ? [] : [item.formatId, ...item.fallbackFormatIds],
      targetPath: item.path,
      replaces: item.action === 'replace',
      estimatedBytes: item.bytes,
      state: 'waiting',
      attempts: 0,
      notBeforeMs: 0,
      error: null,
      receipt: null,
      position: next.position(),
    };
    (earlier ? renewed : added).push(job);
  }
  return { added, renewed, closed };
}
