import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlbumId } from '../src-preload/contract/ids.ts';

/** The pages of the window. */
export const PAGE_NAMES = ['library', 'preview', 'activity'] as const;
/** One of {@link PAGE_NAMES}. */
export type PageName = (typeof PAGE_NAMES)[number];

/** Where the window is; null `page` means "wherever fits", decided when the window opens by whether a run goes on. */
export interface Place {
  readonly page: PageName | null;
  readonly albumId: AlbumId | null;
  readonly settingsOpen: boolean;
}

/** The window's own state, apart from what the engine knows. */
export type Navigation = StoreApi<Place>;

/** The page a location's fragment names, so that a reload stays where it was. */
export function pageOfHash(hash: string): PageName | null {
  const name = hash.replace(/^#\/?/, '');
  return PAGE_NAMES.find((page) => page === name) ?? null;
}

/** Starts where the fragment says. */
export const createNavigation = (hash: string): Navigation =>
  createStore<Place>(() => ({ page: pageOfHash(hash), albumId: null, settingsOpen: false }));

/** Goes to a page and notes it in the fragment. */
export function goTo(navigation: Navigation, page: PageName): void {
  navigation.setState({ page, albumId: null });
  window.history.replaceState(null, '', `#/${page}`);
}

/** A part of the window's own state. */
export const usePlace = <Part>(navigation: Navigation, select: (place: Place) => Part): Part =>
  useStore(navigation, select);
