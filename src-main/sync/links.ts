import {
  type AlbumId,
  albumId,
  type LinkId,
  linkId,
  trackId,
} from '../../src-preload/contract/ids.ts';
import type { LinkView } from '../../src-preload/contract/links.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import type { Qobuz } from '../qobuz/client.ts';
import { type FoundLink, findLinks, type LinkTarget } from '../qobuz/links.ts';
import type { AccountLibrary } from './account-library.ts';
import { type Covered, type Looked, lookUp } from './link-lookup.ts';
import { type Ownership, ownershipOf } from './link-ownership.ts';
import type { Session } from './session.ts';
import type { Shelf } from './shelf.ts';
import type { Wanted } from './wishes.ts';

/** Links are answers to a person, not a record: older ones make room. */
const MOST_LINKS = 200;
/** A listing younger than this knows of what was bought just now. */
const FRESH_MS = 60_000;

/** What links work with. */
export interface LinksParts {
  readonly qobuz: Pick<Qobuz, 'album' | 'track' | 'collection'>;
  readonly library: Pick<Library, 'albums'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  readonly shelf: Shelf;
  readonly session: Pick<Session, 'confirm'>;
  readonly own: Pick<AccountLibrary, 'purchases' | 'refresh' | 'root'>;
  /** Puts these into the queue at once. Throws `NO_LIBRARY_ROOT`, `SIGN_IN_REQUIRED` and what runs throw. */
  readonly want: (wanted: Wanted) => Promise<void>;
  readonly onChange: () => void;
}

/** Links that were dropped, pasted or handed over, each with what came of it. */
export interface Links {
  views(): readonly LinkView[];
  /** Looks every link of a text up and queues what is owned; gives how many links the text holds. */
  add(text: string): number;
  /** Queues the owned part of a list, or the whole album of a track. Throws `INVALID_REQUEST` and what queueing throws. */
  queue(id: LinkId): Promise<void>;
  dismiss(ids: readonly LinkId[]): void;
  /** The address of a page where it is sold; `item` is an index into the rest. Throws `INVALID_REQUEST`. */
  shopAddress(id: LinkId, item: number | null): string;
  /** An album a link led to, for its cover; null when none did. */
  album(id: AlbumId): Covered | null;
  /** Ends what is being looked up and forgets everything. */
  clear(): void;
}

interface Entry {
  view: LinkView;
  readonly target: LinkTarget | null;
  /** What *Queue* puts into the queue; null when there is nothing to offer. */
  wanted: Wanted | null;
}

/** Makes the links of one engine. */
export function createLinks(parts: LinksParts): Links {
  const entries = new Map<LinkId, Entry>();
  const covers = new Map<AlbumId, Covered>();
  let abort = new AbortController();
  let turn: Promise<void> = Promise.resolve();

  const change = (entry: Entry, patch: Partial<LinkView>) => {
    entry.view = { ...entry.view, ...patch };
    if (entries.has(entry.view.id)) parts.onChange();
  };

  /** The index of this moment; where a track belongs is asked of the cached lists. */
  const ownership = async (target: LinkTarget): Promise<Ownership> => {
    const listed =
      target.kind === 'track'
        ? await parts.library.albums.containing([trackId(Number(target.id))])
        : [];
    const owned = [...parts.shelf.ids()].flatMap((id) => parts.shelf.owned(id) ?? []);
    return ownershipOf(owned, listed);
  };

  const queued = async (wanted: Wanted): Promise<'here' | 'queued'> => {
    const here = [...wanted].every(([id, tracks]) => parts.shelf.holds(id, tracks));
    if (here) return 'here';
    if (parts.own.root() === null) throw new CratefulError('NO_LIBRARY_ROOT');
    await parts.want(wanted);
    return 'queued';
  };

  const look = async (target: LinkTarget, signal: AbortSignal): Promise<Looked> => {
    const looked = await lookUp(parts.qobuz, target, await ownership(target), signal);
    const { listedAtMs } = parts.own.purchases();
    const isFresh = listedAtMs !== null && parts.clock.now() - listedAtMs < FRESH_MS;
    if (looked.view.tracksOwned > 0 || isFresh) return looked;
    // It may have been bought a moment ago.
    await parts.own.refresh(await parts.session.confirm(signal), signal);
    return lookUp(parts.qobuz, target, await ownership(target), signal);
  };

  const resolve = async (entry: Entry, target: LinkTarget, signal: AbortSignal): Promise<void> => {
    // Nobody waits any more for what was dismissed, or had to make room.
    const isWaitedFor = () => !signal.aborted && entries.has(entry.view.id);
    if (!isWaitedFor()) return;
    try {
      const looked = await look(target, signal);
      if (!isWaitedFor()) return;
      for (const album of looked.covers) covers.set(album.id, album);
      entry.wanted = looked.offers;
      const state =
        looked.now === null
          ? looked.view.tracksOwned > 0
            ? 'offer'
            : 'not-owned'
          : await queued(looked.now);
      change(entry, { ...looked.view, state });
    } catch (error) {
      if (signal.aborted) return;
      if (hasCode(error, 'TRACK_UNAVAILABLE')) {
        change(entry, { state: 'invalid', problem: 'not-found' });
      } else change(entry, { state: 'failed', error: asCratefulError(error).toView() });
    }
  };

  const enter = (found: FoundLink): Entry => {
    const target = 'target' in found ? found.target : null;
    const problem = 'problem' in found ? found.problem : null;
    const view: LinkView = {
      id: linkId(parts.newId()),
      text: found.text,
      kind: target?.kind ?? null,
      state: target ? 'looking' : 'invalid',
      problem,
      error: null,
      title: null,
      artist: null,
      coverAlbumId: null,
      albumId: null,
      trackId: null,
      offersAlbum: false,
      tracksTotal: 0,
      tracksOwned: 0,
      inShop: false,
      rest: [],
    };
    const entry = { view, target, wanted: null };
    entries.set(view.id, entry);
    return entry;
  };

  const entryOf = (id: LinkId): Entry => {
    const entry = entries.get(id);
    if (!entry) throw new CratefulError('INVALID_REQUEST', { reason: 'no such link' });
    return entry;
  };

  return {
    views: () => [...entries.values()].map(({ view }) => view).reverse(),

    add(text) {
      const found = findLinks(text);
      const { signal } = abort;
      for (const entry of found.map(enter)) {
        const { target } = entry;
        // One after the other: the service is asked gently, and answers come in the order of the text.
        if (target) turn = turn.then(() => resolve(entry, target, signal));
      }
      for (const id of [...entries.keys()].slice(0, -MOST_LINKS)) entries.delete(id);
      parts.onChange();
      return found.length;
    },

    async queue(id) {
      const entry = entryOf(id);
      if (!entry.wanted) throw new CratefulError('INVALID_REQUEST', { reason: 'nothing to queue' });
      const state = await queued(entry.wanted);
      entry.wanted = null;
      change(entry, { state, offersAlbum: false });
    },

    dismiss(ids) {
      for (const id of ids) entries.delete(id);
      parts.onChange();
    },

    shopAddress(id, item) {
      const { view, target } = entryOf(id);
      if (item !== null) {
        const of = view.rest[item];
        if (of) return addressOf({ kind: 'album', id: of.albumId });
      } else if (view.inShop) return addressOf(target);
      throw new CratefulError('INVALID_REQUEST', { reason: 'not in the shop' });
    },

    album: (id) => covers.get(id) ?? null,

    clear() {
      abort.abort();
      abort = new AbortController();
      entries.clear();
      covers.clear();
      parts.onChange();
    },
  };
}

/**
 * The page of a thing, in whatever country and language the person's browser is: addresses in the service's answers
 * are always French ones (qobuz-api §7).
 */
function addressOf(target: LinkTarget | null): string {
  if (!target) throw new CratefulError('INVALID_REQUEST', { reason: 'no page' });
  return `https://open.qobuz.com/${target.kind}/${encodeURIComponent(albumId(target.id))}`;
}
