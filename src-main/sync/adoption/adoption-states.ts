import type { AdoptionOutcome, AdoptionView } from '../../../src-preload/contract/adoption.ts';
import type { StepOutcome } from '../../../src-preload/contract/steps.ts';
import { NO_COUNTS } from './review.ts';

/** States in which something goes on, and nothing else can begin. */
export const BUSY: ReadonlySet<AdoptionView['state']> = new Set([
  'scanning',
  'comparing',
  'proving',
  'taking',
  'undoing',
]);

/** What is told of a taking over once it is undone: the files that could not go back. */
export const undone = (outcome: AdoptionOutcome, { stayed }: StepOutcome): AdoptionOutcome => ({
  ...outcome,
  stayed,
  stayedTotal: stayed.length,
  stepId: null,
});

/** A look that has just begun, but for its folder and number. */
export const BEGINNING: Omit<AdoptionView, 'folder' | 'revision'> = {
  state: 'scanning',
  place: 'none',
  done: 0,
  total: null,
  counts: NO_COUNTS,
  chosen: { files: 0, albums: 0, bytes: 0, fresh: 0 },
  otherKinds: 0,
  known: 0,
  albumsNotCompared: 0,
  passedOver: 0,
  outcome: null,
  error: null,
};
