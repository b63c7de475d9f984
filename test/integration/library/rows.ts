import { type Library, openLibrary } from '../../../src-main/library/library.ts';
import type {
  Album,
  AlbumDetail,
  Purchase,
  Track,
} from '../../../src-preload/contract/catalogue.ts';
import {
  accountId,
  albumId,
  jobId,
  rootId,
  runId,
  trackId,
} from '../../../src-preload/contract/ids.ts';
import type { Job, LibraryFile, Part, Receipt } from '../../../src-preload/contract/library.ts';

export const ACCOUNT = accountId('1001');
export const ROOT = rootId('5d0e7c1c-2f2e-4a55-9a57-5f5f5a0c9d01');
export const RUN = runId('run-1');

/** A library at this path with one account and one root. */
export async function libraryWithRoot(file: string): Promise<Library> {
  const library = openLibrary(file, { clock: { now: () => 1_790_000_000_000 } });
  await library.accounts.upsert({ id: ACCOUNT, name: 'Ada', country: 'FR', plan: null });
  await library.roots.upsert({
    id: ROOT,
    accountId: ACCOUNT,
    path: '/music',
    template: 'default',
    preference: 'best',
  });
  return library;
}

export const album = (id: string, title = `Album ${id}`): Album => ({
  id: albumId(id),
  title,
  version: null,
  artist: 'The Parallels',
  artists: ['The Parallels'],
  label: 'Plain Label',
  genres: ['Rock'],
  releaseDate: '2021-03-04',
  upc: null,
  copyright: null,
  discCount: 1,
  trackCount: 1,
  durationSeconds: 200,
  explicit: false,
  coverUrl: null,
  goodies: [{ name: 'Booklet', url: 'https://static.example/booklet.pdf' }],
  maximumBitDepth: 24,
  maximumSamplingRateKHz: 96,
});

export const track = (album: string, id: number): Track => ({
  id: trackId(id),
  albumId: albumId(album),
  title: `Track ${id}`,
  version: null,
  work: null,
  artist: 'The Parallels',
  credits: [{ name: 'Ada', roles: ['Composer', 'Lyricist'] }],
  composers: ['Ada'],
  trackNumber: 1,
  discNumber: 1,
  durationSeconds: 200.4,
  isrc: 'FRZ012100001',
  copyright: null,
  explicit: false,
  replayGainDb: -7.25,
  replayPeak: 0.99,
});

export const detail = (id: string, ...tracks: number[]): AlbumDetail => ({
  album: album(id),
  tracks: tracks.map((each) => track(id, each)),
});

export const purchase = (id: string, patch: Partial<Purchase> = {}): Purchase => ({
  albumId: albumId(id),
  trackId: null,
  purchasedAt: 1_600_000_000,
  formatIds: [27, 7, 6, 5],
  formatsKnown: true,
  downloadable: true,
  album: album(id),
  track: null,
  ...patch,
});

export const receipt = (patch: Partial<Receipt> = {}): Receipt => ({
  sha256: 'ab'.repeat(32),
  bytes: 1234,
  audioHash: { kind: 'flac-pcm-md5', value: 'cd'.repeat(16) },
  durationSeconds: 200.4,
  requestedFormatId: 27,
  servedFormatId: 7,
  samplingRateKHz: 44.1,
  bitDepth: 24,
  refusedFormats: [{ formatId: 27, restriction: 'FormatRestrictedByFormatAvailability' }],
  cratefulVersion: '0.1.0',
  ...patch,
});

export const file = (patch: Partial<LibraryFile> = {}): LibraryFile => ({
  rootId: ROOT,
  albumId: albumId('a1'),
  trackId: trackId(11),
  kind: 'track',
  path: 'The Parallels/Album a1/01 - Track 11.flac',
  bytes: 1234,
  modifiedMs: 1_790_000_000_123.25,
  receipt: receipt(),
  ...patch,
});

/** What files/ calls a path key, near enough for these tests. */
export const keyOf = (each: LibraryFile): string => each.path.normalize('NFC').toLowerCase();

export const job = (id: string, patch: Partial<Job> = {}): Job => ({
  id: jobId(id),
  runId: RUN,
  accountId: ACCOUNT,
  rootId: ROOT,
  albumId: albumId('a1'),
  trackId: trackId(11),
  kind: 'track',
  sideIndex: 0,
  formatIds: [27, 7, 6],
  targetPath: 'The Parallels/Album a1/01 - Track 11.flac',
  replaces: false,
  estimatedBytes: 40_000_000,
  state: 'waiting',
  attempts: 0,
  notBeforeMs: 0,
  error: null,
  receipt: null,
  position: 0,
  title: 'Track 11',
  artist: 'The Parallels',
  albumTitle: 'Album a1',
  ...patch,
});

export const part = (id: string, patch: Partial<Part> = {}): Part => ({
  jobId: jobId(id),
  formatId: 27,
  totalBytes: 5000,
  mimeType: 'audio/flac',
  etag: '"e1"',
  stage: 'fetching',
  durableBytes: 0,
  samplingRateKHz: 96,
  bitDepth: 24,
  updatedAtMs: 1_790_000_000_000,
  ...patch,
});
