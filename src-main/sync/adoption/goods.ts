import type { AlbumDetail, Track } from '../../../src-preload/contract/catalogue.ts';
import type { AlbumId, TrackId } from '../../../src-preload/contract/ids.ts';
import {
  type FoldedAlbum,
  type FoldedTitle,
  foldAlbum,
  foldArtists,
  foldIsrc,
  foldTitle,
  foldUpc,
  foldWords,
} from './normalise.ts';

/** An owned album as files are compared with it. */
export interface Good {
  readonly albumId: AlbumId;
  readonly name: FoldedAlbum;
  readonly artists: ReadonlySet<string>;
  readonly upc: string | null;
  readonly year: string | null;
  readonly tracks: readonly GoodTrack[];
}

/** An owned track as files are compared with it. */
export interface GoodTrack {
  readonly good: Good;
  readonly track: Track;
  /** Its title, and its title with the work it belongs to. */
  readonly titles: readonly FoldedTitle[];
  readonly artists: ReadonlySet<string>;
  readonly isrc: string | null;
}

/** Everything owned, to be looked up by what files say. */
export interface Goods {
  readonly albums: readonly Good[];
  byId(id: number): readonly GoodTrack[];
  byIsrc(isrc: string): readonly GoodTrack[];
  byUpc(upc: string): readonly Good[];
  byName(name: string): readonly GoodTrack[];
  byAlbumName(name: string): readonly Good[];
}

/** One owned album: its list, and which of its tracks are owned. */
export interface OwnedList {
  readonly detail: AlbumDetail;
  readonly owned: readonly Track[];
}

/** Folds what is owned once, so that each of many files is compared with a few candidates only. */
export function indexGoods(lists: readonly OwnedList[]): Goods {
  const albums = [...lists]
    .sort((a, b) => (a.detail.album.id < b.detail.album.id ? -1 : 1))
    .map(goodOf);
  const tracks = albums.flatMap((album) => album.tracks);
  const ids = grouped(tracks, ({ track }) => [track.id]);
  const isrcs = grouped(tracks, ({ isrc }) => (isrc === null ? [] : [isrc]));
  const upcs = grouped(albums, ({ upc }) => (upc === null ? [] : [upc]));
  const names = grouped(tracks, ({ titles }) => titles.map(({ name }) => name));
  const albumNames = grouped(albums, ({ name }) => [name.name]);
  return {
    albums,
    byId: (id) => ids.get(id as TrackId) ?? [],
    byIsrc: (isrc) => isrcs.get(isrc) ?? [],
    byUpc: (upc) => upcs.get(upc) ?? [],
    byName: (name) => names.get(name) ?? [],
    byAlbumName: (name) => albumNames.get(name) ?? [],
  };
}

function goodOf({ detail, owned }: OwnedList): Good {
  const { album } = detail;
  const tracks: GoodTrack[] = [];
  const good: Good = {
    albumId: album.id,
    name: foldAlbum(album.title, album.version),
    artists: foldArtists([album.artist, ...album.artists]),
    upc: album.upc === null ? null : foldUpc(album.upc),
    year: album.releaseDate?.slice(0, 4) ?? null,
    tracks,
  };
  for (const track of owned) {
    tracks.push({
      good,
      track,
      titles: titlesOf(track),
      artists: new Set([...good.artists, ...peopleOf(track)]),
      isrc: track.isrc === null ? null : foldIsrc(track.isrc),
    });
  }
  return good;
}

/** People sort classical music by composer, so that a file's artist may be one. */
const peopleOf = (track: Track): ReadonlySet<string> =>
  foldArtists([track.artist, ...track.credits.map(({ name }) => name), ...track.composers]);

function titlesOf({ title, version, work }: Track): readonly FoldedTitle[] {
  const own = foldTitle(title, version);
  if (!work) return [own];
  const withWork = { ...own, name: foldWords(`${work} ${own.name}`) };
  return [own, withWork];
}

function grouped<Value, Key>(
  values: readonly Value[],
  keysOf: (value: Value) => readonly Key[],
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    for (const key of new Set(keysOf(value))) {
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
  }
  return groups;
}
