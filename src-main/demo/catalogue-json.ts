import type { StoreAlbum, StoreArtist, StorePurchase, StoreTrack } from './catalogue.ts';
import { STORE_FORMATS } from './store-formats.ts';

/** Turns the store's records into the service's JSON; `origin` is where images and booklets are served. */
export interface CatalogueJson {
  /** An album without its tracks, in the flat shape (qobuz-api §3.2). */
  album(album: StoreAlbum): Record<string, unknown>;
  /** What `album/get` adds to it, and the page of tracks (qobuz-api §4.1), in the album's own shape. */
  albumDetail(album: StoreAlbum, page: Page): Record<string, unknown>;
  /** A track with its album, in the flat shape (qobuz-api §3.3). */
  track(track: StoreTrack, album: StoreAlbum): Record<string, unknown>;
  /** A row of the purchases: album or track with the purchase's own fields. */
  purchase(purchase: StorePurchase, album: StoreAlbum, track?: StoreTrack): Record<string, unknown>;
}

/** Which slice of a list is wanted. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** The page object every list of the service comes in (qobuz-api §4). */
export const pageOf = <Item>(
  items: readonly Item[],
  page: Page,
  toJson: (item: Item) => unknown,
) => ({
  offset: page.offset,
  limit: page.limit,
  total: items.length,
  items: items.slice(page.offset, page.offset + page.limit).map(toJson),
});

/** A name as it stands in the service's addresses. */
const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'x';

const artistJson = (artist: StoreArtist) => ({
  id: artist.id,
  name: artist.name,
  slug: slug(artist.name),
  albums_count: 1,
  picture: null,
  image: null,
});

/** Whole seconds of all tracks. */
const durationOf = (album: StoreAlbum): number =>
  album.tracks.reduce((sum, track) => sum + track.durationSeconds, 0);

/** The best PCM the album's files reach; a DSD album is described as 16/44.1, as measured (qobuz-api §3.2). */
const bestPcm = (tracks: readonly StoreTrack[]) => {
  const ids = tracks.flatMap((track) => Object.keys(track.files).map(Number));
  const best = [27, 7, 6].find((id) => ids.includes(id)) ?? 6;
  return STORE_FORMATS[best] ?? { samplingRateKHz: 44.1, bitDepth: 16 };
};

const rights = {
  streamable: true,
  purchasable: true,
  previewable: true,
  sampleable: true,
  displayable: true,
};

/** See {@link CatalogueJson}. */
export function catalogueJson(origin: string): CatalogueJson {
  const image = (album: StoreAlbum) => {
    const base = `${origin}/images/covers/${album.id.slice(-2)}/${album.id.slice(-4, -2)}/${album.id}`;
    const size = (suffix: string) => (album.cover === null ? null : `${base}_${suffix}.jpg`);
    return { thumbnail: size('50'), small: size('230'), large: size('600'), back: null };
  };
  const released = (album: StoreAlbum) => Date.parse(`${album.releaseDate}T00:00:00Z`) / 1000;

  const maxima = (tracks: readonly StoreTrack[]) => {
    const best = bestPcm(tracks);
    const hires = best.bitDepth > 16;
    return {
      maximum_bit_depth: best.bitDepth,
      maximum_sampling_rate: best.samplingRateKHz,
      maximum_channel_count: 2,
      hires,
      hires_streamable: hires,
    };
  };

  function flatAlbum(album: StoreAlbum): Record<string, unknown> {
    return {
      id: album.id,
      qobuz_id: 30_000_000 + (album.tracks[0]?.id ?? 0),
      upc: album.upc,
      title: album.title,
      version: album.version,
      url: `https://www.qobuz.com/fr-fr/album/${slug(album.title)}/${album.id}`,
      artist: artistJson(album.artist),
      artists: album.artists.map((artist) => ({ ...artist, roles: ['main-artist'] })),
      label: { ...artistJson(album.label), supplier_id: 1 },
      genre: {
        ...album.genre,
        slug: slug(album.genre.name),
        color: '#5eabc1',
        path: [album.genre.id],
      },
      image: image(album),
      articles: [],
      duration: durationOf(album),
      tracks_count: album.tracks.length,
      media_count: Math.max(1, ...album.tracks.map((track) => track.discNumber)),
      popularity: 0,
      parental_warning: album.explicit,
      ...maxima(album.tracks),
      ...rights,
      downloadable: true,
      purchasable_at: released(album),
      streamable_at: released(album),
      released_at: released(album),
      release_date_original: album.releaseDate,
      release_date_download: album.releaseDate,
      release_date_stream: album.releaseDate,
    };
  }

  const flatTrack = (track: StoreTrack, album: StoreAlbum): Record<string, unknown> => ({
    id: track.id,
    title: track.title,
    version: track.version,
    work: track.work,
    isrc: track.isrc,
    duration: track.durationSeconds,
    track_number: track.trackNumber,
    media_number: track.discNumber,
    ...(track.performer ? { performer: track.performer } : {}),
    performers: track.performers,
    ...(track.composer ? { composer: track.composer } : {}),
    copyright: album.copyright,
    audio_info: {
      replaygain_track_gain: track.replayGainDb,
      replaygain_track_peak: track.replayPeak,
    },
    ...maxima([track]),
    ...rights,
    downloadable: track.withheldBy === null,
    parental_warning: track.explicit,
  });

  const goodies = (album: StoreAlbum) =>
    album.goodies.map((goodie) => {
      const url = `${origin}/goodies/${String(goodie.id).slice(-2)}/${goodie.file}`;
      return {
        ...goodie,
        file: undefined,
        description: album.title,
        url,
        original_url: url,
        file_format_id: 21,
      };
    });

  const extras = (album: StoreAlbum) => ({
    slug: slug(album.title),
    product_type: 'album',
    release_type: album.tracks.length < 4 ? 'single' : 'album',
    genres_list: album.genresList,
    copyright: album.copyright,
    description: '',
    description_language: 'en',
    awards: [],
    goodies: goodies(album),
  });

  const v2Rights = {
    ...rights,
    downloadable: true,
    hires_streamable: true,
    hires_purchasable: true,
  };
  const v2Audio = (tracks: readonly StoreTrack[]) => {
    const best = bestPcm(tracks);
    return {
      maximum_sampling_rate: best.samplingRateKHz,
      maximum_bit_depth: best.bitDepth,
      maximum_channel_count: 2,
    };
  };
  const v2Artist = (artist: StoreArtist | null) =>
    artist && { id: artist.id, name: { display: artist.name } };

  const v2Track = (track: StoreTrack, album: StoreAlbum) => ({
    id: track.id,
    isrc: track.isrc,
    title: track.title,
    work: track.work,
    version: track.version,
    duration: track.durationSeconds,
    parental_warning: track.explicit,
    artist: v2Artist(track.performer),
    composer: v2Artist(track.composer),
    performers: track.performers,
    copyright: album.copyright,
    audio_info: {
      ...v2Audio([track]),
      replaygain_track_gain: track.replayGainDb,
      replaygain_track_peak: track.replayPeak,
    },
    rights: { ...v2Rights, downloadable: track.withheldBy === null },
    physical_support: { media_number: track.discNumber, track_number: track.trackNumber },
  });

  const v2Album = (album: StoreAlbum, page: Page): Record<string, unknown> => ({
    id: album.id,
    upc: album.upc,
    title: album.title,
    version: album.version,
    track_count: album.tracks.length,
    media_count: Math.max(1, ...album.tracks.map((track) => track.discNumber)),
    duration: durationOf(album),
    parental_warning: album.explicit,
    image: image(album),
    artist: v2Artist(album.artist),
    artists: album.artists.map((artist) => ({ ...artist, roles: ['main-artist'] })),
    label: { id: album.label.id, name: album.label.name },
    genre: { ...album.genre, path: [album.genre.id] },
    dates: {
      original: album.releaseDate,
      download: album.releaseDate,
      stream: album.releaseDate,
      purchase: album.releaseDate,
    },
    audio_info: v2Audio(album.tracks),
    rights: v2Rights,
    ...extras(album),
    tracks: pageOf(album.tracks, page, (track) => v2Track(track, album)),
  });

  return {
    album: flatAlbum,
    albumDetail: (album, page) =>
      album.shape === 'v2'
        ? v2Album(album, page)
        : {
            ...flatAlbum(album),
            ...extras(album),
            tracks: pageOf(album.tracks, page, (track) => flatTrack(track, album)),
          },
    track: (track, album) => ({ ...flatTrack(track, album), album: flatAlbum(album) }),
    purchase(purchase, album, track) {
      const base = track
        ? { ...flatTrack(track, album), album: flatAlbum(album), type: 'ps' }
        : flatAlbum(album);
      return {
        ...base,
        downloadable: purchase.downloadable,
        purchased_at: purchase.purchasedAt,
        order_id: purchase.orderId,
        order_line_id: 1,
        hires_purchased: purchase.formatIds.some((id) => id > 6),
        // Strings on albums, numbers on tracks, as recorded (qobuz-api §3.2).
        downloadable_format_ids: track ? purchase.formatIds : purchase.formatIds.map(String),
      };
    },
  };
}
