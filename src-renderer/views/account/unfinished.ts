import type { JobView } from '../../../src-preload/contract/views.ts';
import type { Mirror } from '../../store/reducer.ts';

const ENDED: readonly JobView['state'][] = ['done', 'cancelled', 'unavailable'];

/** How many jobs are still to be done; failed ones count, for they can be tried again. */
export function unfinishedJobs(jobs: Mirror['jobs']): number {
  let count = 0;
  for (const group of jobs.values()) {
    for (const { state } of group) if (!ENDED.includes(state)) count += 1;
  }
  return count;
}
