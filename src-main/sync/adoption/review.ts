import {
  ADOPTION_FILTERS,
  type AdoptionChoice,
  type AdoptionFileRow,
  type AdoptionFilter,
  type AdoptionPage,
  type AdoptionRow,
  type AdoptionWhy,
} from '../../../src-preload/contract/adoption.ts';
import type { FormatId } from '../../../src-preload/contract/formats.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle, displayTitle } from '../../../src-preload/contract/titles.ts';
import type { ScanEntry } from '../../files/scan.ts';
import type { GoodTrack } from './goods.ts';
import type { Match } from './match.ts';
import type { ListedAlbum } from './own-lists.ts';

/** One file of a review. */
export interface ReviewItem {
  readonly id: number;
  readonly entry: ScanEntry;
  readonly match: Match;
  readonly better: FormatId | null;
}

/** What was ticked, of which files, and to what end. */
export interface Tick {
  readonly filter: AdoptionFilter;
  /** Null for all albums. */
  readonly albumId: AlbumId | null;
  /** Null for all files. */
  readonly ids: readonly number[] | null;
  readonly chosen: boolean;
}

interface Entry extends ReviewItem {
  standing: AdoptionFilter;
  why: AdoptionWhy;
  chosen: boolean;
  taken: boolean;
  /** What another copy stands for when it is preferred; null for what is no copy, or one of a track the library has. */
  asCopy: Pick<Entry, 'standing' | 'why'> | null;
}

type Choosable = ReviewItem & { readonly match: Match & { readonly to: GoodTrack } };

/**
 * The files of one look, what each is taken for and whether it is ticked. Sure ones are from the start; likely ones when
 * somebody says so; damaged ones stand for "fetch it anew"; another copy once
 * it is preferred to the file that has its track; of the others none can be.
 */
export class Review {
  readonly #entries: readonly Entry[];
  /** The file that each track was given to. */
  readonly #holders = new Map<GoodTrack, Entry>();
  readonly #albums: ReadonlyMap<AlbumId, ListedAlbum>;
  /** Rows of each filter as they were last asked for, until something changes. */
  readonly #rows = new Map<AdoptionFilter, readonly (Entry | AdoptionRow)[]>();
  #revision: number;

  constructor(
    items: readonly ReviewItem[],
    albums: readonly ListedAlbum[],
    options: { readonly revision: number },
  ) {
    this.#entries = items.map((item) => ({
      ...item,
      standing: item.match.standing,
      why: item.match.why,
      chosen: item.match.standing === 'sure',
      taken: false,
      asCopy: item.match.asCopy ?? null,
    }));
    for (const entry of this.#entries) {
      if (entry.match.to && entry.standing !== 'copy') this.#holders.set(entry.match.to, entry);
    }
    this.#albums = new Map(albums.map((each) => [each.album.albumId, each]));
    this.#revision = options.revision;
  }

  get revision(): number {
    return this.#revision;
  }

  counts(): Readonly<Record<AdoptionFilter, number>> {
    const counts = { sure: 0, likely: 0, unknown: 0, copy: 0, damaged: 0 };
    for (const { standing, taken } of this.#entries) if (!taken) counts[standing] += 1;
    return counts;
  }

  choice(): AdoptionChoice {
    const chosen = this.chosen();
    return {
      files: chosen.length,
      albums: new Set(chosen.map(({ match }) => match.to.good.albumId)).size,
      bytes: chosen.reduce((sum, { entry }) => sum + entry.bytes, 0),
      fresh: this.#entries.filter((each) => isChosen(each) && each.standing === 'damaged').length,
    };
  }

  /** What is ticked, in the order of paths. */
  chosen(): readonly Choosable[] {
    return this.#entries.filter(isChosen);
  }

  /** Whether a ticked file is wanted anew instead. */
  isFresh(id: number): boolean {
    return this.#entries[id]?.standing === 'damaged';
  }

  /** Every audio file of the look that was not taken over, ticked or not. */
  left(): readonly ReviewItem[] {
    return this.#entries.filter(({ taken }) => !taken);
  }

  tick({ filter, albumId, ids, chosen }: Tick): void {
    const some = ids && new Set(ids);
    for (const entry of this.#entries) {
      if (entry.standing !== filter || !isChoosable(entry)) continue;
      if (albumId !== null && entry.match.to.good.albumId !== albumId) continue;
      if (some && !some.has(entry.id)) continue;
      entry.chosen = chosen;
    }
    this.#changed();
  }

  /**
   * Takes another copy of a track in place of the file it was given to, and ticks it; that one is another copy from then
   * on. Gives false where there is no such choice: the file is no copy, or its track was taken over.
   */
  prefer(id: number): boolean {
    const entry = this.#entries[id];
    const holder = entry && this.#holderOf(entry);
    if (!entry?.asCopy || !entry.match.to || !holder) return false;
    this.#holders.set(entry.match.to, entry);
    const { standing, why } = holder;
    Object.assign(holder, {
      standing: 'copy',
      why: 'other-preferred',
      chosen: false,
      asCopy: { standing, why },
    });
    Object.assign(entry, {
      ...entry.asCopy,
      chosen: entry.asCopy.standing !== 'damaged',
      asCopy: null,
    });
    this.#changed();
    return true;
  }

  /** The file that has the track of another copy, while it can give it up. */
  #holderOf({ standing, asCopy, match: { to } }: Entry): Entry | null {
    const holder = standing === 'copy' && asCopy && to ? this.#holders.get(to) : undefined;
    return holder && !holder.taken ? holder : null;
  }

  /** Notes files that turned out to be damaged: they are no longer ticked. */
  damaged(found: ReadonlyMap<number, AdoptionWhy>): void {
    for (const [id, why] of found) {
      const entry = this.#entries[id];
      if (entry) Object.assign(entry, { standing: 'damaged', why, chosen: false });
    }
    this.#changed();
  }

  /** Notes files as taken over, or as given back. */
  taken(ids: Iterable<number>, taken: boolean): void {
    for (const id of ids) {
      const entry = this.#entries[id];
      if (entry) entry.taken = taken;
    }
    this.#changed();
  }

  page(filter: AdoptionFilter, from: number, count: number): AdoptionPage {
    const rows = this.#rows.get(filter) ?? this.#makeRows(filter);
    this.#rows.set(filter, rows);
    const some = rows.slice(from, from + count);
    return {
      revision: this.#revision,
      total: rows.length,
      from,
      rows: some.map((row) => ('kind' in row ? row : this.#fileRow(row))),
    };
  }

  #changed(): void {
    this.#rows.clear();
    this.#revision += 1;
  }

  #makeRows(filter: AdoptionFilter): readonly (Entry | AdoptionRow)[] {
    const shown = this.#entries.filter(({ standing, taken }) => standing === filter && !taken);
    const albums = new Map<AlbumId, Entry[]>();
    const folders = new Map<string, Entry[]>();
    for (const entry of shown) {
      const { to, file } = entry.match;
      if (to) listOf(albums, to.good.albumId).push(entry);
      else listOf(folders, file.path.split('/').slice(0, -1).join('/')).push(entry);
    }
    const heads = [...albums].map(([albumId, entries]) => ({
      head: this.#albumRow(albumId, entries),
      entries: entries.sort(byPlace),
    }));
    heads.sort(
      ({ head: a }, { head: b }) =>
        a.artist.localeCompare(b.artist) ||
        a.title.localeCompare(b.title) ||
        (a.albumId < b.albumId ? -1 : 1),
    );
    return [
      ...heads.flatMap(({ head, entries }) => [head, ...entries]),
      ...[...folders].flatMap(([path, entries]): (Entry | AdoptionRow)[] => [
        { kind: 'folder', path, files: entries.length },
        ...entries,
      ]),
    ];
  }

  #albumRow(albumId: AlbumId, entries: readonly Entry[]) {
    const listed = this.#albums.get(albumId);
    const album = listed?.album.album;
    return {
      kind: 'album' as const,
      albumId,
      title: album ? displayAlbumTitle(album) : '',
      artist: album?.artist ?? '',
      year: album?.releaseDate?.slice(0, 4) ?? null,
      hasCover: (album?.coverUrl ?? null) !== null,
      tracksTotal: listed?.owned.length ?? 0,
      tracksFound: new Set(entries.map(({ match }) => match.to?.track.id)).size,
      choosable: entries.filter(isChoosable).length,
      chosen: entries.filter(isChosen).length,
    };
  }

  #fileRow(entry: Entry): AdoptionFileRow {
    const { match, id, why, better } = entry;
    const { facts, path } = match.file;
    const track = match.to?.track ?? null;
    const holder = this.#holderOf(entry);
    return {
      kind: 'file',
      id,
      path,
      why,
      title: track && displayTitle(track),
      discNumber: track?.discNumber ?? null,
      trackNumber: track?.trackNumber ?? null,
      trackId: track?.id ?? null,
      container: facts.container,
      samplingRateKHz: facts.samplingRateKHz,
      bitDepth: facts.bitDepth,
      kbps: facts.kbps,
      bytes: facts.bytes,
      durationSeconds: facts.durationSeconds,
      betterFormatId: better,
      choosable: isChoosable(entry),
      chosen: isChosen(entry),
      insteadOf: holder?.match.file.path ?? null,
    };
  }
}

/** Counts of a review that is not there yet. */
export const NO_COUNTS: Readonly<Record<AdoptionFilter, number>> = Object.freeze(
  Object.fromEntries(ADOPTION_FILTERS.map((filter) => [filter, 0])) as Record<
    AdoptionFilter,
    number
  >,
);

const isChoosable = (entry: Entry): entry is Entry & Choosable =>
  entry.match.to !== null &&
  !entry.taken &&
  (entry.standing === 'sure' || entry.standing === 'likely' || entry.standing === 'damaged');

const isChosen = (entry: Entry): entry is Entry & Choosable => entry.chosen && isChoosable(entry);

const byPlace = ({ match: a }: Entry, { match: b }: Entry): number =>
  (a.to?.track.discNumber ?? 0) - (b.to?.track.discNumber ?? 0) ||
  (a.to?.track.trackNumber ?? 0) - (b.to?.track.trackNumber ?? 0) ||
  (a.file.path < b.file.path ? -1 : 1);

function listOf<Key, Value>(lists: Map<Key, Value[]>, key: Key): Value[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
