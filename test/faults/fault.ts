import type { ErrorCode } from '../../src-preload/contract/error-codes.ts';
import type { World, WorldSetting } from './world.ts';

/** Parts of the fault catalogue (traps §3), in the order of its page, and what is tried by chance. */
export const GROUPS = [
  'body',
  'range',
  'status',
  'clock',
  'disk',
  'database',
  'process',
  'names',
  'catalogue',
  // What is made of them by chance.
  'mixes',
  'kills',
  'power cuts',
] as const;
/** One of {@link GROUPS}. */
export type Group = (typeof GROUPS)[number];

/**
 * What a fault may cost. `healed`: the run that met it ends with everything whole. `reported`: the track is named with
 * this code, the others come. `paused`: the run stops with this code and its jobs wait. `refused`: nothing starts, and
 * this code says why.
 */
export type Expected =
  | { readonly outcome: 'healed' }
  | { readonly outcome: 'reported' | 'paused' | 'refused'; readonly code: ErrorCode };

/** A fault at work in a world. */
export interface Strike {
  /** How often it has struck; a fault that never did was not tried. */
  hits(): number;
  /** Ends it, as when the server is mended or the disk has room again. */
  mend(): unknown;
}

/** One entry of the fault catalogue. */
export interface Fault {
  readonly group: Group;
  /** What is wrong; unique within its group. */
  readonly name: string;
  /** Where and how often it strikes. */
  readonly where: string;
  readonly expected: Expected;
  /** How its world differs from the usual one. */
  setting?(): WorldSetting | Promise<WorldSetting>;
  /** Called in an open world before the run that is to meet it. */
  strike(world: World): Strike | Promise<Strike>;
  /** How long its answer is remembered; a day when absent. */
  readonly forgottenAfterDays?: number;
  /** Whether no byte that was on the disk may be asked for again because of it. */
  readonly costsNothingTwice?: true;
  /** What else does not hold once everything is there, in words. */
  alsoWrong?(world: World): Promise<string[]>;
  /** Called when its world is closed. */
  after?(): void;
  /** Tracks that stay away even when it has ended, each of them reported; none when absent. */
  readonly lost?: readonly number[];
}

export const healed: Expected = { outcome: 'healed' };
export const reported = (code: ErrorCode): Expected => ({ outcome: 'reported', code });
export const paused = (code: ErrorCode): Expected => ({ outcome: 'paused', code });
export const refused = (code: ErrorCode): Expected => ({ outcome: 'refused', code });
