import type { SideChoice } from '../../src-preload/contract/library.ts';
import type { PlacementRepository } from '../library/placements.ts';
import type { RootRow } from '../library/roots.ts';
import type { Planned } from './planner.ts';

/**
 * Runs `enqueue` for an album planned as a whole, and remembers with which side files that was. What is no longer
 * wanted is noted before and what is wanted anew after it, so that a kill in between costs a plan and never a file.
 */
export async function noteSides(
  placements: Pick<PlacementRepository, 'planned'>,
  { id }: RootRow,
  planned: Planned,
  enqueue: () => Promise<void>,
): Promise<void> {
  if (planned.kind !== 'planned') return enqueue();
  const { sides, plannedSides } = planned.input;
  const before = plannedSides ?? sides;
  const still = {
    covers: sides.covers && before.covers,
    booklets: sides.booklets && before.booklets,
  };
  const { albumId } = planned.owned;
  if (!areSame(still, before)) await placements.planned(id, albumId, still);
  await enqueue();
  if (!areSame(sides, still)) await placements.planned(id, albumId, sides);
}

const areSame = (a: SideChoice, b: SideChoice): boolean =>
  a.covers === b.covers && a.booklets === b.booklets;
