import { describe, expect, it } from 'vitest';
import { albumOfHash, pageOfHash } from '../../../src-renderer/navigation.ts';
import { discsOf, performersLine, roleWords } from '../../../src-renderer/views/album/discs.ts';
import { playable } from '../../../src-renderer/views/album/playable.ts';
import { BOX_TRACKS } from '../../support/library-scenes.ts';
import { albums } from '../../support/scenes.ts';

describe('the tracks of an album', () => {
  it('stand by disc, discs and tracks by their numbers, whatever order they came in', () => {
    const discs = discsOf([...BOX_TRACKS].reverse());
    expect(discs.map(({ disc, tracks }) => [disc, tracks.length])).toEqual([
      [1, 14],
      [2, 14],
      [3, 12],
    ]);
    expect(discs.flatMap(({ tracks }) => tracks)).toEqual(BOX_TRACKS);
  });

  it('give the player only those it can play', () => {
    const queue = playable({ id: albums[5]!.id, tracks: BOX_TRACKS });
    expect(queue).toHaveLength(BOX_TRACKS.length - 2);
    expect(queue[3]?.title).toBe(BOX_TRACKS[4]?.title);
  });
});

describe('who is heard on a track', () => {
  const credit = (name: string, ...roles: string[]) => ({ name, roles });

  it('is not said again when the album says it', () => {
    const performers = [credit('Ines', 'MainArtist'), credit('Moss', 'Producer')];
    expect(performersLine({ artist: 'Ines', performers }, 'Ines')).toBeNull();
  });

  it('names its artist first, and others who are heard, but not who made the recording', () => {
    const performers = [
      credit('Ada', 'Violin', 'AssociatedPerformer'),
      credit('Ines', 'MainArtist'),
      credit('Moss', 'Producer', 'RecordingEngineer'),
      credit('Rehn', 'FeaturedArtist'),
    ];
    expect(performersLine({ artist: 'Ines', performers }, 'Various')).toBe('Ines, Ada, Rehn');
  });

  it('stays a line when many are', () => {
    const performers = ['B', 'C', 'D'].map((name) => credit(name, 'Performer'));
    expect(performersLine({ artist: 'A', performers }, 'A')).toBe('A, B, C …');
  });

  it('has roles in words', () => {
    expect(['MainArtist', 'Violin', 'ComposerLyricist'].map(roleWords)).toEqual([
      'Main artist',
      'Violin',
      'Composer lyricist',
    ]);
  });
});

describe('the address of an album', () => {
  it('is read from the fragment, and nothing else is', () => {
    expect(albumOfHash('#/album/abc123')).toBe('abc123');
    expect(albumOfHash('#/album/')).toBeNull();
    expect(albumOfHash('#/album/../x')).toBeNull();
    expect(albumOfHash('#/library')).toBeNull();
    expect(pageOfHash('#/album/abc123')).toBeNull();
  });
});
