import { describe, expect, it } from 'vitest';
import {
  createInbox,
  EVERYTHING,
  mergeWishes,
  readScope,
  subjectsOf,
  type Wish,
  wishFor,
  wishForJobs,
} from '../../../src-main/sync/wishes.ts';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';

const [ONE, TWO, THREE] = [albumId('one'), albumId('two'), albumId('three')];

describe('a wish', () => {
  it('is about albums whole, or some of their tracks with the cover', () => {
    const of = subjectsOf(
      wishFor(
        new Map([
          [ONE, null],
          [TWO, [trackId(7)]],
        ]),
      ),
    );
    expect(of(ONE)).toBeNull();
    expect(of(TWO)).toEqual(new Set(['two/7', 'two/cover-0']));
    expect(of(THREE)).toBeUndefined();
  });

  it('holds all of what two were about', () => {
    const job = { albumId: TWO, trackId: null, kind: 'booklet' as const, sideIndex: 1 };
    const track = { albumId: TWO, trackId: trackId(7), kind: 'track' as const, sideIndex: 0 };
    const both = mergeWishes(wishForJobs([job], [THREE]), wishForJobs([track]));
    const of = subjectsOf(both);
    expect(of(TWO)).toEqual(new Set(['two/booklet-1', 'two/7']));
    expect(of(THREE)).toBeNull();
    expect(both.first).toBe(false);
    expect(mergeWishes(both, EVERYTHING).everything).toBe(true);
    const first = wishFor(new Map([[ONE, null]]));
    expect(mergeWishes(both, first).first).toBe(true);
    expect(mergeWishes(EVERYTHING, first).first).toBe(false);
    expect(subjectsOf(EVERYTHING)(ONE)).toBeNull();
  });

  it('comes back from where it was stored; what cannot be read stands for everything', () => {
    const wish = wishFor(new Map([[ONE, [trackId(7)]]]));
    expect(readScope(JSON.parse(JSON.stringify(wish)))).toEqual(wish);
    expect(readScope(null)).toEqual(EVERYTHING);
    expect(readScope({ albums: 3 })).toEqual(EVERYTHING);
  });
});

describe('an inbox', () => {
  it('hands over what came before it was opened, then each as it comes, and closes', () => {
    const [one, two] = [wishFor(new Map([[ONE, null]])), wishFor(new Map([[TWO, null]]))];
    const three = wishFor(new Map([[THREE, null]]));
    const scopes: Wish[] = [];
    const seen: Wish[] = [];
    const inbox = createInbox([one], (scope) => scopes.push(scope));
    expect(inbox.add(two)).toBe(true);
    const close = inbox.open((wish) => seen.push(wish));
    expect(seen).toEqual([one, two]);
    inbox.add(three);
    expect(seen.at(-1)).toEqual(three);
    close();
    expect(inbox.add(one)).toBe(false);
    expect(inbox.scope().albumIds).toEqual([ONE, TWO, THREE]);
    expect(scopes).toHaveLength(2);
  });
});
