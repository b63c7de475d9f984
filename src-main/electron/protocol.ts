import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Protocol, protocol } from 'electron';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { APP_SCHEME, resourceOf } from './addresses.ts';
import { contentSecurityPolicy, withNonce } from './content-security.ts';

/** What the pages' scheme serves. */
export interface ProtocolOptions {
  /** The built renderer; nothing outside it is served. */
  readonly folder: string;
  /** Absolute path of an album's cached cover, or null. */
  coverFile(albumId: AlbumId): Promise<string | null>;
}

/** Declares the scheme; must run before Electron is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves page, files and covers; anything else, faults included, is a quiet 404. */
export function serveScheme(target: Protocol, options: ProtocolOptions): void {
  target.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound();
    const resource = resourceOf(request.url, options.folder);
    try {
      if (resource === null) return notFound();
      if (resource.kind === 'page') return await page(options.folder);
      if (resource.kind === 'file') return await file(resource.path);
      const cover = await options.coverFile(resource.albumId);
      return cover === null ? notFound() : answer(await readFile(cover), 'image/jpeg');
    } catch {
      // A file that is not there, a cover that could not be fetched: the page shows its placeholder.
      return notFound();
    }
  });
}

async function page(folder: string): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  return answer(withNonce(html, nonce), 'text/html; charset=utf-8', {
    'Content-Security-Policy': contentSecurityPolicy(nonce),
  });
}

async function file(path: string): Promise<Response> {
  const type = CONTENT_TYPES[extname(path)];
  return type === undefined ? notFound() : answer(await readFile(path), type);
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const answer = (
  body: string | Buffer<ArrayBuffer>,
  type: string,
  headers: Record<string, string> = {},
): Response =>
  new Response(body, {
    headers: {
      'Content-Type': type,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      ...headers,
    },
  });

const notFound = (): Response => new Response(null, { status: 404 });
