import type { Album, Track } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import { hasCode } from '../errors.ts';
import type { EventStream } from '../events.ts';
import { isServiceHost } from '../net/addresses.ts';
import type { HttpClient } from '../net/http.ts';
import type { Clock, Random } from '../ports.ts';
import { fetchAlbum, type ListedAlbum } from './album.ts';
import { createApi, type TokenSource } from './api.ts';
import { type AppCredentialsCache, createAppCredentials } from './app-credentials.ts';
import { ABOUT_THE_TRACK, type AppPair, testAppPair } from './app-pair.ts';
import {
  type Collection,
  type CollectionKind,
  fetchCollection,
  fetchTrack,
} from './collections.ts';
import { type FileAddress, type FileUrlRequest, fetchFileUrl } from './file-url.ts';
import { createLimiter, type Pacing, type Priority } from './pacing.ts';
import { fetchPurchaseStamp } from './purchase-stamp.ts';
import { listPurchases, type PurchasePage } from './purchases.ts';
import {
  type AccountProfile,
  exchangeCode,
  fetchProfile,
  passwordSignIn,
  signInPage,
} from './session.ts';
import { createTransport } from './transport.ts';

/** The service as Crateful uses it. Each method says in its own module what it throws. */
export interface Qobuz {
  /** The signed-in account (`SIGN_IN_REQUIRED` once the session is over). */
  profile(signal?: AbortSignal): Promise<AccountProfile>;
  /** Address for the system's browser. */
  signInPage(redirectUrl: string): Promise<string>;
  /** The code a sign-in brought back, changed into a token. */
  exchangeCode(code: string): Promise<string>;
  /** Name and password, changed into a token. */
  passwordSignIn(username: string, password: string): Promise<string>;
  /** Whose a token is that is not stored yet. */
  checkToken(token: string): Promise<AccountProfile>;
  /** All purchases of one kind, unmerged, page after page. */
  purchases(kind: 'albums' | 'tracks', signal?: AbortSignal): AsyncGenerator<PurchasePage>;
  /** When purchases last changed, in unix seconds; null when the service does not say. */
  purchaseStamp(signal?: AbortSignal): Promise<number | null>;
  /** An album with its tracks, and whether those are all. */
  album(
    albumId: AlbumId,
    options: { priority: Priority; signal?: AbortSignal | undefined },
  ): Promise<ListedAlbum>;
  /** A track with the album it is on. */
  track(trackId: TrackId, signal?: AbortSignal): Promise<{ album: Album; track: Track }>;
  /** A playlist, an artist or a label with everything on its list. */
  collection(kind: CollectionKind, id: string, signal?: AbortSignal): Promise<Collection>;
  /** Where one file can be fetched now. */
  fileUrl(request: FileUrlRequest): Promise<FileAddress>;
  /**
   * Finds the secret that works by asking for an owned track; nothing when it is known already. What the
   * service says of the track itself does not matter here.
   */
  validateAppCredentials(
    probe: { trackId: TrackId; formatId: FormatId },
    signal?: AbortSignal,
  ): Promise<void>;
  /** Tries another pair with an owned track; nothing is stored, and no other call uses it. */
  testAppPair(
    pair: AppPair,
    probe: Pick<FileUrlRequest, 'trackId' | 'formatId' | 'signal'>,
  ): Promise<void>;
  readonly pacing: Pacing;
  /** Ends waiting calls (`CANCELLED`) and work in the background. */
  close(): void;
}

/** Calls a second to the service itself, whatever the options say (qobuz-api §6). */
const SERVICE_RATE_PER_SECOND = 2;

/** The client of the service: signing, pacing, app credentials and the reading of answers, put together. */
export function createQobuz(options: {
  http: HttpClient;
  /** `https://www.qobuz.com/api.json/0.2`, or where a stand-in listens. */
  apiBase: string;
  /** `https://play.qobuz.com`, or where a stand-in listens. */
  playerBase: string;
  tokens: TokenSource;
  appCredentials: AppCredentialsCache;
  userGiven: { readonly appId: string; readonly appSecret: string } | null;
  clock: Clock;
  random: Random;
  /** Higher than 2 only where the API is not the service's own. */
  ratePerSecond?: number;
  events: Pick<EventStream, 'emit'>;
}): Qobuz {
  const { http, apiBase, clock, random, events } = options;
  const asked = options.ratePerSecond ?? SERVICE_RATE_PER_SECOND;
  const ratePerSecond = isServiceHost(new URL(apiBase))
    ? Math.min(asked, SERVICE_RATE_PER_SECOND)
    : asked;
  const limiter = createLimiter({ ratePerSecond, clock, random, events });
  const transport = createTransport({ http, apiBase, clock, random, limiter });
  const credentials = createAppCredentials({
    http,
    playerBase: options.playerBase,
    cache: options.appCredentials,
    userGiven: options.userGiven,
    clock,
    events,
  });
  const api = createApi({ transport, credentials, tokens: options.tokens, clock });
  return {
    profile: (signal) => fetchProfile(api, { signal }),
    signInPage: (redirectUrl) => signInPage(credentials, apiBase, redirectUrl),
    exchangeCode: (code) => exchangeCode(api, credentials, code),
    passwordSignIn: (username, password) => passwordSignIn(api, username, password),
    checkToken: (token) => fetchProfile(api, { as: { token } }),
    purchases: (kind, signal) => listPurchases(api, events, kind, signal),
    purchaseStamp: (signal) => fetchPurchaseStamp(api, signal),
    album: (albumId, call) => fetchAlbum(api, events, albumId, call),
    track: (id, signal) => fetchTrack(api, id, signal),
    collection: (kind, id, signal) => fetchCollection(api, kind, id, signal),
    fileUrl: (request) => fetchFileUrl(api, request),
    async validateAppCredentials(probe, signal) {
      if ((await credentials.current(signal)).validated) return;
      try {
        await fetchFileUrl(api, { ...probe, priority: 'file', signal });
      } catch (error) {
        if (!hasCode(error, ...ABOUT_THE_TRACK)) throw error;
      }
    },
    testAppPair: (pair, probe) => testAppPair({ ...options, transport }, pair, probe),
    pacing: limiter,
    close() {
      limiter.close();
      credentials.close();
    },
  };
}
