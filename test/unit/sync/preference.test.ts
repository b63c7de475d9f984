import { describe, expect, it } from 'vitest';
import { resolveFormat } from '../../../src-main/sync/preference.ts';
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
