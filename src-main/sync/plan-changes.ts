import type { AlbumPlan, PlanItem } from '../../src-preload/contract/plan.ts';
import { subjectOf } from './reconcile.ts';

/**
 * What of an album's plan is not what its preview said: another decision, path or format, or an item the
 * preview did not have (architecture §2: the run names what changed since the preview).
 */
export function changedItems(previewed: AlbumPlan, plan: AlbumPlan): readonly PlanItem[] {
  const before = new Map(previewed.items.map((item) => [subjectOf(item), item]));
  return plan.items.filter((item) => {
    const shown = before.get(subjectOf(item));
    return (
      shown?.action !== item.action || shown.path !== item.path || shown.formatId !== item.formatId
    );
  });
}
