import { CratefulError } from '../errors.ts';

/** Where a request stood when it failed: no answer yet, or in the middle of a body. */
export type RequestPhase = 'before-headers' | 'body';

/** Text without addresses and e-mail addresses: both may carry secrets (traps §2 rule 16). */
export const scrub = (text: string): string =>
  text
    .replace(/\bhttps?:\/\/([^\s/?#"'<>@]+)[^\s"'<>]*/gi, (_all, host: string) => `[${host}]`)
    .replace(/[^\s"'<>@]+@[^\s"'<>@]+\.[^\s"'<>@]+/g, '[e-mail]');

const field = (value: unknown, key: string): string | null => {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : null;
};

/** A cause that may be logged: name, code and a scrubbed message; no request, no headers, no stack. */
function safeCause(error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  const cause = new Error(scrub([field(error, 'code'), text].filter(Boolean).join(': ')));
  cause.stack = `${cause.name}: ${cause.message}`;
  return cause;
}

const TLS_CODES =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|CRL_|INVALID_CA|INVALID_PURPOSE|EPROTO$)/;

/**
 * A fault of the network by its name. Before an answer: `OFFLINE` (no name, no route, refused, reset, no
 * connection in time), `TLS_FAILED`, or what a late answer means to the caller; in a body:
 * `STREAM_INTERRUPTED`. What a proxy's agent named keeps its name. `CANCELLED` when the caller's signal ended it. Its cause holds no address.
 */
export function networkFault(
  error: unknown,
  options: { phase: RequestPhase; signal?: AbortSignal | undefined; late: CratefulError },
): CratefulError {
  if (error instanceof CratefulError) return error;
  if (options.signal?.aborted) return new CratefulError('CANCELLED');
  if (error instanceof Error && error.cause instanceof CratefulError) return error.cause;
  const code = field(error, 'code') ?? 'unknown';
  const timeout = field(error, 'event');
  if (timeout === 'response' || timeout === 'request') return options.late;
  const cause = safeCause(error);
  // An answer that is no HTTP was sent by somebody: not offline, and as good as cut.
  if (options.phase === 'body' || code.startsWith('HPE_'))
    return new CratefulError('STREAM_INTERRUPTED', { reason: code }, cause);
  if (TLS_CODES.test(code)) return new CratefulError('TLS_FAILED', { reason: code }, cause);
  return new CratefulError('OFFLINE', { reason: code }, cause);
}
