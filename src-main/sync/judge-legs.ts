import { isAbsolute, join } from 'node:path';
import pMap from 'p-map';
import type { StayReason } from '../../src-preload/contract/steps.ts';
import type { FileSystem } from '../files/file-system.ts';
import { glimpse, isExpected, stayReason } from '../files/shift.ts';
import { isRowOnly, type Leg, whoStays } from './step-order.ts';

/** Files looked at together. */
const LOOKS_AT_ONCE = 16;

/**
 * Whether each file of a step is there as planned and its new name free, before anything moves: which moves stay, by
 * number, and why.
 */
export async function judgeLegs(
  fs: FileSystem,
  rootPath: string,
  legs: readonly Leg[],
): Promise<Map<number, StayReason>> {
  const own = new Map<number, StayReason>();
  const taken = new Set<number>();
  const at = (path: string) => (isAbsolute(path) ? path : join(rootPath, path));
  await pMap(
    legs,
    async (leg) => {
      const { no, ...expected } = leg.move;
      try {
        const file = await glimpse(fs, at(leg.source));
        if (!file) own.set(no, 'vanished');
        else if (!isExpected(file, expected)) own.set(no, 'changed');
        // Outside, what has the name may be the very file, left there: that shows when it is brought.
        else if (isRowOnly(leg) || isAbsolute(leg.target)) return;
        else if (await fs.lstat(at(leg.target))) taken.add(no);
      } catch (error) {
        const reason = stayReason(error);
        if (reason === null) throw error;
        // Nothing there: as it should be. A file where a folder belongs may leave in this step.
        if (reason === 'occupied') taken.add(no);
        else if (reason !== 'vanished') own.set(no, reason);
      }
    },
    { concurrency: LOOKS_AT_ONCE },
  );
  return whoStays(legs, own, taken);
}
