import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { addressPolicy } from '../../../src-main/net/addresses.ts';
import { createHttpClient, type HttpClient } from '../../../src-main/net/http.ts';
import { isPublicAddress, publicLookup } from '../../../src-main/net/public-lookup.ts';
import { hostileCalls } from '../../support/hostile-calls.ts';
import { type SmallServer, smallServer } from '../../support/small-server.ts';

const MIB = 1024 * 1024;
const QOBUZ = 'https://www.qobuz.com/api.json/0.2';
const CREDENTIALS = {
  'x-user-auth-token': 'the-token',
  'x-app-id': '123456789',
  authorization: 'Bearer the-token',
  cookie: 'session=the-token',
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function client(apiBase: string, lookup?: LookupFunction): HttpClient {
  const http = createHttpClient({
    userAgent: 'Crateful/0.0.0',
    checkAddress: addressPolicy(apiBase),
    ...(lookup && { lookup }),
  });
  cleanups.push(() => http.close());
  return http;
}

async function serve(answer: Parameters<typeof smallServer>[0]): Promise<SmallServer> {
  const server = await smallServer(answer);
  cleanups.push(() => server.close());
  return server;
}

describe('a redirect to another server', () => {
  it('is not followed by a call, so that its credentials go nowhere else', async () => {
    const other = await serve((_request, response) => response.end('{}'));
    const server = await serve((request, response) => {
      response
        .writeHead(Number(request.path.slice(1)), { location: `${other.origin}/there` })
        .end();
    });
    const http = client(server.origin);
    for (const status of [301, 302, 303, 307, 308]) {
      const asked = { url: `${server.origin}/${status}`, headers: CREDENTIALS };
      expect((await http.request(asked)).status).toBe(status);
      expect((await http.request({ ...asked, method: 'POST', form: { a: 'b' } })).status).toBe(
        status,
      );
    }
    expect(other.seen).toEqual([]);
  });

  it('is followed by a download with what is asked of the file, and nothing of who asks', async () => {
    const other = await serve((_request, response) => response.end('file'));
    const server = await serve((request, response) => {
      const location = request.path === '/near' ? '/far' : `${other.origin}/file`;
      response.writeHead(302, { location, 'set-cookie': 'seen=1' }).end();
    });
    const headers = { ...CREDENTIALS, Range: 'bytes=5-', 'If-Range': '"tag"' };
    const { body } = await client(server.origin).open({ url: `${server.origin}/near`, headers });
    body.destroy();
    expect(server.seen[1]?.headers).toMatchObject({ 'x-app-id': '123456789', range: 'bytes=5-' });
    const [seen] = other.seen;
    expect(seen?.headers).toMatchObject({ range: 'bytes=5-', 'if-range': '"tag"' });
    expect(Object.keys(seen?.headers ?? {}).filter((name) => name in CREDENTIALS)).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain('the-token');
  });
});

describe('TLS', () => {
  it('is verified, also where the environment says not to: TLS_FAILED before anything is asked', async () => {
    const pem = (name: string) =>
      readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
    const asked: string[] = [];
    const server = createServer(
      { cert: pem('cert.pem'), key: pem('key.pem') },
      (request, response) => {
        asked.push(request.url ?? '');
        response.end('{}');
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => server.close());
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    cleanups.push(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    });
    const url = `https://localhost:${(server.address() as AddressInfo).port}/secret`;
    const http = client('http://127.0.0.1/');
    const refused = { code: 'TLS_FAILED', params: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' } };
    await expect(http.request({ url, headers: CREDENTIALS })).rejects.toMatchObject(refused);
    await expect(http.open({ url })).rejects.toMatchObject(refused);
    expect(asked).toEqual([]);
  });
});

describe('with the real service', () => {
  it.each([
    'file:///etc/passwd',
    'ftp://download-v2.qobuz.com/file',
    'data:audio/flac;base64,AAAA',
    'javascript:alert(1)',
    'http://download-v2.qobuz.com/file',
    'https://10.0.0.1/file',
    'https://192.168.1.1/file',
    'https://169.254.169.254/latest/meta-data/',
    'http://169.254.169.254/latest/meta-data/',
    'https://[::1]/file',
    'https://[fd00:ec2::254]/file',
    'https://[::ffff:169.254.169.254]/file',
    'https://127.0.0.1/file',
    'https://2130706433/file',
    'https://localhost/file',
    'https://evil-akamaized.net/file',
    'https://akamaized.net.evil.example/file',
    'https://akamaized.net/file',
    'https://x.akamaized.net:8443/file',
    'https://x.akamaized.net@evil.example/file',
    'https://me:you@x.akamaized.net/file',
    'https://x.аkamaized.net/file',
    'https://streaming.qobuz.com.evil.example/file',
    'https://qobuz.com%2eevil.example/file',
  ])('no file is fetched from %s: ADDRESS_REFUSED', async (url) => {
    const http = client(QOBUZ);
    await expect(http.open({ url })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    await expect(http.request({ url })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  });

  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '100.100.100.200',
    '0.0.0.0',
    '::1',
    'fd00:ec2::254',
    'fe80::1',
    '::ffff:10.0.0.1',
  ])(
    'a name of its own that leads to %s is not connected to, and heals when it does not',
    async (address) => {
      const found = (all: boolean | undefined) => {
        const family = address.includes(':') ? 6 : 4;
        return all ? [{ address, family }] : address;
      };
      const http = client(
        QOBUZ,
        publicLookup((_name, options, done) => done(null, found(options.all) as string, 4)),
      );
      await expect(http.open({ url: 'https://x.akamaized.net/file' })).rejects.toMatchObject({
        code: 'OFFLINE',
        params: { reason: 'private-address' },
      });
    },
  );

  it('one private address among public ones is enough to refuse a name', async () => {
    const both = [
      { address: '104.16.0.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const lookup = publicLookup((_name, _options, done) => done(null, both));
    const outcome = await new Promise((resolve) => lookup('x', { all: true }, resolve));
    expect(outcome).toMatchObject({ code: 'OFFLINE' });
    expect(['104.16.0.1', '2600::1', '198.18.0.7', '::ffff:8.8.8.8'].map(isPublicAddress)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

describe('an answer made to fill the memory', () => {
  it('is refused after a bound, whatever it is made of, and the memory stays small', async () => {
    let sent = 0;
    const zeros = gzipSync(Buffer.alloc(16 * MIB));
    const bodies: Record<string, (write: (chunk: Buffer | string) => boolean) => void> = {
      // 100 MB of metadata, and a length that is not said.
      '/long': (write) => {
        const piece = Buffer.from(`"${'x'.repeat(MIB - 3)}",`);
        write('[');
        while (sent < 100 * MIB && write(piece)) sent += piece.length;
      },
      // Half a gigabyte of zeros in half a megabyte.
      '/gzip': (write) => {
        for (let member = 0; member < 32; member += 1) write(zeros);
      },
      '/deep': (write) => write(`${'['.repeat(7 * MIB)}${']'.repeat(7 * MIB)}`),
      '/wide': (write) => write(`[${'[],'.repeat(5 * MIB)}0]`),
      '/keys': (write) => write(`{${'"":{},'.repeat(2 * MIB)}"a":0}`),
    };
    const server = await serve((request, response) => {
      const gzip = request.path === '/gzip';
      response.writeHead(200, {
        'content-type': 'application/json',
        ...(gzip && { 'content-encoding': 'gzip' }),
      });
      const body = bodies[request.path];
      const more = () =>
        body?.((chunk) => {
          if (response.destroyed) return false;
          if (response.write(chunk)) return true;
          if (request.path === '/long' && sent < 100 * MIB) response.once('drain', more);
          return false;
        });
      more();
      if (request.path !== '/long') response.end();
    });
    const { codes, grownBytes } = await hostileCalls(server.origin, Object.keys(bodies));
    expect(codes).toEqual({
      '/long': 'SERVICE_UNREADABLE too-large',
      '/gzip': 'SERVICE_UNREADABLE too-large',
      '/deep': 'SERVICE_UNREADABLE json-bomb',
      '/wide': 'SERVICE_UNREADABLE json-bomb',
      '/keys': 'SERVICE_UNREADABLE json-bomb',
    });
    expect(sent).toBeLessThan(40 * MIB);
    expect(grownBytes).toBeLessThan(250 * MIB);
  });
});
