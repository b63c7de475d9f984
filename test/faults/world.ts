import { join } from 'node:path';
import type { ErrorCode } from '../../src-preload/contract/error-codes.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { RunView } from '../../src-preload/contract/views.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../support/demo-albums.ts';
import {
  type EngineHarness,
  engineHarness,
  type HarnessOptions,
} from '../support/engine-harness.ts';
import { type DiskFault, faultyFileSystem } from '../support/faulty-file-system.ts';
import { type Originals, originalsOf } from './originals.ts';
import { type Findings, prove } from './prover.ts';

/** Time limits that a test need not wait for long. */
const TIMEOUTS = { connectMs: 5000, idleMs: 400, wholeMs: 5000 };
/** Real time after which a run is called stuck. */
const STUCK_MS = 120_000;

/** A store, an engine on it and a disk with a switch; what a fault strikes. */
export interface World {
  readonly engine: EngineHarness;
  /** The track that faults of one track strike. */
  readonly victim: number;
  /** What the next calls at the disk meet; let through when null. */
  disk: DiskFault | null;
  /** Runs once and says what came of it; a run that does not end is `STUCK`. */
  sync(): Promise<Pass>;
  close(): Promise<void>;
}

/** What one run came to. */
export interface Pass {
  readonly view: RunView | null;
  /** Codes of tracks that are not there, and of the run when it stopped. */
  readonly codes: readonly ErrorCode[];
  readonly findings: Findings;
  /** Tracks whose file was asked for although it was whole before. */
  readonly askedAgain: readonly number[];
}

/** Opens a world on six FLACs, unless the setting names others. */
export async function openWorld(setting: Partial<HarnessOptions> = {}): Promise<World> {
  let disk: DiskFault | null = null;
  const { standIns, ...rest } = setting;
  const engine = await engineHarness({
    catalogue: demoAlbums(ALBUMS.slowWeather),
    ...rest,
    standIns: {
      timeouts: TIMEOUTS,
      fs: faultyFileSystem((call, index) => disk?.(call, index) ?? null),
      ...standIns,
    },
  });
  // Not the first: that one is also asked for to find the app's secret.
  const [, victim = 0] = tracksOf(ALBUMS.slowWeather);
  let whole: ReadonlySet<number> = new Set();

  const evidence = async (view: RunView | null, originals: Originals): Promise<Findings> =>
    prove({
      root: engine.root,
      database: join(engine.home, 'library.sqlite'),
      originals,
      said: {
        stopped: view === null || view.error !== null,
        reported: new Set(
          (await engine.jobs()).flatMap(({ trackId, state, error }) =>
            trackId !== null && error && isTold(state) ? [trackId] : [],
          ),
        ),
      },
    });

  return {
    engine,
    victim,
    get disk() {
      return disk;
    },
    set disk(fault) {
      disk = fault;
    },
    async sync() {
      const before = whole;
      const { asked, result: view } = await engine.asking(() => withinTime(engine.sync()));
      const findings = await evidence(view, await originalsOf(engine.store.catalogue));
      whole = findings.whole;
      const lines = await engine.jobs();
      return {
        view,
        codes: [
          ...lines.flatMap(({ state, error }) => (error && isTold(state) ? [error.code] : [])),
          ...(view?.error ? [view.error.code] : []),
        ],
        findings,
        askedAgain: asked.flatMap(({ call, trackId }) =>
          call === 'file' && trackId !== null && before.has(trackId) ? [trackId] : [],
        ),
      };
    },
    close: () => engine.close(),
  };
}

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
