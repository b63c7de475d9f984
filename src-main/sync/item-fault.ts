import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { PlanItem, PlanReason } from '../../src-preload/contract/plan.ts';
import { isUnavailable } from '../downloads/retry.ts';

/** Why an item of a plan will not be fetched, and whether that counts as a failure. */
export interface ItemFault {
  readonly state: 'failed' | 'unavailable';
  readonly error: ErrorView;
}

/** What somebody can mend, or may mend itself: these count as failures. */
const FAILED: Partial<Record<PlanReason, ErrorView['code']>> = {
  occupied: 'PATH_OCCUPIED',
  'path-too-long': 'PATH_TOO_LONG',
  'list-incomplete': 'ALBUM_LIST_INCOMPLETE',
};
const UNAVAILABLE: Partial<Record<PlanReason, ErrorView['code']>> = {
  'pre-order': 'PRE_ORDER',
  'not-entitled': 'NOT_ENTITLED',
  withdrawn: 'TRACK_UNAVAILABLE',
};

/** The fault an `unavailable` item stands for, the same in a preview and in a run; null for all others. */
export function itemFault(item: PlanItem): ItemFault | null {
  if (item.action !== 'unavailable') return null;
  const failed = FAILED[item.reason];
  if (failed) return { state: 'failed', error: { code: failed, params: { path: item.path } } };
  const code = UNAVAILABLE[item.reason] ?? 'TRACK_UNAVAILABLE';
  const error = item.refusal ?? { code, params: {} };
  return { state: isUnavailable(error.code) ? 'unavailable' : 'failed', error };
}
