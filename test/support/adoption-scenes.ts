import type {
  AdoptionFileRow,
  AdoptionFilter,
  AdoptionRow,
  AdoptionView,
  AdoptionWhy,
} from '../../src-preload/contract/adoption.ts';
import { rootId, stepId, trackId } from '../../src-preload/contract/ids.ts';
import type { StepView } from '../../src-preload/contract/steps.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import { ROOT } from './fake-bridge.ts';

/** The rows of a review, by filter. */
export type AdoptionRows = Readonly<Record<AdoptionFilter, readonly AdoptionRow[]>>;

const TITLES = [
  'Overture',
  'A Room with Two Doors',
  'Carried by the Tide',
  'Salt',
  'Northern Line',
];

/** The folder the scenes look through; it lies beside the library's. */
export const OLD_FOLDER = '/media/mira/Old disk/Music';

interface Kind {
  readonly why: AdoptionWhy;
  readonly choosable: boolean;
  readonly chosen: boolean;
  readonly patch?: Partial<AdoptionFileRow>;
}

/** Files taken for tracks of an album, below its head. */
function filesOf(album: AlbumSummary, first: number, count: number, kind: Kind): AdoptionRow[] {
  const { why, choosable, chosen, patch } = kind;
  const files = Array.from({ length: count }, (_, index): AdoptionRow => {
    const title = TITLES[index % TITLES.length]!;
    const number = String(index + 1).padStart(2, '0');
    return {
      kind: 'file',
      id: first + index,
      path: `${album.artist}/${album.title}/${number} ${title}.flac`,
      why,
      title,
      discNumber: 1,
      trackNumber: index + 1,
      trackId: trackId(9000 + first + index),
      container: 'flac',
      samplingRateKHz: 96,
      bitDepth: 24,
      kbps: null,
      bytes: 74_000_000,
      durationSeconds: 201 + index * 37,
      betterFormatId: null,
      choosable,
      chosen,
      insteadOf: null,
      ...patch,
    };
  });
  const { id: albumId, title, artist, year, hasCover, tracksTotal } = album;
  return [
    {
      kind: 'album',
      albumId,
      title,
      artist,
      year,
      hasCover,
      tracksTotal,
      tracksFound: count,
      choosable: choosable ? count : 0,
      chosen: chosen ? count : 0,
    },
    ...files,
  ];
}

const strange = (id: number, path: string, why: AdoptionWhy): AdoptionRow => ({
  kind: 'file',
  id,
  path,
  why,
  title: null,
  discNumber: null,
  trackNumber: null,
  trackId: null,
  container: path.endsWith('.mp3') ? 'mp3' : 'flac',
  samplingRateKHz: 44.1,
  bitDepth: path.endsWith('.mp3') ? null : 16,
  kbps: path.endsWith('.mp3') ? 192 : null,
  bytes: 8_400_000,
  durationSeconds: why === 'unreadable' ? null : 233,
  betterFormatId: null,
  choosable: false,
  chosen: false,
  insteadOf: null,
});

/** A copy in another folder, and the file it could be taken in place of. */
const inPlaceOf = (row: AdoptionFileRow): AdoptionFileRow => ({
  ...row,
  path: `From the old laptop/${row.path.split('/').at(-1)}`,
  insteadOf: row.path,
});

/** A review in which every kind of row stands. */
export const adoptionRows = (albums: readonly AlbumSummary[]): AdoptionRows => ({
  sure: [
    ...filesOf(albums[0]!, 0, 11, { why: 'id', choosable: true, chosen: true }),
    ...filesOf(albums[7]!, 20, 5, {
      why: 'isrc',
      choosable: true,
      chosen: true,
      patch: { samplingRateKHz: 44.1, bitDepth: 16, betterFormatId: 27 },
    }),
  ],
  likely: [
    ...filesOf(albums[2]!, 40, 4, { why: 'names', choosable: true, chosen: false }),
    ...filesOf(albums[11]!, 50, 3, {
      why: 'near-title',
      choosable: true,
      chosen: false,
      patch: {
        container: 'mp3',
        samplingRateKHz: 44.1,
        bitDepth: null,
        kbps: 192,
        betterFormatId: 6,
      },
    }),
  ],
  unknown: [
    { kind: 'folder', path: '', files: 1 },
    strange(60, 'untitled.mp3', 'nothing'),
    { kind: 'folder', path: 'Mixtapes/2009 – For the long drive home', files: 3 },
    strange(61, 'Mixtapes/2009 – For the long drive home/01 Intro.mp3', 'several'),
    strange(62, 'Mixtapes/2009 – For the long drive home/02 Salt.mp3', 'other-album'),
    strange(63, 'Mixtapes/2009 – For the long drive home/03 Broken.flac', 'unreadable'),
  ],
  copy: filesOf(albums[0]!, 70, 2, {
    why: 'better-copy',
    choosable: false,
    chosen: false,
    patch: { samplingRateKHz: 44.1, bitDepth: 16 },
  }).map((row) => (row.kind === 'file' ? inPlaceOf(row) : row)),
  damaged: filesOf(albums[4]!, 80, 2, { why: 'damaged', choosable: true, chosen: false }),
});

const BEGUN: AdoptionView = {
  state: 'scanning',
  folder: OLD_FOLDER,
  place: 'none',
  done: 1240,
  total: 3816,
  counts: { sure: 0, likely: 0, unknown: 0, copy: 0, damaged: 0 },
  chosen: { files: 0, albums: 0, bytes: 0, fresh: 0 },
  otherKinds: 0,
  known: 0,
  albumsNotCompared: 0,
  passedOver: 0,
  revision: 1,
  outcome: null,
  error: null,
};

const REVIEW: AdoptionView = {
  ...BEGUN,
  state: 'review',
  place: 'outside',
  counts: { sure: 16, likely: 7, unknown: 4, copy: 2, damaged: 2 },
  chosen: { files: 16, albums: 2, bytes: 1_184_000_000, fresh: 0 },
  otherKinds: 14,
  known: 212,
  passedOver: 1,
  revision: 2,
};

const LAST: StepView = {
  id: stepId('s-adopt'),
  rootId: rootId('r'),
  kind: 'adopt',
  state: 'moved',
  begunAtMs: Date.now() - 86_400_000,
  files: 412,
  stayed: 0,
};

const DONE: AdoptionView = {
  ...REVIEW,
  state: 'done',
  counts: { ...REVIEW.counts, sure: 2, damaged: 3 },
  chosen: { files: 0, albums: 0, bytes: 0, fresh: 0 },
  outcome: {
    way: 'move',
    taken: 13,
    albums: 2,
    damaged: 1,
    stayed: [
      { path: 'Ines Calloway/Harbour Lights/04 Salt.flac', reason: 'occupied' },
      { path: 'Ines Calloway/Harbour Lights/05 Northern Line.flac', reason: 'changed' },
    ],
    stayedTotal: 2,
    stepId: LAST.id,
  },
};

/** The states of a look through a folder, by the name of their scene. */
export const ADOPTIONS = {
  scanning: BEGUN,
  listing: { ...BEGUN, done: 0, total: null },
  comparing: { ...BEGUN, state: 'comparing', done: 3, total: 9 },
  review: REVIEW,
  inside: {
    ...REVIEW,
    folder: `${ROOT.path}/Old`,
    place: 'inside',
    albumsNotCompared: 3,
    known: 0,
    otherKinds: 0,
    passedOver: 0,
  },
  nothing: { ...BEGUN, state: 'review', place: 'outside', known: 212, revision: 2 },
  proving: { ...REVIEW, state: 'proving', done: 5, total: 16 },
  taking: { ...REVIEW, state: 'taking', done: 9, total: 16 },
  done: DONE,
  undone: {
    ...REVIEW,
    state: 'undone',
    outcome: {
      way: 'move',
      taken: 13,
      albums: 2,
      damaged: 0,
      stayed: [],
      stayedTotal: 0,
      stepId: null,
    },
  },
  failed: {
    ...REVIEW,
    state: 'failed',
    error: { code: 'LIBRARY_ROOT_MISSING', params: { path: ROOT.path } },
  },
} as const satisfies Record<string, AdoptionView>;

/** A taking over that was done earlier and can be undone. */
export const lastAdoption = LAST;
