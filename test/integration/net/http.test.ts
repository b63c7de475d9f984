import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { addressPolicy } from '../../../src-main/net/addresses.ts';
import { createHttpClient, type HttpClient } from '../../../src-main/net/http.ts';
import { json, type SmallServer, smallServer } from '../../support/small-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function client(): HttpClient {
  const http = createHttpClient({
    userAgent: 'Crateful/0.0.0',
    checkAddress: addressPolicy('http://127.0.0.1/'),
  });
  cleanups.push(() => http.close());
  return http;
}

async function serve(answer: Parameters<typeof smallServer>[0]): Promise<SmallServer> {
  const server = await smallServer(answer);
  cleanups.push(() => server.close());
  return server;
}

/** Everything that arrives, and the fault at the end if there is one. */
async function drain(body: Readable): Promise<{ bytes: Buffer; error: unknown }> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks), error: null };
  } catch (error) {
    return { bytes: Buffer.concat(chunks), error };
  }
}

describe('request', () => {
  it('sends form and headers, decodes the answer and resolves whatever the status', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(418, { 'content-encoding': 'gzip', 'X-Word': 'one' });
      response.end(gzipSync('short and stout'));
    });
    const answer = await client().request({
      method: 'POST',
      url: `${server.origin}/a?b=c`,
      headers: { 'x-app-id': '1' },
      form: { extra: 'partner', more: 'a b' },
    });
    expect(answer).toMatchObject({ status: 418, text: 'short and stout' });
    expect(answer.headers['x-word']).toBe('one');
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      path: '/a',
      body: 'extra=partner&more=a+b',
    });
    expect(server.seen[0]?.headers).toMatchObject({
      'user-agent': 'Crateful/0.0.0',
      'x-app-id': '1',
    });
  });

  it('keeps no cookies and tries nothing twice', async () => {
    const server = await serve((_request, response) =>
      json(response, 503, {}, { 'set-cookie': 'id=1', 'retry-after': '0' }),
    );
    const http = client();
    await http.request({ url: server.origin });
    await http.request({ url: server.origin });
    expect(server.seen).toHaveLength(2);
    expect(server.seen[1]?.headers.cookie).toBeUndefined();
  });

  it('follows a redirect on its own host and no other', async () => {
    const other = await serve((_request, response) => response.end('other'));
    const server = await serve((request, response) => {
      const location = request.path === '/near' ? '/here' : `${other.origin}/there`;
      if (request.path === '/here') return response.end('here');
      response.writeHead(302, { location }).end();
    });
    const http = client();
    expect((await http.request({ url: `${server.origin}/near` })).text).toBe('here');
    expect((await http.request({ url: `${server.origin}/far` })).status).toBe(302);
    expect(other.seen).toEqual([]);
  });

  it('names redirects without end, answers too late, too large or cut', async () => {
    const server = await serve((request, response) => {
      if (request.path === '/loop') response.writeHead(302, { location: '/loop' }).end();
      if (request.path === '/large') response.end('x'.repeat(2000));
      if (request.path === '/cut') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('x', () => response.destroy());
      }
      if (request.path === '/reset') response.destroy();
    });
    const http = client();
    const codeOf = (path: string, more = {}) =>
      http.request({ url: server.origin + path, ...more }).catch((error) => error.code);
    expect(await codeOf('/loop')).toBe('SERVICE_REFUSED');
    expect(await codeOf('/large', { maxBytes: 1000 })).toBe('SERVICE_UNREADABLE');
    expect(await codeOf('/cut')).toBe('SERVICE_UNAVAILABLE');
    expect(await codeOf('/silent', { timeoutMs: 30 })).toBe('SERVICE_UNAVAILABLE');
    expect(await codeOf('/reset')).toBe('OFFLINE');
  });

  it('says offline when nobody listens, and cancelled when asked to stop', async () => {
    const gone = await smallServer(() => undefined);
    await gone.close();
    const http = client();
    await expect(http.request({ url: gone.origin })).rejects.toMatchObject({
      code: 'OFFLINE',
      params: { reason: 'ECONNREFUSED' },
    });
    const silent = await serve(() => controller.abort());
    const controller = new AbortController();
    await expect(
      http.request({ url: silent.origin, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('does not call somebody who answers nonsense offline', async () => {
    const nonsense = createServer((socket) => socket.end('What?\r\n\r\n')).listen(0, '127.0.0.1');
    await once(nonsense, 'listening');
    cleanups.push(() => nonsense.close());
    const { port } = nonsense.address() as AddressInfo;
    await expect(client().request({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });

  it('refuses an address the policy does not allow, before anything is sent', async () => {
    await expect(client().request({ url: 'https://example.invalid/' })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
      params: { host: 'example.invalid' },
    });
  });
});

describe('open', () => {
  it('hands over the headers while the body is still being made, unencoded and in order', async () => {
    let finish: () => void = () => undefined;
    const server = await serve((_request, response) => {
      response.writeHead(206, { 'content-length': '10', 'content-range': 'bytes 5-14/15' });
      response.write('hello');
      finish = () => response.end('world');
    });
    const download = await client().open({
      url: `${server.origin}/file`,
      headers: { range: 'bytes=5-' },
    });
    expect(download.status).toBe(206);
    expect(download.headers['content-range']).toBe('bytes 5-14/15');
    finish();
    expect(await drain(download.body)).toEqual({ bytes: Buffer.from('helloworld'), error: null });
    expect(server.seen[0]?.headers).toMatchObject({
      'accept-encoding': 'identity',
      range: 'bytes=5-',
      'user-agent': 'Crateful/0.0.0',
    });
  });

  it('holds back a sender whose bytes nobody reads', async () => {
    const total = 64 * 1024 * 1024;
    let sent = 0;
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': String(total) });
      const chunk = Buffer.alloc(64 * 1024);
      const more = () => {
        while (sent < total) {
          sent += chunk.length;
          if (!response.write(chunk)) return response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const { body } = await client().open({ url: server.origin });
    let before = -1;
    for (let quiet = 0; quiet < 50; quiet = sent === before ? quiet + 1 : 0) {
      before = sent;
      await turn();
    }
    expect(sent).toBeLessThan(total / 2);
    let received = 0;
    for await (const chunk of body) received += chunk.length;
    expect(received).toBe(total);
  });

  it('gives out the bytes that came before a cut, then says so', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('f', () => response.destroy());
    });
    const { body } = await client().open({ url: server.origin });
    const { bytes, error } = await drain(body);
    expect(bytes.toString()).toBe('f');
    expect(error).toMatchObject({ code: 'STREAM_INTERRUPTED' });
  });

  it('fails a body that falls silent, and one whose headers never come', async () => {
    const server = await serve((request, response) => {
      if (request.path === '/body') response.writeHead(200).write('start');
    });
    const http = client();
    const { body } = await http.open({ url: `${server.origin}/body`, idleTimeoutMs: 40 });
    const { bytes, error } = await drain(body);
    expect(bytes.toString()).toBe('start');
    expect(error).toMatchObject({ code: 'STREAM_STALLED', params: { seconds: 0.04 } });
    await expect(
      http.open({ url: `${server.origin}/headers`, idleTimeoutMs: 40 }),
    ).rejects.toMatchObject({ code: 'STREAM_STALLED' });
  });

  it('ends a body at once when the signal says so', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200).write('start');
    });
    const controller = new AbortController();
    const { body } = await client().open({ url: server.origin, signal: controller.signal });
    controller.abort();
    expect((await drain(body)).error).toMatchObject({ code: 'CANCELLED' });
  });

  it('closes the connection when its body is destroyed', async () => {
    let closed: () => void = () => undefined;
    const whenClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = await serve((_request, response) => {
      response.on('close', closed);
      response.writeHead(200).write('start');
    });
    const { body } = await client().open({ url: server.origin });
    body.destroy();
    await whenClosed;
  });

  it('follows redirects to allowed hosts, checks each, and gives up on a loop', async () => {
    const other = await serve((_request, response) => response.end('file'));
    const server = await serve((request, response) => {
      const location = {
        '/far': `${other.origin}/file`,
        '/out': 'https://example.invalid/file?hmac=SECRET',
        '/loop': '/loop',
      }[request.path];
      response.writeHead(302, { location: location ?? '' }).end();
    });
    const http = client();
    const { body } = await http.open({ url: `${server.origin}/far` });
    expect((await drain(body)).bytes.toString()).toBe('file');
    await expect(http.open({ url: `${server.origin}/out` })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
      params: { host: 'example.invalid' },
    });
    await expect(http.open({ url: `${server.origin}/loop` })).rejects.toMatchObject({
      code: 'CDN_REFUSED',
    });
    expect(server.seen.filter((request) => request.path === '/loop')).toHaveLength(6);
  });

  it('says offline when a handshake does not come in time', async () => {
    const mute = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    cleanups.push(() => mute.close());
    const { port } = mute.address() as AddressInfo;
    await expect(
      client().open({ url: `https://127.0.0.1:${port}/`, connectTimeoutMs: 40 }),
    ).rejects.toMatchObject({ code: 'OFFLINE' });
  });

  it('never speaks with a server whose TLS it cannot trust', async () => {
    const plain = await serve((_request, response) => response.end('not TLS'));
    const http = client();
    const url = plain.origin.replace('http:', 'https:');
    await expect(http.open({ url })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(http.request({ url })).rejects.toMatchObject({ code: 'TLS_FAILED' });
  });
});
