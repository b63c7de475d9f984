import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { Keytar } from '../../src-main/accounts/credential-store.ts';
import type { CatalogueData } from '../../src-main/demo/catalogue.ts';
import {
  type DemoStore,
  type DemoStoreOptions,
  type RecordedRequest,
  startDemoStore,
} from '../../src-main/demo/store.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src-main/engine.ts';
import type { Ports } from '../../src-main/ports.ts';
import { STILL } from '../../src-main/still-ports.ts';
import type { CratefulEvent, EventCode } from '../../src-preload/contract/events.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { SettingsPatch } from '../../src-preload/contract/settings.ts';
import type { Delta, JobView, RunView } from '../../src-preload/contract/views.ts';
import { sharedAudioPool } from './shared-audio-pool.ts';
import { type SwiftClock, swiftClock } from './swift-clock.ts';

/** How an engine under test differs from one that a person runs. */
export interface HarnessOptions {
  /** Contents of the store; the demo's own when absent. */
  readonly catalogue?: CatalogueData;
  readonly store?: Omit<DemoStoreOptions, 'catalogue'>;
  /** How far the store's clock is off against the engine's, in milliseconds; may change. */
  readonly serviceClock?: { readonly offMs: number };
  /** How many seconds pass on the engine's clock in one; 100. */
  readonly speed?: number;
  /** Calls a second on the engine's clock; 100, null for the service's own pace. */
  readonly ratePerSecond?: number | null;
  readonly settings?: SettingsPatch;
  readonly standIns?: EngineOptions['standIns'];
  /** Secrets from the environment; none when absent. */
  readonly environment?: Partial<EngineOptions['environment']>;
  /** What the system around the engine says; a network and power that never change when absent. */
  readonly ports?: Partial<Pick<Ports, 'network' | 'power' | 'keepAwake'>>;
  /** The library folder; a new one under the system's temporary folder when absent. */
  readonly root?: string;
  /** The entry of the threads that prove and tag; the built one when absent. */
  readonly audioWorker?: URL;
  /** False for an engine nobody is signed in to. */
  readonly signedIn?: boolean;
  /** False when the test chooses the folder itself. */
  readonly folder?: boolean;
}

/** What a request to the store was about. */
export interface Asked {
  /** As `album/get`, or `file` for the CDN. */
  readonly call: string;
  readonly trackId: number | null;
  readonly albumId: string | null;
  readonly request: RecordedRequest;
}

/** A real engine on a store, a folder and a home of its own. */
export interface EngineHarness {
  readonly store: DemoStore;
  readonly clock: SwiftClock;
  /** The library folder. */
  readonly root: string;
  /** The data folder of the engine that is open. */
  readonly home: string;
  readonly engine: Engine;
  /** Of all engines of this harness, oldest first. */
  readonly events: readonly CratefulEvent[];
  readonly deltas: readonly Delta[];
  sync(): Promise<RunView>;
  /** The requests made during `work`, sign-in checks left out, and what it gave. */
  asking<Result>(work: () => Promise<Result>): Promise<{ asked: Asked[]; result: Result }>;
  /** Every request so far. */
  asked(): Asked[];
  /**
   * Ends the engine and opens another on the same store and folder; `newHome` as on another computer. `between` is
   * called while none is open.
   */
  reopen(
    options?: {
      readonly newHome?: boolean;
      readonly between?: () => Promise<unknown>;
    } & Partial<HarnessOptions>,
  ): Promise<void>;
  jobs(): Promise<readonly JobView[]>;
  /** The line of a track; fails when there is none. */
  job(trackId: number): Promise<JobView>;
  /** Paths of all files under the folder that are not Crateful's own, sorted. */
  tree(): Promise<string[]>;
  /** Paths of all files under `.crateful/`, sorted. */
  workFiles(): Promise<string[]>;
  /** Absolute path of a file under the folder. */
  path(relative: string): string;
  /** The rows with their receipts, as the last run wrote them into the folder. */
  manifest(): Promise<LibraryFile[]>;
  eventCodes(): EventCode[];
  close(): Promise<void>;
}

const OUT = new URL('../../out/main/', import.meta.url);

/** A keychain in memory, so that no test touches the user's. */
function memoryKeychain(): Keytar {
  const values = new Map<string, string>();
  return {
    getPassword: async (service, name) => values.get(`${service} ${name}`) ?? null,
    async setPassword(service, name, value) {
      values.set(`${service} ${name}`, value);
    },
    deletePassword: async (service, name) => values.delete(`${service} ${name}`),
    findCredentials: async (service) =>
      [...values.keys()].flatMap((key) =>
        key.startsWith(`${service} `) ? [{ account: key.slice(service.length + 1) }] : [],
      ),
  };
}

/** Starts a store and an engine on it; signed in, with the folder chosen, unless told otherwise. */
export async function engineHarness(options: HarnessOptions = {}): Promise<EngineHarness> {
  const base = await mkdtemp(join(tmpdir(), 'crateful-sync-'));
  const clock = swiftClock(options.speed ?? 100);
  const store = await startDemoStore({
    now: () => clock.now() + (options.serviceClock?.offMs ?? 0),
    ...options.store,
    ...(options.catalogue && { catalogue: options.catalogue }),
  });
  const root = options.root ?? join(base, 'music');
  const keychain = memoryKeychain();
  const events: CratefulEvent[] = [];
  const deltas: Delta[] = [];
  let homes = 0;
  let engine: Engine | null = null;

  const open = async (given: HarnessOptions) => {
    const rate = given.ratePerSecond === undefined ? 100 : given.ratePerSecond;
    const opened = await createEngine(
      {
        home: join(base, `home-${homes}`),
        apiBase: store.apiBase,
        playerBase: store.playerBase,
        keychainService: `crateful-test-${homes}`,
        environment: { token: null, appId: null, appSecret: null, ...given.environment },
        apiRatePerSecond: rate,
        version: '0.0.0',
        demo: false,
        workers: {
          audio: given.audioWorker ?? new URL('audio-worker.js', OUT),
          scan: new URL('scan-worker.js', OUT),
          backup: new URL('backup-worker.js', OUT),
        },
        standIns: {
          loadKeytar: async () => keychain,
          createAudioPool: sharedAudioPool,
          ...given.standIns,
        },
      },
      {
        clock,
        random: Math.random,
        openUrl: async () => undefined,
        locales: () => [],
        resolveProxy: async () => null,
        ...STILL,
        ...given.ports,
        encryption: null,
        log: () => undefined,
      },
    );
    engine = opened;
    opened.events.subscribe((event) => events.push(event));
    opened.onDelta((delta) => deltas.push(delta));
    const { account } = await opened.snapshot();
    if (!account && given.signedIn !== false) await opened.signInWithToken(store.token);
    if (given.settings) await opened.updateSettings(given.settings);
    const { root: known } = await opened.snapshot();
    const choose = given.signedIn !== false && given.folder !== false && known?.path !== root;
    if (choose) await opened.useFolder(root);
  };

  const current = () => {
    if (!engine) throw new Error('no engine is open');
    return engine;
  };
  const files = async (folder: string) => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
      )
      .sort();
  };
  const readAsked = (from = 0): Asked[] =>
    store.requests.slice(from).map((request) => ({
      call: request.kind === 'cdn' ? 'file' : request.path,
      trackId: numberOf(request.query.track_id ?? request.query.eid),
      albumId: request.query.album_id ?? null,
      request,
    }));

  await open(options);
  return {
    store,
    clock,
    root,
    get home() {
      return join(base, `home-${homes}`);
    },
    get engine() {
      return current();
    },
    events,
    deltas,
    sync: () => current().startSync(),
    async asking(work) {
      const from = store.requests.length;
      const result = await work();
      const asked = readAsked(from).filter(({ call }) => !call.startsWith('user/'));
      return { asked, result };
    },
    asked: () => readAsked(),
    async reopen({ newHome = false, between, ...given } = {}) {
      await engine?.dispose();
      engine = null;
      await between?.();
      if (newHome) homes += 1;
      await open({ ...options, settings: {}, ...given });
    },
    jobs: async () => (await current().snapshot()).jobs,
    async job(trackId) {
      const { jobs } = await current().snapshot();
      const job = jobs.find((each) => each.trackId === trackId);
      if (!job) throw new Error(`no line for track ${trackId}`);
      return job;
    },
    tree: async () => (await files(root)).filter((path) => !path.startsWith('.crateful/')),
    workFiles: () => files(join(root, '.crateful')),
    path: (relative) => join(root, relative),
    async manifest() {
      const text = await readFile(join(root, '.crateful', 'manifest.jsonl'), 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LibraryFile | { readonly kind: 'album' | 'decision' })
        .filter((said): said is LibraryFile => said.kind !== 'album' && said.kind !== 'decision');
    },
    eventCodes: () => events.map((event) => event.code),
    async close() {
      await engine?.dispose();
      await store.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}

const numberOf = (text: string | undefined): number | null =>
  text === undefined ? null : Number(text);
