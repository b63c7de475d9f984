import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type SessionOnly, sessionOnly } from '../accounts/credential-store.ts';
import { createEngine, type Engine, type EngineOptions } from '../engine.ts';
import { asCratefulError } from '../errors.ts';
import type { Rebuilt } from '../library/rebuild.ts';
import type { Ports } from '../ports.ts';
import { ALWAYS_ONLINE } from '../still-ports.ts';
import { rebuildRecord } from '../sync/rebuild.ts';
import { startDemoStoreThread } from './demo-store.ts';
import type { Built, World } from './engine-host.ts';
import { actOnSignIn } from './on-sign-in.ts';

const QOBUZ_API = 'https://www.qobuz.com/api.json/0.2';
const QOBUZ_PLAYER = 'https://play.qobuz.com';

/** What both worlds are built from. */
export interface WorldOptions {
  /** The data folder; the demo lives in its subfolder `demo`. */
  readonly home: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The built entries' folder, `out/main`. */
  readonly entries: URL;
  /** A folder the demo begins with; null leaves the choice to the user. */
  readonly demoFolder: string | null;
  readonly ports: Ports;
  /** Sends the system's browser to the service, or to the stand-in for it that is named. */
  openUrl(url: string, standIn: string): Promise<void>;
  /** Secrets of the real world where the system keeps none, so that an engine rebuilt still has them. */
  readonly sessionOnly: SessionOnly;
  /** Resolves when the app has started; what goes on by itself begins then. */
  readonly settled: Promise<void>;
}

/** The data folder of a world. */
const homeOf = (world: World, home: string): string =>
  world === 'demo' ? join(home, 'demo') : home;

/** Replaces the damaged record of a world. Throws what `rebuildRecord` throws. */
export const rebuildWorld = (
  world: World,
  { home, ports }: Pick<WorldOptions, 'home' | 'ports'>,
): Promise<Rebuilt | null> => rebuildRecord({ home: homeOf(world, home), clock: ports.clock });

/** Builds the engine of a world. The demo has its own home, keychain service and store (architecture §8). */
export async function buildWorld(world: World, options: WorldOptions): Promise<Built> {
  const built = await (world === 'demo' ? buildDemo(options) : buildReal(options));
  if (world === 'real' && options.environment.QOBUZ_USER_AUTH_TOKEN) {
    // A token of the environment brings its account along; without network that waits for the next sync.
    await built.engine.confirmSession().catch((error: unknown) => {
      options.ports.log('warning', `session: ${asCratefulError(error).code}`);
    });
  }
  let ended = false;
  void options.settled.then(async () => {
    if (!ended) await goOn(built.engine, options.ports.log);
  });
  return {
    engine: built.engine,
    stop() {
      ended = true;
      return built.stop();
    },
  };
}

/** Begins what an engine does unasked. */
async function goOn(engine: Engine, log: Ports['log']): Promise<void> {
  // A run that the last process did not finish goes on; its faults stand in the view.
  engine.resume().catch((error: unknown) => {
    log('warning', `resume: ${asCratefulError(error).code}`);
  });
  try {
    engine.care.begin();
    await engine.background.begin();
    await actOnSignIn(engine, log);
  } catch (error) {
    log('warning', `begin: ${asCratefulError(error).code}`);
  }
}

async function buildReal(options: WorldOptions): Promise<Built> {
  const { environment } = options;
  const rate = Number(environment.CRATEFUL_API_RATE);
  const apiBase = environment.CRATEFUL_QOBUZ_API || QOBUZ_API;
  const engine = await createEngine(
    {
      ...common(options),
      home: options.home,
      apiBase,
      playerBase: environment.CRATEFUL_QOBUZ_PLAYER || QOBUZ_PLAYER,
      keychainService: 'Crateful',
      environment: {
        token: environment.QOBUZ_USER_AUTH_TOKEN || null,
        appId: environment.QOBUZ_APP_ID || null,
        appSecret: environment.QOBUZ_APP_SECRET || null,
      },
      apiRatePerSecond: rate > 0 ? rate : null,
      sessionOnly: options.sessionOnly,
      demo: false,
    },
    isHere(apiBase) ? portsHere(options, apiBase) : options.ports,
  );
  return { engine, stop: async () => undefined };
}

async function buildDemo(options: WorldOptions): Promise<Built> {
  const home = homeOf('demo', options.home);
  await mkdir(home, { recursive: true });
  const store = await startDemoStoreThread(new URL('demo-store.js', options.entries));
  try {
    const engine = await createEngine(
      {
        ...common(options),
        home,
        apiBase: store.apiBase,
        playerBase: store.playerBase,
        keychainService: 'Crateful Demo',
        environment: { token: null, appId: null, appSecret: null },
        // The store is ours: no reason to be gentle with it.
        apiRatePerSecond: 50,
        // Its listener is made up: there is nothing to ask about.
        sessionOnly: sessionOnly(true),
        demo: true,
      },
      portsHere(options, store.apiBase),
    );
    try {
      await engine.signInWithToken(store.token);
      if (options.demoFolder !== null) await engine.useFolder(options.demoFolder);
    } catch (error) {
      await engine.dispose();
      throw error;
    }
    return { engine, stop: () => store.stop() };
  } catch (error) {
    await store.stop();
    throw error;
  }
}

/** A service on this computer is there whatever becomes of the network. */
const isHere = (apiBase: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);

/** The network is up for it, and the browser may see its sign-in page. */
const portsHere = ({ ports, openUrl }: WorldOptions, apiBase: string): Ports => ({
  ...ports,
  network: ALWAYS_ONLINE,
  openUrl: (url) => openUrl(url, apiBase),
});

const common = (options: WorldOptions): Pick<EngineOptions, 'version' | 'workers'> => ({
  version: options.version,
  workers: {
    audio: new URL('audio-worker.js', options.entries),
    scan: new URL('scan-worker.js', options.entries),
    backup: new URL('backup-worker.js', options.entries),
  },
});
