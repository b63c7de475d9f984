import { join } from 'node:path';
import type { SettingsPatch } from '../src-preload/contract/settings.ts';
import { type AccountEnvironment, type Accounts, createAccounts } from './accounts/accounts.ts';
import {
  type Keytar,
  openCredentialStore,
  type SessionOnly,
  sessionOnly,
} from './accounts/credential-store.ts';
import { createProxyPassword, type ProxyPassword } from './accounts/proxy-password.ts';
import { type AudioPool, createAudioPool } from './audio/pool.ts';
import { type Bandwidth, createBandwidth } from './downloads/bandwidth.ts';
import { type CoverCache, createCoverCache } from './downloads/cover-cache.ts';
import { asCratefulError } from './errors.ts';
import { createEventStream, type EventStream } from './events.ts';
import { type FileSystem, nodeFileSystem } from './files/file-system.ts';
import { lockHome } from './files/own-lock.ts';
import { type Library, openLibrary } from './library/library.ts';
import { addressPolicy, isServiceHost } from './net/addresses.ts';
import { createHttpClient, type HttpClient, type HttpTimeouts } from './net/http.ts';
import { publicLookup } from './net/public-lookup.ts';
import type { Ports } from './ports.ts';
import { createQobuz, type Qobuz } from './qobuz/client.ts';
import { databaseIn } from './sync/rebuild.ts';

/** Threads that verify and tag: more would only compete with the network for the same cores. */
const AUDIO_THREADS = 2;

/** Where an engine keeps its things and what it talks to. */
export interface EngineOptions {
  /** The data folder: database, cover cache, encrypted files, lock. */
  readonly home: string;
  /** `https://www.qobuz.com/api.json/0.2`, or where a stand-in listens. */
  readonly apiBase: string;
  /** `https://play.qobuz.com`, or where a stand-in listens. */
  readonly playerBase: string;
  /** Name of the entries in the system's keychain; the demo has its own. */
  readonly keychainService: string;
  /** Secrets live here where the system keeps none; given by who outlives the engine. Without it people are asked. */
  readonly sessionOnly?: SessionOnly;
  /** Secrets from the environment, which win over stored ones. */
  readonly environment: AccountEnvironment;
  /** API calls a second; counts only where the API is not Qobuz' own. */
  readonly apiRatePerSecond: number | null;
  readonly version: string;
  readonly demo: boolean;
  /** Settings that hold for this engine only, whatever is stored. */
  readonly overrides?: Pick<SettingsPatch, 'concurrency'>;
  /** The built worker entries. */
  readonly workers: { readonly audio: URL; readonly scan: URL; readonly backup: URL };
  /** What stands in for parts of the machine; given by tests only. */
  readonly standIns?: StandIns;
}

/** Parts of the machine that a test cannot have as it needs them: a disk that fails, a keychain of its own. */
export interface StandIns {
  /** The disk, for everything but the workers that scan, prove and tag. */
  readonly fs?: FileSystem;
  readonly timeouts?: HttpTimeouts;
  readonly loadKeytar?: () => Promise<Keytar | null>;
  readonly createAudioPool?: typeof createAudioPool;
}

/** The parts an engine drives, built together and ended together. */
export interface EngineParts {
  readonly fs: FileSystem;
  readonly library: Library;
  readonly events: EventStream;
  readonly accounts: Accounts;
  readonly proxyPassword: ProxyPassword;
  readonly http: HttpClient;
  readonly qobuz: Qobuz;
  readonly audio: AudioPool;
  readonly covers: CoverCache;
  /** One limit for all downloads together. */
  readonly bandwidth: Bandwidth;
  /** Aborted when another process took the data folder over: nothing may be written any more. */
  readonly lockLost: AbortSignal;
  /** Ends everything, in the opposite order of building; the lock goes last. */
  close(): Promise<void>;
}

/**
 * Builds the parts below `sync` from options and ports.
 *
 * Throws `ALREADY_RUNNING` when another engine holds the data folder, `DATABASE_TOO_NEW`,
 * `DATABASE_DAMAGED`, `DATABASE_BUSY`, `PATH_NOT_WRITABLE` and `APP_CREDENTIALS_INCOMPLETE`; nothing is left open then.
 */
export async function buildParts(options: EngineOptions, ports: Ports): Promise<EngineParts> {
  const { home, apiBase, playerBase } = options;
  const { clock, random } = ports;
  const { fs = nodeFileSystem, timeouts, loadKeytar } = options.standIns ?? {};
  const lock = await lockHome({ fs, clock }, home);
  const endings: (() => unknown)[] = [() => lock.release()];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const library = openLibrary(databaseIn(home), { clock });
    endings.push(() => library.close());
    await library.jobs.markAllInactive();
    await library.events.prune(clock.now());
    await library.runs.prune(clock.now());
    await library.jobs.prune(clock.now());
    const events = await openEvents(library, ports);
    const session = options.sessionOnly ?? sessionOnly(false);
    const store = await openCredentialStore({
      service: options.keychainService,
      encryption: ports.encryption,
      folder: join(home, 'secrets'),
      clock,
      memory: session.values,
      ...(loadKeytar && { loadKeytar }),
    });
    const accounts = createAccounts({
      library,
      store,
      environment: options.environment,
      sessionOnly: session,
      events,
    });
    const http = createHttpClient({
      userAgent: `Crateful/${options.version}`,
      checkAddress: addressPolicy(apiBase),
      resolveProxy: ports.resolveProxy,
      ...(isServiceHost(new URL(apiBase)) && { lookup: publicLookup() }),
      ...(timeouts && { timeouts }),
    });
    endings.push(() => http.close());
    const qobuz = createQobuz({
      http,
      apiBase,
      playerBase,
      tokens: accounts.tokens,
      appCredentials: accounts.appCredentials,
      userGiven: await accounts.userAppCredentials(),
      clock,
      random,
      ...(options.apiRatePerSecond === null ? {} : { ratePerSecond: options.apiRatePerSecond }),
      events,
    });
    endings.push(() => qobuz.close());
    const poolOf = options.standIns?.createAudioPool ?? createAudioPool;
    const audio = poolOf({ workerUrl: options.workers.audio, threads: AUDIO_THREADS });
    endings.push(() => audio.close());
    const bandwidth = createBandwidth(clock);
    const covers = createCoverCache({
      fs,
      http,
      bandwidth,
      clock,
      folder: join(home, 'covers'),
      onFault: (reason) => ports.log('debug', `no cover: ${reason}`),
    });
    return {
      fs,
      library,
      events,
      accounts,
      proxyPassword: createProxyPassword(store),
      http,
      qobuz,
      audio,
      covers,
      bandwidth,
      lockLost: lock.lost,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The event stream, numbering on from the stored events, with the log and the database listening. */
async function openEvents(library: Library, ports: Ports): Promise<EventStream> {
  const events = createEventStream(ports.clock, (await library.events.lastSeq()) + 1);
  events.subscribe((event) => {
    ports.log(event.severity, `${event.code} ${JSON.stringify(event.context)}`);
    library.events.append(event).catch((error: unknown) => {
      ports.log('error', `event not stored: ${asCratefulError(error).code}`);
    });
  });
  return events;
}
