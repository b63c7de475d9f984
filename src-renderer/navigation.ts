import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AlbumId, albumId } from '../src-preload/contract/ids.ts';
import type { SettingId } from './views/settings/setting-list.ts';

/** The pages of the window. */
export const PAGE_NAMES = [
  'library',
  'preview',
  'activity',
  'history',
  'links',
  'care',
  'check',
  'adopt',
  'steps',
  'editions',
  'duplicates',
  'set-aside',
  'settings',
  'account',
] as const;
/** One of {@link PAGE_NAMES}. */
export type PageName = (typeof PAGE_NAMES)[number];

/** The pages of the side bar from top to bottom, and of the shortcuts that lead to them. */
export const NAV_PAGES = [
  'library',
  'activity',
  'links',
  'care',
  'settings',
] as const satisfies readonly PageName[];
/** One of {@link NAV_PAGES}. */
export type NavPage = (typeof NAV_PAGES)[number];

/** The rooms of the care page, in its order: each is a page of its own that leads back there. */
export const CARE_ROOMS = [
  'check',
  'adopt',
  'editions',
  'duplicates',
  'set-aside',
  'steps',
] as const satisfies readonly PageName[];
/** One of {@link CARE_ROOMS}. */
export type CareRoom = (typeof CARE_ROOMS)[number];

/** The page of the side bar that a page belongs to; null for those that stand outside of it. */
export function navPageOf(page: PageName): NavPage | null {
  if (page === 'history') return 'activity';
  if (CARE_ROOMS.some((room) => room === page)) return 'care';
  return NAV_PAGES.find((each) => each === page) ?? null;
}

/** Where the window is; null `page` means "wherever fits", decided when the window opens by whether a run goes on. */
export interface Place {
  readonly page: PageName | null;
  readonly albumId: AlbumId | null;
  /** The setting somebody was sent to; the page shows it and forgets this. */
  readonly setting: SettingId | null;
  /** Whether the search field of the page shall take the focus; it does so and forgets this. */
  readonly searchWanted: boolean;
  /** Whether the first run is open; null means "whenever it fits", decided when an account appears. */
  readonly setupOpen: boolean | null;
  /** What lies over the pages. */
  readonly overlay: 'palette' | 'shortcuts' | 'add-links' | null;
}

/** The window's own state, apart from what the engine knows. */
export type Navigation = StoreApi<Place>;

/** The page a location's fragment names, so that a reload stays where it was. */
export function pageOfHash(hash: string): PageName | null {
  const name = hash.replace(/^#\/?/, '');
  return PAGE_NAMES.find((page) => page === name) ?? null;
}

/** The album a fragment names: its page is `#/album/<id>`. */
export function albumOfHash(hash: string): AlbumId | null {
  const id = /^#\/?album\/([A-Za-z0-9]{1,64})$/.exec(hash)?.[1];
  return id === undefined ? null : albumId(id);
}

/** Starts where the fragment says. */
export const createNavigation = (hash: string): Navigation =>
  createStore<Place>(() => ({
    page: pageOfHash(hash),
    albumId: albumOfHash(hash),
    setting: null,
    searchWanted: false,
    setupOpen: null,
    overlay: null,
  }));

/** Goes to a page and notes it in the fragment; whatever lies over the pages is closed. */
export function goTo(navigation: Navigation, page: PageName): void {
  navigation.setState({ page, albumId: null, setting: null, setupOpen: false, overlay: null });
  window.history.replaceState(null, '', `#/${page}`);
}

/** Opens an album's page, before whatever page is open; it is noted in the fragment. */
export function openAlbum(navigation: Navigation, id: AlbumId): void {
  navigation.setState({ albumId: id, overlay: null });
  window.history.replaceState(null, '', `#/album/${id}`);
}

/** Goes back from an album's page to the page before. */
export function closeAlbum(navigation: Navigation): void {
  const { page } = navigation.getState();
  navigation.setState({ albumId: null });
  window.history.replaceState(null, '', page === null ? '#/' : `#/${page}`);
}

/** Goes to one setting. */
export function goToSetting(navigation: Navigation, setting: SettingId): void {
  goTo(navigation, 'settings');
  navigation.setState({ setting });
}

/** A part of the window's own state. */
export const usePlace = <Part>(navigation: Navigation, select: (place: Place) => Part): Part =>
  useStore(navigation, select);

/** For the search field of a page: focuses it whenever somebody asked for the search. */
export function useSearchFocus(navigation: Navigation) {
  const field = useRef<HTMLInputElement>(null);
  const wanted = usePlace(navigation, ({ searchWanted }) => searchWanted);
  useEffect(() => {
    if (!wanted) return;
    navigation.setState({ searchWanted: false });
    field.current?.focus();
    field.current?.select();
  }, [navigation, wanted]);
  return field;
}
