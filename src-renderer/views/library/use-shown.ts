import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { useMirror } from '../../context.ts';
import {
  createLibraryOrder,
  type LibraryCounts,
  type LibrarySort,
  libraryCounts,
  shownOf,
} from '../../store/library.ts';
import { type LibraryPlace, useLibraryPlace } from './library-place.ts';
import type { Selection } from './selection.ts';
import { type Search, useSearch } from './use-search.ts';

/** What the library shows now, and how that is changed. */
export interface Shown {
  readonly place: LibraryPlace;
  readonly change: (part: Partial<LibraryPlace>) => void;
  readonly search: Search;
  readonly counts: LibraryCounts;
  /** Null while the best match comes first. */
  readonly sort: LibrarySort | null;
  readonly onSort: (sort: LibrarySort | null) => void;
  readonly ids: readonly AlbumId[];
  /** Chosen albums among those that are shown: nothing is done to what nobody sees. */
  readonly selected: readonly AlbumSummary[];
  readonly onSelect: (selection: Selection) => void;
}

/** Puts search, filter and order together. */
export function useShown(): Shown {
  const { i18n } = useTranslation();
  const [place, change] = useLibraryPlace();
  const albums = useMirror((mirror) => mirror.albums);
  const albumOrder = useMirror((mirror) => mirror.albumOrder);
  const search = useSearch(place.typed);
  const { filter, selection } = place;
  const order = useMemo(() => createLibraryOrder(i18n.language), [i18n.language]);
  const searching = search.query !== null;
  const sort = searching ? place.searchSort : place.sort;
  const sorted = useMemo(
    () => (sort === null ? search.albumIds : order({ albums, albumOrder }, sort)),
    [sort, search.albumIds, order, albums, albumOrder],
  );
  const ids = useMemo(() => {
    const found = searching && sort !== null ? new Set(search.albumIds) : null;
    const wanted = found === null ? sorted : sorted.filter((id) => found.has(id));
    return shownOf(albums, wanted, filter);
  }, [searching, sort, search.albumIds, sorted, albums, filter]);
  const counts = useMemo(() => libraryCounts(albums, filter.formatsOf), [albums, filter.formatsOf]);
  const selected = useMemo(
    () =>
      selection.ids.size === 0
        ? []
        : ids.flatMap((id) => (selection.ids.has(id) ? (albums.get(id) ?? []) : [])),
    [ids, selection.ids, albums],
  );
  const onSelect = useCallback((next: Selection) => change({ selection: next }), [change]);
  const onSort = useCallback(
    (next: LibrarySort | null) =>
      change(searching || next === null ? { searchSort: next } : { sort: next }),
    [change, searching],
  );
  return { place, change, search, counts, sort, onSort, ids, selected, onSelect };
}
