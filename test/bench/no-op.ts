import { startChild } from './child.ts';
import { atMost, type Figure, stated } from './figure.ts';
import { busyMs, type StoreAddresses } from './store.ts';
import { type SyncedLibrary, syncedLibrary } from './synced-library.ts';
import type { Workplace } from './workplace.ts';

/** What the measured process is told. */
export interface NoOpTask {
  readonly home: string;
  readonly root: string;
  readonly addresses: StoreAddresses;
}

/** What the measured process found. */
export interface NoOpRun {
  readonly wallMs: number;
  /** Of all threads. */
  readonly cpuMs: number;
  readonly deltas: number;
  readonly state: string;
  /** Tracks found to be there. */
  readonly skipped: number;
  readonly maxRssMb: number;
}

const REPEATS = 3;

/** Syncs with nothing to do: local work, and what is asked of the service. */
export async function benchNoOp(place: Workplace): Promise<Figure[]> {
  return [...(await measure(place, 10_000, 0.3)), ...(await measure(place, 100_000, 1))];
}

async function measure(place: Workplace, tracks: number, seconds: number): Promise<Figure[]> {
  const folder = await place.fresh(`no-op-${tracks}`);
  const name = `no-op sync, ${tracks.toLocaleString('en')} tracks`;
  place.say(`${name}: preparing`);
  const library = await syncedLibrary(folder, tracks);
  try {
    let best = Number.POSITIVE_INFINITY;
    let bestCpu = Number.POSITIVE_INFINITY;
    let requests = '';
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const { run, localMs, paths } = await syncOnce(library);
      if (run.state !== 'finished' || run.skipped !== tracks) {
        throw new Error(`The sync was no no-op: ${JSON.stringify(run)}`);
      }
      place.say(
        `${name}: wall ${run.wallMs.toFixed(0)} ms, without the service ${localMs.toFixed(0)} ms, CPU ${run.cpuMs.toFixed(0)} ms`,
      );
      best = Math.min(best, localMs);
      bestCpu = Math.min(bestCpu, run.cpuMs);
      requests = paths;
    }
    return [
      atMost(`${name}: local work`, best / 1000, seconds, 's'),
      stated(`${name}: CPU of all threads`, `${(bestCpu / 1000).toFixed(2)} s`),
      stated(`${name}: requests`, requests),
    ];
  } finally {
    await library.store.close();
  }
}

async function syncOnce({ home, root, store }: SyncedLibrary) {
  const child = startChild<NoOpTask | 'go', 'ready' | NoOpRun>('./no-op-child.ts');
  child.tell({ home, root, addresses: store.addresses });
  await child.hear();
  await store.spans();
  child.tell('go');
  const run = (await child.hear()) as NoOpRun;
  await child.end();
  const spans = await store.spans();
  const counts = new Map<string, number>();
  for (const { path } of spans) counts.set(path, (counts.get(path) ?? 0) + 1);
  const paths = [...counts].map(([path, count]) => `${count} × ${path}`).join(', ');
  return { run, localMs: run.wallMs - busyMs(spans), paths };
}
