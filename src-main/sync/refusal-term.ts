import { isDamage } from '../../src-preload/contract/error-codes.ts';
import type { Refusal } from '../../src-preload/contract/library.ts';
import type { Entitlement } from './ownership.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A refusal is asked for again after this time, even when nothing changed. */
const REFUSAL_DAYS = 30;
/** A file that came whole and was wrong again and again is fetched again after this time. */
const DAMAGE_DAYS = 1;

/** A refusal holds until the entitlement changes or its days have passed. */
export function stillHolds(refusal: Refusal, entitlement: Entitlement, nowMs: number): boolean {
  const days = isDamage(refusal.error.code) ? DAMAGE_DAYS : REFUSAL_DAYS;
  return refusal.formatsKey === entitlement.key && nowMs - refusal.refusedAtMs < days * DAY_MS;
}
