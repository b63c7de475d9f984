import { describe, expect, it } from 'vitest';
import { displayAlbumTitle, displayTitle } from '../../../src-preload/contract/titles.ts';

describe('titles', () => {
  it('add the version once, and not when the title already says it', () => {
    const track = { title: 'Blue', version: 'Live', work: null };
    expect(displayTitle(track)).toBe('Blue (Live)');
    expect(displayTitle({ ...track, title: 'Blue (live)' })).toBe('Blue (live)');
    expect(displayTitle({ ...track, title: 'Alive' })).toBe('Alive (Live)');
    expect(displayTitle({ ...track, version: ' ' })).toBe('Blue');
    expect(displayAlbumTitle({ title: 'Blue', version: 'Deluxe Edition' })).toBe(
      'Blue (Deluxe Edition)',
    );
  });

  it('put the work before a movement that lacks it, whatever the punctuation', () => {
    const work = 'Sonata No. 14 in C-Sharp Minor, Op. 27';
    expect(displayTitle({ title: 'I. Adagio', version: null, work })).toBe(`${work}: I. Adagio`);
    const full = 'Sonata No.14 in C sharp minor Op 27: I. Adagio';
    expect(displayTitle({ title: full, version: null, work })).toBe(full);
  });

  it('keep a version that is nothing but punctuation out of the way', () => {
    expect(displayTitle({ title: 'Blue', version: '-', work: null })).toBe('Blue');
  });
});
