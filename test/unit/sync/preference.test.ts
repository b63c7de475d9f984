import { describe, expect, it } from 'vitest';
import { formatOfFile, resolveFormat } from '../../../src-main/sync/preference.ts';
import type { FormatId, Preference } from '../../../src-preload/contract/formats.ts';

const chosen = (preference: Preference, entitled: readonly FormatId[] | null) => {
  const resolution = resolveFormat(preference, entitled);
  return resolution && [resolution.formatId, ...resolution.fallbackFormatIds];
};

describe('a preference', () => {
  it.each<readonly [Preference, readonly FormatId[], readonly FormatId[]]>([
    ['best', [5, 6, 7, 27], [27, 7, 6, 5]],
    ['hires96', [5, 6, 7, 27], [7, 6, 5, 27]],
    ['cd', [5, 6, 7, 27], [6, 5, 7, 27]],
    ['mp3', [5, 6, 7, 27], [5, 6, 7, 27]],
    ['hires96', [5, 27], [5, 27]],
    ['cd', [7, 27], [7, 27]],
    ['best', [5], [5]],
  ])(
    '%s of %j takes exactly it, else the next lower, else the next higher',
    (name, have, order) => {
      expect(chosen(name, have)).toEqual(order);
    },
  );

  it('takes DSD only when nothing else is entitled, the better one first', () => {
    expect(chosen('best', [55, 56])).toEqual([56, 55]);
    expect(chosen('best', [5, 55])).toEqual([5, 55]);
    expect(chosen('mp3', [55])).toEqual([55]);
  });

  it('takes nothing where nothing known is entitled', () => {
    expect(chosen('best', [])).toBeNull();
    expect(chosen('best', [999])).toBeNull();
  });

  it('tries the whole ladder when the service gave no list', () => {
    expect(chosen('best', null)).toEqual([27, 7, 6, 5]);
  });

  it('names a substitution, except for "best", which is whatever is best', () => {
    expect(resolveFormat('hires96', [5, 6])?.substitution).toEqual({ wanted: 7 });
    expect(resolveFormat('best', [5, 6])?.substitution).toBeNull();
    expect(resolveFormat('cd', [5, 6])?.substitution).toBeNull();
  });
});

describe('a file that came without a receipt', () => {
  const sound = (bitDepth: number | null, samplingRateKHz: number | null) => ({
    bitDepth,
    samplingRateKHz,
  });
  it('counts as the planned format when it is as good as that can be of its album', () => {
    expect(formatOfFile(27, sound(24, 192), sound(24, 192))).toBe(27);
    expect(formatOfFile(27, sound(24, 96), sound(24, 96))).toBe(27);
    expect(formatOfFile(7, sound(24, 96), sound(24, 192))).toBe(7);
    expect(formatOfFile(6, sound(16, 44.1), sound(24, 96))).toBe(6);
    expect(formatOfFile(27, sound(16, 44.1), sound(16, 44.1))).toBe(27);
  });

  it('counts as the lowest that holds it when the album has better, or when it is better than planned', () => {
    expect(formatOfFile(27, sound(16, 44.1), sound(24, 96))).toBe(6);
    expect(formatOfFile(27, sound(24, 96), sound(24, 192))).toBe(7);
    expect(formatOfFile(6, sound(24, 96), sound(24, 96))).toBe(7);
    expect(formatOfFile(null, sound(24, 192), sound(null, null))).toBe(27);
  });

  it('is told from others by its kind where that is another', () => {
    expect(formatOfFile(27, sound(null, 44.1), sound(24, 96))).toBe(5);
    expect(formatOfFile(56, sound(1, 2822.4), sound(null, null))).toBe(55);
    expect(formatOfFile(55, sound(1, 5644.8), sound(null, null))).toBe(56);
    expect(formatOfFile(27, sound(null, null), sound(24, 96))).toBeNull();
  });
});
