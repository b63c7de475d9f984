import type { ErrorCode } from '../../src-preload/contract/error-codes.ts';
import { bytesSentTwice } from './bytes.ts';
import type { Expected, Fault } from './fault.ts';
import { ownedTracks } from './originals.ts';
import type { Losses, Result } from './result.ts';
import { openWorld, type Pass, type World } from './world.ts';

/** What a run that met a fault came to. */
interface Judged {
  readonly outcome: Expected['outcome'] | 'stuck';
  /** The code it was reported, paused or refused with. */
  readonly code: ErrorCode | null;
}

const DAY_MS = 24 * 3600 * 1000;

/** Tries one fault alone: a run that meets it, one after it has ended, and one that has nothing left to do. */
export async function tryFault(fault: Fault): Promise<Result> {
  const { group, name, where } = fault;
  let world: World;
  try {
    world = await openWorld(await fault.setting?.());
  } catch (error) {
    throw new Error(`${group}, ${name}: no world could be opened`, { cause: error });
  }
  try {
    const strike = await fault.strike(world);
    const met = await world.sync();
    const hits = strike.hits();
    await strike.mend();
    // What is remembered of a bad answer is forgotten after a day.
    world.engine.clock.leap((fault.forgottenAfterDays ?? 1) * DAY_MS + 3_600_000);
    const after = await world.sync();
    const still = await world.sync();
    const passes = [met, after, still];
    const judged = judge(met);
    const bytesTwice = bytesSentTwice(world.engine.store.requests);
    return {
      group,
      name,
      where,
      faults: 1,
      downloads: Math.min(hits, 1),
      healed: judged.outcome === 'healed' ? 1 : 0,
      told: judged.code === null ? {} : { [judged.code]: 1 },
      losses: lossesOf(passes),
      bytesTwice,
      wrong: [
        ...(hits === 0 ? ['it never struck'] : []),
        ...unexpected(fault.expected, judged),
        ...passes.flatMap(wordsOf),
        ...notWhole(after, world, fault.lost ?? []),
        ...(fault.costsNothingTwice ? passes.flatMap(wordsOfKept) : []),
        ...((await fault.alsoWrong?.(world)) ?? []),
      ],
    };
  } finally {
    await world.close();
    fault.after?.();
  }
}

function judge({ view, codes, refusal }: Pass): Judged {
  if (refusal) return { outcome: 'refused', code: refusal };
  if (view === null) return { outcome: 'stuck', code: null };
  if (view.error) return { outcome: 'paused', code: view.error.code };
  const [code = null] = codes;
  return code === null ? { outcome: 'healed', code } : { outcome: 'reported', code };
}

function unexpected(expected: Expected, { outcome, code }: Judged) {
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

const wordsOfKept = ({ keptAgain }: Pass): string[] =>
  keptAgain === 0 ? [] : [`${keptAgain} bytes were asked for although the disk had them`];

const notWhole = (pass: Pass, world: World, lost: readonly number[]): string[] =>
  [...ownedTracks(world.engine.store.catalogue)]
    .filter((track) => !pass.findings.whole.has(track) && !lost.includes(track))
    .map((track) => `${track}: not there after the fault has ended`);
