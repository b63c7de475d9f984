import type { FormatId } from '../../../src-preload/contract/formats.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { AlbumPlan, PlanAction, PlanItem } from '../../../src-preload/contract/plan.ts';

import type { Mirror } from '../../store/reducer.ts';

/** How many files get one format in place of the preferred one. */
export interface Substitution {
  readonly wanted: FormatId;
  readonly planned: FormatId;
  readonly items: number;
}

/** The substitutions of a plan, the most frequent first. */
export function substitutionsOf(albums: readonly AlbumPlan[]): readonly Substitution[] {
  const found = new Map<string, Substitution>();
  for (const { items } of albums) {
    for (const { substitution, formatId } of items) {
      if (substitution === null || formatId === null) continue;
      const key = `${substitution.wanted}/${formatId}`;
      const old = found.get(key);
      found.set(key, {
        wanted: substitution.wanted,
        planned: formatId,
        items: (old?.items ?? 0) + 1,
      });
    }
  }
  return [...found.values()].sort((a, b) => b.items - a.items);
}

/** One row of the plan's list. */
export type PlanRow =
  | { readonly kind: 'album'; readonly plan: AlbumPlan; readonly open: boolean }
  | { readonly kind: 'item'; readonly item: PlanItem };

/** How many items of an album each action has. */
export function actionCounts(plan: AlbumPlan): Readonly<Record<PlanAction, number>> {
  const counts = { download: 0, keep: 0, replace: 0, adopt: 0, unavailable: 0 };
  for (const { action } of plan.items) counts[action] += 1;
  return counts;
}

/** Albums with something to do come first, then those of which something cannot be had, then what is kept. */
function rank({ items }: AlbumPlan): number {
  if (items.every((item) => item.action === 'keep')) return 2;
  return items.every((item) => item.action === 'keep' || item.action === 'unavailable') ? 1 : 0;
}

/** The plan's rows: albums by what there is to do, each followed by its items when open. */
export function planRows(
  albums: readonly AlbumPlan[],
  open: ReadonlySet<AlbumId>,
): readonly PlanRow[] {
  return [...albums]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((plan): PlanRow[] => {
      const isOpen = open.has(plan.albumId);
      const head: PlanRow = { kind: 'album', plan, open: isOpen };
      return isOpen
        ? [head, ...plan.items.map((item): PlanRow => ({ kind: 'item', item }))]
        : [head];
    });
}

/** Files of one album that cannot be had for one reason; at least one. */
export type UnavailableGroup = readonly [PlanItem, ...PlanItem[]];

/** What a plan cannot get, by album and reason, without what already shows as a job. */
export function unavailableGroups(
  albums: readonly AlbumPlan[],
  jobs: Mirror['jobs'],
): readonly UnavailableGroup[] {
  const groups = new Map<string, [PlanItem, ...PlanItem[]]>();
  for (const { items } of albums) {
    for (const item of items) {
      if (item.action !== 'unavailable' || item.kind !== 'track') continue;
      if (jobs.get(item.albumId)?.some((job) => job.trackId === item.trackId)) continue;
      const key = `${item.albumId}/${item.reason}/${item.refusal?.code}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return [...groups.values()];
}
