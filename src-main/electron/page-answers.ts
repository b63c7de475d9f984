import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { type Resource, resourceOf } from './addresses.ts';
import { contentSecurityPolicy, withNonce } from './content-security.ts';
import { type Media, mediaResponse } from './media.ts';

/** What the pages' scheme serves. */
export interface PageSources {
  /** The built renderer; nothing outside it is served. */
  readonly folder: string;
  /** Absolute path of an album's cached cover, or null. */
  coverFile(cover: Extract<Resource, { kind: 'cover' }>): Promise<string | null>;
  /** A track's file, or null where there is none to play. */
  mediaFile(track: Extract<Resource, { kind: 'track' }>): Promise<Media | null>;
}

/** Answers a request for page, file, cover or music; anything else, faults included, is a quiet 404. */
export async function pageAnswer(request: Request, sources: PageSources): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return notFound();
  const resource = resourceOf(request.url, sources.folder);
  try {
    if (resource === null) return notFound();
    if (resource.kind === 'page') return await page(sources.folder);
    if (resource.kind === 'file') return await file(resource.path, sources.folder);
    if (resource.kind === 'track') {
      const media = await sources.mediaFile(resource);
      return media === null ? notFound() : await mediaResponse(request, media);
    }
    const cover = await sources.coverFile(resource);
    return cover === null ? notFound() : answer(await readFile(cover), 'image/jpeg', COVERS);
  } catch {
    // A file that is not there, a cover that could not be fetched: the page shows its placeholder.
    return notFound();
  }
}

async function page(folder: string): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  return answer(withNonce(html, nonce), 'text/html; charset=utf-8', {
    'Content-Security-Policy': contentSecurityPolicy(nonce),
  });
}

/** A file of the folder that is really in it: a link that leads out is followed by nobody. */
async function file(path: string, folder: string): Promise<Response> {
  const type = CONTENT_TYPES[extname(path)];
  if (type === undefined) return notFound();
  const [real, root] = await Promise.all([realpath(path), realpath(folder)]);
  return real.startsWith(root + sep) ? answer(await readFile(real), type) : notFound();
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
