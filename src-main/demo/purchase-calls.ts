import type { DemoCatalogue, StorePurchase } from './catalogue.ts';
import { type CatalogueJson, type Page, pageOf } from './catalogue-json.ts';
import { json, REFUSALS, type StoreAnswer } from './http-messages.ts';
import { DEMO_USER } from './sessions.ts';

const user = { id: DEMO_USER.id, login: DEMO_USER.login };

/** Newest first: the service promises no order, so a client that needs one has to sort. */
const newestFirst = (rows: readonly StorePurchase[]): StorePurchase[] =>
  [...rows].sort((a, b) => b.purchasedAt - a.purchasedAt);

/** Which kinds a `type` parameter asks for; null when it is none the service knows. */
function kindsOf(query: URLSearchParams): readonly ('albums' | 'tracks')[] | null {
  const type = query.get('type');
  if (type === null) return ['albums', 'tracks'];
  return type === 'albums' || type === 'tracks' ? [type] : null;
}

/** Answers `purchase/getUserPurchases`; the key of a type not asked for is absent (qobuz-api §3.1). */
export function answerPurchases(
  query: URLSearchParams,
  page: Page,
  catalogue: DemoCatalogue,
  toJson: CatalogueJson,
): StoreAnswer {
  const kinds = kindsOf(query);
  if (!kinds) return REFUSALS.argument('type', 'albums, tracks');
  const rowJson = (row: StorePurchase) => {
    const album = catalogue.albums.get(row.albumId);
    const track = album?.tracks.find((candidate) => candidate.id === row.trackId);
    return album ? toJson.purchase(row, album, track) : { id: row.albumId, title: null };
  };
  const listed = {
    albums: () => {
      const rows = newestFirst(catalogue.purchases.filter((row) => row.trackId === null));
      const all = [...rows, ...catalogue.oddRows];
      return pageOf(all, page, (row) => ('albumId' in row ? rowJson(row as StorePurchase) : row));
    },
    tracks: () =>
      pageOf(newestFirst(catalogue.purchases.filter((row) => row.trackId !== null)), page, rowJson),
  };
  return json({ ...Object.fromEntries(kinds.map((kind) => [kind, listed[kind]()])), user });
}

/** Answers `purchase/getUserPurchasesIds`, which counts the tracks of bought albums too (qobuz-api §3.4). */
export function answerPurchaseIds(query: URLSearchParams, catalogue: DemoCatalogue): StoreAnswer {
  const kinds = kindsOf(query);
  if (!kinds) return REFUSALS.argument('type', 'albums, tracks');
  const albumIds = catalogue.purchases.flatMap((row) =>
    row.trackId === null ? [row.albumId] : [],
  );
  const singles = new Set(catalogue.purchases.flatMap((row) => row.trackId ?? []));
  const ofAlbums = albumIds.flatMap(
    (id) => catalogue.albums.get(id)?.tracks.map((track) => track.id) ?? [],
  );
  const trackIds = [...new Set([...ofAlbums, ...singles])];
  const lists = {
    albums: { total: albumIds.length, items: albumIds.map((id) => ({ id })) },
    tracks: {
      total: trackIds.length,
      items: trackIds.map((id) => ({ id, bought: singles.has(id) })),
    },
  };
  return json({ ...Object.fromEntries(kinds.map((kind) => [kind, lists[kind]])), user });
}
