import { ERRORS, type ErrorCode, type ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { CratefulEvent } from '../../src-preload/contract/events.ts';
import { CratefulError } from '../errors.ts';

/** Keeps a fault's values apart from the event's own. */
const PARAM = 'param.';

/**
 * What an event keeps of a failed attempt: code, the values of its sentence, and the HTTP status behind it where it
 * is known. Nothing of it is private: a fault's values never are.
 */
export function attemptContext(error: CratefulError): Record<string, string | number> {
  const params = Object.entries(error.params).map(([key, value]) => [PARAM + key, value]);
  const status = statusOf(error);
  return {
    error: error.code,
    ...(status === null ? {} : { status }),
    ...Object.fromEntries(params),
  };
}

/** The fault and status an event kept; null for an event that kept none. */
export function readAttempt(
  context: CratefulEvent['context'],
): { readonly error: ErrorView; readonly status: number | null } | null {
  const { error: code, status = null } = context;
  if (typeof code !== 'string' || !isErrorCode(code)) return null;
  const params: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(context)) {
    const known = typeof value === 'string' || typeof value === 'number';
    if (key.startsWith(PARAM) && known) params[key.slice(PARAM.length)] = value;
  }
  return { error: { code, params }, status: typeof status === 'number' ? status : null };
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** The status the fault itself or what caused it carries. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof CratefulError)) return null;
  const { status } = error.params;
  return typeof status === 'number' ? status : statusOf(error.cause);
}
