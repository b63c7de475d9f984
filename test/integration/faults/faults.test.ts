import { describe, expect, it } from 'vitest';
import { BODY } from '../../faults/catalogue/body.ts';
import { CATALOGUE } from '../../faults/catalogue/catalogue.ts';
import { type Fault, GROUPS, healed } from '../../faults/fault.ts';
import { tryMix } from '../../faults/mix.ts';
import { isMissed, NO_LOSS, type Result } from '../../faults/result.ts';
import { reportOf } from '../../faults/table.ts';
import { tasksOf } from '../../faults/tasks.ts';
import { tryFault } from '../../faults/trial.ts';
import { ALBUMS } from '../../support/demo-albums.ts';
import { seeded } from '../../support/seeded.ts';

/** The same each time, so that a failure is one of the code; `npm run faults` takes another each time. */
const seed = Number(process.env.FAULTS_SEED ?? 1);

/** One of each group, and what no other test tries; `npm run faults` tries all. */
const HERE: readonly (readonly [group: string, name: string, where: string])[] = [
  ['body', 'short, and the length says so', 'one file, for ever'],
  ['range', 'an address that expired between two attempts', 'the rest of one file, for ever'],
  ['status', 'connection refused', 'one file, for ever'],
  ['clock', 'the clock jumps a day back', 'during a back-off'],
  ['disk', 'ENOSPC at byte 5,000 of a tagged file', 'every file'],
  ['disk', 'EBUSY for a name, as another program holds it', 'three times'],
  ['process', 'a lock whose process is gone', 'the library folder'],
  ['names', 'nothing', 'artist, album and tracks'],
  ['catalogue', 'a purchase that is revoked', 'in mid-run'],
];

describe('a fault of the catalogue', () => {
  it.each(HERE)('costs nothing without a word: %s, %s (%s)', async (group, name, where) => {
    const fault = CATALOGUE.find(
      (each) => each.group === group && each.name === name && each.where === where,
    );
    const result = await tryFault(fault!);
    expect(result).toMatchObject({ wrong: [], losses: NO_LOSS, faults: 1 });
  });
});

it(`many faults at once leave nothing lost, damaged or fetched again (seed ${seed})`, async () => {
  const result = await tryMix(seeded(seed), 'mix', [ALBUMS.slowWeather, ALBUMS.tapeHiss]);
  expect(result).toMatchObject({ wrong: [], losses: NO_LOSS });
  expect(result.downloads).toBeGreaterThan(5);
});

describe('a trial', () => {
  const [, cut] = BODY;
  const pretended = (more: Partial<Fault>): Fault => ({
    group: 'body',
    name: 'a pretended fault',
    where: 'nowhere',
    expected: healed,
    strike: () => ({ hits: () => 1, mend: () => undefined }),
    ...more,
  });

  it('notices a fault that never struck, and one that costs something else than it says', async () => {
    const never = pretended({ strike: () => ({ hits: () => 0, mend: () => undefined }) });
    expect((await tryFault(never)).wrong).toEqual(['it never struck']);
    const other = pretended({ expected: { outcome: 'reported', code: cut?.code ?? 'UNEXPECTED' } });
    expect((await tryFault(other)).wrong).toEqual([
      'expected reported as STREAM_TRUNCATED, was healed',
    ]);
  });
});

describe('a fault run', () => {
  it('counts losses and surprises as missed, and says so in its table', () => {
    const fine: Result = {
      group: 'body',
      name: 'a cut',
      where: 'once',
      faults: 1,
      downloads: 1,
      healed: 0,
      told: { STREAM_TRUNCATED: 1 },
      losses: NO_LOSS,
      bytesTwice: 1500,
      wrong: [],
    };
    expect(isMissed(fine)).toBe(false);
    expect(isMissed({ ...fine, losses: { ...NO_LOSS, silent: 1 } })).toBe(true);
    expect(isMissed({ ...fine, wrong: ['something'] })).toBe(true);
    const table = reportOf([fine, { ...fine, losses: { ...NO_LOSS, silent: 3 } }]);
    expect(table).toMatch(/\| all +\| 2 +\| 2 +\| 0 +\| 2 +\| 3 +\| 0 /);
    expect(table).toContain('`STREAM_TRUNCATED` 2');
  });

  it('tries every group of the catalogue, the same for the same seed', () => {
    const groups = new Set(CATALOGUE.map(({ group }) => group));
    expect([...groups]).toEqual(GROUPS.filter((group) => groups.has(group)));
    expect(groups.size).toBe(9);
    const run = { seed: 7, quick: false, only: null };
    expect(tasksOf(run)).toEqual(tasksOf(run));
    expect(tasksOf(run)).not.toEqual(tasksOf({ ...run, seed: 8 }));
  });
});
