import { useEffect, useMemo, useState } from 'react';
import type { SearchAnswer } from '../../../src-preload/contract/album-view.ts';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { settle, useMirror, useSurroundings } from '../../context.ts';

/** How long somebody has to stop typing before a search begins, in milliseconds. */
const PAUSE_MS = 120;

/** What a search says. */
export interface Search {
  /** What was found belongs to these words, which may lag behind what is typed; null while nothing is searched. */
  readonly query: string | null;
  /** Best first. */
  readonly albumIds: readonly AlbumId[];
  /** Titles of matching tracks, by album. */
  readonly tracks: ReadonlyMap<AlbumId, readonly string[]>;
  readonly fault: ErrorView | null;
}

const NO_SEARCH: Search = { query: null, albumIds: [], tracks: new Map(), fault: null };

/** Searches as somebody types. An answer that is overtaken by the next question is dropped. */
export function useSearch(typed: string): Search {
  const { bridge } = useSurroundings();
  const albums = useMirror((mirror) => mirror.albums.size);
  const [found, setFound] = useState<Search>(NO_SEARCH);
  const query = typed.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with more albums there may be more to find
  useEffect(() => {
    if (query === '') {
      setFound(NO_SEARCH);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      void settle(bridge.searchLibrary({ query: query.slice(0, 200) })).then((reply) => {
        if (current) setFound(reply.ok ? answered(query, reply.value) : failed(query, reply.error));
      });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [bridge, query, albums]);
  return useMemo(() => (query === '' ? NO_SEARCH : found), [query, found]);
}

const answered = (query: string, answer: SearchAnswer): Search => ({
  query,
  albumIds: answer.albumIds,
  tracks: new Map(answer.tracks.map(({ albumId, titles }) => [albumId, titles])),
  fault: null,
});

const failed = (query: string, fault: ErrorView): Search => ({ ...NO_SEARCH, query, fault });
