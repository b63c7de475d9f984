import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressPolicy } from '../../../src-main/net/addresses.ts';
import { createHttpClient, type HttpClient } from '../../../src-main/net/http.ts';
import { type ProxyChoice, proxyAddress } from '../../../src-main/net/routes.ts';
import {
  connectProxy,
  type ProxyOptions,
  type SmallProxy,
  socksProxy,
} from '../../support/proxy-server.ts';
import { json, type SmallServer, smallServer } from '../../support/small-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const TIMES = { connectMs: 10_000, idleMs: 10_000, wholeMs: 10_000 };

/** A client that may ask `base` and this computer. */
function client(
  choice: ProxyChoice,
  given: { base?: string; resolveProxy?: (url: string) => Promise<string | null> } = {},
  times = TIMES,
): HttpClient {
  const http = createHttpClient({
    userAgent: 'Crateful/0.0.0',
    checkAddress: addressPolicy(given.base ?? 'http://127.0.0.1/'),
    ...(given.resolveProxy && { resolveProxy: given.resolveProxy }),
    timeouts: times,
  });
  cleanups.push(() => http.close());
  http.useProxy(choice);
  return http;
}

async function shop(): Promise<SmallServer> {
  const server = await smallServer((request, response) => {
    if (request.path === '/away') {
      response.writeHead(302, { location: 'http://10.0.0.1/metadata' }).end();
    } else json(response, 200, { host: request.headers.host, path: request.path });
  });
  cleanups.push(() => server.close());
  return server;
}

const portOf = (origin: string): number => Number(new URL(origin).port);

/** A server whose certificate nobody has vouched for. */
async function secureShop(): Promise<{ port: number }> {
  const file = (name: string) =>
    readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
  const server = createHttpsServer({ cert: file('cert.pem'), key: file('key.pem') }, (_, answer) =>
    answer.end('secure'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.closeAllConnections());
  cleanups.push(() => server.close());
  return { port: (server.address() as AddressInfo).port };
}

const manual = (proxy: SmallProxy, user = '', password = ''): ProxyChoice => ({
  mode: 'manual',
  address: proxyAddress(proxy.address, user, password),
});

const KINDS = [
  { kind: 'CONNECT', start: connectProxy },
  { kind: 'SOCKS', start: socksProxy },
];
const started = async (start: typeof connectProxy, options?: ProxyOptions) => {
  const proxy = await start(options);
  cleanups.push(() => proxy.close());
  return proxy;
};

describe.each(KINDS)('a manual $kind proxy', ({ start }) => {
  it('carries calls and files, this computer’s own included, and looks names up itself', async () => {
    const server = await shop();
    const proxy = await started(start, { leadsTo: { port: portOf(server.origin) } });
    const http = client(manual(proxy), { base: 'http://shop.invalid/' });
    expect((await http.request({ url: 'http://shop.invalid/call' })).text).toContain('"/call"');
    const file = await http.open({ url: `${server.origin}/file` });
    expect(await text(file.body)).toContain('"/file"');
    expect(proxy.asked).toEqual(['shop.invalid:80', new URL(server.origin).host]);
  });

  it('is asked again only for a new connection', async () => {
    const server = await shop();
    const proxy = await started(start);
    const http = client(manual(proxy));
    for (let call = 0; call < 3; call++) await http.request({ url: server.origin });
    expect(proxy.asked).toHaveLength(1);
    http.dropIdleConnections();
    await http.request({ url: server.origin });
    expect(proxy.asked).toHaveLength(2);
  });

  it('gets name and password, odd characters and all', async () => {
    const server = await shop();
    const proxy = await started(start, { login: 'jo:50%@home/ü' });
    const http = client(manual(proxy, 'jo', '50%@home/ü'));
    expect((await http.request({ url: server.origin })).status).toBe(200);
    expect(proxy.shown).toEqual(['jo:50%@home/ü']);
  });

  it('that refuses the password is PROXY_FAILED, and its page is no answer of the service', async () => {
    const server = await shop();
    const proxy = await started(start, { login: 'jo:right' });
    const http = client(manual(proxy, 'jo', 'wrong'));
    const fault = await http.request({ url: server.origin }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'PROXY_FAILED' });
    expect(JSON.stringify([fault, String((fault as Error).cause)])).not.toContain('wrong');
    await expect(http.open({ url: server.origin })).rejects.toMatchObject({ code: 'PROXY_FAILED' });
    expect(server.seen).toEqual([]);
  });

  it('that cannot be reached is PROXY_FAILED, not OFFLINE', async () => {
    const proxy = await started(start);
    await proxy.close();
    cleanups.pop();
    const http = client(manual(proxy));
    await expect(http.request({ url: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      params: { reason: 'ECONNREFUSED' },
    });
  });

  it('that cannot reach the service says so: OFFLINE', async () => {
    const proxy = await started(start);
    // Port 9 is reserved for "discard", which nobody runs.
    const http = client(manual(proxy));
    await expect(http.request({ url: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
      code: 'OFFLINE',
    });
  });

  it('is never asked for an address that would be refused directly', async () => {
    const server = await shop();
    const proxy = await started(start);
    const http = client(manual(proxy));
    for (const url of ['http://10.0.0.1/', 'http://elsewhere.example/']) {
      await expect(http.request({ url })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    }
    const away = `${server.origin}/away`;
    await expect(http.open({ url: away })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(proxy.asked).toEqual([new URL(server.origin).host]);
  });

  it('changes nothing about TLS: a certificate nobody vouches for is refused', async () => {
    const { port } = await secureShop();
    const proxy = await started(start);
    const http = client(manual(proxy));
    const url = `https://localhost:${port}/`;
    await expect(http.request({ url })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    expect(proxy.asked).toEqual([`localhost:${port}`]);
    const before = getCACertificates('default');
    const own = readFileSync(new URL('../../fixtures/tls/cert.pem', import.meta.url), 'utf8');
    setDefaultCACertificates([...before, own]);
    cleanups.push(() => setDefaultCACertificates(before));
    expect((await http.request({ url })).text).toBe('secure');
  });
});

describe('a CONNECT proxy', () => {
  it('that takes the connection and never answers is PROXY_FAILED in time, and holds none open', async () => {
    const proxy = await started(connectProxy, { answers: 'silent' });
    const http = client(manual(proxy), {}, { ...TIMES, connectMs: 50 });
    await expect(http.open({ url: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      params: { reason: 'timeout' },
    });
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });

  it.each([403, 302, 500])('that answers %i is PROXY_FAILED under that number', async (answers) => {
    const proxy = await started(connectProxy, { answers });
    await expect(
      client(manual(proxy)).request({ url: 'http://127.0.0.1:9/' }),
    ).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      params: { reason: String(answers) },
    });
  });
});

describe('the way to the network', () => {
  it('asks the system for each host, with nothing but the host, when that was chosen', async () => {
    const server = await shop();
    const proxy = await started(connectProxy, { leadsTo: { port: portOf(server.origin) } });
    const asked: string[] = [];
    const http = client(
      { mode: 'system' },
      {
        base: 'http://shop.invalid/',
        resolveProxy: async (url) => {
          asked.push(url);
          return proxy.address;
        },
      },
    );
    await http.request({ url: 'http://shop.invalid/call?token=1' });
    expect(asked).toEqual(['http://shop.invalid/']);
    expect(proxy.asked).toEqual(['shop.invalid:80']);
    await http.request({ url: server.origin });
    expect(asked).toHaveLength(1);
  });

  it('is direct where the system names no proxy, and where none is wanted', async () => {
    const server = await shop();
    for (const choice of [{ mode: 'system' }, { mode: 'none' }] as const) {
      const http = client(choice, { resolveProxy: async () => null });
      expect((await http.request({ url: server.origin })).status).toBe(200);
    }
  });

  it('changes at once, without cutting what is under way', async () => {
    const waiting: (() => void)[] = [];
    const server = await smallServer((request, response) => {
      response.write('half ');
      if (request.path === '/slow') waiting.push(() => response.end('whole'));
      else response.end();
    });
    cleanups.push(() => server.close());
    const proxy = await started(connectProxy);
    const http = client({ mode: 'none' });
    const slow = await http.open({ url: `${server.origin}/slow` });
    http.useProxy(manual(proxy));
    await http.request({ url: `${server.origin}/next` });
    expect(proxy.asked).toHaveLength(1);
    http.useProxy({ mode: 'none' });
    await http.request({ url: `${server.origin}/last` });
    expect(proxy.asked).toHaveLength(1);
    for (const end of waiting) end();
    expect(await text(slow.body)).toBe('half whole');
  });

  it.each(['', 'ftp://box:21', 'not an address'])(
    'by a manual proxy “%s” is PROXY_FAILED, and never a way around it',
    async (address) => {
      const server = await shop();
      const http = client({ mode: 'manual', address });
      await expect(http.request({ url: server.origin })).rejects.toMatchObject({
        code: 'PROXY_FAILED',
        params: { reason: 'address' },
      });
      expect(server.seen).toEqual([]);
    },
  );
});
