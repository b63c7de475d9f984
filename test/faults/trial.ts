import type { ErrorCode } from '../../src-preload/contract/error-codes.ts';
import { bytesSentTwice } from './bytes.ts';
import type { Expected, Fault, Group } from './fault.ts';
import { openWorld, type Pass, type World } from './world.ts';

/** What was found wrong, by kind; the targets are all zero. */
export interface Losses {
  readonly silent: number;
  readonly corrupt: number;
  readonly duplicates: number;
  readonly lostRows: number;
}

/** What came of one trial. */
export interface Result {
  readonly group: Group;
  readonly name: string;
  readonly where: string;
  readonly outcome: Expected['outcome'] | 'stuck';
  /** The code it was reported, paused or refused with. */
  readonly code: ErrorCode | null;
  /** Downloads that met the fault. */
  readonly downloads: number;
  readonly losses: Losses;
  readonly bytesTwice: number;
  /** Everything that is not as it should be, in words. */
  readonly wrong: readonly string[];
}

const DAY_MS = 24 * 3600 * 1000;

/** Tries one fault alone: a run that meets it, one after it has ended, and one that has nothing left to do. */
export async function tryFault(fault: Fault): Promise<Result> {
  const { group, name, where } = fault;
  let world: World;
  try {
    world = await openWorld(fault.setting);
  } catch (error) {
    throw new Error(`${group}, ${name}: no world could be opened`, { cause: error });
  }
  try {
    const strike = await fault.strike(world);
    const met = await world.sync();
    const hits = strike.hits();
    await strike.mend();
    // What is remembered of a bad answer is forgotten after a day.
    world.engine.clock.leap(DAY_MS + 3_600_000);
    const after = await world.sync();
    const still = await world.sync();
    const passes = [met, after, still];
    const judged = judge(met);
    return {
      group,
      name,
      where,
      ...judged,
      downloads: Math.min(hits, 1),
      losses: lossesOf(passes),
      bytesTwice: bytesSentTwice(world.engine.store.requests),
      wrong: [
        ...(hits === 0 ? ['it never struck'] : []),
        ...unexpected(fault.expected, judged),
        ...passes.flatMap(wordsOf),
        ...notWhole(after, world, fault.lost ?? []),
      ],
    };
  } finally {
    await world.close();
  }
}

function judge({ view, codes }: Pass): Pick<Result, 'outcome' | 'code'> {
  if (view === null) return { outcome: 'stuck', code: null };
  if (view.error) return { outcome: 'paused', code: view.error.code };
  const [code = null] = codes;
  return code === null ? { outcome: 'healed', code } : { outcome: 'reported', code };
}

function unexpected(expected: Expected, { outcome, code }: Pick<Result, 'outcome' | 'code'>) {
  const wanted = expected.outcome === 'healed' ? null : expected.code;
  return expected.outcome === outcome && wanted === code
    ? []
    : [`expected ${said(expected.outcome, wanted)}, was ${said(outcome, code)}`];
}

const said = (outcome: string, code: string | null): string =>
  code === null ? outcome : `${outcome} as ${code}`;

/** Sums what the prover found after each of the runs. */
export function lossesOf(passes: readonly Pass[]): Losses {
  const sum = (count: (pass: Pass) => number) =>
    passes.reduce((total, pass) => total + count(pass), 0);
  return {
    silent: sum(({ findings }) => findings.silent.length),
    corrupt: sum(({ findings }) => findings.corrupt.length),
    duplicates: sum(({ findings, askedAgain }) => findings.duplicates.length + askedAgain.length),
    lostRows: sum(({ findings }) => findings.lostRows.length),
  };
}

/** What the prover found after a run, in words. */
export const wordsOf = ({ findings, askedAgain }: Pass): string[] => [
  ...findings.silent,
  ...findings.corrupt,
  ...findings.lostRows,
  ...findings.duplicates,
  ...askedAgain.map((track) => `${track}: fetched again although it was whole`),
];

function notWhole(pass: Pass, world: World, lost: readonly number[]): string[] {
  const owned = [...world.engine.store.catalogue.albums.values()];
  const bought = new Set(world.engine.store.catalogue.purchases.map(({ albumId }) => albumId));
  return owned
    .filter(({ id }) => bought.has(id))
    .flatMap(({ tracks }) => tracks)
    .filter(({ id }) => !pass.findings.whole.has(id) && !lost.includes(id))
    .map(({ id }) => `${id}: not there after the fault has ended`);
}
