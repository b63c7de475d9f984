import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CratefulError } from '../../src-main/errors.ts';
import type { ErrorCode } from '../../src-preload/contract/error-codes.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { JobView, RunView } from '../../src-preload/contract/views.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../support/demo-albums.ts';
import {
  type EngineHarness,
  engineHarness,
  type HarnessOptions,
} from '../support/engine-harness.ts';
import { type DiskFault, faultyFileSystem } from '../support/faulty-file-system.ts';
import { type Original, type Originals, originalsOf, ownedTracks } from './originals.ts';
import { keptAgain, partsOf } from './parts.ts';
import { type Findings, prove } from './prover.ts';

/** Time limits that a test need not wait for long. */
const TIMEOUTS = { connectMs: 5000, idleMs: 400, wholeMs: 5000 };
/** Real time after which a run is called stuck. */
const STUCK_MS = 120_000;

/** How a world differs from the usual one. */
export type WorldSetting = Partial<HarnessOptions>;

/** A store, an engine on it and a disk with a switch; what a fault strikes. */
export interface World {
  readonly engine: EngineHarness;
  /** The track that faults of one track strike. */
  readonly victim: number;
  /** What the next calls at the disk meet; let through when null. */
  disk: DiskFault | null;
  /** How far the service's clock is off against the engine's. */
  readonly serviceClock: { offMs: number };
  /** Ends the engine, lets something happen to its files, and opens it again or hears why it does not open. */
  restart(between: () => Promise<unknown>): Promise<void>;
  /** Runs once and says what came of it; a run that does not end is `STUCK`. */
  sync(): Promise<Pass>;
  close(): Promise<void>;
}

/** What one run came to. */
export interface Pass {
  readonly view: RunView | null;
  /** Why no engine could be opened. */
  readonly refusal: ErrorCode | null;
  /** Codes of tracks that are not there, and of the run when it stopped. */
  readonly codes: readonly ErrorCode[];
  readonly findings: Findings;
  /** Bytes that were asked for although the disk had them when the run began. */
  readonly keptAgain: number;
  /** Tracks whose file was asked for although it was whole before. */
  readonly askedAgain: readonly number[];
}

/** Opens a world on six FLACs, unless the setting names others. */
export async function openWorld(setting: WorldSetting = {}): Promise<World> {
  let disk: DiskFault | null = null;
  let refusal: ErrorCode | null = null;
  const serviceClock = { offMs: 0 };
  const { standIns, ...rest } = setting;
  const engine = await engineHarness({
    catalogue: demoAlbums(ALBUMS.slowWeather),
    ...rest,
    serviceClock,
    standIns: {
      timeouts: TIMEOUTS,
      fs: faultyFileSystem((call, index) => disk?.(call, index) ?? null),
      ...standIns,
    },
  });
  // Not the first: that one is also asked for to find the app's secret.
  const [, victim = 0] = tracksOf(ALBUMS.slowWeather);
  let whole: ReadonlySet<number> = new Set();

  /** What the store sells, and what it ever sold: a file does not go when its purchase does. */
  const known = new Map<number, readonly Original[]>();
  const originals = async (): Promise<Originals> => {
    for (const [track, files] of await originalsOf(engine.store.catalogue)) known.set(track, files);
    return known;
  };
  await originals();
  /** A line without a track is about its album: nobody knows which tracks it has. */
  const tracksOfLine = ({ kind, trackId, albumId }: JobView): number[] => {
    if (trackId !== null) return [trackId];
    const album = kind === 'track' ? engine.store.catalogue.albums.get(albumId) : undefined;
    return (album?.tracks ?? []).map(({ id }) => id);
  };
  const evidence = async (view: RunView | null, originals: Originals): Promise<Findings> => {
    const owned = ownedTracks(engine.store.catalogue);
    return prove({
      root: engine.root,
      database: join(engine.home, 'library.sqlite'),
      originals,
      said: {
        stopped: view === null || view.error !== null,
        reported: new Set([
          ...(await engine.jobs()).flatMap((line) =>
            isTold(line.state) ? tracksOfLine(line) : [],
          ),
          // Nobody owes a word about what is no longer owned.
          ...[...known.keys()].filter((track) => !owned.has(track)),
        ]),
      },
    });
  };

  return {
    engine,
    victim,
    get disk() {
      return disk;
    },
    set disk(fault) {
      disk = fault;
    },
    serviceClock,
    async restart(between) {
      try {
        await engine.reopen({ between });
        refusal = null;
      } catch (error) {
        if (!(error instanceof CratefulError)) throw error;
        refusal = error.code;
      }
    },
    async sync() {
      if (refusal)
        return {
          view: null,
          refusal,
          codes: [refusal],
          findings: NOTHING,
          keptAgain: 0,
          askedAgain: [],
        };
      const before = whole;
      const parts = await partsOf(engine);
      const { asked, result: view } = await engine.asking(() => withinTime(engine.sync()));
      // Of a library that is away only its return can show that it is whole.
      const here = existsSync(join(engine.root, '.crateful', 'root.json'));
      const findings = here ? await evidence(view, await originals()) : NOTHING;
      if (here) whole = findings.whole;
      const lines = await engine.jobs();
      return {
        view,
        refusal,
        codes: [
          ...lines.flatMap(({ state, error }) => (error && isTold(state) ? [error.code] : [])),
          ...(view?.error ? [view.error.code] : []),
        ],
        findings,
        keptAgain: keptAgain(asked, parts),
        askedAgain: asked.flatMap(({ call, trackId }) =>
          call === 'file' && trackId !== null && before.has(trackId) ? [trackId] : [],
        ),
      };
    },
    close: () => engine.close(),
  };
}

/** What is found where nothing can be looked at. */
const NOTHING: Findings = {
  corrupt: [],
  silent: [],
  lostRows: [],
  duplicates: [],
  whole: new Set(),
};

/** Whether a line in this state says that its file is not there and will not come by itself. */
const isTold = (state: JobState): boolean => state === 'failed' || state === 'unavailable';

/** A run's end; null when it does not come. */
async function withinTime(run: Promise<RunView>): Promise<RunView | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), STUCK_MS);
  });
  try {
    return await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
  }
}
