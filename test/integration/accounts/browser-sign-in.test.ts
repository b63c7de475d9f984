import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signInWithBrowser } from '../../../src-main/accounts/browser-sign-in.ts';
import { CratefulError } from '../../../src-main/errors.ts';
import type { Language } from '../../../src-preload/contract/language.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const HAS_IPV6 = (networkInterfaces().lo ?? networkInterfaces().lo0 ?? []).some(
  (each) => each.family === 'IPv6',
);

interface Visit {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One HTTP request to an address of this machine, as a browser or an intruder would send it. */
const visit = (
  address: string,
  options: { at?: '127.0.0.1' | '::1'; host?: string; method?: string } = {},
): Promise<Visit> =>
  new Promise((resolve, reject) => {
    const url = new URL(address);
    const outgoing = request(
      {
        host: options.at ?? '127.0.0.1',
        port: url.port,
        path: url.pathname + url.search,
        method: options.method ?? 'GET',
        headers: { host: options.host ?? url.host, origin: 'https://evil.example' },
        agent: false,
      },
      async (incoming) => {
        let text = '';
        for await (const chunk of incoming) text += chunk;
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });

const cancels: AbortController[] = [];
afterEach(() => {
  for (const each of cancels.splice(0)) each.abort();
});

/** A sign-in whose browser has been opened; `exchange` stands for the service's answer to a code. */
async function started(
  exchange = async (code: string) => `token of ${code}`,
  language: Language = 'en',
) {
  const clock = fakeClock();
  const cancel = new AbortController();
  cancels.push(cancel);
  const opened: string[] = [];
  let redirectUrl = '';
  const signIn = signInWithBrowser({
    qobuz: {
      async signInPage(url) {
        redirectUrl = url;
        return `https://www.qobuz.com/signin/oauth?redirect_url=${encodeURIComponent(url)}`;
      },
      exchangeCode: exchange,
    },
    openUrl: async (url) => void opened.push(url),
    language,
    clock,
    timeoutMs: 60_000,
    signal: cancel.signal,
  });
  const outcome = signIn.done.catch((error: unknown) => error);
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  await vi.waitFor(() => expect(clock.sleeping()).toBe(1));
  return { signIn, outcome, clock, cancel, redirectUrl, opened };
}

const refusesConnections = (address: string, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port: Number(new URL(address).port) });
    socket.once('connect', () => resolve(socket.destroy() && false));
    socket.once('error', () => resolve(true));
  });

describe('signing in with the browser', () => {
  it('opens the service with a return address on localhost that nobody can guess', async () => {
    const { redirectUrl, opened } = await started();
    expect(redirectUrl).toMatch(/^http:\/\/localhost:\d+\/[\w-]{32}$/);
    expect(new URL(opened[0]!).searchParams.get('redirect_url')).toBe(redirectUrl);
    expect((await started()).redirectUrl.slice(-32)).not.toBe(redirectUrl.slice(-32));
  });

  it.each(HAS_IPV6 ? (['127.0.0.1', '::1'] as const) : (['127.0.0.1'] as const))(
    'takes the code that comes back on %s, changes it into a token and stops listening',
    async (at) => {
      const { outcome, redirectUrl } = await started();
      const answer = await visit(`${redirectUrl}?code_autorisation=abc`, { at });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('You can close this window');
      expect(answer.text).not.toContain('abc');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(await outcome).toBe('token of abc');
      expect(await refusesConnections(redirectUrl)).toBe(true);
    },
  );

  it.each([
    ['fr', 'Vous pouvez fermer cette fenêtre'],
    ['de', 'Du kannst dieses Fenster schließen'],
  ] as const)('says in %s that the browser is done', async (language, says) => {
    const { redirectUrl } = await started(undefined, language);
    const answer = await visit(`${redirectUrl}?code_autorisation=abc`);
    expect(answer.text).toContain(says);
    expect(answer.text).toContain(`<html lang="${language}">`);
  });

  it('takes a token that comes back without a code', async () => {
    const { outcome, redirectUrl } = await started();
    await visit(`${redirectUrl}?user_id=1&user_auth_token=tok`);
    expect(await outcome).toBe('tok');
  });

  it('answers 404 to every other path, method and host, and goes on waiting', async () => {
    const { outcome, redirectUrl } = await started();
    const { origin, host } = new URL(redirectUrl);
    const query = '?code_autorisation=stolen';
    const strays: [string, Parameters<typeof visit>[1]?][] = [
      [`${origin}/favicon.ico`],
      [`${origin}/`],
      [`${origin}/${query}`],
      [`${redirectUrl}x${query}`],
      [`${redirectUrl}/${query}`],
      [`${redirectUrl}${query}`, { host: `evil.example:${new URL(redirectUrl).port}` }],
      [`${redirectUrl}${query}`, { host: 'localhost' }],
      [`${redirectUrl}${query}`, { method: 'POST' }],
      [`${redirectUrl}${query}`, { method: 'HEAD' }],
      [`${redirectUrl}${query}`, { method: 'OPTIONS', host }],
    ];
    for (const [address, options] of strays) {
      const answer = await visit(address, options);
      expect([address, options, answer.status]).toEqual([address, options, 404]);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    await visit(`${redirectUrl}?code=mine`);
    expect(await outcome).toBe('token of mine');
  });

  it('is not confused by a visit that carries no answer', async () => {
    const { outcome, redirectUrl } = await started();
    expect((await visit(redirectUrl)).status).toBe(400);
    expect((await visit(`${redirectUrl}?error=access_denied`)).status).toBe(400);
    await visit(`${redirectUrl}?code=abc`);
    expect(await outcome).toBe('token of abc');
  });

  it('accepts its return address once', async () => {
    const exchange = Promise.withResolvers<string>();
    const { outcome, redirectUrl } = await started(() => exchange.promise);
    expect((await visit(`${redirectUrl}?code=first`)).status).toBe(200);
    expect((await visit(`${redirectUrl}?code=second`)).status).toBe(404);
    exchange.resolve('token');
    expect(await outcome).toBe('token');
  });

  it('takes a pasted address when the browser cannot come back, and refuses a wrong one', async () => {
    const { signIn, outcome, redirectUrl } = await started();
    const strange = [
      'https://www.qobuz.com/',
      'https://evil.example/?code_autorisation=theirs',
      `${redirectUrl.slice(0, -1)}?code_autorisation=theirs`,
    ];
    for (const address of strange) {
      expect(() => signIn.submitAddress(address)).toThrow(
        expect.objectContaining({ code: 'SIGN_IN_ADDRESS_INVALID' }),
      );
    }
    signIn.submitAddress(`${redirectUrl.replace('http://', '')}?code_autorisation=pasted`);
    expect(await outcome).toBe('token of pasted');
  });

  it('ends when nobody comes back in time', async () => {
    const { outcome, clock, redirectUrl } = await started();
    await clock.advance(60_000);
    expect(await outcome).toMatchObject({ code: 'SIGN_IN_TIMED_OUT' });
    expect(await refusesConnections(redirectUrl)).toBe(true);
  });

  it('can be cancelled while waiting, and while the code is being changed', async () => {
    const waiting = await started();
    waiting.cancel.abort();
    expect(await waiting.outcome).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
    expect(await refusesConnections(waiting.redirectUrl)).toBe(true);
    const changing = await started(() => new Promise(() => undefined));
    await visit(`${changing.redirectUrl}?code=abc`);
    changing.cancel.abort();
    expect(await changing.outcome).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
  });

  it('passes on what the service says of the code', async () => {
    const refused = new CratefulError('SIGN_IN_REFUSED', { message: 'Invalid code' });
    const { outcome, redirectUrl } = await started(() => Promise.reject(refused));
    await visit(`${redirectUrl}?code=abc`);
    expect(await outcome).toBe(refused);
  });

  it('listens on this computer only, on 127.0.0.1 and ::1 and no other address of it', async () => {
    const { redirectUrl } = await started();
    const others = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    // All of 127.0.0.0/8 is this computer: what listens everywhere would be there too.
    for (const address of ['127.0.0.2', ...others]) {
      expect([address, await refusesConnections(redirectUrl, address)]).toEqual([address, true]);
    }
    expect(await refusesConnections(redirectUrl)).toBe(false);
  });

  it('answers a head of many kilobytes, and a body that never ends, with an end, and goes on waiting', async () => {
    const { outcome, redirectUrl } = await started();
    const large = await visit(`${redirectUrl}?code=${'x'.repeat(20_000)}`);
    expect(large.status).toBe(431);
    const { port, pathname } = new URL(redirectUrl);
    const endless = connect({ host: '127.0.0.1', port: Number(port) });
    endless.on('error', () => undefined);
    endless.write(
      `POST ${pathname}?code=stolen HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 1000000\r\n\r\nx`,
    );
    const [said] = await once(endless, 'data');
    expect(String(said)).toMatch(/^HTTP\/1\.1 404 /);
    await visit(`${redirectUrl}?code=mine`);
    expect(await outcome).toBe('token of mine');
    expect(await refusesConnections(redirectUrl)).toBe(true);
    endless.destroy();
  });

  it('closes although a browser holds a connection open without asking anything', async () => {
    const { outcome, redirectUrl } = await started();
    const idle = connect({ host: '127.0.0.1', port: Number(new URL(redirectUrl).port) });
    await new Promise((resolve) => idle.once('connect', resolve));
    await visit(`${redirectUrl}?code=abc`);
    expect(await outcome).toBe('token of abc');
    idle.destroy();
  });
});
