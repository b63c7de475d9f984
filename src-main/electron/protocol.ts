import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Protocol, protocol } from 'electron';
import { APP_SCHEME, type Resource, resourceOf } from './addresses.ts';
import { contentSecurityPolicy, withNonce } from './content-security.ts';
import { type Media, mediaResponse } from './media.ts';

/** What the pages' scheme serves. */
export interface ProtocolOptions {
  /** The built renderer; nothing outside it is served. */
  readonly folder: string;
  /** Absolute path of an album's cached cover, or null. */
  coverFile(cover: Extract<Resource, { kind: 'cover' }>): Promise<string | null>;
  /** A track's file, or null where there is none to play. */
  mediaFile(track: Extract<Resource, { kind: 'track' }>): Promise<Media | null>;
}

/** Declares the scheme; must run before Electron is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // Without `stream` a media element cannot read parts of a file.
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}

/** Serves page, files, covers and music; anything else, faults included, is a quiet 404. */
export function serveScheme(target: Protocol, options: ProtocolOptions): void {
  target.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound();
    const resource = resourceOf(request.url, options.folder);
    try {
      if (resource === null) return notFound();
      if (resource.kind === 'page') return await page(options.folder);
      if (resource.kind === 'file') return await file(resource.path);
      if (resource.kind === 'track') {
        const media = await options.mediaFile(resource);
        return media === null ? notFound() : await mediaResponse(request, media);
      }
      const cover = await options.coverFile(resource);
      return cover === null ? notFound() : answer(await readFile(cover), 'image/jpeg', COVERS);
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

/** A window that scrolls back need not read its covers again. */
const COVERS = { 'Cache-Control': 'private, max-age=3600' };

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
