import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { albumId } from '../../src-preload/contract/ids.ts';
import type { LinkView } from '../../src-preload/contract/links.ts';
import type { AttemptView, JobDetails } from '../../src-preload/contract/queue.ts';
import type { AlbumSummary, JobView } from '../../src-preload/contract/views.ts';
import { linkView, type QueueScene, runAlbum, runSummary } from './fake-queue.ts';

const REFUSED: ErrorView = { code: 'CDN_REFUSED', params: {} };
const STUB: ErrorView = {
  code: 'STREAM_STUB',
  params: { expectedBytes: 91_000_000, bytes: 1 },
};

/** Six attempts at a file whose server sent next to nothing. */
const ATTEMPTS: readonly AttemptView[] = Array.from({ length: 6 }, (_, index) => ({
  number: index + 1,
  atMs: Date.UTC(2026, 10, 21, 18, 4, 7) + index * 41_000,
  error: index === 2 ? REFUSED : STUB,
  status: index === 2 ? 403 : 200,
}));

const details = (job: JobView): Omit<JobDetails, 'id'> => ({
  path: job.path,
  formatIds: [27, 7, 6],
  attempts: job.state === 'failed' ? ATTEMPTS : [],
});

/** What is behind the queue of the albums given: details, speeds, past runs and their albums. */
export const queueOf = (albums: readonly AlbumSummary[]): QueueScene => ({
  details,
  speeds: {
    intervalSeconds: 2,
    bytesPerSecond: Array.from(
      { length: 110 },
      (_, at) =>
        Math.max(0, 11 + 3 * Math.sin(at / 9) + 1.4 * Math.sin(at / 2) - (at === 60 ? 9 : 0)) * 1e6,
    ),
  },
  history: [
    runSummary('run-9', 1, {
      downloaded: 82,
      skipped: 12,
      failed: 1,
      unavailable: 1,
      bytes: 7_610_000_000,
    }),
    runSummary('run-8', 25, { skipped: 1204 }, { endedAtMs: Date.now() - 25 * 3_600_000 + 9000 }),
    runSummary('run-7', 49, { downloaded: 11, skipped: 1193, bytes: 1_120_000_000 }),
    runSummary(
      'run-6',
      75,
      { downloaded: 240, skipped: 411, bytes: 24_300_000_000 },
      {
        state: 'stopped',
        error: {
          code: 'DISK_FULL',
          params: { neededBytes: 4_800_000_000, freeBytes: 312_000_000 },
        },
      },
    ),
    runSummary(
      'run-5',
      170,
      { downloaded: 31, skipped: 380, bytes: 2_900_000_000 },
      { endedAtMs: null },
    ),
    ...Array.from({ length: 52 }, (_, at) =>
      runSummary(`old-${at}`, 200 + at * 24, { skipped: 380 - at }),
    ),
  ],
  runAlbums: [
    runAlbum(albums[5]!, 12),
    runAlbum(albums[3]!, 3, 1),
    runAlbum(albums[7]!, 32),
    runAlbum(albums[0]!, 11),
  ],
});

const rest = (count: number): LinkView['rest'] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    albumId: albumId(`shop${String(index % 8).padStart(9, '0')}`),
    title: ['Tidal', 'Under the Viaduct', 'A Letter Never Sent', 'Slow Train North'][index % 4]!,
    artist: ['Mabel Storr', 'The Quiet Cars', 'Ossian Reyes'][index % 3]!,
    albumTitle: index % 5 === 4 ? null : 'Night Lines',
  }));

/** A link in every state a link can be in. */
export const linksTo = (albums: readonly AlbumSummary[]): readonly LinkView[] => [
  linkView('l1', { text: 'https://open.qobuz.com/album/q9kyzzwq0ggpa', state: 'looking' }),
  linkView('l2', {
    kind: 'playlist',
    state: 'offer',
    title: 'Kitchen, Sunday Morning',
    artist: 'Mira Holm',
    coverAlbumId: albums[4]!.id,
    tracksTotal: 64,
    tracksOwned: 23,
    rest: rest(41),
  }),
  linkView('l3', {
    kind: 'track',
    state: 'queued',
    title: 'A Room with Two Doors',
    artist: 'Elise Vanterpool',
    coverAlbumId: albums[2]!.id,
    albumId: albums[2]!.id,
    offersAlbum: true,
    tracksTotal: 1,
    tracksOwned: 1,
    inShop: true,
  }),
  linkView('l4', {
    kind: 'album',
    state: 'queued',
    title: albums[7]!.title,
    artist: albums[7]!.artist,
    coverAlbumId: albums[7]!.id,
    albumId: albums[7]!.id,
    tracksTotal: 32,
    tracksOwned: 32,
    inShop: true,
  }),
  linkView('l5', {
    kind: 'album',
    state: 'here',
    title: albums[0]!.title,
    artist: albums[0]!.artist,
    coverAlbumId: albums[0]!.id,
    albumId: albums[0]!.id,
    tracksTotal: 11,
    tracksOwned: 11,
    inShop: true,
  }),
  linkView('l6', {
    kind: 'album',
    state: 'not-owned',
    title: 'The Glass Orchard',
    artist: 'Helene Aubry',
    coverAlbumId: albums[9]!.id,
    tracksTotal: 12,
    inShop: true,
  }),
  linkView('l7', {
    text: 'https://www.qobuz.com/gb-en/discover',
    state: 'invalid',
    problem: 'section',
  }),
  linkView('l8', {
    text: 'https://www.example.com/album/123',
    state: 'invalid',
    problem: 'not-qobuz',
  }),
  linkView('l9', {
    text: 'https://play.qobuz.com/artist/57281',
    kind: 'artist',
    state: 'failed',
    error: { code: 'OFFLINE', params: {} },
  }),
];
