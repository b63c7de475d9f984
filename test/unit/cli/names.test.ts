import { describe, expect, it } from 'vitest';
import { copiesCalled, secondOfOne } from '../../../src-main/cli/duplicates.ts';
import { whatIsCalled } from '../../../src-main/cli/set-aside.ts';
import { shortIds } from '../../../src-main/cli/short-ids.ts';
import { offersCalled } from '../../../src-main/cli/upgrades.ts';
import type { AlbumOffer, DuplicateGroup } from '../../../src-preload/contract/editions.ts';
import type { SetAsideView } from '../../../src-preload/contract/set-aside.ts';

describe('what was set aside', () => {
  const entry = (id: string, albumId: string, trackId: number) =>
    ({ id, albumId, trackId, path: `${trackId}.mp3` }) as SetAsideView;
  const entries = [
    entry('aaaabbbb-1', 'abc', 1),
    entry('aaaabbbb-2', 'abc', 2),
    entry('ccccdddd-3', 'abc', 1),
  ];
  const ids = (...words: string[]) => {
    const found = whatIsCalled(entries, words);
    return 'unknown' in found ? found.unknown : found.entries.map(({ id }) => id);
  };

  it('is called by its id, a beginning of one only, or its album for the newest of each track', () => {
    expect(ids('aaaabbbb-2')).toEqual(['aaaabbbb-2']);
    expect(ids('cccc', 'ccccdddd-3')).toEqual(['ccccdddd-3']);
    expect(ids('abc')).toEqual(['aaaabbbb-1', 'aaaabbbb-2']);
  });

  it('is not guessed at', () => {
    expect(ids('cccc', 'aaaabbbb')).toBe('aaaabbbb');
    expect(ids('')).toBe('');
    expect(ids('zzzz')).toBe('zzzz');
  });

  it('has an id as short as tells it from the others, and no shorter than eight', () => {
    const short = shortIds(entries.map(({ id }) => id));
    expect([...short.values()].sort()).toEqual(['aaaabbbb-1', 'aaaabbbb-2', 'ccccdddd']);
    for (const [id, name] of short) expect(ids(name)).toEqual([id]);
  });
});

describe('a better edition', () => {
  const tracks = (...ids: number[]) => ids.map((trackId) => ({ trackId }));
  const offers = [
    { albumId: 'one', tracks: tracks(1, 2) },
    { albumId: 'two', tracks: tracks(3, 4) },
  ] as unknown as AlbumOffer[];

  it('is called by its album or track, and nothing else', () => {
    expect(offersCalled(offers, ['4', 'one'])).toEqual({
      offers: [offers[0], { albumId: 'two', tracks: tracks(4) }],
    });
    expect(offersCalled(offers, ['1', '5'])).toEqual({ unknown: '5' });
  });
});

describe('a copy', () => {
  const member = (albumId: string, trackId: number | null, path: string) => ({
    albumId,
    trackId,
    path,
  });
  const groups = [
    { key: 'a', members: [member('x', 1, 'A/é.flac'), member('y', 2, 'B/2.mp3')] },
    { key: 'b', members: [member('x', null, 'A'), member('z', null, 'Z')] },
  ] as unknown as DuplicateGroup[];
  const called = (...words: string[]) => {
    const found = copiesCalled(groups, words, '/music');
    return 'unknown' in found ? found.unknown : found.kept.map(({ member: { path } }) => path);
  };

  it('is called by its id, or its path in any spelling', () => {
    expect(called('2', 'x')).toEqual(['B/2.mp3', 'A']);
    expect(called('A/é.flac', '/music/A/e\u0301.flac')).toEqual(['A/é.flac']);
    expect(called('é.flac')).toBe('é.flac');
  });

  it('is the only one of its group that can be kept', () => {
    const kept = copiesCalled(groups, ['1', 'x', '2'], '/music');
    expect('kept' in kept && secondOfOne(kept.kept)?.path).toBe('B/2.mp3');
    const apart = copiesCalled(groups, ['1', 'x'], '/music');
    expect('kept' in apart && secondOfOne(apart.kept)).toBeNull();
  });
});
