import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import { CratefulError } from '../errors.ts';
import { type ApiContext, answerApi } from './api.ts';
import { type CatalogueData, createCatalogue, type DemoCatalogue } from './catalogue.ts';
import { catalogueJson } from './catalogue-json.ts';
import { answerCdn } from './cdn.ts';
import type { CdnAnswer, StoreFault } from './faults.ts';
import { createFileAddresses } from './file-addresses.ts';
import { html, type StoreAnswer, type StoreCall } from './http-messages.ts';
import { bundle, generateKeys, loginPage, type PlayerKeys } from './player.ts';
import { createSessions } from './sessions.ts';
import { answerSignIn } from './sign-in-page.ts';
import { answerStatic } from './static-files.ts';

/** How a store is started; every value has a sensible default. */
export interface DemoStoreOptions {
  /** Folder with `catalogue.json`, `audio/`, `covers/` and `goodies/`; default {@link findAssets}. */
  readonly assetsFolder?: string;
  /** Contents instead of the folder's `catalogue.json`. */
  readonly catalogue?: CatalogueData;
  /** Lifetime of a file address; 3600, as on the service. */
  readonly fileUrlLifetimeSeconds?: number;
  /** How far `request_ts` may be off; two days. */
  readonly signatureSkewSeconds?: number;
  /** The store's clock in Unix milliseconds; the system's. */
  readonly now?: () => number;
}

/** One request the store has seen, without anything secret. */
export interface RecordedRequest {
  readonly kind: StoreCall['kind'];
  readonly method: string;
  /** For the API the method's name, as `album/get`; else the path. */
  readonly path: string;
  /** Parameters without tokens, signatures, keys and codes. */
  readonly query: Readonly<Record<string, string>>;
  readonly userAgent: string;
  /** The Range header. */
  readonly range: string | null;
  /** Unix milliseconds. */
  readonly at: number;
  /** 0 until answered, and for good when the connection was dropped unanswered. */
  status: number;
  /** Body bytes handed to the connection. */
  bytesSent: number;
}

/** A running demo store. */
export interface DemoStore {
  /** Base of the API, as `http://127.0.0.1:4711/api.json/0.2`. */
  readonly apiBase: string;
  /** Base of the web player. */
  readonly playerBase: string;
  /** The newest valid account token. */
  readonly token: string;
  readonly appId: string;
  /** The secret that signs; for tests of the store itself. */
  readonly appSecret: string;
  readonly catalogue: DemoCatalogue;
  /** Every request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Installed faults, asked in order of insertion. */
  readonly faults: Set<StoreFault>;
  /** The service changes its secret: a new bundle version, old signatures are refused. */
  rotateSecret(): void;
  /** Ends every session. */
  expireToken(): void;
  /** A new token, as after signing in again. */
  issueToken(): string;
  /** A good address of a file, as `track/getFileUrl` would give it; for tests and measurements. */
  fileUrl(trackId: number, formatId: FormatId): string;
  /** All file addresses given out so far are refused from now on. */
  expireFileUrls(): void;
  close(): Promise<void>;
}

const API_PREFIX = '/api.json/0.2/';
const SAFE_PARAMETERS = new Set([
  'album_id',
  'track_id',
  'format_id',
  'intent',
  'limit',
  'offset',
  'type',
  'extra',
  'eid',
  'fmt',
]);

/** The assets beside the sources (`src-main/demo`) and beside the bundle (`out/main`) alike. */
export const findAssets = (): string =>
  fileURLToPath(new URL('../../assets/demo', import.meta.url));

/**
 * Starts a store on a free port of 127.0.0.1. Throws UNEXPECTED when the folder has no readable
 * `catalogue.json`.
 */
export async function startDemoStore(options: DemoStoreOptions = {}): Promise<DemoStore> {
  const assets = options.assetsFolder ?? findAssets();
  const data = options.catalogue ?? (await readCatalogue(assets));
  const now = options.now ?? Date.now;
  const nowSeconds = () => Math.floor(now() / 1000);
  const catalogue = createCatalogue(data);
  const sessions = createSessions();
  const requests: RecordedRequest[] = [];
  const faults = new Set<StoreFault>();
  let keys: PlayerKeys = generateKeys();
  let script = bundle(keys);

  const server = createServer({ keepAliveTimeout: 60_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const addresses = createFileAddresses(origin, options.fileUrlLifetimeSeconds ?? 3600);
  const api: ApiContext = {
    catalogue,
    toJson: catalogueJson(origin),
    sessions,
    addresses,
    keys: () => keys,
    nowSeconds,
    skewSeconds: options.signatureSkewSeconds ?? 2 * 86_400,
  };

  async function answer(call: StoreCall): Promise<StoreAnswer> {
    switch (call.kind) {
      case 'api':
        return answerApi(call, api);
      case 'sign-in':
        return answerSignIn(call, keys.appId, sessions.issueCode);
      case 'player':
        if (call.path === '/login') return html(loginPage(keys));
        if (call.path !== `/resources/${keys.bundleVersion}/bundle.js`) break;
        return {
          status: 200,
          headers: { 'content-type': 'application/javascript' },
          body: script,
        };
      default:
        return answerStatic(call.path, assets, catalogue);
    }
    return html('<h1>Not found</h1>', 404);
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(message);
    const record: RecordedRequest = {
      kind: call.kind,
      method: call.method,
      path: call.path,
      query: Object.fromEntries([...call.query].filter(([name]) => SAFE_PARAMETERS.has(name))),
      userAgent: call.headers['user-agent'] ?? '',
      range: call.headers.range ?? null,
      at: now(),
      status: 0,
      bytesSent: 0,
    };
    requests.push(record);
    for (const fault of faults) {
      const forced = fault.intercept?.(call) ?? null;
      if (forced === 'reset') return void response.destroy();
      if (forced) return send(response, forced, record);
    }
    if (call.kind !== 'cdn') return send(response, await answer(call), record);
    const result = await answerCdn(call, {
      catalogue,
      addresses,
      audioFolder: path.join(assets, 'audio'),
      nowSeconds,
    });
    if ('refused' in result) return send(response, result.refused, record);
    let shaped = result.answer;
    for (const fault of faults) shaped = fault.shape?.(shaped, result.request) ?? shaped;
    await stream(response, shaped, record);
  }

  server.on('request', (message, response) => {
    handle(message, response).catch((error: unknown) => response.destroy(error as Error));
  });

  return {
    apiBase: `${origin}${API_PREFIX.slice(0, -1)}`,
    playerBase: origin,
    get token() {
      return sessions.token;
    },
    get appId() {
      return keys.appId;
    },
    get appSecret() {
      return keys.secret;
    },
    catalogue,
    requests,
    faults,
    rotateSecret() {
      keys = generateKeys(keys);
      script = bundle(keys);
    },
    expireToken: sessions.expireAll,
    issueToken: sessions.issueToken,
    fileUrl: (trackId, formatId) =>
      addresses.sign({ trackId, formatId, appId: keys.appId, nowSeconds: nowSeconds() }),
    expireFileUrls: addresses.expireAll,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The folder's own catalogue, whose shape `scripts/demo-assets/make.ts` writes. */
async function readCatalogue(assetsFolder: string): Promise<CatalogueData> {
  try {
    return JSON.parse(await readFile(path.join(assetsFolder, 'catalogue.json'), 'utf8'));
  } catch (cause) {
    throw new CratefulError('UNEXPECTED', { reason: 'demo catalogue unreadable' }, cause);
  }
}

/** Which part of the service an address belongs to. */
function kindOf(pathname: string): StoreCall['kind'] {
  if (pathname.startsWith(API_PREFIX)) return 'api';
  if (pathname === '/signin/oauth') return 'sign-in';
  if (pathname === '/login' || pathname.startsWith('/resources/')) return 'player';
  return pathname === '/file' ? 'cdn' : 'static';
}

async function readCall(message: IncomingMessage): Promise<StoreCall> {
  const url = new URL(message.url ?? '/', 'http://store.invalid');
  const kind = kindOf(url.pathname);
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    kind,
    method: message.method ?? 'GET',
    path: kind === 'api' ? url.pathname.slice(API_PREFIX.length) : url.pathname,
    query: url.searchParams,
    target: message.url ?? '/',
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, answer: StoreAnswer, record: RecordedRequest): void {
  const body = Buffer.from(answer.body as string);
  record.status = answer.status;
  record.bytesSent = body.length;
  response.writeHead(answer.status, { 'content-length': body.length, ...answer.headers }).end(body);
}

/** Streams a file with back-pressure, so that files of any size cost no memory. */
async function stream(
  response: ServerResponse,
  answer: CdnAnswer,
  record: RecordedRequest,
): Promise<void> {
  record.status = answer.status;
  response.writeHead(answer.status, answer.headers);
  // As a server does that has headers before it has a body: a cut then is one of the body.
  response.flushHeaders();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for await (const chunk of answer.body) {
    if (gone.signal.aborted) return;
    record.bytesSent += chunk.length;
    if (!response.write(chunk)) {
      await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
    }
  }
  if (answer.ending === 'end') response.end();
  if (answer.ending === 'cut') response.socket?.end(() => response.destroy());
}
