import { randomInt } from 'node:crypto';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

/** What a fault run is to do. */
export interface FaultOptions {
  /** Fixes every choice made by chance. */
  readonly seed: number;
  /** Every fault of the catalogue, and little by chance. */
  readonly quick: boolean;
  /** Whether the figures go into the page. */
  readonly write: boolean;
  /** How many processes try faults at the same time. */
  readonly lanes: number;
  /** Only entries whose group and name hold this text; everything when null. */
  readonly only: string | null;
}

export const HELP = `Usage: npm run faults [-- options]

Tries every fault of the catalogue against the demo store, each alone, then random mixes and kills, and prints what
came of it. The exit code is 1 when something was lost without a word, damaged, fetched again or not as expected.

  --seed N      repeats the choices of a run that printed this seed
  --quick       every fault once and a few mixes and kills
  --only TEXT   only what has this text in its title, as "disk: ENOSPC" or "mix"
  --lanes N     processes that try faults at the same time; as many as there are processors
  --write       puts the figures into docs/reliability.md
  --help        says this
`;

/** Reads the words of the command line; null asks for the help. Throws for words it does not know. */
export function faultOptions(words: readonly string[]): FaultOptions | null {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seed: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      lanes: { type: 'string', default: String(cpus().length) },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new TypeError('--seed wants a whole number.');
  const lanes = Number(values.lanes);
  if (!Number.isSafeInteger(lanes) || lanes < 1) throw new TypeError('--lanes wants a number.');
  const { quick, write, only = null } = values;
  return { seed, quick, lanes, write, only };
}
