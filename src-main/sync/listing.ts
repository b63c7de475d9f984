import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import type { AccountId } from '../../src-preload/contract/ids.ts';
import type { EventStream } from '../events.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import type { Qobuz } from '../qobuz/client.ts';
import { mergePurchases } from '../qobuz/purchases.ts';

/** What listing works with. */
export interface ListingParts {
  readonly qobuz: Pick<Qobuz, 'purchases'>;
  readonly library: Library;
  readonly clock: Pick<Clock, 'now'>;
  readonly events: Pick<EventStream, 'emit'>;
}

/**
 * Lists both kinds of purchases to the end, mirrors them, and gives everything the account is known to own:
 * what a listing no longer shows is still owned, until somebody says otherwise (architecture §5).
 *
 * Throws what the service's calls throw; the mirror is then unchanged for the kind that failed.
 */
export async function listPurchases(
  parts: ListingParts,
  accountId: AccountId,
  signal: AbortSignal,
): Promise<readonly Purchase[]> {
  const listed = await Promise.all([
    listKind(parts, accountId, 'albums', signal),
    listKind(parts, accountId, 'tracks', signal),
  ]);
  const rows = listed[0] + listed[1];
  parts.events.emit({ code: 'LISTING_FINISHED', accountId, context: { rows } });
  return parts.library.purchases.list(accountId);
}

/** Lists one kind; gives how many purchases it showed. One shorter than the listing before is reported, once. */
async function listKind(
  { qobuz, library, clock, events }: ListingParts,
  accountId: AccountId,
  kind: 'albums' | 'tracks',
  signal: AbortSignal,
): Promise<number> {
  const rows: Purchase[] = [];
  let oddRows = 0;
  for await (const page of qobuz.purchases(kind, signal)) {
    rows.push(...page.purchases);
    oddRows += page.oddRows;
  }
  if (oddRows > 0) {
    events.emit({
      code: 'LISTING_ODD_ROW',
      severity: 'warning',
      accountId,
      context: { kind, rows: oddRows },
    });
  }
  const merged = mergePurchases(rows);
  const count = merged.length + oddRows;
  const before = await library.purchases.rowsListed(accountId, kind);
  await library.purchases.saveListing(accountId, merged, {
    kind,
    listedAtMs: clock.now(),
    rows: count,
    oddRows,
  });
  if (before !== null && count < before) {
    events.emit({
      code: 'LISTING_SHRANK',
      severity: 'warning',
      accountId,
      context: { kind, before, rows: count },
    });
  }
  return merged.length;
}
