import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import got, { type OptionsInit, type PlainResponse, type Request } from 'got';
import { CratefulError } from '../errors.ts';
import { DownloadBody } from './download-body.ts';
import { networkFault } from './network-faults.ts';
import { type Agents, createRoutes, type ProxyChoice } from './routes.ts';

/** A call whose answer is small enough to be held in memory. */
export interface HttpRequest {
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange; 30 s unless told. */
  readonly timeoutMs?: number;
  /** Of the decoded body; 32 MiB unless told. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer in memory; header names in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A file to stream. */
export interface HttpDownloadRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** For the name, the connection and the handshake each; 10 s unless told. */
  readonly connectTimeoutMs?: number;
  /** For the headers, and between any two chunks of the body; 30 s unless told. */
  readonly idleTimeoutMs?: number;
}

/** An answer whose body is still on its way; destroying the body closes the connection. */
export interface HttpDownload {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/** The one way to the network. It never retries: whoever asks knows what a second try means. */
export interface HttpClient {
  /**
   * Any status resolves; redirects of a GET are followed while they stay with the same origin, since its headers say who asks.
   * Throws `OFFLINE`, `PROXY_FAILED`, `TLS_FAILED`, `ADDRESS_REFUSED`, `CANCELLED`, `SERVICE_UNAVAILABLE` (no whole
   * answer in time, or cut), `SERVICE_UNREADABLE` (too large), `SERVICE_REFUSED` (redirects without end).
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /**
   * Any status resolves once the headers are there; at most 5 redirects, each address checked. Throws
   * `OFFLINE`, `PROXY_FAILED`, `TLS_FAILED`, `ADDRESS_REFUSED`, `CANCELLED`, `STREAM_STALLED` (no headers in time),
   * `CDN_REFUSED` (redirects without end). The body fails with `STREAM_STALLED`, `STREAM_INTERRUPTED` or
   * `CANCELLED`. A body without a length that is cut short ends without an error: compare sizes.
   */
  open(request: HttpDownloadRequest): Promise<HttpDownload>;
  /** The way to the network from now on; direct until told. What is under way goes on as it began. */
  useProxy(choice: ProxyChoice): void;
  /** Closes connections nobody is using: after a sleep they look alive and are dead. */
  dropIdleConnections(): void;
  /** Closes all connections. */
  close(): void;
}

/** Limits for requests that name none themselves, in milliseconds. */
export interface HttpTimeouts {
  /** For the name, the connection and the handshake each. */
  readonly connectMs: number;
  /** Of a download: for the headers, and between any two chunks of the body. */
  readonly idleMs: number;
  /** Of a buffered request, from its start to its last byte. */
  readonly wholeMs: number;
}

const TIMEOUTS: HttpTimeouts = { connectMs: 10_000, idleMs: 30_000, wholeMs: 30_000 };
const MAX_REDIRECTS = 5;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * HTTP/1.1 over got: HTTP/2 to the service's file hosts is known to break (qobuz-api §5.6). No cookies, no
 * retries, TLS always verified. `checkAddress` sees every address before it is asked, redirects included, and whichever
 * way leads there: a proxy is never asked for an address that would be refused directly.
 */
export function createHttpClient(options: {
  userAgent: string;
  checkAddress: (url: URL) => void;
  /** The system's proxy for an address, null for none; asked when that is what was chosen. */
  resolveProxy?: (url: string) => Promise<string | null>;
  /** Looks names up where no proxy does; the system's when absent. */
  lookup?: LookupFunction;
  timeouts?: HttpTimeouts;
}): HttpClient {
  const timeouts = options.timeouts ?? TIMEOUTS;
  const routes = createRoutes({
    resolveProxy: options.resolveProxy ?? (async () => null),
    connectMs: timeouts.connectMs,
    lookup: options.lookup,
  });

  const parse = (address: string): URL => {
    if (!URL.canParse(address)) throw new CratefulError('ADDRESS_REFUSED', { host: '' });
    const url = new URL(address);
    options.checkAddress(url);
    return url;
  };

  const start = (url: URL, init: OptionsInit): Request =>
    got.stream(url, {
      http2: false,
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: false,
      https: { rejectUnauthorized: true },
      ...init,
      headers: { 'user-agent': options.userAgent, ...init.headers },
    });

  return {
    async request(request) {
      let url = parse(request.url);
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        const { kept } = await routes.to(url);
        const { answer, location } = await buffered(request, start, url, kept, timeouts);
        const next = location === null ? null : new URL(location, url);
        if (!next || next.origin !== url.origin || request.method === 'POST') return answer;
        options.checkAddress(next);
        url = next;
      }
      throw new CratefulError('SERVICE_REFUSED', { reason: 'redirect-loop' });
    },

    async open(request) {
      let url = parse(request.url);
      let asked = request;
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        const { single } = await routes.to(url);
        const { download, location } = await streamed(asked, start, url, single, timeouts);
        if (location === null) return download;
        download.body.destroy();
        const next = new URL(location, url);
        options.checkAddress(next);
        if (next.origin !== url.origin) asked = { ...asked, headers: aboutTheFile(asked.headers) };
        url = next;
      }
      throw new CratefulError('CDN_REFUSED', { reason: 'redirect-loop' });
    },

    useProxy: (choice) => routes.use(choice),
    dropIdleConnections: () => routes.dropIdle(),
    close: () => routes.close(),
  };
}

/** What another host is told when a redirect leads there: which bytes are wanted, and nothing about who wants them. */
const aboutTheFile = (headers: HttpDownloadRequest['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(range|if-range)$/i.test(name)));

type Start = (url: URL, init: OptionsInit) => Request;

const headersOf = (response: PlainResponse): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
};

/** Where a redirect points, or null for any other answer. */
const locationOf = (response: PlainResponse, base: URL): string | null => {
  const location = response.headers.location;
  const redirects = [301, 302, 303, 307, 308].includes(response.statusCode);
  return redirects && location !== undefined && URL.canParse(location, base.href) ? location : null;
};

const responseOf = (stream: Request): Promise<PlainResponse> =>
  new Promise((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
  });

async function buffered(
  request: HttpRequest,
  start: Start,
  url: URL,
  agent: Agents,
  { connectMs, wholeMs }: HttpTimeouts,
) {
  const timeoutMs = request.timeoutMs ?? wholeMs;
  const stream = start(url, {
    agent,
    method: request.method ?? 'GET',
    ...(request.headers && { headers: { ...request.headers } }),
    ...(request.form && { form: { ...request.form } }),
    ...(request.body !== undefined && { body: request.body }),
    ...(request.signal && { signal: request.signal }),
    timeout: {
      lookup: connectMs,
      connect: connectMs,
      secureConnect: connectMs,
      request: timeoutMs,
    },
  });
  const late = new CratefulError('SERVICE_UNAVAILABLE', { reason: 'timeout' });
  let answered = false;
  try {
    const response = await responseOf(stream);
    answered = true;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > (request.maxBytes ?? MAX_BYTES)) {
        throw new CratefulError('SERVICE_UNREADABLE', { reason: 'too-large' });
      }
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const answer: HttpAnswer = { status: response.statusCode, headers: headersOf(response), text };
    return { answer, location: locationOf(response, url) };
  } catch (error) {
    const phase = answered ? 'body' : 'before-headers';
    const fault = networkFault(error, { phase, signal: request.signal, late });
    if (fault.code !== 'STREAM_INTERRUPTED') throw fault;
    throw new CratefulError('SERVICE_UNAVAILABLE', fault.params, fault.cause);
  } finally {
    stream.destroy();
  }
}

async function streamed(
  request: HttpDownloadRequest,
  start: Start,
  url: URL,
  agent: Agents,
  { connectMs, idleMs }: HttpTimeouts,
) {
  const connectTimeoutMs = request.connectTimeoutMs ?? connectMs;
  const idleTimeoutMs = request.idleTimeoutMs ?? idleMs;
  const { signal } = request;
  const stream = start(url, {
    agent,
    decompress: false,
    // Lengths and ranges must be those of the file itself.
    headers: { ...request.headers, 'accept-encoding': 'identity' },
    ...(signal && { signal }),
    timeout: {
      lookup: connectTimeoutMs,
      connect: connectTimeoutMs,
      secureConnect: connectTimeoutMs,
      response: idleTimeoutMs,
    },
  });
  const late = new CratefulError('STREAM_STALLED', { seconds: idleTimeoutMs / 1000 });
  try {
    const response = await responseOf(stream);
    const faultOf = (error: unknown) => networkFault(error, { phase: 'body', signal, late });
    const body = new DownloadBody(stream, { idleTimeoutMs, faultOf });
    const download: HttpDownload = {
      status: response.statusCode,
      headers: headersOf(response),
      body,
    };
    return { download, location: locationOf(response, url) };
  } catch (error) {
    stream.destroy();
    throw networkFault(error, { phase: 'before-headers', signal, late });
  }
}
