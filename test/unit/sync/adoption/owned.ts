import type { FileTags } from '../../../../src-main/audio/file-facts.ts';
import type { FoundFile } from '../../../../src-main/sync/adoption/evidence.ts';
import type { OwnedList } from '../../../../src-main/sync/adoption/goods.ts';
import type { Album, Track } from '../../../../src-preload/contract/catalogue.ts';
import { albumId, trackId } from '../../../../src-preload/contract/ids.ts';

/** Tracks of an album: title, seconds, and whatever else matters. */
type TrackWords = readonly [title: string, seconds: number, more?: Partial<Track>];

let nextTrack = 1000;

/** An owned album as the catalogue lists it. */
export function owned(
  id: string,
  album: Partial<Album> & Pick<Album, 'title' | 'artist'>,
  tracks: readonly TrackWords[],
): OwnedList {
  const listed = tracks.map(([title, durationSeconds, more], index): Track => {
    nextTrack += 1;
    return {
      id: trackId(nextTrack),
      albumId: albumId(id),
      title,
      version: null,
      work: null,
      artist: album.artist,
      credits: [],
      composers: [],
      trackNumber: index + 1,
      discNumber: 1,
      durationSeconds,
      isrc: null,
      copyright: null,
      explicit: false,
      replayGainDb: null,
      replayPeak: null,
      ...more,
    };
  });
  const described: Album = {
    id: albumId(id),
    version: null,
    artists: [album.artist],
    label: null,
    genres: [],
    releaseDate: null,
    upc: null,
    copyright: null,
    discCount: Math.max(...listed.map(({ discNumber }) => discNumber)),
    trackCount: listed.length,
    durationSeconds: 0,
    explicit: false,
    coverUrl: null,
    goodies: [],
    maximumBitDepth: 24,
    maximumSamplingRateKHz: 96,
    ...album,
  };
  return { detail: { album: described, tracks: listed }, owned: listed };
}

/** A file as a look at it gives it: 16/44.1 FLAC with whole headers, unless told otherwise. */
export function file(
  path: string,
  seconds: number | null,
  tags: Partial<FileTags> = {},
  more: Partial<FoundFile['facts']> = {},
): FoundFile {
  return {
    path,
    facts: {
      container: path.endsWith('.mp3') ? 'mp3' : 'flac',
      bytes: 30_000_000,
      durationSeconds: seconds,
      samplingRateKHz: 44.1,
      bitDepth: path.endsWith('.mp3') ? null : 16,
      kbps: 900,
      readable: true,
      ...more,
      tags: {
        title: null,
        artists: [],
        album: null,
        albumArtist: null,
        trackNumber: null,
        discNumber: null,
        year: null,
        isrcs: [],
        upc: null,
        qobuzTrackId: null,
        qobuzAlbumId: null,
        ...tags,
      },
    },
  };
}
