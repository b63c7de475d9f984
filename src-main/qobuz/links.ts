/** Qobuz links in any text (qobuz-api §7). Pure. */
import type { LinkKind, LinkProblem } from '../../src-preload/contract/links.ts';

/** What a link leads to: ids are global, whatever country or language the link was made for. */
export interface LinkTarget {
  readonly kind: LinkKind;
  /** Album ids keep their case; all others are digits. */
  readonly id: string;
}

/** One link of a text: what it leads to, or why it leads to nothing. */
export type FoundLink = {
  /** As it was written, without query and fragment. */
  readonly text: string;
} & ({ readonly target: LinkTarget } | { readonly problem: LinkProblem });

/** What may stand between two links, and what a sentence puts around one. */
const BETWEEN = /[\s<>()[\]{}"'`«»“”„‘’,;|\\^]+/u;
const AT_THE_END = /[.:!?…*_~]+$/u;
const GLUED = /(?=https?:\/\/)/i;
const LOOKS_LIKE_A_LINK = /^(?:https?|qobuzapp|crateful):|^(?:[\w-]+\.)*qobuz\.com(?:[/?#]|$)/i;

const HOSTS: ReadonlySet<string> = new Set([
  'www.qobuz.com',
  'open.qobuz.com',
  'play.qobuz.com',
  'qobuz.com',
]);
const LOCALE = /^[a-z]{2}-[a-z]{2}$/i;
const KINDS: Readonly<Record<string, LinkKind>> = {
  album: 'album',
  track: 'track',
  playlist: 'playlist',
  playlists: 'playlist',
  artist: 'artist',
  interpreter: 'artist',
  label: 'label',
};
const ALBUM_ID = /^[A-Za-z0-9]{4,32}$/;
const NUMBER = /^\d{1,15}$/;
/** Pages of the site and the player that show no single thing. */
const SECTIONS: ReadonlySet<string> = new Set([
  'user',
  'discover',
  'search',
  'shop',
  'profile',
  'genre',
  'library',
  'magazine',
  'help',
  'signin',
  'explore',
]);
/** A shown link never fills a page. */
const MOST_CHARACTERS = 300;

/**
 * Every link in a text, in order, each once; other words are passed over. A text without anything that looks
 * like a link gives one `not-a-link`, so that whoever dropped it hears of it.
 */
export function findLinks(text: string): readonly FoundLink[] {
  const words = text
    .split(BETWEEN)
    .flatMap((word) => word.split(GLUED))
    .map((word) => word.replace(AT_THE_END, ''))
    .filter((word) => LOOKS_LIKE_A_LINK.test(word));
  if (words.length === 0) {
    const shown = text.trim().slice(0, MOST_CHARACTERS);
    return shown === '' ? [] : [{ text: shown, problem: 'not-a-link' }];
  }
  const found = new Map<string, FoundLink>();
  for (const link of words.flatMap(readLink)) {
    const key = 'target' in link ? `${link.target.kind}/${link.target.id}` : link.text;
    if (!found.has(key)) found.set(key, link);
  }
  return [...found.values()];
}

/** One word that looks like a link; several links when it is a `crateful://add?url=…` around a text. */
function readLink(word: string): readonly FoundLink[] {
  const address = /^[a-z]+:/i.test(word) ? word : `https://${word}`;
  const text = word.replace(/[?#].*$/s, '').slice(0, MOST_CHARACTERS);
  if (!URL.canParse(address)) return [{ text, problem: 'not-a-link' }];
  const url = new URL(address);
  switch (url.protocol) {
    case 'crateful:':
      return handedOver(url, text);
    case 'qobuzapp:':
      return [{ text, ...targetOf([url.hostname, ...segmentsOf(url)]) }];
    case 'https:':
    case 'http:':
      return [{ text, ...(isQobuz(url) ? targetOf(segmentsOf(url)) : { problem: 'not-qobuz' }) }];
    default:
      return [{ text, problem: 'not-a-link' }];
  }
}

/** The links that a `crateful://add?url=…` of the system carries; any other address carries none. */
export const linksHandedOver = (address: string): readonly FoundLink[] =>
  /^crateful:/i.test(address) ? readLink(address) : [];

/** A deep link carries Qobuz links and nothing else: no deep link inside it is followed. */
function handedOver(url: URL, text: string): readonly FoundLink[] {
  const inside = url.hostname === 'add' ? url.searchParams.get('url') : null;
  if (inside === null || /crateful:/i.test(inside)) return [{ text, problem: 'no-item' }];
  return findLinks(inside);
}

const isQobuz = (url: URL): boolean =>
  HOSTS.has(url.hostname) && url.port === '' && url.username === '' && url.password === '';

const segmentsOf = (url: URL): readonly string[] =>
  url.pathname.split('/').flatMap((segment) => {
    try {
      const decoded = decodeURIComponent(segment).trim();
      return decoded === '' ? [] : [decoded];
    } catch {
      // A segment with a broken escape names nothing; the others may.
      return [];
    }
  });

/** The rule that covers all forms: locale dropped, first segment names the type, last fitting one is the id. */
function targetOf(
  segments: readonly string[],
): { readonly target: LinkTarget } | { readonly problem: LinkProblem } {
  const [first, ...others] = LOCALE.test(segments[0] ?? '') ? segments.slice(1) : segments;
  if (first === undefined) return { problem: 'no-item' };
  const type = first.toLowerCase();
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === undefined) return { problem: SECTIONS.has(type) ? 'section' : 'unknown-type' };
  if (others.length === 0) return { problem: 'no-item' };
  const fits = kind === 'album' ? ALBUM_ID : NUMBER;
  const id = others.findLast((segment) => fits.test(segment));
  if (id === undefined) return { problem: 'bad-id' };
  return { target: { kind, id: kind === 'album' ? id : id.replace(/^0+(?=\d)/, '') } };
}
