import { describe, expect, it } from 'vitest';
import { type Drawn, redrawn } from '../../../src-renderer/views/library/drawn.ts';

const slots = (drawn: readonly Drawn[]): Record<number, number> =>
  Object.fromEntries(drawn.map(({ slot, index }) => [index, slot]));

describe('the elements of a list that is scrolled', () => {
  const first = redrawn([], [0, 1, 2, 3], false);

  it('stay with who stays in sight, and go from who left to who comes', () => {
    const next = redrawn(first, [2, 3, 4, 5], false);
    expect(slots(next)).toEqual({ 2: 2, 3: 3, 4: 0, 5: 1 });
    expect(next.map(({ slot }) => slot)).toEqual([0, 1, 2, 3]);
  });

  it('stand in the list’s order when it rests', () => {
    const next = redrawn(redrawn(first, [2, 3, 4, 5], false), [2, 3, 4, 5], true);
    expect(next.map(({ index }) => index)).toEqual([2, 3, 4, 5]);
    expect(slots(next)).toEqual({ 2: 2, 3: 3, 4: 0, 5: 1 });
  });

  it('become more and fewer, each with a name of its own', () => {
    const fewer = redrawn(first, [1], false);
    expect(fewer).toEqual([{ slot: 1, index: 1 }]);
    const more = redrawn(fewer, [7, 8, 9], false);
    expect(new Set(more.map(({ slot }) => slot)).size).toBe(3);
    expect(more.map(({ index }) => index).sort()).toEqual([7, 8, 9]);
  });

  it('draw nobody twice', () => {
    expect(redrawn([], [4, 4, 5, 4], true).map(({ index }) => index)).toEqual([4, 5]);
  });
});
