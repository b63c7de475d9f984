import { CratefulError } from '../errors.ts';
import type { HttpAnswer } from '../net/http.ts';
import { scrub } from '../net/network-faults.ts';
import { parseBounded } from './bounded-json.ts';

/** An answer of the service, read as far as it can be. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON; undefined when the answer was not JSON, such as an edge's HTML page. */
  readonly body: unknown;
  /** The service's own words without their trace id; empty when it gave none. */
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The service's words without the `(Root=…)` trace id at their end, addresses and e-mails (qobuz-api §2.6). */
export const plainMessage = (message: string): string =>
  scrub(message.replace(/\s*\(?\bRoot=[^)\s]*\)?/g, ''))
    .trim()
    .slice(0, 300);

/** Reads an HTTP answer without judging it; throws `SERVICE_UNREADABLE` when it was made to fill the memory. */
export function readAnswer(http: HttpAnswer): Answer {
  const body = parseBounded(http.text);
  const words: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'message') : undefined;
  return {
    status: http.status,
    body,
    message: typeof words === 'string' ? plainMessage(words) : '',
    headers: http.headers,
  };
}

/** 2xx with JSON. */
export const isSuccess = (answer: Answer): boolean =>
  answer.status >= 200 && answer.status < 300 && answer.body !== undefined;

/** The one sign of a wrong secret (qobuz-api §1.4): 400 whose words name the signature. */
export const isSignatureRefusal = (answer: Answer): boolean =>
  answer.status === 400 && /request[_ ]sig/i.test(answer.message);

/** The sign of a withdrawn app id (qobuz-api §2.6). */
export const isAppIdRefusal = (answer: Answer): boolean =>
  answer.status === 400 && /invalid or missing app_?id/i.test(answer.message);

/** Whether the service says that it has blocked the account (qobuz-api §2.6). */
export const isAccountBlocked = (answer: Answer): boolean =>
  answer.status === 403 &&
  answer.body !== undefined &&
  /USER_BLOCKED/i.test(JSON.stringify(answer.body));

/**
 * What an answer that may heal by itself is called, or null for one that is final: `RATE_LIMITED` (429),
 * `ACCESS_BLOCKED` (403), `SERVICE_UNAVAILABLE` (5xx, 408, the edge's 999), `SERVICE_UNREADABLE` (a page where
 * JSON was due).
 */
export function passingFault(answer: Answer): CratefulError | null {
  const { status } = answer;
  if (status === 429) return new CratefulError('RATE_LIMITED', { status });
  if (status === 403) return new CratefulError('ACCESS_BLOCKED', { status });
  if (status >= 500 || status === 408) return new CratefulError('SERVICE_UNAVAILABLE', { status });
  const jsonDue = status !== 401 && status !== 410;
  if (answer.body === undefined && jsonDue) {
    return new CratefulError('SERVICE_UNREADABLE', { status });
  }
  return null;
}

/**
 * What a final refusal is called: 410 is `SERVICE_CHANGED` (an endpoint was retired, qobuz-api §5.7), anything
 * else `SERVICE_REFUSED` with the status and the service's words, for the caller to read further.
 */
export function refusal(answer: Answer, method: string): CratefulError {
  if (answer.status === 410) return new CratefulError('SERVICE_CHANGED', { status: 410, method });
  return new CratefulError('SERVICE_REFUSED', {
    status: answer.status,
    method,
    message: answer.message,
  });
}

/** The HTTP status a `SERVICE_REFUSED` carries; null for any other error. */
export function refusedStatus(error: unknown): number | null {
  if (!(error instanceof CratefulError) || error.code !== 'SERVICE_REFUSED') return null;
  const { status } = error.params;
  return typeof status === 'number' ? status : null;
}
