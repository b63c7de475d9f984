import { ERRORS, type ErrorCode, isDamage } from '../../src-preload/contract/error-codes.ts';
import type { JobKind } from '../../src-preload/contract/states.ts';
import type { CratefulError } from '../errors.ts';

/** Seconds between attempts for what may heal (traps §2 rule 13). */
export const BACK_OFF_SECONDS: readonly number[] = [2, 4, 8, 16, 32];

/** A file whose bytes all came and were still wrong is fetched this often at most. */
const MOST_PROOF_FAILURES = 3;

const PROVEN_WRONG: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'TOO_SHORT',
  'AUDIO_DAMAGED',
  'NOT_AUDIO',
  'WRONG_FORMAT',
]);

/** What the service refuses for a lasting reason: recorded, and kept out of the failures. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NOT_ENTITLED',
  'TRACK_UNAVAILABLE',
  'TRACK_WITHHELD',
  'PRE_ORDER',
  'SIDE_FILE_UNAVAILABLE',
]);

/** Faults of the way to a server. Covers come from another one than files: theirs never stop the run. */
const OF_THE_WAY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'OFFLINE',
  'TLS_FAILED',
  'PROXY_FAILED',
]);

/** Faults the table counts to the run, but that may stand for one odd track: they fail it alone. */
const TRACK_ALONE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SERVICE_REFUSED',
  'SERVICE_UNREADABLE',
  'UNEXPECTED',
]);

/** What is known of a job when an attempt failed. */
export interface FailedAttempt {
  readonly error: CratefulError;
  readonly kind: JobKind;
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  readonly proofFailures: number;
}

/** What happens to the job now. */
export type NextStep =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'stop-run' };

/**
 * Decides what follows a failed attempt (architecture §4, §6): what may heal is tried again in the same
 * format, a lasting refusal is recorded, faults of the run or the account stop the run and leave the job waiting.
 */
export function nextStep(attempt: FailedAttempt): NextStep {
  const { code } = attempt.error;
  const sideAlone = attempt.kind !== 'track' && OF_THE_WAY.has(code);
  if (REFUSALS.has(code)) return { kind: 'unavailable' };
  const { scope, retry } = ERRORS[code];
  const ofTheRun = (scope === 'run' || scope === 'account') && !TRACK_ALONE.has(code) && !sideAlone;
  if (code === 'CANCELLED') return { kind: 'stop-run' };
  if (retry === 'now' && mayTryAgain(attempt)) {
    return { kind: 'retry', delayMs: backOffMs(attempt.attempts) };
  }
  return ofTheRun ? { kind: 'stop-run' } : { kind: 'failed' };
}

function mayTryAgain({ attempts, proofFailures }: FailedAttempt): boolean {
  if (proofFailures >= MOST_PROOF_FAILURES) return false;
  return attempts <= BACK_OFF_SECONDS.length;
}

const backOffMs = (attempts: number): number =>
  1000 * (BACK_OFF_SECONDS[Math.min(attempts, BACK_OFF_SECONDS.length) - 1] ?? 0);

/** Whether a proof that ends with this code says that the bytes are wrong, and not that it could not be made. */
export const provesPartWrong = (code: ErrorCode): boolean => PROVEN_WRONG.has(code);

/**
 * Whether the code is a terminal answer that the next sync must not ask for again at once. A file that was wrong
 * each time it came is one: hundreds of megabytes three times at every sync would help nobody.
 */
export const isLastingRefusal = (code: ErrorCode): boolean =>
  REFUSALS.has(code) || code === 'PREVIEW_ONLY' || isDamage(code);

/**
 * Whether a lasting refusal counts as unavailable: something that was to be expected of the shop. A preview in
 * place of a purchase is not; it counts as failed, in the run that met it and in those that remember it.
 */
export const isUnavailable = (code: ErrorCode): boolean => REFUSALS.has(code);
