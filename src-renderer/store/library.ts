import { type FormatId, formatInfo } from '../../src-preload/contract/formats.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { ALBUM_STATUSES, type AlbumStatus } from '../../src-preload/contract/states.ts';
import { displayAlbumTitle } from '../../src-preload/contract/titles.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import type { Mirror } from './reducer.ts';

/** The parts of the library a person looks at most. */
export const LIBRARY_PRESETS = ['all', 'to-sync', 'attention'] as const;
/** One of {@link LIBRARY_PRESETS}. */
export type LibraryPreset = (typeof LIBRARY_PRESETS)[number];

/** What each preset shows; nothing means every status. */
export const PRESET_STATUSES: Readonly<Record<LibraryPreset, readonly AlbumStatus[]>> = {
  all: [],
  'to-sync': ['partly', 'not-synced', 'syncing'],
  attention: ['withheld', 'needs-attention'],
};

/** Kinds of format a person tells apart. */
export const FORMAT_GROUPS = ['mp3', 'cd', 'hi-res', 'dsd'] as const;
/** One of {@link FORMAT_GROUPS}. */
export type FormatGroup = (typeof FORMAT_GROUPS)[number];

/** Which albums the library shows; an empty list leaves nothing out. */
export interface LibraryFilter {
  readonly statuses: readonly AlbumStatus[];
  readonly formats: readonly FormatGroup[];
  /** Whether `formats` means what was bought or what is on disk. */
  readonly formatsOf: 'bought' | 'disk';
}

/** The filter that shows everything. */
export const NO_FILTER: LibraryFilter = { statuses: [], formats: [], formatsOf: 'bought' };

/** The preset whose statuses a filter asks for; null for a choice of one's own. */
export const presetOf = ({ statuses }: LibraryFilter): LibraryPreset | null =>
  LIBRARY_PRESETS.find((preset) => {
    const wanted = PRESET_STATUSES[preset];
    return wanted.length === statuses.length && wanted.every((each) => statuses.includes(each));
  }) ?? null;

function groupOf(formatId: FormatId): FormatGroup | null {
  const info = formatInfo(formatId);
  if (info === undefined) return null;
  if (info.extension === 'dsf') return 'dsd';
  if (info.extension === 'mp3') return 'mp3';
  return info.id === 6 ? 'cd' : 'hi-res';
}

/**
 * The kinds of format an album counts as. On disk these are all its files have; of what was bought the best of
 * each family, as its badges show them: who bought 24/192 may fetch MP3 too, and does not think of it as one.
 */
export function formatGroups(
  album: Pick<AlbumSummary, 'formatIds' | 'servedFormatIds'>,
  formatsOf: LibraryFilter['formatsOf'],
): readonly FormatGroup[] {
  const ids = formatsOf === 'disk' ? album.servedFormatIds : album.formatIds;
  const groups = FORMAT_GROUPS.filter((group) => ids.some((id) => groupOf(id) === group));
  if (formatsOf === 'disk') return groups;
  return groups.filter(
    (group) =>
      (group !== 'mp3' || groups.length === 1) && (group !== 'cd' || !groups.includes('hi-res')),
  );
}

/** Whether an album belongs to a filter. */
export const inFilter = (album: AlbumSummary, filter: LibraryFilter): boolean =>
  (filter.statuses.length === 0 || filter.statuses.includes(album.status)) &&
  (filter.formats.length === 0 ||
    formatGroups(album, filter.formatsOf).some((group) => filter.formats.includes(group)));

/** How many albums have each status and each kind of format. */
export interface LibraryCounts {
  readonly presets: Readonly<Record<LibraryPreset, number>>;
  readonly statuses: Readonly<Record<AlbumStatus, number>>;
  readonly formats: Readonly<Record<FormatGroup, number>>;
}

/** See {@link LibraryCounts}. */
export function libraryCounts(
  albums: Mirror['albums'],
  formatsOf: LibraryFilter['formatsOf'] = 'bought',
): LibraryCounts {
  const statuses = countsOf(ALBUM_STATUSES);
  const formats = countsOf(FORMAT_GROUPS);
  for (const album of albums.values()) {
    statuses[album.status] += 1;
    for (const group of formatGroups(album, formatsOf)) formats[group] += 1;
  }
  const sum = (preset: LibraryPreset): number =>
    PRESET_STATUSES[preset].reduce((total, status) => total + statuses[status], 0);
  return {
    presets: { all: albums.size, 'to-sync': sum('to-sync'), attention: sum('attention') },
    statuses,
    formats,
  };
}

const countsOf = <Key extends string>(keys: readonly Key[]): Record<Key, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;

/** What the library can be sorted by: the columns of its table. */
export const SORT_KEYS = [
  'title',
  'artist',
  'year',
  'label',
  'formats',
  'bought',
  'size',
  'status',
] as const;
/** One of {@link SORT_KEYS}. */
export type SortKey = (typeof SORT_KEYS)[number];

/** An order of the library. */
export interface LibrarySort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The most recently bought first. */
export const DEFAULT_SORT: LibrarySort = { key: 'bought', descending: true };

/** The order a key is first sorted in: what is new, big or good first, words from A. */
export const firstOrder = (key: SortKey): LibrarySort => ({
  key,
  descending: key === 'bought' || key === 'size' || key === 'year' || key === 'formats',
});

type SortValue = string | number | null;

const QUALITY: readonly FormatId[] = [5, 6, 7, 27, 55, 56];

function sortValue(album: AlbumSummary, key: SortKey): SortValue {
  switch (key) {
    case 'title':
      return displayAlbumTitle(album);
    // An artist's albums stand in the order of their years.
    case 'artist':
      return `${album.artist}\t${album.year ?? ''}`;
    case 'year':
      return album.year;
    case 'label':
      return album.label;
    case 'formats': {
      const ids = album.servedFormatIds.length > 0 ? album.servedFormatIds : album.formatIds;
      const best = Math.max(...ids.map((id) => QUALITY.indexOf(id)), -1);
      return best === -1 ? null : best;
    }
    case 'bought':
      return album.purchasedAt;
    case 'size':
      return album.bytes === 0 ? null : album.bytes;
    case 'status':
      return ALBUM_STATUSES.indexOf(album.status);
  }
}

/** Puts all albums into an order. */
export type LibraryOrder = (
  mirror: Pick<Mirror, 'albums' | 'albumOrder'>,
  sort: LibrarySort,
) => readonly AlbumId[];

/**
 * An order that is worked out again only when a value it depends on changed: during a sync albums change ten times
 * a second, and comparing ten thousand titles each time would be felt. What has no value comes last either way.
 */
export function createLibraryOrder(locale: string): LibraryOrder {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  let last: {
    readonly from: readonly AlbumId[];
    readonly sort: LibrarySort;
    readonly values: readonly SortValue[];
    readonly order: readonly AlbumId[];
  } | null = null;
  return ({ albums, albumOrder }, sort) => {
    if (sort.key === 'bought') return sort.descending ? albumOrder : albumOrder.toReversed();
    const values = albumOrder.map((id) => {
      const album = albums.get(id);
      return album === undefined ? null : sortValue(album, sort.key);
    });
    if (
      last !== null &&
      last.from === albumOrder &&
      last.sort.key === sort.key &&
      last.sort.descending === sort.descending &&
      values.every((value, at) => value === last?.values[at])
    ) {
      return last.order;
    }
    const sign = sort.descending ? -1 : 1;
    const places = albumOrder.map((_, place) => place);
    places.sort((a, b) => {
      const left = values[a] ?? null;
      const right = values[b] ?? null;
      if (left === null || right === null) {
        return left === right ? a - b : left === null ? 1 : -1;
      }
      const difference =
        typeof left === 'number' && typeof right === 'number'
          ? left - right
          : compare(String(left), String(right));
      return difference === 0 ? a - b : difference * sign;
    });
    const order = places.flatMap((place) => albumOrder[place] ?? []);
    last = { from: albumOrder, sort, values, order };
    return order;
  };
}

/** The ids of an order that a filter shows. */
export function shownOf(
  albums: Mirror['albums'],
  order: readonly AlbumId[],
  filter: LibraryFilter,
): readonly AlbumId[] {
  if (filter.statuses.length === 0 && filter.formats.length === 0) {
    return order.every((id) => albums.has(id)) ? order : order.filter((id) => albums.has(id));
  }
  return order.filter((id) => {
    const album = albums.get(id);
    return album !== undefined && inFilter(album, filter);
  });
}
