import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { tryKills } from '../../faults/kills.ts';
import { NO_LOSS } from '../../faults/result.ts';
import { seeded } from '../../support/seeded.ts';

/** `npm run faults` kills twenty times as often. */
const KILLS = 10;
const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31));

it(`loses nothing and fetches next to nothing twice, killed ${KILLS} times (seed ${seed})`, async () => {
  const { wrong, losses, faults } = await tryKills(seeded(seed), KILLS);
  expect(wrong).toEqual([]);
  expect(losses).toEqual(NO_LOSS);
  expect(faults).toBe(KILLS);
});
