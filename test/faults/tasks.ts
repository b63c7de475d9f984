import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bigFiles } from '../support/big-files.ts';
import { ALBUMS } from '../support/demo-albums.ts';
import { seeded } from '../support/seeded.ts';
import { CATALOGUE } from './catalogue/catalogue.ts';
import { tryExactKills } from './exact-kills.ts';
import { tryKills } from './kills.ts';
import { tryManyAlbums } from './many-albums.ts';
import { tryMigrationKills } from './migration-kills.ts';
import { tryMix } from './mix.ts';
import { tryPowerCut } from './power-cuts.ts';
import type { Result } from './result.ts';
import { tryFault } from './trial.ts';

/** One piece of a fault run; pieces know nothing of each other, so that several run at once. */
export type Task =
  | { readonly kind: 'fault'; readonly index: number }
  | { readonly kind: 'many albums' }
  | { readonly kind: 'mix'; readonly seed: number; readonly number: number }
  | { readonly kind: 'kills'; readonly seed: number; readonly count: number }
  | { readonly kind: 'exact kills'; readonly seed: number; readonly count: number }
  | { readonly kind: 'migration kills'; readonly seed: number; readonly count: number }
  | { readonly kind: 'power cuts'; readonly seed: number; readonly count: number };

/** How much is tried by chance. */
interface Amounts {
  readonly mixes: number;
  /** Pieces of ten kills each. */
  readonly kills: number;
  readonly exactKills: number;
  readonly migrationKills: number;
  readonly powerCuts: number;
}

/** More than 1,000 downloads of some 55 a mix, and more than 200 kills. */
const FULL: Amounts = { mixes: 17, kills: 11, exactKills: 7, migrationKills: 3, powerCuts: 4 };
const QUICK: Amounts = { mixes: 1, kills: 1, exactKills: 1, migrationKills: 1, powerCuts: 1 };
const EACH = 10;

/** All tasks of a run; `seed` fixes everything that is left to chance. */
export function tasksOf(options: {
  readonly seed: number;
  readonly quick: boolean;
  readonly only: string | null;
}): Task[] {
  const { quick, only } = options;
  const amounts = quick ? QUICK : FULL;
  const random = seeded(options.seed);
  const seed = () => Math.floor(random() * 2 ** 31);
  const times = <Made>(count: number, make: (number: number) => Made): Made[] =>
    Array.from({ length: count }, (_, index) => make(index + 1));
  const tasks: Task[] = [
    // The longest first, so that none is left over at the end.
    ...times(amounts.kills, () => ({ kind: 'kills' as const, seed: seed(), count: EACH })),
    ...times(amounts.exactKills, () => ({
      kind: 'exact kills' as const,
      seed: seed(),
      count: EACH,
    })),
    ...times(amounts.mixes, (number) => ({ kind: 'mix' as const, seed: seed(), number })),
    ...times(amounts.powerCuts, () => ({ kind: 'power cuts' as const, seed: seed(), count: EACH })),
    ...times(amounts.migrationKills, () => ({
      kind: 'migration kills' as const,
      seed: seed(),
      count: EACH,
    })),
    { kind: 'many albums' },
    ...CATALOGUE.map((_, index) => ({ kind: 'fault' as const, index })),
  ];
  return tasks.filter((task) => only === null || titleOf(task).includes(only));
}

/** What a task is about, for people. */
export function titleOf(task: Task): string {
  if (task.kind !== 'fault') return task.kind;
  const fault = CATALOGUE[task.index];
  return `${fault?.group}: ${fault?.name} (${fault?.where})`;
}

/** Does a task. */
export async function perform(task: Task): Promise<Result[]> {
  switch (task.kind) {
    case 'fault': {
      const fault = CATALOGUE[task.index];
      return fault ? [await tryFault(fault)] : [];
    }
    case 'many albums':
      return [await tryManyAlbums()];
    case 'mix':
      return [await tryMix(seeded(task.seed), `mix ${task.number}`)];
    case 'kills':
      return [await tryKills(seeded(task.seed), task.count)];
    case 'exact kills':
      return [await tryExactKills(seeded(task.seed), task.count)];
    case 'migration kills':
      return [await tryMigrationKills(seeded(task.seed), task.count)];
    case 'power cuts':
      return powerCuts(task.seed, task.count);
  }
}

async function powerCuts(seed: number, count: number): Promise<Result[]> {
  const random = seeded(seed);
  const folder = await mkdtemp(join(tmpdir(), 'crateful-big-'));
  try {
    const catalogue = await bigFiles(folder, ALBUMS.slowWeather);
    const results: Result[] = [];
    for (let cut = 1; cut <= count; cut++) results.push(await tryPowerCut(random, catalogue));
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
