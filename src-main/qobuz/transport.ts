import { CratefulError, hasCode } from '../errors.ts';
import type { HttpClient } from '../net/http.ts';
import type { Clock, Random } from '../ports.ts';
import { type Answer, isAccountBlocked, passingFault, readAnswer } from './answers.ts';
import type { Limiter, Priority } from './pacing.ts';
import { backOffMs, retryAfterMs } from './retry-after.ts';

/** One call as it goes out, app id and token already chosen. */
export interface Outgoing {
  /** As in `track/getFileUrl`. */
  readonly method: string;
  readonly verb?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly appId: string;
  readonly token: string | null;
  readonly priority: Priority;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a call at the common pace and tries again what may heal. */
export type Transport = (call: Outgoing) => Promise<Answer>;

/** Tries of one call altogether; the waits between them are 1, 2 and 4 s. */
const MAX_TRIES = 4;

/** Of one answer, decoded: a page of 500 albums has 3 MB. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Waits on the clock; `CANCELLED` when the signal ends first. */
export async function pause(clock: Clock, milliseconds: number, signal?: AbortSignal) {
  try {
    await clock.sleep(milliseconds, signal);
  } catch {
    throw new CratefulError('CANCELLED');
  }
}

/**
 * The transport to one API base. Final answers resolve whatever their status. Throws, after four tries with
 * back-off, `OFFLINE`, `SERVICE_UNAVAILABLE`, `SERVICE_UNREADABLE`, `RATE_LIMITED` or `ACCESS_BLOCKED` (at once when
 * the breaker has opened); without a second try `ACCOUNT_BLOCKED`, `TLS_FAILED`, `ADDRESS_REFUSED`, `CANCELLED`.
 */
export function createTransport(options: {
  http: HttpClient;
  apiBase: string;
  clock: Clock;
  random: Random;
  limiter: Limiter;
}): Transport {
  const { http, clock, limiter } = options;
  const base = options.apiBase.replace(/\/+$/, '');

  const exchange = async (call: Outgoing): Promise<Answer> => {
    const query = new URLSearchParams(call.query).toString();
    const answer = await http.request({
      method: call.verb ?? 'GET',
      url: `${base}/${call.method}${query === '' ? '' : `?${query}`}`,
      headers: {
        'x-app-id': call.appId,
        // One language for the catalogue whatever the window speaks: names and tags must not depend on it.
        'accept-language': 'en',
        ...(call.token !== null && { 'x-user-auth-token': call.token }),
      },
      ...(call.form && { form: call.form }),
      maxBytes: MOST_BYTES,
      signal: call.signal,
    });
    return readAnswer(answer);
  };

  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      await limiter.take(call.priority, call.signal);
      let fault: CratefulError;
      let waitMs: number | null = null;
      try {
        const answer = await exchange(call);
        if (isAccountBlocked(answer)) throw new CratefulError('ACCOUNT_BLOCKED');
        const passing = passingFault(answer);
        if (!passing) {
          limiter.accepted();
          return answer;
        }
        fault = passing;
        waitMs = retryAfterMs(answer.headers['retry-after'], clock.now());
        if (hasCode(fault, 'RATE_LIMITED', 'ACCESS_BLOCKED')) limiter.refused(waitMs);
      } catch (error) {
        if (!(error instanceof CratefulError)) throw error;
        if (!hasCode(error, 'OFFLINE', 'SERVICE_UNAVAILABLE')) throw error;
        fault = error;
      }
      const blocked = fault.code === 'ACCESS_BLOCKED' && limiter.coolDownUntilMs() !== null;
      if (attempt >= MAX_TRIES || blocked) throw fault;
      await pause(clock, Math.max(backOffMs(attempt, options.random), waitMs ?? 0), call.signal);
    }
  };
}
