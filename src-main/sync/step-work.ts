import { isAbsolute, join } from 'node:path';
import { removeEmptied, removeIfEmpty } from '../files/relocate.ts';
import {
  createLegWork,
  PARKED_FOLDER,
  type StepWorkParts,
  type StepWorkRequest,
} from './leg-work.ts';
import { type Leg, legsOf, toPark } from './step-order.ts';

/** Files that are moved before their rows are written: a flush of folders and database costs more than a name. */
const BATCH = 32;

/**
 * Moves every file of a step that is not where it belongs, on the way given: first those that must make room, to names of
 * their own, then all to their new names, a few at a time, each batch with its rows in one transaction after it. Called
 * again after a kill it goes on: a file under both names, or under the new one with its row not written yet, is recognised.
 *
 * Throws the system's errors that are not about one file, `LIBRARY_ROOT_MISSING`, and the signal's reason.
 */
export async function carryOut(parts: StepWorkParts, request: StepWorkRequest): Promise<void> {
  const { step, way, root } = request;
  const open = legsOf(step.moves, way).filter(
    ({ move }) => move.state !== 'done' && move.state !== 'stays',
  );
  let done = step.moves.length - open.length;
  request.onProgress(done);
  const work = createLegWork(parts, request);
  const waiting = open.filter(({ move }) => move.state === 'waiting');
  await inBatches(toPark(waiting), request.signal, (legs) => work.park(legs));
  // A folder that only its case tells from its new one has to be gone before that is made.
  await removeEmptied(
    parts.fs,
    root,
    work.parked(open).map(({ source }) => join(root, source)),
  );
  await inBatches(open, request.signal, async (legs) => {
    await work.move(legs);
    done += legs.length;
    request.onProgress(done);
  });
  await removeEmptied(parts.fs, root, pathsIn(root, open));
  if (step.outside) await removeEmptied(parts.fs, step.outside, pathsIn(null, open));
  await removeIfEmpty(parts.fs, join(root, PARKED_FOLDER));
}

/**
 * Makes the disk say what the step's notes say, after a fault in the middle of a batch and before the step is turned back:
 * a second name that was begun goes again, a file that has its new name already is noted.
 */
export async function settleBegun(parts: StepWorkParts, request: StepWorkRequest): Promise<void> {
  const open = legsOf(request.step.moves, request.way).filter(
    ({ move }) => move.state === 'waiting' || move.state === 'parked',
  );
  const work = createLegWork(parts, request);
  for (const leg of open) await work.settle(leg);
}

const pathsIn = (root: string | null, legs: readonly Leg[]): string[] =>
  legs
    .map(({ source }) => source)
    .filter((source) => isAbsolute(source) === (root === null))
    .map((source) => (root === null ? source : join(root, source)));

async function inBatches(
  legs: readonly Leg[],
  signal: AbortSignal,
  work: (batch: readonly Leg[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < legs.length; from += BATCH) {
    signal.throwIfAborted();
    await work(legs.slice(from, from + BATCH));
  }
}
