import type { BackgroundView, Holding } from '../../src-preload/contract/background.ts';

/** Everything the schedule depends on; times are unix milliseconds. */
export interface Situation {
  readonly nowMs: number;
  /** Minutes between two looks; 0 when syncs start only when asked. */
  readonly everyMinutes: number;
  /** Whether looks begin on battery power as well. */
  readonly onBatteryToo: boolean;
  /** When the last look or full sync ended, whatever came of it; null when there was none under this account. */
  readonly lastLookMs: number | null;
  /** A little later than asked, so that not all the world looks on the minute. */
  readonly jitterMs: number;
  /**
   * A run that the network, the drive or the room on it stopped: one somebody had asked for, or one of the schedule's.
   */
  readonly interrupted: 'asked' | 'scheduled' | null;
  /** False while the first run has not been gone through and nothing was ever synced. */
  readonly setUp: boolean;
  /** A sync goes on, or the library is on its way to another folder. */
  readonly running: boolean;
  readonly online: boolean;
  readonly onBattery: boolean;
  readonly signedIn: boolean;
  readonly hasFolder: boolean;
  /** False while there is no room for what a run was stopped at. */
  readonly hasRoom: boolean;
  /** False while a pause lasts that the service wanted when it stopped a run. */
  readonly rested: boolean;
  readonly paused: boolean;
}

/** What is to be done now: look for new purchases, go on with what was interrupted, or wait. */
export interface Decision extends Pick<BackgroundView, 'nextSyncAtMs' | 'holding'> {
  readonly act: 'wait' | 'look' | 'go-on';
}

/** A full listing is made at least this often, whatever the change stamp says (qobuz-api §2.4). */
export const FULL_LISTING_MS = 24 * 3600 * 1000;

/** At most this much is added to an interval, and never more than a twentieth of it. */
const MOST_JITTER_MS = 60_000;

/** How much later than asked the next look begins, from a number in [0, 1). */
export const jitterMs = (everyMinutes: number, random: number): number =>
  Math.floor(random * Math.min(MOST_JITTER_MS, everyMinutes * 3000));

/** Decides what the schedule does now. What is due and held keeps its time: it is caught up with. */
export function decide(situation: Situation): Decision {
  const nextSyncAtMs = nextLookMs(situation);
  const due = nextSyncAtMs !== null && nextSyncAtMs <= situation.nowMs;
  const waits: Decision = { act: 'wait', holding: null, nextSyncAtMs };
  if (situation.running || !(due || situation.interrupted)) return waits;
  const holding = holdingOf(situation);
  if (holding) return { ...waits, holding };
  return { ...waits, act: situation.interrupted ? 'go-on' : 'look' };
}

function nextLookMs(situation: Situation): number | null {
  const { nowMs, everyMinutes, lastLookMs } = situation;
  if (everyMinutes === 0 || !situation.setUp) return null;
  if (lastLookMs === null) return nowMs;
  // A clock set back must not put the next look off for as long as it was set back.
  return Math.min(lastLookMs, nowMs) + everyMinutes * 60_000 + situation.jitterMs;
}

/** What has to change first, the most telling reason when there are several. */
function holdingOf(situation: Situation): Holding | null {
  if (!situation.signedIn) return 'signed-out';
  if (!situation.hasFolder) return 'no-folder';
  if (situation.paused) return 'paused';
  if (!situation.online) return 'offline';
  if (!situation.rested) return 'cooling';
  if (!situation.hasRoom) return 'no-room';
  // What somebody asked for goes on wherever the computer is.
  const asked = situation.interrupted === 'asked';
  return situation.onBattery && !situation.onBatteryToo && !asked ? 'battery' : null;
}

/** What the last full sync that ended well was about. */
export interface SyncedState {
  /** The service's change stamp, asked for before the listing; null when it said none. */
  readonly stamp: number | null;
  /** Unix milliseconds of its end. */
  readonly atMs: number;
  readonly rootId: string;
  /** The formats and side files that were wanted. */
  readonly wanted: string;
}

/** What a look has found out before anything is listed. */
export interface LookFacts extends Omit<SyncedState, 'atMs'> {
  readonly nowMs: number;
  /** Jobs that a sync before has left waiting. */
  readonly jobsLeft: boolean;
}

/** Whether a look has to become a sync: something changed, was left, or the last full listing is a day old. */
export function needsSync(facts: LookFacts, synced: SyncedState | null): boolean {
  if (!synced || facts.jobsLeft || facts.stamp === null) return true;
  const age = facts.nowMs - synced.atMs;
  return (
    facts.stamp !== synced.stamp ||
    facts.rootId !== synced.rootId ||
    facts.wanted !== synced.wanted ||
    // A clock set back says nothing of the listing's age.
    age < 0 ||
    age >= FULL_LISTING_MS
  );
}
