import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from '../../../src-main/demo/store.ts';
import { bigLibrary } from '../../support/big-library.ts';
import { GOODS, get, trackAt } from './ask.ts';

describe('the demo store’s API', () => {
  let store: DemoStore;
  beforeEach(async () => {
    store = await startDemoStore();
  });
  afterEach(() => store.close());

  it.each(['user/get', 'purchase/getUserPurchases', 'album/get', 'track/getFileUrl'])(
    'refuses %s without an app id and without a token, in the service’s words and with a trace id',
    async (path) => {
      const token = { 'x-user-auth-token': store.token };
      const unknown = await get(store, path, {}, { ...token, 'x-app-id': '123456789' });
      const anonymous = await get(store, path, {}, { 'x-app-id': store.appId });
      expect(await get(store, path, {}, token)).toMatchObject({
        status: 400,
        body: { status: 'error', code: 400 },
      });
      expect(unknown.body.message).toMatch(
        /^Invalid or missing app_id parameter \(Root=1-[0-9a-f]{8}-[0-9a-f]{24}\)$/,
      );
      expect(anonymous.status).toBe(401);
      expect(anonymous.body.message).toMatch(/^User authentication is required\. \(Root=1-/);
    },
  );

  it('takes app id and token as parameters too', async () => {
    const params = { app_id: store.appId, user_auth_token: store.token };
    expect((await get(store, 'user/get', params, {})).status).toBe(200);
  });

  it('signs in with a token and never with a password', async () => {
    const post = (body: string, headers: Record<string, string>) =>
      fetch(`${store.apiBase}/user/login`, {
        method: 'POST',
        body,
        headers: { 'x-app-id': store.appId, 'content-type': 'text/plain', ...headers },
      });
    const partner = await post('extra=partner', { 'x-user-auth-token': store.token });
    const password = await post('username=listener@demo.invalid&password=right', {});
    expect(partner.status).toBe(200);
    expect(await partner.json()).toMatchObject({
      user_auth_token: store.token,
      user: { subscription: null, credential: { parameters: [] } },
    });
    expect(password.status).toBe(401);
  });

  it('refuses an expired token everywhere and takes a newly issued one', async () => {
    store.expireToken();
    expect((await get(store, 'user/lastUpdate')).status).toBe(401);
    store.issueToken();
    expect((await get(store, 'user/lastUpdate')).status).toBe(200);
  });

  it('lists purchases newest first, each type under its own key alone', async () => {
    const both = (await get(store, 'purchase/getUserPurchases')).body;
    const albums = (await get(store, 'purchase/getUserPurchases', { type: 'albums' })).body;
    const tracks = (await get(store, 'purchase/getUserPurchases', { type: 'tracks' })).body;
    expect(Object.keys(both)).toEqual(['albums', 'tracks', 'user']);
    expect(Object.keys(albums)).toEqual(['albums', 'user']);
    expect(Object.keys(tracks)).toEqual(['tracks', 'user']);
    const dates = albums.albums.items.flatMap((item: { id?: string; purchased_at: number }) =>
      item.id === undefined ? [] : [item.purchased_at],
    );
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
  });

  it('writes formats as strings on albums and numbers on tracks, and lists a row without id', async () => {
    const albums = (await get(store, 'purchase/getUserPurchases', { type: 'albums' })).body.albums;
    const tracks = (await get(store, 'purchase/getUserPurchases', { type: 'tracks' })).body.tracks;
    const rows = albums.items as { id?: string; downloadable?: boolean }[];
    expect(rows.find((row) => row.id === GOODS.cathedral)).toMatchObject({
      downloadable_format_ids: ['27', '7', '6', '5'],
    });
    expect(rows.find((row) => row.id === GOODS.preOrder)).toMatchObject({
      downloadable: false,
      downloadable_format_ids: [],
    });
    expect(rows.filter((row) => row.id === undefined)).toHaveLength(1);
    expect(tracks.items).toHaveLength(2);
    expect(tracks.items[0].downloadable_format_ids).toEqual([6, 5]);
  });

  it('counts the tracks of bought albums among the purchased ids', async () => {
    const { albums, tracks } = (await get(store, 'purchase/getUserPurchasesIds')).body;
    const bought = tracks.items.filter((item: { bought: boolean }) => item.bought);
    expect(albums.total).toBe(13);
    expect(albums).not.toHaveProperty('limit');
    expect(bought).toHaveLength(2);
    expect(tracks.total).toBeGreaterThan(60);
  });

  it('pages tracks of an album, and says 400 to extra=tracks', async () => {
    const album = { album_id: GOODS.slowWeather };
    const page = (await get(store, 'album/get', { ...album, limit: 4, offset: 4 })).body.tracks;
    expect(page).toMatchObject({ offset: 4, limit: 4, total: 6 });
    expect(page.items).toHaveLength(2);
    expect((await get(store, 'album/get', { ...album, extra: 'tracks' })).status).toBe(400);
    expect((await get(store, 'album/get', { ...album, limit: 'all' })).status).toBe(400);
  });

  it('answers with both shapes of catalogue JSON', async () => {
    const flat = (await get(store, 'album/get', { album_id: GOODS.slowWeather })).body;
    const v2 = (await get(store, 'album/get', { album_id: GOODS.loudNeighbours })).body;
    expect(flat.tracks.items[0]).toMatchObject({ track_number: 1, media_number: 1 });
    expect(v2.tracks.items[0]).toMatchObject({
      physical_support: { track_number: 1, media_number: 1 },
      artist: { name: { display: 'DJ Ferrotype' } },
    });
    expect(v2).not.toHaveProperty('release_date_original');
    expect(v2.dates.original).toBe('2023-08-18');
  });

  it('does not know removed tracks and withdrawn albums, while their purchase rows stay', async () => {
    store.catalogue.withdrawAlbum(GOODS.slowWeather);
    const track = trackAt(store, GOODS.cathedral);
    store.catalogue.removeTrack(track);
    expect((await get(store, 'album/get', { album_id: GOODS.slowWeather })).status).toBe(404);
    expect((await get(store, 'track/get', { track_id: track })).status).toBe(404);
    const rows = (await get(store, 'purchase/getUserPurchases', { type: 'albums' })).body.albums;
    expect(rows.items.map((row: { id?: string }) => row.id)).toContain(GOODS.slowWeather);
  });

  it('keeps tokens, signatures and keys out of what it records', async () => {
    await get(store, 'user/get', { app_id: store.appId, user_auth_token: store.token });
    expect(store.requests).toMatchObject([{ path: 'user/get', query: {}, status: 200 }]);
    expect(JSON.stringify(store.requests)).not.toContain(store.token);
  });
});

describe('a big library', () => {
  it('comes in pages of 50 unless told, of 500 at most, and to the end', async () => {
    const store = await startDemoStore({ catalogue: bigLibrary({ albums: 1203, singles: 701 }) });
    try {
      const ids = new Set<string>();
      for (let offset = 0; offset < 1203; offset += 500) {
        const params = { type: 'albums', limit: 5000, offset };
        const { albums } = (await get(store, 'purchase/getUserPurchases', params)).body;
        expect(albums).toMatchObject({ limit: 500, offset, total: 1203 });
        for (const row of albums.items) ids.add(row.id);
      }
      expect(ids.size).toBe(1203);
      const singles = (await get(store, 'purchase/getUserPurchases', { type: 'tracks' })).body;
      expect(singles.tracks).toMatchObject({ limit: 50, total: 701 });
      expect(singles.tracks.items).toHaveLength(50);
    } finally {
      await store.close();
    }
  });
});
