import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventInput } from '../../../src-main/events.ts';
import { addressPolicy } from '../../../src-main/net/addresses.ts';
import { createHttpClient } from '../../../src-main/net/http.ts';
import type { AppCredentials } from '../../../src-main/qobuz/app-credentials.ts';
import { createQobuz } from '../../../src-main/qobuz/client.ts';
import type { PurchasePage } from '../../../src-main/qobuz/purchases.ts';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';
import { instantClock, settle } from '../../support/fake-clock.ts';
import { qobuzFixture } from '../../support/fixtures.ts';
import { type SmallQobuzState, smallQobuz } from '../../support/small-qobuz.ts';
import { json, page } from '../../support/small-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Setup {
  state?: Partial<SmallQobuzState>;
  cached?: AppCredentials;
  userGiven?: { appId: string; appSecret: string };
  token?: string | null;
}

/** A client against a small service, with an instant clock and a cache one can look into. */
async function setup({ state, cached, userGiven, token = 'token-of-the-test' }: Setup = {}) {
  const service = await smallQobuz(state);
  const clock = instantClock();
  const events: EventInput[] = [];
  const cache = { stored: cached ?? null, saves: 0 };
  const http = createHttpClient({
    userAgent: 'Crateful/0.0.0',
    checkAddress: addressPolicy(service.apiBase),
  });
  const qobuz = createQobuz({
    http,
    apiBase: service.apiBase,
    playerBase: service.origin,
    tokens: { current: async () => token },
    appCredentials: {
      load: async () => cache.stored,
      save: async (credentials) => {
        cache.stored = credentials;
        cache.saves++;
      },
    },
    userGiven: userGiven ?? null,
    clock,
    random: () => 0.5,
    events: { emit: (event) => events.push(event) },
  });
  cleanups.push(
    () => service.close(),
    () => http.close(),
    () => qobuz.close(),
  );
  return { service, clock, events, cache, qobuz };
}

const file = { trackId: trackId(7000001), formatId: 7, priority: 'file' as const };
const flac = qobuzFixture('synthetic-2026/getFileUrl-download-flac.json');
const credentials = (change: Partial<AppCredentials> = {}): AppCredentials => ({
  appId: '123456789',
  secrets: ['b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0'],
  validated: true,
  signInKey: 'keyOfProduction',
  bundleVersion: '8.2.0-b034',
  discoveredAtMs: Date.UTC(2026, 10, 21),
  userGiven: false,
  ...change,
});

async function all(pages: AsyncGenerator<PurchasePage>) {
  const collected: PurchasePage[] = [];
  for await (const one of pages) collected.push(one);
  return {
    pages: collected.length,
    purchases: collected.flatMap((one) => one.purchases),
    oddRows: collected.reduce((sum, one) => sum + one.oddRows, 0),
  };
}

describe('app credentials', () => {
  it('are discovered once, proven by the first signed call and cached', async () => {
    const { service, cache, qobuz, events } = await setup();
    service.methods['track/getFileUrl'] = (_request, response) => json(response, 200, flac);
    const urls = await Promise.all([1, 2, 3, 4].map(() => qobuz.fileUrl(file)));
    expect(urls.map((url) => url.formatId)).toEqual([7, 7, 7, 7]);
    expect(service.asked('login')).toHaveLength(1);
    expect(service.asked('track/getFileUrl')).toHaveLength(4);
    expect(cache.stored).toMatchObject({
      appId: '123456789',
      secrets: [service.state.secret],
      validated: true,
      signInKey: 'keyOfProduction',
      bundleVersion: '8.2.0-b034',
    });
    expect(events.map((event) => event.code)).toEqual(['APP_CREDENTIALS_DISCOVERED']);
  });

  it('try every candidate in order until one is accepted, whatever the answer is about the track', async () => {
    const literal = 'abcdef0123456789abcdef0123456789';
    const { service, cache, qobuz } = await setup({ state: { secret: literal } });
    await qobuz.validateAppCredentials({ trackId: file.trackId, formatId: 7 });
    expect(service.asked('track/getFileUrl')).toHaveLength(3);
    expect(cache.stored).toMatchObject({ secrets: [literal], validated: true });
    await qobuz.validateAppCredentials({ trackId: file.trackId, formatId: 7 });
    expect(service.asked('track/getFileUrl')).toHaveLength(3);
  });

  it.each([400, 401] as const)(
    'are refreshed once when a signature is refused with %i though the session lives',
    async (badSignatureStatus) => {
      const cached = credentials({ secrets: ['d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0'] });
      const { service, cache, qobuz, events } = await setup({
        cached,
        state: { badSignatureStatus },
      });
      service.methods['track/getFileUrl'] = (_request, response) => json(response, 200, flac);
      expect((await qobuz.fileUrl(file)).formatId).toBe(7);
      expect(service.asked('login')).toHaveLength(1);
      expect(cache.stored).toMatchObject({ secrets: [service.state.secret], validated: true });
      expect(events.map((event) => event.code)).toContain('APP_CREDENTIALS_REFRESHED');
    },
  );

  it('are invalid when a refresh does not help, without downloading the script again at once', async () => {
    const { service, qobuz } = await setup({
      cached: credentials({ secrets: ['d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0'] }),
      state: { secret: 'e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0' },
    });
    const invalid = { code: 'APP_CREDENTIALS_INVALID' };
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject(invalid);
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject(invalid);
    expect(service.asked('login')).toHaveLength(1);
  });

  it('are refreshed once when the app id is withdrawn, and keep the old sign-in key', async () => {
    const { service, cache, qobuz } = await setup({
      cached: credentials({ appId: '999999999', signInKey: 'keyOfBefore' }),
    });
    service.state.script = { ...service.state.script, signInKey: null };
    expect((await qobuz.profile()).id).toBe('1000001');
    expect(service.asked('login')).toHaveLength(1);
    expect(cache.stored).toMatchObject({ appId: '123456789', signInKey: 'keyOfBefore' });
  });

  it('that the user gave are never refreshed nor stored', async () => {
    const { service, cache, qobuz } = await setup({
      userGiven: { appId: '123456789', appSecret: 'f'.repeat(32) },
    });
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'APP_CREDENTIALS_INVALID' });
    await expect(qobuz.signInPage('http://localhost:1/x')).rejects.toMatchObject({
      code: 'SIGN_IN_NEEDS_TOKEN',
    });
    expect(service.asked('login')).toHaveLength(0);
    expect(cache.saves).toBe(0);
  });

  it('a day old are looked up in the background, and the proven secret stays proven', async () => {
    const { service, cache, qobuz, clock } = await setup({
      cached: credentials({ discoveredAtMs: Date.UTC(2026, 10, 19), bundleVersion: 'old' }),
    });
    await qobuz.profile();
    await vi.waitFor(() => expect(cache.saves).toBe(2));
    expect(service.asked('login')).toHaveLength(1);
    expect(cache.stored).toEqual(credentials({ discoveredAtMs: clock.now() }));
    await qobuz.profile();
    await settle();
    expect(service.asked('login')).toHaveLength(1);
  });

  it('a day old stay in use when the look-up fails, which is reported', async () => {
    const { service, qobuz, events } = await setup({
      cached: credentials({ discoveredAtMs: Date.UTC(2026, 10, 19) }),
    });
    service.state.script = { ...service.state.script, literal: 'gone', derived: {} };
    expect((await qobuz.profile()).id).toBe('1000001');
    await vi.waitFor(() =>
      expect(events).toContainEqual(
        expect.objectContaining({
          code: 'APP_CREDENTIALS_CHECK_FAILED',
          context: { reason: 'SERVICE_CHANGED' },
        }),
      ),
    );
    service.methods['track/getFileUrl'] = (_request, response) => json(response, 200, flac);
    expect((await qobuz.fileUrl(file)).formatId).toBe(7);
  });

  it('that cannot be found say that the service changed', async () => {
    const { service, qobuz } = await setup();
    service.state.script = { ...service.state.script, appId: 'gone' };
    await expect(qobuz.profile()).rejects.toMatchObject({
      code: 'SERVICE_CHANGED',
      params: { detail: 'web-player-script' },
    });
  });
});

describe('the session', () => {
  it('without a token asks nobody', async () => {
    const { service, qobuz } = await setup({ token: null });
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    await expect(qobuz.profile()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    expect(service.seen).toEqual([]);
  });

  it('is over only when an unsigned call says so, too', async () => {
    const { service, qobuz } = await setup({ cached: credentials(), token: 'dead-token' });
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    expect(service.asked('user/get')).toHaveLength(1);
    expect(service.asked('login')).toHaveLength(0);
    await expect(all(qobuz.purchases('albums'))).rejects.toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    });
    expect(service.asked('user/get')).toHaveLength(2);
  });

  it('is not over because one list answers 401', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['album/get'] = (_request, response) =>
      json(response, 401, { message: 'User authentication is required.' });
    await expect(
      qobuz.album(albumId('aaaaaaaaaaa02'), { priority: 'listing' }),
    ).rejects.toMatchObject({ code: 'SERVICE_REFUSED', params: { status: 401 } });
    expect(service.asked('user/get')).toHaveLength(1);
  });

  it('is not judged at all when the network fails during the confirmation', async () => {
    const { service, qobuz } = await setup({ cached: credentials(), token: 'dead-token' });
    const confirm = service.methods;
    confirm['open user/get'] = (_request, response) => page(response, 502);
    delete confirm['user/get'];
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('is described by user/login, or by user/get where that is refused', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['user/login'] = (request, response) => {
      expect(request).toMatchObject({ method: 'POST', body: 'extra=partner' });
      json(response, 200, qobuzFixture('remade/user_login-subscriber.json'));
    };
    expect(await qobuz.profile()).toMatchObject({ name: 'Sam Sample', plan: 'Qobuz Studio' });
    service.methods['user/login'] = (_request, response) => json(response, 401, { message: 'no' });
    expect(await qobuz.profile()).toMatchObject({ id: '1000001', name: 'tester', plan: null });
    await expect(qobuz.checkToken('another-token')).rejects.toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    });
  });

  it('begins with a page of the service that comes back to us, and a code changed into a token', async () => {
    const { service, qobuz } = await setup({ token: null });
    const address = new URL(await qobuz.signInPage('http://localhost:4000/nonce'));
    expect(address.origin + address.pathname).toBe(`${service.origin}/signin/oauth`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      ext_app_id: '123456789',
      redirect_url: 'http://localhost:4000/nonce',
    });
    service.methods['oauth/callback'] = ({ query }, response) =>
      query.get('code') === 'good' && query.get('private_key') === 'keyOfProduction'
        ? json(response, 200, { token: 'fresh-token', user_id: 1000001 })
        : json(response, 400, { message: 'Invalid code (Root=1-2-3)' });
    expect(await qobuz.exchangeCode('good')).toBe('fresh-token');
    await expect(qobuz.exchangeCode('bad')).rejects.toMatchObject({
      code: 'SIGN_IN_REFUSED',
      params: { message: 'Invalid code', status: 400 },
    });
  });

  it('passes on the refusal of a password in the service’s own words', async () => {
    const { service, qobuz } = await setup({ token: null });
    service.methods['open user/login'] = ({ body }, response) => {
      expect(body).not.toContain('hunter2');
      json(response, 401, { message: 'User authentication is required. (Root=1-0-0)' });
    };
    await expect(qobuz.passwordSignIn('someone', 'hunter2')).rejects.toMatchObject({
      code: 'SIGN_IN_REFUSED',
      params: { message: 'User authentication is required.' },
    });
  });
});

describe('listing', () => {
  /** Serves `count` rows, at most `cap` a page. */
  const serveRows =
    (counts: { albums: number; tracks: number }, cap = 500) =>
    ({ query }: { query: URLSearchParams }, response: Parameters<typeof json>[0]) => {
      const kind = query.get('type') === 'tracks' ? 'tracks' : 'albums';
      const offset = Number(query.get('offset'));
      const limit = Math.min(cap, Number(query.get('limit')));
      const length = Math.max(0, Math.min(limit, counts[kind] - offset));
      const items = Array.from({ length }, (_, index) => {
        const id = offset + index + 1;
        const row = { title: `Row ${id}`, purchased_at: id, downloadable_format_ids: [6, 5] };
        return kind === 'albums'
          ? { ...row, id: `album${id}` }
          : { ...row, id, album: { id: 'album1', title: 'Album' } };
      });
      json(response, 200, { [kind]: { offset, limit, total: counts[kind], items }, user: {} });
    };

  it('reads 1,203 albums and 701 tracks to their ends, in as few calls as pages', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['purchase/getUserPurchases'] = serveRows({ albums: 1203, tracks: 701 });
    const albums = await all(qobuz.purchases('albums'));
    const tracks = await all(qobuz.purchases('tracks'));
    expect(albums.pages).toBe(3);
    expect(tracks.pages).toBe(2);
    expect(new Set(albums.purchases.map((row) => row.albumId)).size).toBe(1203);
    expect(new Set(tracks.purchases.map((row) => row.trackId)).size).toBe(701);
    expect(service.asked('purchase/getUserPurchases')).toHaveLength(5);
    const [first] = service.asked('purchase/getUserPurchases');
    expect(first?.headers).toMatchObject({
      'x-app-id': '123456789',
      'x-user-auth-token': 'token-of-the-test',
      'accept-language': 'en',
    });
    expect(first?.query.has('request_sig')).toBe(false);
  });

  it('goes on when the service hands out fewer rows than asked', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['purchase/getUserPurchases'] = serveRows({ albums: 120, tracks: 0 }, 50);
    expect(await all(qobuz.purchases('albums'))).toMatchObject({ pages: 3 });
  });

  it('reads on to an empty page when the total is nought, past a page of nothing but odd rows', async () => {
    const { service, qobuz, events } = await setup({ cached: credentials() });
    const items = [
      [{ id: 'a', title: 'A' }],
      [{ nothing: 1 }, null],
      [{ id: 'b', title: 'B' }],
      [],
    ];
    service.methods['purchase/getUserPurchases'] = (_request, response) => {
      const next = items.shift() ?? [];
      json(response, 200, { albums: { offset: 0, limit: 500, total: 0, items: next } });
    };
    const listing = await all(qobuz.purchases('albums'));
    expect(listing.purchases.map((row) => row.albumId)).toEqual(['a', 'b']);
    expect(listing.oddRows).toBe(2);
    expect(events.filter((event) => event.code === 'LISTING_ODD_ROW')).toHaveLength(2);
  });

  it('throws rather than look empty when the list is missing or is a page of HTML', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['purchase/getUserPurchases'] = (_request, response) =>
      json(response, 200, { user: {} });
    await expect(all(qobuz.purchases('albums'))).rejects.toMatchObject({
      code: 'SERVICE_UNREADABLE',
    });
    service.methods['purchase/getUserPurchases'] = (_request, response) =>
      page(response, 200, '<html>Maintenance</html>');
    await expect(all(qobuz.purchases('tracks'))).rejects.toMatchObject({
      code: 'SERVICE_UNREADABLE',
    });
  });

  it('reads every track of a long album, page after page', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['album/get'] = ({ query }, response) => {
      expect(query.has('extra')).toBe(false);
      const offset = Number(query.get('offset'));
      const items = Array.from({ length: Math.min(50, 130 - offset) }, (_, index) => ({
        id: offset + index + 1,
        title: 'T',
        track_number: offset + index + 1,
      }));
      json(response, 200, {
        id: 'box',
        title: 'Box',
        tracks_count: 130,
        artist: { name: 'A' },
        tracks: { offset, limit: 50, total: 130, items },
      });
    };
    const detail = await qobuz.album(albumId('box'), { priority: 'listing' });
    expect(detail.tracks.map((track) => track.id)).toEqual(
      Array.from({ length: 130 }, (_, index) => index + 1),
    );
    expect(detail.tracks[129]).toMatchObject({ albumId: 'box', artist: 'A', trackNumber: 130 });
  });

  it('says that an album is gone when the catalogue does not have it', async () => {
    const { qobuz } = await setup({ cached: credentials() });
    await expect(qobuz.album(albumId('gone1'), { priority: 'user' })).rejects.toMatchObject({
      code: 'TRACK_UNAVAILABLE',
      params: { albumId: 'gone1' },
    });
  });
});

describe('file addresses', () => {
  it('are asked for with intent=download and nothing else', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['track/getFileUrl'] = (_request, response) => json(response, 200, flac);
    await qobuz.fileUrl(file);
    const [request] = service.asked('track/getFileUrl');
    const { request_ts, request_sig, ...query } = Object.fromEntries(request?.query ?? []);
    expect(query).toEqual({ track_id: '7000001', format_id: '7', intent: 'download' });
    expect([request_ts, request_sig]).toEqual([
      expect.stringMatching(/^\d{10}$/),
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ]);
  });

  it.each([
    [400, 'Bad Request', 'NOT_ENTITLED'],
    [400, 'Invalid argument: format_id (accepted values are 5, 6)', 'NOT_ENTITLED'],
    [400, 'Invalid argument: intent (accepted values are …)', 'SERVICE_REFUSED'],
    [404, 'No result matching given argument', 'TRACK_UNAVAILABLE'],
    [410, 'Gone', 'SERVICE_CHANGED'],
  ])(
    'answered %i "%s" are %s, and no reason to doubt the secret',
    async (status, message, code) => {
      const { service, qobuz } = await setup({ cached: credentials() });
      service.methods['track/getFileUrl'] = (_request, response) =>
        json(response, status, { status: 'error', code: status, message });
      await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code });
      expect(service.asked('track/getFileUrl')).toHaveLength(1);
      expect(service.asked('login')).toHaveLength(0);
    },
  );

  it('answered 410 do not make a wrong candidate the proven one', async () => {
    const { service, cache, qobuz } = await setup();
    service.methods['track/getFileUrl'] = (_request, response) => page(response, 410, 'Gone');
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'SERVICE_CHANGED' });
    expect(cache.stored).toMatchObject({ validated: false });
  });
});

describe('what may heal', () => {
  it.each([
    ['7', 7_000],
    ['date', 7_000],
    ['3600', 300_000],
  ])('429 with Retry-After %s waits %i ms for everybody and tries again', async (after, wait) => {
    const { service, clock, qobuz, events } = await setup({ cached: credentials() });
    let start = 0;
    service.methods['user/get'] = (_request, response) => {
      if (start > 0) return json(response, 200, { id: 1 });
      start = clock.now();
      const date = new Date(Math.ceil(start / 1000) * 1000 + 7000).toUTCString();
      json(response, 429, {}, { 'retry-after': after === 'date' ? date : after });
    };
    await qobuz.profile();
    expect(clock.now() - start).toBeGreaterThanOrEqual(wait);
    expect(clock.now() - start).toBeLessThan(wait + 2_000);
    expect(events).toContainEqual(expect.objectContaining({ code: 'COOL_DOWN' }));
  });

  it('429 without end is rate limited after four tries', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['album/get'] = (_request, response) => json(response, 429, {});
    await expect(qobuz.album(albumId('a'), { priority: 'listing' })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(service.asked('album/get')).toHaveLength(4);
  });

  it.each([500, 502, 503, 504])('%i heals with back-off', async (status) => {
    const { service, clock, qobuz } = await setup({ cached: credentials() });
    let left = 2;
    service.methods['track/getFileUrl'] = (_request, response) =>
      left-- > 0 ? page(response, status) : json(response, 200, flac);
    expect((await qobuz.fileUrl(file)).formatId).toBe(7);
    expect(clock.slept).toEqual([1125, 2250]);
  });

  it('a service that stays away is unavailable, a network that stays away is offline', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['track/getFileUrl'] = (_request, response) => page(response, 503);
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    service.methods['track/getFileUrl'] = (_request, response) => response.destroy();
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(service.asked('track/getFileUrl')).toHaveLength(8);
  });

  it('403 pages open the breaker at the third, and the call ends there', async () => {
    const { service, qobuz, events } = await setup({ cached: credentials() });
    service.methods['track/getFileUrl'] = (_request, response) => page(response, 403);
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'ACCESS_BLOCKED' });
    expect(service.asked('track/getFileUrl')).toHaveLength(3);
    expect(events).toContainEqual(
      expect.objectContaining({ code: 'COOL_DOWN', context: { seconds: 30, reason: 'refused' } }),
    );
  });

  it('a blocked account is told at once', async () => {
    const { service, qobuz } = await setup({ cached: credentials() });
    service.methods['track/getFileUrl'] = (_request, response) =>
      json(response, 403, { status: 'error', code: 403, message: 'USER_BLOCKED' });
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'ACCOUNT_BLOCKED' });
    expect(service.asked('track/getFileUrl')).toHaveLength(1);
  });
});

describe('secrets', () => {
  it('never appear in a fault or an event', async () => {
    const { service, qobuz, events } = await setup({ cached: credentials() });
    const faults: unknown[] = [];
    const note = (error: unknown) => faults.push(error);
    for (const status of [400, 403, 404, 410, 500]) {
      service.methods['track/getFileUrl'] = (_request, response) =>
        json(response, status, { message: `see https://x.qobuz.com/?hmac=SECRET&t=${status}` });
      await qobuz.fileUrl(file).catch(note);
    }
    service.methods['track/getFileUrl'] = (_request, response) => response.destroy();
    await qobuz.fileUrl(file).catch(note);
    expect(faults).toHaveLength(6);
    const text = [...faults, ...events].map((value) => {
      const error = value as Error;
      const cause = error.cause as Error | undefined;
      return `${JSON.stringify(value)} ${error.message} ${error.stack} ${cause?.message} ${cause?.stack}`;
    });
    for (const secret of ['SECRET', 'token-of-the-test', service.state.secret, 'request_sig']) {
      expect(text.join('\n')).not.toContain(secret);
    }
  });
});

describe('the rate', () => {
  it('is two calls a second, with a burst of five, over real HTTP', async () => {
    const { service, clock, qobuz } = await setup({ cached: credentials() });
    const start = clock.now();
    service.methods['album/get'] = (_request, response) =>
      json(response, 200, { id: 'a', title: 'A', tracks: { total: 0, items: [] } });
    for (let call = 0; call < 25; call++) {
      await qobuz.album(albumId('a'), { priority: 'listing' });
    }
    expect(clock.now() - start).toBeGreaterThanOrEqual(10_000);
    expect(clock.now() - start).toBeLessThanOrEqual(13_000);
  });
});
