import type { Group } from './fault.ts';

/** What was found wrong, by kind; the targets are all zero. */
export interface Losses {
  /** Tracks that are not there and that nobody was told of, jobs called done without their file. */
  readonly silent: number;
  /** Files under their final name that are not what the store sold. */
  readonly corrupt: number;
  /** Files fetched although they were whole, and second files of one track. */
  readonly duplicates: number;
  /** Files without a row, rows without their file. */
  readonly lostRows: number;
}

/** What came of one trial: of one fault alone, or of many at once. */
export interface Result {
  readonly group: Group;
  readonly name: string;
  readonly where: string;
  /** Faults that struck: one, or as many as there were in a mix. */
  readonly faults: number;
  /** Downloads that met a fault. */
  readonly downloads: number;
  /** Of the faults, or of the downloads of a mix: came whole all the same. */
  readonly healed: number;
  /** The others, by the code they were reported, paused or refused with. */
  readonly told: Readonly<Record<string, number>>;
  readonly losses: Losses;
  /** Bytes of files the store sent more than once, also where it had to. */
  readonly bytesTwice: number;
  /** Everything that is not as it should be, in words. */
  readonly wrong: readonly string[];
}

/** No loss of any kind. */
export const NO_LOSS: Losses = { silent: 0, corrupt: 0, duplicates: 0, lostRows: 0 };

/** Whether a result misses a target: something lost, damaged or fetched again, or not as the catalogue says. */
export const isMissed = ({ wrong, losses }: Result): boolean =>
  wrong.length > 0 || Object.values(losses).some((count) => count > 0);
