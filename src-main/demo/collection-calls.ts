import type { DemoCatalogue, StoreAlbum } from './catalogue.ts';
import { type CatalogueJson, type Page, pageOf } from './catalogue-json.ts';
import { json, REFUSALS, type StoreAnswer } from './http-messages.ts';
import { DEMO_USER } from './sessions.ts';

/** The store's one playlist: the opening track of every album it sells. */
export const DEMO_PLAYLIST = { id: 70_001, name: 'First tracks' } as const;

interface Asked {
  readonly query: URLSearchParams;
  readonly page: Page;
  readonly catalogue: DemoCatalogue;
  readonly toJson: CatalogueJson;
}

/** Answers `playlist/get`, with the tracks only when `extra` asks for them (qobuz-api §4.3). */
export function answerPlaylist({ query, page, catalogue, toJson }: Asked): StoreAnswer {
  if (query.get('playlist_id') !== String(DEMO_PLAYLIST.id)) return REFUSALS.notFound();
  const entries = listed(catalogue).flatMap((album) => {
    const [first] = album.tracks;
    return first ? [{ album, track: first }] : [];
  });
  const tracks = pageOf(entries, page, ({ album, track }) => toJson.track(track, album));
  return json({
    ...DEMO_PLAYLIST,
    owner: { id: DEMO_USER.id, name: 'Demo Store' },
    is_public: true,
    tracks_count: entries.length,
    ...(asksFor(query, 'tracks') && { tracks }),
  });
}

/** Answers `artist/get`; guests of a track count among an artist's albums, as at the service (qobuz-api §4.4). */
export function answerArtist(asked: Asked): StoreAnswer {
  const id = Number(asked.query.get('artist_id'));
  const albums = listed(asked.catalogue).filter(
    (album) =>
      [album.artist, ...album.artists].some((artist) => artist.id === id) ||
      album.tracks.some((track) => track.performer?.id === id),
  );
  const artist = albums
    .flatMap((album) => [album.artist, ...album.artists, ...album.tracks.map((t) => t.performer)])
    .find((each) => each?.id === id);
  return artist ? answerAlbums(asked, artist, albums) : REFUSALS.notFound();
}

/** Answers `label/get` (qobuz-api §4.4). */
export function answerLabel(asked: Asked): StoreAnswer {
  const id = Number(asked.query.get('label_id'));
  const albums = listed(asked.catalogue).filter((album) => album.label.id === id);
  const [first] = albums;
  return first ? answerAlbums(asked, first.label, albums) : REFUSALS.notFound();
}

function answerAlbums(
  { query, page, toJson }: Asked,
  head: { readonly id: number; readonly name: string },
  albums: readonly StoreAlbum[],
): StoreAnswer {
  const list = pageOf(albums, page, (album) => toJson.album(album));
  return json({
    id: head.id,
    name: head.name,
    albums_count: albums.length,
    ...(asksFor(query, 'albums') && { albums: list }),
  });
}

const listed = (catalogue: DemoCatalogue): readonly StoreAlbum[] =>
  [...catalogue.albums.values()].filter((album) => !catalogue.isWithdrawn(album.id));

const asksFor = (query: URLSearchParams, extra: string): boolean =>
  (query.get('extra') ?? '').split(',').includes(extra);
