import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import { CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { Api } from './api.ts';
import { albumPurchase, trackPurchase } from './catalogue.ts';
import { albumSchema, pageSchema, trackPurchaseSchema } from './schemas.ts';

/** One page of the list of purchases. */
export interface PurchasePage {
  readonly purchases: Purchase[];
  /** Rows that could not be read; each was reported as `LISTING_ODD_ROW`. */
  readonly oddRows: number;
  /** What the service says the whole list holds; null when it does not say. */
  readonly total: number | null;
  readonly offset: number;
}

/** The service's documented maximum (qobuz-api §3.1). */
const PAGE_SIZE = 500;
/** More than any account holds; a list that never ends is a fault, not a library. */
const MAX_PAGES = 1000;

/**
 * All purchases of one kind, page after page (qobuz-api §3.1): until the total is reached or, where the service
 * states none, a page has no raw rows. The status was checked before anything is read, so a failed listing throws
 * and never looks like an empty or a short one. Throws `SERVICE_UNREADABLE` when the list is missing or ends
 * before its total, and what {@link Api.call} throws.
 */
export async function* listPurchases(
  api: Api,
  events: Pick<EventStream, 'emit'>,
  kind: 'albums' | 'tracks',
  signal?: AbortSignal,
): AsyncGenerator<PurchasePage> {
  let offset = 0;
  let total: number | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const body = await api.call({
      method: 'purchase/getUserPurchases',
      query: { type: kind, limit: String(PAGE_SIZE), offset: String(offset) },
      priority: 'listing',
      signal,
    });
    const rows = pageOf(body, kind);
    // The total may change while the list is read: a purchase more, a refund less.
    if (rows.total !== null && rows.total > 0) total = rows.total;
    yield { ...readRows(rows.items, kind, offset, events), total: rows.total, offset };
    offset += rows.items.length;
    if (total !== null && offset >= total) return;
    if (rows.items.length > 0) continue;
    if (total === null) return;
    throw new CratefulError('SERVICE_UNREADABLE', { reason: 'list-cut', rows: offset, total });
  }
  throw new CratefulError('SERVICE_UNREADABLE', { reason: 'endless-list' });
}

function pageOf(body: unknown, kind: 'albums' | 'tracks') {
  const envelope: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, kind) : undefined;
  const page = pageSchema.safeParse(envelope);
  if (!page.success) throw new CratefulError('SERVICE_UNREADABLE', { reason: `no-${kind}` });
  return page.data;
}

/** Reads the rows of one page one by one; an odd one is reported and left out (qobuz-api §3.1). */
export function readRows(
  items: readonly unknown[],
  kind: 'albums' | 'tracks',
  offset: number,
  events: Pick<EventStream, 'emit'>,
): { purchases: Purchase[]; oddRows: number } {
  const purchases: Purchase[] = [];
  for (const [index, row] of items.entries()) {
    const parsed =
      kind === 'albums'
        ? albumSchema.transform(albumPurchase).safeParse(row)
        : trackPurchaseSchema.transform(trackPurchase).safeParse(row);
    if (parsed.success) purchases.push(parsed.data);
    else {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      const context = { list: kind, row: offset + index, field };
      events.emit({ code: 'LISTING_ODD_ROW', severity: 'warning', context });
    }
  }
  return { purchases, oddRows: items.length - purchases.length };
}

/**
 * The same thing bought twice becomes one purchase, at the place of its first row: formats of all, oldest
 * date, downloadable if any is (qobuz-api §3.2). Formats count as known once any row lists them.
 */
export function mergePurchases(purchases: readonly Purchase[]): Purchase[] {
  const merged = new Map<string, Purchase>();
  for (const purchase of purchases) {
    const key = `${purchase.albumId} ${purchase.trackId ?? ''}`;
    const other = merged.get(key);
    merged.set(key, other ? mergeTwo(other, purchase) : purchase);
  }
  return [...merged.values()];
}

function mergeTwo(one: Purchase, other: Purchase): Purchase {
  const dates = [one.purchasedAt, other.purchasedAt].filter((date) => date > 0);
  return {
    ...one,
    purchasedAt: dates.length > 0 ? Math.min(...dates) : 0,
    formatIds: [...new Set([...one.formatIds, ...other.formatIds])],
    formatsKnown: one.formatsKnown || other.formatsKnown,
    downloadable: one.downloadable || other.downloadable,
  };
}
