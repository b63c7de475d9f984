import type { Album, AlbumDetail, Track } from '../../src-preload/contract/catalogue.ts';
import { albumId, trackId } from '../../src-preload/contract/ids.ts';
import type { NamingPreview } from '../../src-preload/contract/naming.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import { titleParts } from '../../src-preload/contract/titles.ts';
import { albumFolder, trackPaths } from '../files/layout.ts';
import { templateFault } from '../files/template.ts';
import { isVariousArtistsName } from '../files/various-artists.ts';
import type { Library } from '../library/library.ts';
import type { Shelf } from './shelf.ts';

/** What a preview of names is made from. */
export interface NamingParts {
  readonly library: Pick<Library, 'albums'>;
  readonly shelf: Pick<Shelf, 'ids' | 'owned'>;
  readonly settings: () => Pick<Settings, 'preference'>;
}

/** So many albums show what a template does. */
const EXAMPLES = 5;

/** Albums that a template treats differently; one of each says more than five alike. */
const KINDS: readonly ((album: Album) => boolean)[] = [
  (album) => album.discCount > 1,
  (album) => isVariousArtistsName(album.artist),
  (album) => titleParts(album).version !== '',
  (album) => album.discCount <= 1 && titleParts(album).version === '',
];

/**
 * What a naming template gives: its fault, or the path of one track each of up to five of the person's own albums, as
 * varied as they are. Only albums whose track list is known count; an invented one stands in when there are none.
 */
export async function previewNaming(parts: NamingParts, template: string): Promise<NamingPreview> {
  const fault = templateFault(template);
  if (fault) return { ...fault, examples: [] };
  const known = await parts.library.albums.known();
  const albums = [...parts.shelf.ids()].flatMap((id) =>
    known.has(id) ? (parts.shelf.owned(id)?.album ?? []) : [],
  );
  const details: AlbumDetail[] = [];
  for (const album of varied(albums)) {
    const detail = await parts.library.albums.get(album.id);
    if (detail && detail.tracks.length > 0) details.push(detail);
  }
  const extension = parts.settings().preference === 'mp3' ? 'mp3' : 'flac';
  const examples = (details.length > 0 ? details : [SAMPLE]).map((detail) =>
    exampleOf(detail, template, extension),
  );
  return { problem: null, at: null, examples };
}

/** One album of each kind there is, then others from all over the list. */
function varied(albums: readonly Album[]): Album[] {
  const chosen = new Set<Album>();
  for (const isKind of KINDS) {
    const album = albums.find((each) => !chosen.has(each) && isKind(each));
    if (album) chosen.add(album);
  }
  const step = Math.max(1, Math.floor(albums.length / EXAMPLES));
  for (let index = 0; index < albums.length && chosen.size < EXAMPLES; index += step) {
    const album = albums[index];
    if (album) chosen.add(album);
  }
  return [...chosen];
}

/** The first track of the last disc, so that a disc's number shows. */
function exampleOf(detail: AlbumDetail, template: string, extension: string): string {
  const folder = albumFolder(detail.album, template);
  const paths = trackPaths(detail, { folder, template }, () => extension);
  const last = Math.max(...detail.tracks.map((track) => track.discNumber));
  const [track] = detail.tracks
    .filter((each) => each.discNumber === last)
    .sort((a, b) => a.trackNumber - b.trackNumber);
  return (track && paths.get(track.id)) ?? folder;
}

const SAMPLE_TRACK: Track = {
  id: trackId(1),
  albumId: albumId('sample'),
  title: 'First Light',
  version: null,
  work: null,
  artist: 'The Parallels',
  credits: [],
  composers: [],
  trackNumber: 1,
  discNumber: 2,
  durationSeconds: 0,
  isrc: null,
  copyright: null,
  explicit: false,
  replayGainDb: null,
  replayPeak: null,
};

/** Shows every word of the presets: two discs, a version, a label. */
const SAMPLE: AlbumDetail = {
  album: {
    id: albumId('sample'),
    title: 'Long Way Home',
    version: 'Deluxe Edition',
    artist: 'The Parallels',
    artists: ['The Parallels'],
    label: 'Plain Label',
    genres: ['Rock'],
    releaseDate: '2021-03-04',
    upc: '0000000000000',
    copyright: null,
    discCount: 2,
    trackCount: 1,
    durationSeconds: 0,
    explicit: false,
    coverUrl: null,
    goodies: [],
    maximumBitDepth: null,
    maximumSamplingRateKHz: null,
  },
  tracks: [SAMPLE_TRACK],
};
