import { isAbsolute, join, relative } from 'node:path';
import { type AlbumId, albumId, type TrackId, trackId } from '../../src-preload/contract/ids.ts';
import { isLoopback, isServiceHost } from '../net/addresses.ts';

/** The scheme of our own pages, covers and music, instead of `file:` (architecture §7). */
export const APP_SCHEME = 'crateful-app';
/** The one page there is. */
export const PAGE_URL = `${APP_SCHEME}://app/index.html`;

/** What an address of {@link APP_SCHEME} asks for. */
export type Resource =
  | { readonly kind: 'page' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'cover'; readonly albumId: AlbumId; readonly size: 'small' | 'large' }
  | { readonly kind: 'track'; readonly albumId: AlbumId; readonly trackId: TrackId };

/** Whether an address is our own page; its query and fragment do not matter. */
export function isOwnPage(address: string): boolean {
  const url = parse(address);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === 'app' && isPagePath(url);
}

/** What an address asks for, with file paths inside `folder` only; null is answered with 404. */
export function resourceOf(address: string, folder: string): Resource | null {
  const url = parse(address);
  if (url === null || url.protocol !== `${APP_SCHEME}:`) return null;
  const path = decoded(url.pathname);
  if (path === null) return null;
  if (url.host === 'cover') {
    const id = /^\/([A-Za-z0-9]{1,64})$/.exec(path)?.[1];
    if (id === undefined) return null;
    const size = url.searchParams.get('size') === 'small' ? 'small' : 'large';
    return { kind: 'cover', albumId: albumId(id), size };
  }
  if (url.host === 'track') {
    const [, album, track] = /^\/([A-Za-z0-9]{1,64})\/([1-9]\d{0,14})$/.exec(path) ?? [];
    if (album === undefined || track === undefined) return null;
    return { kind: 'track', albumId: albumId(album), trackId: trackId(Number(track)) };
  }
  if (url.host !== 'app') return null;
  if (isPagePath(url)) return { kind: 'page' };
  const file = containedPath(folder, path);
  return file === null ? null : { kind: 'file', path: file };
}

/**
 * Whether the system's browser may be sent there: https on the service's own hosts, or the very origin of a stand-in
 * on this computer, where the demo store has its sign-in page. Other schemes would start arbitrary programs, and no
 * other host is ours to recommend.
 */
export function isOpenable(address: string, standIn: string | null = null): boolean {
  const url = parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:' && url.port === '' && isServiceHost(url)) return true;
  const base = standIn === null ? null : parse(standIn);
  return (
    base !== null && isLoopback(base) && url.protocol === 'http:' && url.origin === base.origin
  );
}

const isPagePath = (url: URL): boolean => url.pathname === '/' || url.pathname === '/index.html';

const parse = (address: string): URL | null => (URL.canParse(address) ? new URL(address) : null);

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** The file a decoded URL path names inside `folder`; null when it leads out of it or names the folder. */
function containedPath(folder: string, path: string): string | null {
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = join(folder, path);
  const inside = relative(folder, file);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null;
  return file;
}
