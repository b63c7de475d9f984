import { describe, expect, it } from 'vitest';
import {
  createLibraryOrder,
  DEFAULT_SORT,
  formatGroups,
  LIBRARY_PRESETS,
  type LibraryFilter,
  libraryCounts,
  NO_FILTER,
  PRESET_STATUSES,
  presetOf,
  SORT_KEYS,
  shownOf,
} from '../../../src-renderer/store/library.ts';
import { afterDelta, fromSnapshot } from '../../../src-renderer/store/reducer.ts';
import {
  everything,
  NO_SELECTION,
  stretched,
  toggled,
} from '../../../src-renderer/views/library/selection.ts';
import { albums, SCENES } from '../../support/scenes.ts';

const library = fromSnapshot(SCENES.library.snapshot);
const order = createLibraryOrder('en');
const titles = (ids: readonly string[]) =>
  ids.map((id) => albums.find((album) => album.id === id)!.title);

describe('filters of the library', () => {
  it('count exactly what they show', () => {
    const counts = libraryCounts(library.albums);
    for (const preset of LIBRARY_PRESETS) {
      const filter = { ...NO_FILTER, statuses: PRESET_STATUSES[preset] };
      expect(shownOf(library.albums, library.albumOrder, filter)).toHaveLength(
        counts.presets[preset],
      );
      expect(presetOf(filter)).toBe(preset);
    }
    for (const status of Object.keys(counts.statuses) as LibraryFilter['statuses'][number][]) {
      const shown = shownOf(library.albums, library.albumOrder, {
        ...NO_FILTER,
        statuses: [status],
      });
      expect(shown).toHaveLength(counts.statuses[status]);
    }
    expect(counts.presets.attention).toBe(2);
  });

  it('know a choice that is none of the presets', () => {
    expect(presetOf({ ...NO_FILTER, statuses: ['synced', 'partly', 'not-synced'] })).toBeNull();
  });

  it('take an album for the best it was bought in, and for all its files are', () => {
    const bought = { formatIds: [56, 27, 7, 6, 5], servedFormatIds: [6, 5] };
    expect(formatGroups(bought, 'bought')).toEqual(['hi-res', 'dsd']);
    expect(formatGroups(bought, 'disk')).toEqual(['mp3', 'cd']);
    expect(formatGroups({ formatIds: [6, 5], servedFormatIds: [] }, 'bought')).toEqual(['cd']);
    expect(formatGroups({ formatIds: [5], servedFormatIds: [] }, 'bought')).toEqual(['mp3']);
    expect(formatGroups({ formatIds: [99], servedFormatIds: [] }, 'bought')).toEqual([]);
  });
});

describe('the order of the library', () => {
  it('keeps every album, whatever it is sorted by and whichever way', () => {
    for (const key of SORT_KEYS) {
      for (const descending of [true, false]) {
        const sorted = order(library, { key, descending });
        expect([...sorted].sort()).toEqual([...library.albumOrder].sort());
      }
    }
  });

  it('compares words as people do: without case, numbers by their value', () => {
    const named = ['beta 10', 'Álpha', 'Beta 2', 'alpha 1'].map((title, index) => ({
      ...albums[index]!,
      title,
      version: null,
    }));
    const mirror = fromSnapshot({ ...SCENES.library.snapshot, albums: named });
    const sorted = order(mirror, { key: 'title', descending: false });
    expect(sorted.map((id) => mirror.albums.get(id)!.title)).toEqual([
      'Álpha',
      'alpha 1',
      'Beta 2',
      'beta 10',
    ]);
  });

  it('puts an artist’s albums in the order of their years', () => {
    const same = ['2019', '2003', '2011'].map((year, index) => ({
      ...albums[index]!,
      artist: 'One',
      year,
    }));
    const mirror = fromSnapshot({ ...SCENES.library.snapshot, albums: same });
    const sorted = order(mirror, { key: 'artist', descending: false });
    expect(sorted.map((id) => mirror.albums.get(id)!.year)).toEqual(['2003', '2011', '2019']);
  });

  it('puts what has no value last, both ways', () => {
    for (const descending of [true, false]) {
      const sorted = order(library, { key: 'size', descending });
      expect(library.albums.get(sorted.at(-1)!)!.bytes).toBe(0);
      expect(library.albums.get(sorted[0]!)!.bytes).toBeGreaterThan(0);
    }
  });

  it('is the very same list until a value it depends on changes', () => {
    const byTitle = { key: 'title', descending: false } as const;
    const fresh = createLibraryOrder('en');
    const before = fresh(library, byTitle);
    const [first] = albums;
    const synced = afterDelta(library, {
      seq: library.seq + 1,
      albums: { upsert: [{ ...first!, tracksDone: 3, status: 'partly' }], removed: [] },
    });
    expect(fresh(synced, byTitle)).toBe(before);
    const renamed = afterDelta(synced, {
      seq: synced.seq + 1,
      albums: { upsert: [{ ...first!, title: 'Zz' }], removed: [] },
    });
    expect(titles(before).indexOf('Harbour Lights')).toBeLessThan(
      titles(before).indexOf('Sommarnatt'),
    );
    const after = titles(fresh(renamed, byTitle));
    expect(after.indexOf('Harbour Lights')).toBeGreaterThan(after.indexOf('Sommarnatt'));
  });

  it('shows the most recently bought first until somebody chooses', () => {
    expect(titles(order(library, DEFAULT_SORT))).toEqual(albums.map((album) => album.title));
  });
});

describe('a selection', () => {
  const ids = library.albumOrder;
  const [a, b, c, d, e] = [ids[0]!, ids[1]!, ids[2]!, ids[3]!, ids[4]!];

  it('takes single albums in and out', () => {
    const both = toggled(toggled(NO_SELECTION, a), c);
    expect([...both.ids]).toEqual([a, c]);
    expect([...toggled(both, a).ids]).toEqual([c]);
  });

  it('stretches from the last one touched, shrinks again, and keeps what was chosen before', () => {
    const start = toggled(toggled(NO_SELECTION, a), c);
    const far = stretched(start, ids, e);
    expect([...far.ids].sort()).toEqual([a, c, d, e].sort());
    expect([...stretched(far, ids, d).ids].sort()).toEqual([a, c, d].sort());
    expect([...stretched(far, ids, b).ids].sort()).toEqual([a, b, c].sort());
  });

  it('begins a range where the focus was when nothing is chosen', () => {
    expect([...stretched(NO_SELECTION, ids, d, b).ids]).toEqual([b, c, d]);
  });

  it('begins anew when the album it was stretched from is no longer shown', () => {
    const start = toggled(NO_SELECTION, a);
    const shown = [c, d, e];
    expect([...stretched(start, shown, e, d).ids].sort()).toEqual([a, d, e].sort());
  });

  it('takes all that is shown', () => {
    expect(everything(ids).ids.size).toBe(ids.length);
  });
});
