import type { RootView, RunView } from '../../src-preload/contract/views.ts';
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
export type SyncObstacle =
  | 'signed-out'
  | 'no-folder'
  | 'moving'
  | 'folder-unusable'
  | 'no-purchases';

/** See {@link SyncObstacle}; the first of them in the order in which a person would mend them. */
export function syncObstacle(
  mirror: Pick<Mirror, 'account' | 'root' | 'move' | 'step' | 'purchases' | 'albums'>,
): SyncObstacle | null {
  if (mirror.account === null || !mirror.account.signedIn) return 'signed-out';
  if (mirror.root === null) return 'no-folder';
  if (isMoving(mirror)) return 'moving';
  if (!isUsable(mirror.root)) return 'folder-unusable';
  if (mirror.purchases.state === 'ready' && mirror.albums.size === 0) return 'no-purchases';
  return null;
}

/** Whether files of the library are on their way to other places. */
export const isMoving = ({ move, step }: Pick<Mirror, 'move' | 'step'>): boolean =>
  move?.state === 'running' || step?.state === 'running';

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
