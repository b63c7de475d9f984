import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Language } from '../../src-preload/contract/language.ts';
import { CratefulError } from '../errors.ts';
import { type Words, wordsOf } from '../words.ts';
import { answerIn, type SignInAnswer } from './redirect.ts';

/** The listener a browser returns to after signing in. */
export interface RedirectListener {
  /** With host `localhost`, the only one the service accepts (qobuz-api §2.2). */
  readonly redirectUrl: string;
  close(): Promise<void>;
}

/**
 * What a request may be at most: a browser's return has no body and a head of a few hundred bytes; cookies of other
 * programs on `localhost` come along. Whoever sends more, or slowly, or opens many connections, is no browser.
 */
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  connections: 64,
} as const;

/** Ports tried until one is free in both address families. */
const PORT_TRIES = 10;

/**
 * Listens on 127.0.0.1 and ::1 on one free port for one GET of `/<nonce>` that carries an answer; whatever
 * else comes gets 404. Nothing about the answer is echoed, and no other origin may read anything.
 */
export async function listenForRedirect(
  nonce: string,
  language: Language,
  onAnswer: (answer: SignInAnswer) => void,
): Promise<RedirectListener> {
  const words = wordsOf(language).returnPage;
  const say = (response: ServerResponse, status: number, page: keyof Words['returnPage']): void =>
    send(response, status, language, words[page]);
  let used = false;
  const answering = new Set<Promise<unknown>>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const sent = new Promise((resolve) => response.once('close', resolve));
    answering.add(sent);
    sent.then(() => answering.delete(sent));
    const port = request.socket.localPort;
    const [path, query = ''] = (request.url ?? '').split('?', 2);
    // The host is checked so that no foreign name that points at this machine gets through.
    const hosts = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
    const known = hosts.includes(request.headers.host ?? '');
    if (used || !known || request.method !== 'GET' || path !== `/${nonce}`) {
      say(response, 404, 'unknown');
      return;
    }
    const answer = answerIn(query);
    if (!answer) {
      // Stray calls without an answer happen (qobuz-api §2.2); they do not use the nonce up.
      say(response, 400, 'unfinished');
      return;
    }
    used = true;
    say(response, 200, 'done');
    onAnswer(answer);
  };
  const { servers, port } = await listenOnBoth(handle);
  return {
    redirectUrl: `http://localhost:${port}/${nonce}`,
    async close() {
      // What is being answered goes out whole; a browser's spare connections do not hold us up.
      await Promise.all(answering);
      await closeAll(servers);
    },
  };
}

async function listenOnBoth(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ servers: Server[]; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const ipv4 = await listen(handle, '127.0.0.1', 0);
    const { port } = ipv4.address() as AddressInfo;
    try {
      return { servers: [ipv4, await listen(handle, '::1', port)], port };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      // A machine without IPv6 resolves localhost to 127.0.0.1 only.
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return { servers: [ipv4], port };
      await closeAll([ipv4]);
      if (code !== 'EADDRINUSE' || attempt === PORT_TRIES) {
        throw new CratefulError('UNEXPECTED', { reason: `no port to listen on: ${code}` }, error);
      }
    }
  }
}

const listen = (
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  host: string,
  port: number,
): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(LIMITS, handle);
    server.maxConnections = LIMITS.connections;
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: true }, () => resolve(server));
  });

const closeAll = async (servers: readonly Server[]): Promise<void> => {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
};

function send(
  response: ServerResponse,
  status: number,
  language: Language,
  { title, text }: { readonly title: string; readonly text: string },
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    connection: 'close',
  });
  response.end(`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Crateful: ${title}</title>
<style>
  :root { color-scheme: light dark; font-family: system-ui, sans-serif }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; text-align: center }
  main { padding: 2rem; max-width: 28rem }
  h1 { font-size: 1.5rem }
</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`);
}
