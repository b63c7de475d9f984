import type { DemoCatalogue } from './catalogue.ts';
import type { CatalogueJson, Page } from './catalogue-json.ts';
import { answerArtist, answerLabel, answerPlaylist } from './collection-calls.ts';
import type { FileAddresses } from './file-addresses.ts';
import { answerFileUrl } from './file-url.ts';
import { json, REFUSALS, type StoreAnswer, type StoreCall } from './http-messages.ts';
import type { PlayerKeys } from './player.ts';
import { answerPurchaseIds, answerPurchases } from './purchase-calls.ts';
import { DEMO_USER, type Sessions } from './sessions.ts';

/** Everything the API's answers depend on. */
export interface ApiContext {
  readonly catalogue: DemoCatalogue;
  readonly toJson: CatalogueJson;
  readonly sessions: Sessions;
  readonly addresses: FileAddresses;
  readonly keys: () => PlayerKeys;
  readonly nowSeconds: () => number;
  readonly skewSeconds: number;
}

const DEFAULT_LIMIT = 50;
const MAXIMUM_LIMIT = 500;
const ALBUM_EXTRAS = ['albumsFromSameArtist', 'focus', 'focusAll', 'track_ids'];

/** `limit` (default 50, at most 500) and `offset`; null when either is not a whole number. */
function pageFrom(query: URLSearchParams): Page | null {
  const limit = query.get('limit') ?? String(DEFAULT_LIMIT);
  const offset = query.get('offset') ?? '0';
  if (!/^\d{1,9}$/.test(limit) || !/^\d{1,9}$/.test(offset)) return null;
  return { limit: Math.min(Number(limit), MAXIMUM_LIMIT), offset: Number(offset) };
}

/** An account without a subscription: it bought music, and that is all (qobuz-api §2.4). */
function userJson(catalogue: DemoCatalogue) {
  const newest = Math.max(0, ...catalogue.purchases.map((row) => row.purchasedAt));
  return {
    id: DEMO_USER.id,
    publicId: 'qobuz.demo-listener',
    email: DEMO_USER.email,
    login: DEMO_USER.login,
    firstname: 'Demo',
    lastname: 'Listener',
    display_name: DEMO_USER.displayName,
    country_code: 'FR',
    country: 'FR',
    language_code: 'en',
    zone: 'FR',
    store: 'FR-fr',
    creation_date: '2015-05-11',
    subscription: null,
    credential: { id: null, label: null, description: null, parameters: [] },
    last_update: {
      favorite: 0,
      favorite_album: 0,
      favorite_artist: 0,
      favorite_track: 0,
      playlist: 0,
      purchase: newest,
    },
    store_features: { download: true, streaming: true, editorial: true, wallet: false },
  };
}

/** Answers one API call as strictly as the facts say (qobuz-api §§2–5). */
export function answerApi(call: StoreCall, context: ApiContext): StoreAnswer {
  const keys = context.keys();
  const form = call.method === 'POST' ? new URLSearchParams(call.body) : new URLSearchParams();
  const param = (name: string) => call.query.get(name) ?? form.get(name);
  const appId = call.headers['x-app-id'] ?? param('app_id');
  const token = call.headers['x-user-auth-token'] ?? param('user_auth_token');
  if (appId !== keys.appId) return REFUSALS.appId();

  if (call.path === 'oauth/callback') {
    if (param('private_key') !== keys.signInKey) return REFUSALS.token();
    if (!context.sessions.redeemCode(param('code'))) return REFUSALS.token();
    return json({ token: context.sessions.issueToken(), user_id: DEMO_USER.id });
  }
  // Signing in by password ended in April 2026: right or wrong, 401 without a word why (qobuz-api §2.1).
  if (!context.sessions.isValid(token)) return REFUSALS.token();

  const { catalogue, toJson } = context;
  const page = pageFrom(call.query);
  if (!page) return REFUSALS.argument('limit', 'int');
  switch (call.path) {
    case 'user/login':
      return call.method === 'POST' && param('extra') === 'partner'
        ? json({ user_auth_token: token, user: userJson(catalogue) })
        : REFUSALS.token();
    case 'user/get':
      return json(userJson(catalogue));
    case 'user/lastUpdate':
      return json({ last_update: userJson(catalogue).last_update });
    case 'purchase/getUserPurchases':
      return answerPurchases(call.query, page, catalogue, toJson);
    case 'purchase/getUserPurchasesIds':
      return answerPurchaseIds(call.query, catalogue);
    case 'album/get': {
      const extra = call.query.get('extra');
      if (extra !== null && !extra.split(',').every((name) => ALBUM_EXTRAS.includes(name))) {
        return REFUSALS.argument('extra', ALBUM_EXTRAS.join(', '));
      }
      const album = catalogue.albums.get(call.query.get('album_id') ?? '');
      if (!album || catalogue.isWithdrawn(album.id)) return REFUSALS.notFound();
      return json(toJson.albumDetail(album, page));
    }
    case 'track/get': {
      const found = catalogue.find(Number(call.query.get('track_id')));
      if (!found || catalogue.isWithdrawn(found.album.id)) return REFUSALS.notFound();
      return json(toJson.track(found.track, found.album));
    }
    case 'playlist/get':
      return answerPlaylist({ query: call.query, page, catalogue, toJson });
    case 'artist/get':
      return answerArtist({ query: call.query, page, catalogue, toJson });
    case 'label/get':
      return answerLabel({ query: call.query, page, catalogue, toJson });
    case 'track/getFileUrl':
      return answerFileUrl(call.query, {
        catalogue,
        addresses: context.addresses,
        appId: keys.appId,
        secret: keys.secret,
        nowSeconds: context.nowSeconds(),
        skewSeconds: context.skewSeconds,
      });
    default:
      return REFUSALS.notFound();
  }
}
