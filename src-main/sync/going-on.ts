import type { GoesOnWith } from '../../src-preload/contract/background.ts';
import type { ErrorCode, ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { Clock } from '../ports.ts';
import type { AccountLibrary } from './account-library.ts';
import { createRoom, type RoomAsked, type RoomParts } from './room.ts';
import type { Situation } from './schedule.ts';
import type { View } from './view.ts';

/** How often is looked for a drive that is away, and for room on a full one. */
const LOOK_AGAIN_MS = 5000;

/** How long the service is left alone that has stopped a run: doubled each time that this was not enough. */
const FIRST_REST_MS = 5 * 60_000;
const LONGEST_REST_MS = 3600_000;

/** What has to come back before a run that it stopped can go on. */
const GOES_ON_WITH: Partial<Record<ErrorCode, GoesOnWith>> = {
  OFFLINE: 'network',
  LIBRARY_ROOT_MISSING: 'drive',
  DISK_FULL: 'room',
  RATE_LIMITED: 'service',
};

/** What a run waits for that ended with this fault; null for one that only a person can have go on. */
export const goesOnWith = (error: ErrorView | null | undefined): GoesOnWith | null =>
  (error && GOES_ON_WITH[error.code]) ?? null;

/** Who had asked for a run. */
type AskedBy = NonNullable<Situation['interrupted']>;

/** A run that stopped by itself, and what it waits for. */
export interface WaitingRun {
  readonly by: AskedBy;
  readonly with: GoesOnWith;
}

/** The run that goes on by itself once what stopped it is over. */
export interface GoingOn {
  /** Null when none waits, and while another folder is in use than the one it was left in. */
  waiting(): WaitingRun | null;
  /** Takes in how a run ended; the answer resolves when it is known what has to come back. */
  ended(error: ErrorView | null, by: AskedBy): Promise<void>;
  /** It waits no more. */
  giveUp(): void;
  /** Whether drive and room are as they have to be, for all that is known. */
  isDiskReady(): boolean;
  /** Whether the service was left alone for long enough. */
  isRested(): boolean;
  /** Milliseconds until the disk is worth a look; null while nothing of it is waited for. */
  lookInMs(): number | null;
  look(): Promise<void>;
}

/** See {@link GoingOn}. */
export function createGoingOn(
  parts: RoomParts & {
    readonly clock: Pick<Clock, 'passed'>;
    readonly own: Pick<AccountLibrary, 'lookAtRoot'>;
    readonly view: Pick<View, 'part'>;
  },
): GoingOn {
  const { clock, view } = parts;
  const room = createRoom(parts);
  let left: (WaitingRun & { readonly path: string | null }) | null = null;
  let isDriveThere = true;
  let lookedMs = 0;
  let rests = 0;
  let restUntilMs = 0;

  const path = () => view.part('root')?.path ?? null;
  const waiting = () => (left?.path === path() ? left : null);
  const roomAsked = (): RoomAsked => ({
    rootId: view.part('root')?.id ?? null,
    path: path() ?? parts.home,
    reservePercent: view.part('settings').reservePercent,
  });

  /** Whether something of the disk is waited for; a folder that is away is, whether or not a run was left there. */
  const isWatching = (): boolean => {
    const state = view.part('root')?.state;
    const for_ = waiting()?.with;
    return state === 'missing' || state === 'not-writable' || for_ === 'drive' || for_ === 'room';
  };

  return {
    waiting,
    async ended(error, by) {
      const what = goesOnWith(error);
      left = what && { by, with: what, path: path() };
      lookedMs = clock.passed();
      isDriveThere = what !== 'drive';
      rests = what === 'service' ? rests + 1 : 0;
      if (rests > 0) {
        restUntilMs = clock.passed() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (rests - 1));
      }
      if (error && what === 'room') await room.ranOut(error, roomAsked());
      else room.gotOn();
    },
    giveUp() {
      left = null;
    },
    isDiskReady() {
      const for_ = waiting()?.with;
      return !(for_ === 'drive' && !isDriveThere) && !(for_ === 'room' && !room.isThere());
    },
    isRested: () => waiting()?.with !== 'service' || clock.passed() >= restUntilMs,
    lookInMs: () => (isWatching() ? Math.max(0, lookedMs + LOOK_AGAIN_MS - clock.passed()) : null),
    async look() {
      lookedMs = clock.passed();
      await parts.own.lookAtRoot();
      isDriveThere = view.part('root')?.state === 'ready';
      await room.look(roomAsked());
    },
  };
}
