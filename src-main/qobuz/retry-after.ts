/** The longest wait a `Retry-After` is believed (qobuz-api §2.6). */
export const MAX_RETRY_AFTER_MS = 5 * 60_000;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds and at most 5 minutes: whole seconds or an
 * HTTP date (RFC 9110 §10.2.3). Null when absent or unreadable.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(wait) ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, wait));
}

/** Milliseconds before try `attempt + 1`: 1 s doubled each time up to 60 s, plus up to a quarter. */
export function backOffMs(attempt: number, random: () => number): number {
  const base = Math.min(60_000, 1000 * 2 ** (attempt - 1));
  return Math.round(base * (1 + random() / 4));
}
