import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AlbumId, RunId } from '../../src-preload/contract/ids.ts';
import type { RunTotals } from '../../src-preload/contract/queue.ts';
import type { RunState } from '../../src-preload/contract/states.ts';
import type { RunView } from '../../src-preload/contract/views.ts';
import type { Clock } from '../ports.ts';
import type { Summed } from './job-line.ts';
import { createMeter, type Meter } from './meter.ts';

/** What is there of an album without being fetched, in tracks. */
export interface Kept {
  readonly items: number;
  readonly bytes: number;
}

/** What is known of a run besides its jobs. */
export interface RunFacts {
  id: RunId;
  state: RunState;
  readonly startedAtMs: number;
  endedAtMs: number | null;
  /** Albums it is over; null until they are known. */
  albums: Set<AlbumId> | null;
  planned: Set<AlbumId>;
  listingDone: boolean;
  planChanges: number;
  readonly kept: Map<AlbumId, Kept>;
  skipped: number;
  skippedBytes: number;
  bytes: number;
  error: ErrorView | null;
  readonly meter: Meter;
}

/** A run that begins now. */
export const newRun = (id: RunId, clock: Clock): RunFacts => ({
  id,
  state: 'preparing',
  startedAtMs: clock.now(),
  endedAtMs: null,
  albums: null,
  planned: new Set(),
  listingDone: false,
  planChanges: 0,
  kept: new Map(),
  skipped: 0,
  skippedBytes: 0,
  bytes: 0,
  error: null,
  meter: createMeter(clock),
});

/** Lets a run go on as another one, for a retry: what came to pass counts on. */
export function goOnAs(run: RunFacts, id: RunId): void {
  Object.assign(run, {
    id,
    state: 'preparing',
    endedAtMs: null,
    error: null,
    albums: null,
    planned: new Set(),
    listingDone: false,
  });
}

/** What a run that goes on under another one's lines came to by itself: the totals without those at its start. */
export function totalsSince(earlier: RunTotals | null, totals: RunTotals): RunTotals {
  if (!earlier) return totals;
  const since = (key: keyof RunTotals) => Math.max(0, totals[key] - earlier[key]);
  return {
    planned: since('planned'),
    downloaded: since('downloaded'),
    skipped: since('skipped'),
    failed: since('failed'),
    unavailable: since('unavailable'),
    paused: since('paused'),
    bytes: since('bytes'),
    plannedBytes: since('plannedBytes'),
    doneBytes: since('doneBytes'),
  };
}

/** Notes what is there of an album; a second plan of it takes the place of the first. */
export function noteKept(run: RunFacts, albumId: AlbumId, kept: Kept): void {
  const before = run.kept.get(albumId) ?? { items: 0, bytes: 0 };
  run.kept.set(albumId, kept);
  run.skipped += kept.items - before.items;
  run.skippedBytes += kept.bytes - before.bytes;
  run.planned.add(albumId);
}

/** A run as windows and the command line show it. */
export function viewOfRun(
  run: RunFacts,
  { totals, leftBytes }: Summed,
  now: { readonly paused: boolean; readonly coolDownUntilMs: number | null },
): RunView {
  const paused = now.paused && run.state === 'running';
  const fetching = run.endedAtMs === null && !paused;
  const bytesPerSecond = fetching ? run.meter.rate() : 0;
  return {
    id: run.id,
    state: paused ? 'paused' : run.state,
    startedAtMs: run.startedAtMs,
    endedAtMs: run.endedAtMs,
    albumsListed: run.planned.size,
    albumsTotal: run.albums?.size ?? null,
    listingDone: run.listingDone,
    totals,
    bytesPerSecond,
    secondsLeft:
      run.listingDone && bytesPerSecond > 0 ? Math.ceil(leftBytes / bytesPerSecond) : null,
    planChanges: run.planChanges,
    error: run.error,
    coolDownUntilMs: now.coolDownUntilMs,
  };
}
