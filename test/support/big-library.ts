import type {
  CatalogueData,
  StoreAlbum,
  StorePurchase,
  StoreTrack,
} from '../../src-main/demo/catalogue.ts';

/** How big the library is to be. */
export interface BigLibrarySize {
  readonly albums: number;
  /** Singly bought tracks; each lies on an album of its own that was not bought. */
  readonly singles: number;
  readonly tracksPerAlbum?: number;
}

/** Audio every album shares, by file and whole seconds; tracks of one album never share one. */
const SHARED = [
  ['shared/2000-1.mp3', 2],
  ['shared/2500-1.mp3', 3],
  ['shared/3000-1.mp3', 3],
  ['shared/2000-2.mp3', 2],
  ['shared/2500-2.mp3', 3],
  ['shared/3000-2.mp3', 3],
  ['shared/2000-3.mp3', 2],
  ['shared/2500-3.mp3', 3],
] as const;

const FIRST_ALBUM_TRACK = 300_000_000;
const FIRST_SINGLE_TRACK = 600_000_000;
const FIRST_PURCHASE = 1_400_000_000;

/**
 * A library of any size for the store, always the same for the same numbers: MP3 albums of eight tracks at
 * most (paging past 50 tracks is asked for with `tracksPerAlbum`, whose audio then repeats) and single
 * tracks. Album ids are 13 digits, purchases an hour apart.
 */
export function bigLibrary(size: BigLibrarySize): CatalogueData {
  const perAlbum = size.tracksPerAlbum ?? 3;
  const albums: StoreAlbum[] = [];
  const purchases: StorePurchase[] = [];
  for (let index = 0; index < size.albums + size.singles; index++) {
    const single = index >= size.albums;
    const number = single ? index - size.albums : index;
    const firstTrack = single ? FIRST_SINGLE_TRACK + number : FIRST_ALBUM_TRACK + number * perAlbum;
    const album = albumNumber(index, single, firstTrack, single ? 1 : perAlbum);
    albums.push(album);
    purchases.push({
      albumId: album.id,
      trackId: single ? firstTrack : null,
      purchasedAt: FIRST_PURCHASE + index * 3600,
      orderId: 30_000_000 + index,
      formatIds: [5],
      downloadable: true,
    });
  }
  return { albums, purchases, oddRows: [] };
}

function albumNumber(
  index: number,
  single: boolean,
  firstTrack: number,
  tracks: number,
): StoreAlbum {
  const artist = { id: 700_000 + (index % 400), name: `Artist ${index % 400}` };
  return {
    id: String(7_000_000_000_000 + index),
    title: `${single ? 'Single' : 'Album'} ${index}`,
    version: null,
    artist,
    artists: [artist],
    label: { id: 800_000 + (index % 40), name: `Label ${index % 40}` },
    genre: { id: 112, name: 'Pop/Rock' },
    genresList: ['Pop/Rock'],
    upc: String(7_000_000_000_000 + index),
    releaseDate: `${1960 + (index % 65)}-01-15`,
    copyright: '',
    explicit: false,
    shape: 'flat',
    cover: null,
    goodies: [],
    tracks: Array.from({ length: tracks }, (_, at): StoreTrack => {
      const [file, durationSeconds] = SHARED[at % SHARED.length]!;
      return {
        id: firstTrack + at,
        title: `Track ${at + 1}`,
        version: null,
        work: null,
        performer: artist,
        performers: `${artist.name}, MainArtist`,
        composer: null,
        trackNumber: at + 1,
        discNumber: 1,
        durationSeconds,
        isrc: `XXB00${String(index * 1000 + at).padStart(7, '0')}`,
        explicit: false,
        replayGainDb: -6,
        replayPeak: 0.5,
        files: { 5: file },
        withheldBy: null,
      };
    }),
  };
}
