import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  DEFAULT_SORT,
  type LibraryFilter,
  type LibrarySort,
  NO_FILTER,
} from '../../store/library.ts';
import { NO_SELECTION, type Selection } from './selection.ts';

/** What a person made of the library; it is as they left it when they come back from another page. */
export interface LibraryPlace {
  /** What stands in the search field. */
  readonly typed: string;
  readonly filter: LibraryFilter;
  readonly sort: LibrarySort;
  /** The order of what was found; null for "best match". */
  readonly searchSort: LibrarySort | null;
  readonly selection: Selection;
}

/** A library nobody has touched. */
export const createLibraryPlace = (): StoreApi<LibraryPlace> =>
  createStore<LibraryPlace>(() => ({
    typed: '',
    filter: NO_FILTER,
    sort: DEFAULT_SORT,
    searchSort: null,
    selection: NO_SELECTION,
  }));

/** Set once by the shell, which outlives the library's page. */
export const LibraryPlaceContext = createContext<StoreApi<LibraryPlace> | null>(null);

/** See {@link LibraryPlace}; the second value changes a part of it. */
export function useLibraryPlace(): readonly [LibraryPlace, (part: Partial<LibraryPlace>) => void] {
  const store = useContext(LibraryPlaceContext);
  if (store === null) throw new Error('The library was rendered outside the shell.');
  return [useStore(store), store.setState];
}
