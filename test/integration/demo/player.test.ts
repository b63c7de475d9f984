import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from '../../../src-main/demo/store.ts';
import { GOODS, getFileUrl, trackAt } from './ask.ts';

const page = async (url: string) => (await fetch(url)).text();

/** The bundle's text, found as qobuz-api §1.3 says. */
async function bundleOf(store: DemoStore): Promise<{ path: string; text: string }> {
  const login = await page(`${store.playerBase}/login`);
  const path = /"(\/resources\/\d+\.\d+\.\d+-[a-z]\d{3}\/bundle\.js)"/.exec(login)![1]!;
  return { path, text: await page(store.playerBase + path) };
}

/** Secret candidates by time zone. */
function candidates(text: string): string[] {
  const seeds = [...text.matchAll(/initialSeed\("([\w=]+)",window\.utimezone\.([a-z]+)\)/g)];
  return seeds.map(([, seed, zone]) => {
    const city = zone![0]!.toUpperCase() + zone!.slice(1);
    const entry = new RegExp(`name:"\\w+/${city}",info:"([\\w=]+)",extras:"([\\w=]+)"`).exec(text)!;
    return Buffer.from((seed! + entry[1] + entry[2]).slice(0, -44), 'base64').toString('utf8');
  });
}

const PRODUCTION = /production:\{api:\{appId:"(\d{9})",appSecret:"([0-9a-f]{32})"/;

describe('the demo store’s web player', () => {
  let store: DemoStore;
  beforeEach(async () => {
    store = await startDemoStore();
  });
  afterEach(() => store.close());

  it('gives the app id in its production block alone, among decoys of three other environments', async () => {
    const { text } = await bundleOf(store);
    const ids = [...text.matchAll(/appId:"(\d{9})"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).not.toBe(store.appId);
    expect(PRODUCTION.exec(text)![1]).toBe(store.appId);
  });

  it('hides several secrets of which exactly one signs; the literal one does not', async () => {
    const { text } = await bundleOf(store);
    const found = candidates(text);
    expect(found.length).toBeGreaterThan(1);
    expect(found[0]).not.toBe(store.appSecret);
    const track = trackAt(store, GOODS.slowWeather);
    const all = [...found, PRODUCTION.exec(text)![2]!];
    const statuses = await Promise.all(
      all.map(async (secret) => (await getFileUrl(store, track, 6, { secret })).status),
    );
    expect(statuses).toEqual(all.map((secret) => (secret === store.appSecret ? 200 : 400)));
    expect(statuses.at(-1)).toBe(400);
  });

  it('is published anew when the secret changes', async () => {
    const before = await bundleOf(store);
    const old = store.appSecret;
    store.rotateSecret();
    const after = await bundleOf(store);
    expect(after.path).not.toBe(before.path);
    expect(candidates(after.text)).toContain(store.appSecret);
    expect(candidates(after.text)).not.toContain(old);
    const track = trackAt(store, GOODS.slowWeather);
    expect((await getFileUrl(store, track, 6, { secret: old })).status).toBe(400);
  });

  it('differs from store to store', async () => {
    const other = await startDemoStore();
    expect(other.appId).not.toBe(store.appId);
    expect(other.appSecret).not.toBe(store.appSecret);
    await other.close();
  });

  describe('sign-in in the browser', () => {
    const signIn = (redirect: string, appId = store.appId) =>
      fetch(`${new URL(store.apiBase).origin}/signin/oauth`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ ext_app_id: appId, redirect_url: redirect }),
      });
    const exchange = async (code: string, key: string) => {
      const query = new URLSearchParams({ code, private_key: key, app_id: store.appId });
      const response = await fetch(`${store.apiBase}/oauth/callback?${query}`);
      return { status: response.status, body: await response.json() };
    };

    it('shows a page, returns with a code, and the code buys one token, once', async () => {
      const query = new URLSearchParams({
        ext_app_id: store.appId,
        redirect_url: 'http://localhost:4242/nonce',
      });
      const shown = await fetch(`${new URL(store.apiBase).origin}/signin/oauth?${query}`);
      expect(await shown.text()).toContain('Demo store: sign in');
      const back = await signIn('http://localhost:4242/nonce');
      const location = new URL(back.headers.get('location')!);
      expect(location.origin + location.pathname).toBe('http://localhost:4242/nonce');
      const code = location.searchParams.get('code_autorisation')!;
      const key = /privateKey:"(\w+)"/.exec((await bundleOf(store)).text)![1]!;
      expect((await exchange(code, 'wrong')).status).toBe(401);
      const first = await exchange(code, key);
      expect(first.body).toMatchObject({ token: store.token, user_id: 1000001 });
      expect((await exchange(code, key)).status).toBe(401);
    });

    it.each(['https://evil.example/', 'http://localhost.evil.example/', 'ftp://localhost/', ''])(
      'does not return to %j',
      async (redirect) => {
        const answer = await signIn(redirect);
        expect(answer.status).toBe(400);
        expect(answer.headers.get('location')).toBeNull();
      },
    );

    it('does not know another app id', async () => {
      expect((await signIn('http://localhost:1/', '111111111')).status).toBe(400);
    });
  });
});
