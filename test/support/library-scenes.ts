import type { AlbumView, TrackView, VerifyView } from '../../src-preload/contract/album-view.ts';
import { type AlbumId, trackId } from '../../src-preload/contract/ids.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';

/** Seven tracks of an album in many of the states a track can be in. */
export const SAMPLE_TRACKS: readonly TrackView[] = [
  ['First Light over the Harbour', 'synced', 27, null],
  ['A Room with Two Doors', 'synced', 27, null],
  ['Carried by the Tide', 'syncing', null, null],
  [
    'What the Lighthouse Keeper Wrote Down in the Winter of the Long Storm',
    'failed',
    null,
    { code: 'STREAM_STUB', params: { expectedBytes: 90_000_000, bytes: 1 } },
  ],
  ['Salt', 'not-synced', null, null],
  [
    'Interlude',
    'unavailable',
    null,
    { code: 'TRACK_WITHHELD', params: { restriction: 'TrackRestrictedByRightHolders' } },
  ],
  ['Northern Line', 'not-synced', null, null],
].map(([title, status, served, error], index) => ({
  id: trackId(1000 + index),
  title: String(title),
  artist: 'Ines Calloway',
  performers: [],
  bytes: served === null ? 0 : 91_000_000,
  playable: served !== null,
  trackNumber: (index % 4) + 1,
  discNumber: index < 4 ? 1 : 2,
  durationSeconds: 151 + index * 43,
  status: status as TrackView['status'],
  servedFormatId: served as number | null,
  samplingRateKHz: served === null ? null : 192,
  bitDepth: served === null ? null : 24,
  error: error as TrackView['error'],
}));

/** Eight tracks of an album of which everything is there. */
export const WHOLE_TRACKS: readonly TrackView[] = [
  'Inledning',
  'Bränningar',
  'Över sundet',
  'Vårtvätt',
  'Sommarnatt',
  'Tre skär',
  'Kajen',
  'Hemresan',
].map((title, index) => ({
  id: trackId(3000 + index),
  title,
  artist: 'Kvintett Norrsken',
  performers: [],
  bytes: 61_000_000,
  playable: true,
  trackNumber: index + 1,
  discNumber: 1,
  durationSeconds: index === 0 ? 30 : 202 + ((index * 61) % 190),
  status: 'synced',
  servedFormatId: 7,
  samplingRateKHz: 96,
  bitDepth: 24,
  error: null,
}));

const MOVEMENTS = ['Allegro con brio', 'Adagio cantabile', 'Scherzo. Vivace', 'Finale. Presto'];

/** Forty tracks on three discs: a classical album with long titles and many people, one track of it DSD. */
export const BOX_TRACKS: readonly TrackView[] = Array.from({ length: 40 }, (_, index) => {
  const quartet = Math.floor(index / 4) + 1;
  const missing = index === 25;
  const dsd = index === 3;
  return {
    id: trackId(2000 + index),
    title: `String Quartet No. ${quartet} in D Minor, Op. ${17 + quartet}: ${(index % 4) + 1}. ${MOVEMENTS[index % 4]}`,
    artist: 'Meridian Quartet',
    performers: [
      { name: 'Ada Lindqvist', roles: ['Violin', 'AssociatedPerformer'] },
      { name: 'Tomas Rehn', roles: ['Violin', 'AssociatedPerformer'] },
      { name: 'Ruth Okafor', roles: ['Viola', 'AssociatedPerformer'] },
      { name: 'Jonas Weill', roles: ['Cello', 'AssociatedPerformer'] },
      { name: 'Meridian Quartet', roles: ['MainArtist'] },
      { name: 'Elias Vantongeren', roles: ['Composer'] },
      { name: 'Harriet Moss', roles: ['Producer', 'RecordingEngineer'] },
    ],
    bytes: missing ? 0 : 88_000_000,
    playable: !missing && !dsd,
    trackNumber: (index % 14) + 1,
    discNumber: Math.floor(index / 14) + 1,
    durationSeconds: 231 + ((index * 97) % 400),
    status: missing ? 'missing' : 'synced',
    servedFormatId: missing ? null : dsd ? 56 : 7,
    samplingRateKHz: missing ? null : 96,
    bitDepth: missing ? null : 24,
    error: null,
  };
});

/** What is known of the box besides its tracks. */
export const BOX: Partial<AlbumView> = {
  releaseDate: '2020-09-18',
  genres: ['Classical', 'Chamber music', 'String quartets'],
  upc: '0810012345678',
  copyright: '℗ 2020 Lantern & Reed Recordings',
  discCount: 3,
  durationSeconds: 16_480,
  entitledFormatIds: [56, 27, 7, 6],
  folder: 'Meridian Quartet/2020 - String Quartets Nos. 1–3',
  booklets: [
    { index: 0, name: 'Booklet', onDisk: true },
    { index: 1, name: 'Notes by the composer', onDisk: false },
  ],
};

/** What is known of any other album. */
export const PLAIN: Partial<AlbumView> = {
  releaseDate: '2024-03-08',
  genres: ['Folk'],
  durationSeconds: 2_780,
  entitledFormatIds: [27, 7, 6, 5],
};

/** A check under way over some albums. */
export const verifying = (albums: readonly AlbumSummary[]): VerifyView => ({
  state: 'running',
  albumIds: albums.map(({ id }) => id),
  filesDone: 812,
  filesTotal: 2_140,
  bytesDone: 51_300_000_000,
  bytesTotal: 132_000_000_000,
  secondsLeft: 1_260,
  bytesPerSecond: 64_000_000,
  endedAtMs: null,
  findings: [],
  findingsTotal: 0,
  error: null,
});

/** A check of everything that came to its end with nothing to tell. */
export const checked = (): VerifyView => ({
  state: 'finished',
  albumIds: [],
  endedAtMs: 1_790_000_000_000,
  filesDone: 2_140,
  filesTotal: 2_140,
  bytesDone: 132_000_000_000,
  bytesTotal: 132_000_000_000,
  secondsLeft: null,
  bytesPerSecond: 310_000_000,
  findings: [],
  findingsTotal: 0,
  error: null,
});

/** A check of everything that found something wrong with each of these albums. */
export const checkFound = (albums: readonly AlbumSummary[]): VerifyView => {
  const findings = albums.flatMap(({ id, artist, title }, album) =>
    BOX_TRACKS.slice(album, album * 2 + 2).map((track, index) => ({
      albumId: id,
      trackId: track.id,
      albumTitle: title,
      title: track.title,
      path: `${artist}/${title}/${String(index + 1).padStart(2, '0')} - ${track.title}.flac`,
      problem: (['missing', 'damaged', 'changed'] as const)[(album + index) % 3]!,
    })),
  );
  return { ...checked(), findings, findingsTotal: findings.length };
};

/** A check that found something wrong with an album. */
export const verified = (album: { readonly id: AlbumId; readonly title: string }): VerifyView => ({
  state: 'finished',
  albumIds: [album.id],
  filesDone: 40,
  filesTotal: 40,
  bytesDone: 3_400_000_000,
  bytesTotal: 3_400_000_000,
  secondsLeft: null,
  bytesPerSecond: 310_000_000,
  endedAtMs: 1_790_000_000_000,
  findings: BOX_TRACKS.slice(22, 28).map((track, index) => ({
    albumId: album.id,
    trackId: track.id,
    albumTitle: album.title,
    title: track.title,
    path: `Meridian Quartet/2020 - String Quartets/${index}.flac`,
    problem: (['missing', 'damaged', 'changed'] as const)[index % 3]!,
  })),
  findingsTotal: 6,
  error: null,
});
