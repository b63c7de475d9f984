import {
  accountId,
  albumId,
  jobId,
  rootId,
  runId,
  stepId,
  trackId,
} from '../../src-preload/contract/ids.ts';
import type { AlbumPlan, PlanItem } from '../../src-preload/contract/plan.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { AlbumStatus } from '../../src-preload/contract/states.ts';
import type {
  AccountView,
  AlbumSummary,
  JobView,
  LastCheck,
  Preview,
  RootView,
  RunView,
} from '../../src-preload/contract/views.ts';
import { ADOPTIONS, adoptionRows, lastAdoption } from './adoption-scenes.ts';
import { duplicatesOf, offersOf, setAsideOf } from './care-scenes.ts';
import { ACCOUNT, EMPTY_SNAPSHOT, ROOT, type Scene, SETTINGS } from './fake-bridge.ts';
import {
  BOX,
  BOX_TRACKS,
  checked,
  checkFound,
  PLAIN,
  SAMPLE_TRACKS,
  verified,
  verifying,
  WHOLE_TRACKS,
} from './library-scenes.ts';
import { linksTo, queueOf } from './queue-scenes.ts';

const ALBUMS: readonly (readonly [
  string,
  string | null,
  string,
  string,
  readonly number[],
  AlbumStatus,
  number,
  number,
])[] = [
  ['Harbour Lights', null, 'Ines Calloway', '2024', [27, 7, 6, 5], 'synced', 11, 11],
  ['The Long Field', 'Deluxe Edition', 'Tobias Arden Quartet', '2023', [7, 6, 5], 'partly', 9, 14],
  [
    'Nocturnes for a Small Room',
    null,
    'Elise Vanterpool',
    '2021',
    [27, 7, 6, 5],
    'not-synced',
    0,
    21,
  ],
  ['Paper Kingdoms', null, 'The Velvet Orchard', '2019', [6, 5], 'needs-attention', 10, 12],
  ['Sommarnatt', null, 'Kvintett Norrsken', '2022', [7, 6, 5], 'synced', 8, 8],
  ['String Quartets Nos. 1–3', null, 'Meridian Quartet', '2020', [56, 27, 7, 6], 'syncing', 4, 12],
  ['Afterglow', 'Live', 'June & the Tidewater', '2018', [6, 5], 'synced', 17, 17],
  [
    'A Very Long Title That Does Not Know When It Ought to Stop',
    'Remastered 2025',
    'The Society for the Preservation of Nearly Forgotten Dance Bands',
    '2025',
    [27, 7, 6, 5],
    'not-synced',
    0,
    32,
  ],
  ['Glasshouse', null, 'Oren Bakker', '2026', [], 'pre-order', 0, 10],
  ['Bitter Almond', null, 'Sable Row', '2017', [5], 'synced', 6, 6],
  ['Cartography', null, 'Hollis Penrose', '2016', [7, 6, 5], 'withheld', 8, 9],
  ['Музыка для окон', null, 'Анна Верескова', '2015', [6, 5], 'synced', 9, 9],
  ['Field Recordings Vol. 2', null, 'Various Artists', '2014', [6, 5], 'not-synced', 0, 24],
  ['Red Clay Road', null, 'Dust & Amber', '2013', [27, 7, 6, 5], 'synced', 10, 10],
];

/** The 14 albums of the library scene. */
export const albums: readonly AlbumSummary[] = ALBUMS.map(
  ([title, version, artist, year, formatIds, status, done, total], index) => ({
    id: albumId(`alb${String(index).padStart(10, '0')}`),
    title,
    version,
    artist,
    year,
    label: 'Lantern & Reed',
    formatIds,
    servedFormatIds: done === 0 ? [] : formatIds.slice(0, 1),
    purchasedAt: 1_790_000_000 - index * 4_000_000,
    singles: index === 9,
    explicit: index === 3,
    hasCover: index !== 12,
    status,
    tracksTotal: total,
    tracksDone: done,
    bytes: done * 61_000_000,
  }),
);

/** Any number of albums, for long lists. */
export const manyAlbums = (count: number): readonly AlbumSummary[] =>
  Array.from({ length: count }, (_, index) => {
    const like = albums[index % albums.length]!;
    return {
      ...like,
      id: albumId(`big${String(index).padStart(10, '0')}`),
      title: `${like.title} ${index + 1}`,
      purchasedAt: 1_790_000_000 - index * 3600,
    };
  });

const FRESH: Settings = { ...SETTINGS, setupStep: 'folder' };

const LAST_CHECK: LastCheck = {
  endedAtMs: Date.now() - 9 * 86_400_000,
  tookMs: 430_000,
  files: 2_140,
  bytes: 132_000_000_000,
  missing: 0,
  damaged: 0,
  changed: 0,
};

const JUST_CHECKED: RootView = {
  ...ROOT,
  lastCheck: { ...LAST_CHECK, endedAtMs: Date.now() - 120_000, missing: 4, damaged: 3, changed: 2 },
};

const OTHERS: readonly AccountView[] = [
  { ...ACCOUNT, id: accountId('4712'), name: 'Jonas Ek', plan: 'Studio', country: 'DE' },
  { ...ACCOUNT, id: accountId('4713'), name: 'The Holm household', signedIn: false },
];

const listed = {
  state: 'ready',
  listedAtMs: Date.now() - 125_000,
  error: null,
  oddRows: 0,
} as const;

const library = {
  ...EMPTY_SNAPSHOT,
  account: ACCOUNT,
  root: ROOT,
  purchases: listed,
  albums,
} as const;

const job = (index: number, album: AlbumSummary, patch: Partial<JobView>): JobView => ({
  id: jobId(`job-${album.id}-${index}`),
  albumId: album.id,
  trackId: trackId(5000 + index),
  kind: 'track',
  title: ['Overture', 'A Room with Two Doors', 'Carried by the Tide', 'Salt', 'Northern Line'][
    index % 5
  ]!,
  artist: album.artist,
  albumTitle: album.title,
  path: `${album.artist}/${album.title}/${String(index + 1).padStart(2, '0')} - x.flac`,
  formatId: album.formatIds[0] ?? 6,
  state: 'waiting',
  stage: null,
  receivedBytes: 0,
  totalBytes: 74_200_000 + index * 3_100_000,
  totalIsEstimate: true,
  bytesPerSecond: 0,
  secondsLeft: null,
  position: index,
  attempts: 0,
  retryAtMs: null,
  error: null,
  ...patch,
});

const run: RunView = {
  id: runId('run-1'),
  state: 'running',
  startedAtMs: Date.now() - 372_000,
  endedAtMs: null,
  albumsListed: 14,
  albumsTotal: 14,
  listingDone: true,
  totals: {
    planned: 96,
    downloaded: 31,
    skipped: 12,
    failed: 1,
    unavailable: 1,
    paused: 0,
    bytes: 2_412_000_000,
    plannedBytes: 7_905_000_000,
    doneBytes: 3_104_000_000,
  },
  bytesPerSecond: 11_400_000,
  secondsLeft: 421,
  error: null,
  coolDownUntilMs: null,
  planChanges: 0,
};

const done = { state: 'done', totalIsEstimate: false, attempts: 1 } as const;

/** Jobs in every state. */
export const jobs: readonly JobView[] = [
  ...[0, 1, 2, 3].map((index) => job(index, albums[5]!, done)),
  job(4, albums[5]!, {
    state: 'running',
    stage: 'verifying',
    receivedBytes: 86_600_000,
    totalBytes: 86_600_000,
    totalIsEstimate: false,
    attempts: 1,
  }),
  job(5, albums[5]!, {
    state: 'running',
    stage: 'fetching',
    receivedBytes: 51_300_000,
    totalBytes: 89_700_000,
    totalIsEstimate: false,
    bytesPerSecond: 6_100_000,
    secondsLeft: 7,
    attempts: 1,
  }),
  job(6, albums[5]!, {
    state: 'running',
    stage: 'fetching',
    receivedBytes: 8_300_000,
    bytesPerSecond: 5_300_000,
    secondsLeft: 16,
    attempts: 1,
  }),
  job(7, albums[5]!, {
    state: 'retrying',
    attempts: 2,
    retryAtMs: Date.now() + 6000,
    error: { code: 'STREAM_INTERRUPTED', params: {} },
  }),
  ...[8, 9, 10].map((index) => job(index, albums[5]!, {})),
  job(11, albums[5]!, { kind: 'booklet', trackId: null, formatId: null, totalBytes: 4_100_000 }),
  ...[0, 1, 2].map((index) => job(index, albums[3]!, done)),
  job(3, albums[3]!, {
    state: 'failed',
    attempts: 6,
    error: { code: 'STREAM_STUB', params: { expectedBytes: 91_000_000, bytes: 1 } },
  }),
  job(4, albums[3]!, {
    state: 'unavailable',
    attempts: 1,
    error: { code: 'TRACK_WITHHELD', params: { restriction: 'TrackRestrictedByRightHolders' } },
  }),
  ...Array.from({ length: 21 }, (_, index) => job(index, albums[2]!, {})),
  ...Array.from({ length: 32 }, (_, index) => job(index, albums[7]!, {})),
  ...Array.from({ length: 5 }, (_, index) => job(index, albums[1]!, done)),
  ...Array.from({ length: 11 }, (_, index) => job(index, albums[0]!, done)),
].map((each, position) => ({ ...each, position }));

/** Ten jobs for each of many albums: four under way, the rest waiting. */
const manyJobs = (count: number, each: number): readonly JobView[] =>
  manyAlbums(count).flatMap((album, at) =>
    Array.from({ length: each }, (_, index) =>
      job(index, album, {
        position: at * each + index,
        ...(at === 0 &&
          index < 4 && { state: 'running', stage: 'fetching', bytesPerSecond: 2_500_000 }),
      }),
    ),
  );

/** The jobs while nothing comes in: what was under way waits. */
const heldJobs = jobs.map(
  (each): JobView =>
    each.state === 'running'
      ? { ...each, state: 'waiting', stage: null, bytesPerSecond: 0, secondsLeft: null }
      : each,
);

const finishedJobs = jobs.map(
  (each): JobView =>
    each.state === 'failed' || each.state === 'unavailable'
      ? each
      : { ...each, ...done, stage: null, error: null, retryAtMs: null },
);

const item = (index: number, album: AlbumSummary, patch: Partial<PlanItem>): PlanItem => ({
  action: 'download',
  reason: 'new',
  albumId: album.id,
  trackId: trackId(7000 + index),
  kind: 'track',
  sideIndex: index,
  title: ['Overture', 'A Room with Two Doors', 'Carried by the Tide', 'Salt'][index % 4]!,
  path: `${album.artist}/${album.title}/${index}.flac`,
  formatId: album.formatIds[0] ?? null,
  fallbackFormatIds: [],
  substitution: null,
  bytes: 71_000_000,
  refusal: null,
  ...patch,
});

const plans: readonly AlbumPlan[] = albums.map((album, at) => ({
  albumId: album.id,
  folder: `${album.artist}/${album.title}`,
  items: Array.from({ length: album.tracksTotal }, (_, index) => {
    if (album.status === 'pre-order') {
      return item(index, album, { action: 'unavailable', reason: 'pre-order', formatId: null });
    }
    if (index < album.tracksDone) return item(index, album, { action: 'keep', reason: 'present' });
    if (album.status === 'withheld') {
      return item(index, album, {
        action: 'unavailable',
        reason: 'refused-before',
        refusal: {
          code: 'TRACK_WITHHELD',
          params: { restriction: 'TrackRestrictedByRightHolders' },
        },
      });
    }
    if (at === 3 && index === 10)
      return item(index, album, { action: 'replace', reason: 'damaged' });
    return item(index, album, album.formatIds.includes(27) ? {} : { substitution: { wanted: 27 } });
  }),
}));

const count = (action: PlanItem['action']) => {
  const items = plans.flatMap((plan) => plan.items).filter((each) => each.action === action);
  return { items: items.length, bytes: items.reduce((sum, each) => sum + each.bytes, 0) };
};

/** The plan of the library scene. */
export const preview: Preview = {
  final: false,
  albumsPlanned: 11,
  albumsTotal: 14,
  counts: {
    keep: count('keep'),
    download: count('download'),
    replace: count('replace'),
    adopt: count('adopt'),
    unavailable: count('unavailable'),
  },
  albums: plans,
  freeBytes: 412_600_000_000,
};

/** The album of many discs. */
export const box = albums[5]!;
const whole = albums[4]!;
const tracks = (id: string) =>
  id === box.id ? BOX_TRACKS : id === whole.id ? WHOLE_TRACKS : SAMPLE_TRACKS;
const album = (id: string) => {
  if (id === box.id) return BOX;
  const { artist, title } = albums.find((each) => each.id === id) ?? whole;
  return { ...PLAIN, folder: `${artist}/${title}` };
};
const queue = queueOf(albums);
const adopting = (name: keyof typeof ADOPTIONS): Scene => ({
  snapshot: { ...library, adoption: ADOPTIONS[name] },
  adoptionRows: adoptionRows(albums),
});

/** Every scene the window can be shown in, by name. */
export const SCENES = {
  welcome: { snapshot: EMPTY_SNAPSHOT },
  'welcome-waiting': {
    snapshot: {
      ...EMPTY_SNAPSHOT,
      signIn: { state: 'waiting-for-browser', error: null, keeping: 'stored' },
    },
  },
  'welcome-refused': {
    snapshot: {
      ...EMPTY_SNAPSHOT,
      signIn: {
        state: 'failed',
        error: { code: 'SIGN_IN_TIMED_OUT', params: {} },
        keeping: 'stored',
      },
    },
  },
  library: { snapshot: library, tracks, album, preview },
  'library-demo': {
    snapshot: {
      ...library,
      app: { ...library.app, demo: true },
      root: { ...ROOT, path: '/tmp/crateful-demo/library', state: 'new' },
      account: { ...ACCOUNT, name: 'Demo', credentialStore: 'session' },
      albums: albums.map(
        (album): AlbumSummary => ({
          ...album,
          tracksDone: 0,
          status: album.status === 'pre-order' ? 'pre-order' : 'not-synced',
        }),
      ),
    },
    tracks,
    preview,
  },
  'library-many': { snapshot: { ...library, albums: manyAlbums(10_000) }, tracks, preview },
  'library-loading': {
    snapshot: {
      ...library,
      root: null,
      albums: [],
      purchases: { ...listed, state: 'loading', listedAtMs: null },
    },
  },
  'library-empty': { snapshot: { ...library, albums: [] } },
  'library-offline': {
    snapshot: {
      ...library,
      albums: [],
      purchases: { ...listed, state: 'failed', error: { code: 'OFFLINE', params: {} } },
    },
  },
  'signed-out': {
    snapshot: { ...library, account: { ...ACCOUNT, signedIn: false } },
    tracks,
    preview,
  },
  'root-missing': {
    snapshot: { ...library, root: { ...ROOT, state: 'missing', freeBytes: null } },
    tracks,
    preview,
  },
  'record-damaged': {
    snapshot: library,
    tracks,
    preview,
    startFault: { code: 'DATABASE_DAMAGED', params: {} },
    rebuilt: {
      source: 'backup',
      backupDayMs: Date.UTC(2026, 10, 20),
      setAside: 'library.damaged-2026-11-21T09-14-02.sqlite',
      account: ACCOUNT.name,
      signedIn: true,
      folder: ROOT.path,
      folderThere: true,
      tracks: 1204,
    },
  },
  'record-lost': {
    snapshot: { ...EMPTY_SNAPSHOT, account: null },
    startFault: { code: 'DATABASE_DAMAGED', params: {} },
    rebuilt: {
      source: 'empty',
      backupDayMs: null,
      setAside: 'library.damaged-2026-11-21T09-14-02.sqlite',
      account: null,
      signedIn: false,
      folder: null,
      folderThere: false,
      tracks: 0,
    },
  },
  'record-too-new': {
    snapshot: library,
    startFault: { code: 'DATABASE_TOO_NEW', params: { found: 12, known: 7 } },
  },
  'record-in-use': {
    snapshot: library,
    startFault: {
      code: 'ALREADY_RUNNING',
      params: { holder: 'Crateful, process 4711 (studio)', pid: 4711, sinceMs: 1_795_000_000_000 },
    },
  },
  'drive-away': {
    snapshot: {
      ...library,
      root: { ...ROOT, state: 'missing', freeBytes: null },
      background: {
        ...EMPTY_SNAPSHOT.background,
        holding: 'no-folder',
        goesOnWith: 'drive',
      },
      run: {
        ...run,
        state: 'stopped',
        endedAtMs: run.startedAtMs + 200_000,
        error: { code: 'LIBRARY_ROOT_MISSING', params: { path: ROOT.path } },
      },
      jobs: heldJobs,
    },
    tracks,
    preview,
  },
  'no-folder': { snapshot: { ...library, root: null }, tracks, preview },
  syncing: { snapshot: { ...library, run, jobs }, tracks, preview, queue },
  'queue-paused': {
    snapshot: {
      ...library,
      queue: { paused: true },
      run: { ...run, state: 'paused', bytesPerSecond: 0, secondsLeft: null },
      jobs: heldJobs,
    },
    tracks,
    preview,
    queue,
  },
  'queue-offline': {
    snapshot: {
      ...library,
      background: { ...library.background, online: false, holding: 'offline' },
      run: {
        ...run,
        bytesPerSecond: 0,
        secondsLeft: null,
        error: { code: 'OFFLINE', params: {} },
      },
      jobs: heldJobs,
    },
    tracks,
    preview,
    queue,
  },
  // As after a restart: what was paused is paused, what was begun waits, and no run is there.
  'queue-restarted': {
    snapshot: {
      ...library,
      jobs: jobs
        .filter(({ state }) => state !== 'done')
        .map((each, at): JobView => {
          if (each.state === 'failed' || each.state === 'unavailable') return each;
          const state = at > 7 && at < 30 ? 'paused' : 'waiting';
          return { ...each, state, stage: null, bytesPerSecond: 0, secondsLeft: null };
        }),
    },
    tracks,
    preview,
    queue,
  },
  'queue-many': {
    snapshot: { ...library, albums: manyAlbums(200), run, jobs: manyJobs(200, 10) },
    tracks,
    preview,
    queue,
  },
  links: { snapshot: { ...library, links: linksTo(albums) }, tracks, preview },
  'syncing-paused': {
    snapshot: {
      ...library,
      run: {
        ...run,
        listingDone: false,
        albumsListed: 9,
        bytesPerSecond: 0,
        secondsLeft: null,
        coolDownUntilMs: Date.now() + 95_000,
        error: { code: 'OFFLINE', params: {} },
      },
      jobs,
    },
    tracks,
    preview,
  },
  finished: {
    snapshot: {
      ...library,
      run: {
        ...run,
        state: 'finished',
        endedAtMs: run.startedAtMs + 742_000,
        bytesPerSecond: 0,
        secondsLeft: null,
        totals: { ...run.totals, downloaded: 82, bytes: 7_610_000_000, doneBytes: 7_905_000_000 },
      },
      jobs: finishedJobs,
    },
    tracks,
    preview,
    queue,
  },
  'disk-full': {
    snapshot: {
      ...library,
      background: { ...EMPTY_SNAPSHOT.background, holding: 'no-room', goesOnWith: 'room' },
      root: { ...ROOT, freeBytes: 312_000_000 },
      run: {
        ...run,
        state: 'stopped',
        endedAtMs: run.startedAtMs + 200_000,
        error: {
          code: 'DISK_FULL',
          params: { neededBytes: 4_800_000_000, freeBytes: 312_000_000 },
        },
      },
      jobs: heldJobs,
    },
    tracks,
    preview,
  },
  'up-to-date': {
    snapshot: {
      ...library,
      albums: albums.map(
        (album): AlbumSummary => ({ ...album, status: 'synced', tracksDone: album.tracksTotal }),
      ),
      run: {
        ...run,
        state: 'finished',
        endedAtMs: run.startedAtMs + 2000,
        totals: {
          ...run.totals,
          planned: 195,
          downloaded: 0,
          skipped: 195,
          failed: 0,
          unavailable: 0,
          bytes: 0,
        },
      },
    },
    tracks,
  },
  'signed-in-others': {
    snapshot: { ...library, accounts: [ACCOUNT, ...OTHERS] },
    tracks,
    preview,
  },
  'welcome-no-keychain': {
    snapshot: { ...EMPTY_SNAPSHOT, signIn: { ...EMPTY_SNAPSHOT.signIn, keeping: 'undecided' } },
  },
  'welcome-known': { snapshot: { ...EMPTY_SNAPSHOT, accounts: OTHERS } },
  'queue-unfinished': {
    snapshot: { ...library, run: { ...run, state: 'stopped', endedAtMs: Date.now() }, jobs },
    tracks,
    preview,
  },
  steps: {
    snapshot: library,
    steps: [
      {
        id: stepId('s2'),
        rootId: rootId('r'),
        kind: 'rearrange',
        state: 'moved',
        begunAtMs: Date.now() - 3_600_000,
        files: 1980,
        stayed: 2,
      },
      {
        id: stepId('s1'),
        rootId: rootId('r'),
        kind: 'adopt',
        state: 'returned',
        begunAtMs: Date.now() - 86_400_000,
        files: 412,
        stayed: 0,
      },
    ],
  },
  'steps-none': { snapshot: library, steps: [] },
  'steps-running': {
    snapshot: {
      ...library,
      step: {
        stepId: stepId('s1'),
        kind: 'rearrange',
        way: 'there',
        state: 'running',
        filesDone: 412,
        filesTotal: 1980,
      },
    },
    steps: [
      {
        id: stepId('s1'),
        rootId: rootId('r'),
        kind: 'rearrange',
        state: 'moving',
        begunAtMs: Date.now() - 60_000,
        files: 1980,
        stayed: 0,
      },
    ],
  },
  'settings-rearrange': {
    snapshot: library,
    rearrange: {
      albums: 162,
      files: 1980,
      companions: 41,
      examples: [
        {
          before: 'The Parallels/Long Way Home (Deluxe Edition)/Disc 2/01 - First Light.flac',
          after: 'The Parallels/2021 - Long Way Home (Deluxe Edition)/2-01 First Light.flac',
        },
        {
          before: 'Mira Sol/Night Bus/03 - Last Stop.flac',
          after: 'Mira Sol/2019 - Night Bus/03 Last Stop.flac',
        },
      ],
      keeps: [{ what: 'Copper & Glass', reason: 'incomplete' }],
      keepsTotal: 1,
      lists: ['Mira Sol/Night Bus/album.cue'],
    },
  },
  'settings-moving': {
    snapshot: {
      ...library,
      move: {
        state: 'running',
        from: ROOT.path,
        to: '/media/mira/Backup/Qobuz',
        filesDone: 412,
        filesTotal: 1980,
        bytesDone: 14_300_000_000,
        bytesTotal: 66_100_000_000,
        leftBehind: 3,
        error: null,
      },
    },
  },
  'settings-reset': {
    snapshot: {
      ...library,
      resetSettings: ['namingTemplate', 'concurrency'],
      settings: {
        ...SETTINGS,
        syncEveryMinutes: 60,
        proxyMode: 'manual',
        proxyAddress: 'socks5://127.0.0.1:1080',
        proxyUser: 'mira',
      },
      network: { proxyPasswordSet: true },
      background: {
        online: true,
        nextSyncAtMs: Date.now() + 26 * 60_000,
        lastSyncAtMs: null,
        holding: null,
        goesOnWith: null,
      },
    },
    shell: {
      startAtLogin: 'unavailable',
      notifications: false,
      logFolder: '/home/mira/.local/share/crateful/logs',
      update: { state: 'ready', version: '0.2.0' },
    },
  },
  'settings-folder-full': {
    snapshot: library,
    picked: {
      path: '/media/mira/Backup/Music',
      state: 'foreign',
      freeBytes: 96_000_000_000,
      files: 10_000,
      audioFiles: 9214,
      filesAreMore: true,
    },
  },
  setup: { snapshot: { ...library, root: null, settings: FRESH }, preview },
  'setup-background': {
    snapshot: { ...library, settings: { ...FRESH, setupStep: 'background' } },
    preview: { ...preview, final: true, albumsPlanned: 14 },
  },
  'setup-demo': {
    snapshot: {
      ...library,
      app: { ...library.app, demo: true },
      root: { ...ROOT, path: '/tmp/crateful-demo/library', state: 'new' },
      account: { ...ACCOUNT, name: 'Demo', credentialStore: 'session' },
      settings: FRESH,
    },
    preview,
  },
  'library-table': {
    snapshot: { ...library, settings: { ...SETTINGS, libraryView: 'table' } },
    tracks,
    album,
  },
  'library-table-many': {
    snapshot: {
      ...library,
      albums: manyAlbums(10_000),
      settings: { ...SETTINGS, libraryView: 'table' },
    },
    tracks,
    album,
  },
  'library-skipped': {
    snapshot: {
      ...library,
      albums: albums.map(
        (each, index): AlbumSummary => (index === 2 ? { ...each, status: 'skipped' } : each),
      ),
    },
    tracks,
    album,
  },
  'library-verifying': { snapshot: { ...library, verify: verifying(albums) }, tracks, album },
  checking: {
    snapshot: { ...library, verify: { ...verifying([]), findingsTotal: 3 } },
  },
  checked: {
    snapshot: { ...library, root: { ...ROOT, lastCheck: LAST_CHECK }, verify: checked() },
  },
  'check-known': { snapshot: { ...library, root: { ...ROOT, lastCheck: LAST_CHECK } } },
  'check-found': {
    snapshot: {
      ...library,
      root: JUST_CHECKED,
      verify: checkFound([albums[1]!, albums[3]!, albums[7]!]),
    },
  },
  'check-found-many': {
    snapshot: { ...library, verify: { ...checkFound(manyAlbums(40)), findingsTotal: 2000 } },
  },
  'check-found-offline': {
    snapshot: {
      ...library,
      root: JUST_CHECKED,
      verify: checkFound([albums[1]!, albums[3]!]),
      background: { ...EMPTY_SNAPSHOT.background, online: false },
    },
  },
  'check-drive-away': {
    snapshot: {
      ...library,
      root: { ...ROOT, state: 'missing' },
      verify: {
        ...verifying([]),
        state: 'failed',
        secondsLeft: null,
        error: { code: 'LIBRARY_ROOT_MISSING', params: { path: ROOT.path } },
      },
    },
  },
  'check-nothing': {
    snapshot: {
      ...library,
      albums: albums.map((each) => ({ ...each, tracksDone: 0, bytes: 0, status: 'not-synced' })),
    },
  },
  'adopt-start': { snapshot: library, undoableAdoption: lastAdoption },
  'adopt-listing': adopting('listing'),
  'adopt-scanning': adopting('scanning'),
  'adopt-comparing': adopting('comparing'),
  'adopt-review': adopting('review'),
  'adopt-inside': adopting('inside'),
  'adopt-nothing': adopting('nothing'),
  'adopt-proving': adopting('proving'),
  'adopt-taking': adopting('taking'),
  'adopt-done': adopting('done'),
  'adopt-undone': adopting('undone'),
  'adopt-failed': adopting('failed'),
  rooms: {
    snapshot: library,
    setAside: setAsideOf(albums),
    offers: offersOf(albums),
    duplicates: duplicatesOf(albums),
  },
  'rooms-syncing': {
    snapshot: { ...library, run, jobs },
    queue,
    setAside: setAsideOf(albums),
    offers: offersOf(albums),
    duplicates: duplicatesOf(albums),
  },
  'rooms-offline': {
    snapshot: { ...library, background: { ...EMPTY_SNAPSHOT.background, online: false } },
    offers: offersOf(albums),
  },
  'rooms-failed': { snapshot: library, careFault: { code: 'DISK_FAILED', params: {} } },
  'rooms-drive-away': {
    snapshot: { ...library, root: { ...ROOT, state: 'missing' } },
    careFault: { code: 'LIBRARY_ROOT_MISSING', params: { path: ROOT.path } },
  },
  'library-verified': { snapshot: { ...library, verify: verified(box) }, tracks, album },
} as const satisfies Record<string, Scene>;

/** A scene's name. */
export type SceneName = keyof typeof SCENES;
