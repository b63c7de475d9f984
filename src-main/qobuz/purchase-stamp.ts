import { hasCode } from '../errors.ts';
import type { Api } from './api.ts';
import { lastUpdateSchema } from './schemas.ts';

/** Answers that only say that the service does not have this call for us. */
const NO_SUCH_CALL = ['SERVICE_REFUSED', 'SERVICE_CHANGED', 'SERVICE_UNREADABLE'] as const;

/**
 * When the account's purchases last changed, in unix seconds as the service counts them (`user/lastUpdate`,
 * qobuz-api §2.4); null when it does not say. One small answer, where a listing may be many large ones.
 *
 * Throws `SIGN_IN_REQUIRED` and what the transport throws.
 */
export async function fetchPurchaseStamp(api: Api, signal?: AbortSignal): Promise<number | null> {
  try {
    const body = await api.call({ method: 'user/lastUpdate', priority: 'listing', signal });
    const parsed = lastUpdateSchema.safeParse(body);
    return parsed.success ? (parsed.data.last_update?.purchase ?? null) : null;
  } catch (error) {
    // The stamp only saves a listing: without it there is one.
    if (hasCode(error, ...NO_SUCH_CALL)) return null;
    throw error;
  }
}
