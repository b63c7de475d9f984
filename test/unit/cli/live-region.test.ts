import { describe, expect, it } from 'vitest';
import { createLiveRegion, cutTo } from '../../../src-main/cli/live-region.ts';
import { createScreen } from '../../support/screen.ts';

describe('the live region of a terminal', () => {
  it('is drawn in place, with a log growing above it, and leaves nothing but the log', () => {
    const screen = createScreen(40, 10);
    const region = createLiveRegion(screen);
    region.draw(['one', 'total 0']);
    expect(screen.lines()).toEqual(['one', 'total 0']);
    expect(screen.cursorVisible).toBe(false);
    region.draw(['one', 'two', 'total 1']);
    region.log('saved one');
    region.draw(['two', 'total 2']);
    expect(screen.lines()).toEqual(['saved one', 'two', 'total 2']);
    region.log('saved two, whose name is longer than the terminal is wide');
    region.draw(['total 3']);
    region.end();
    expect(screen.lines().join('\n').trimEnd()).toBe(
      'saved one\nsaved two, whose name is longer than the\n terminal is wide',
    );
    expect(screen.cursorVisible).toBe(true);
  });

  it('cuts long lines to the width, also where characters are two columns wide', () => {
    const screen = createScreen(24, 10);
    const region = createLiveRegion(screen);
    const lines = [
      'a name that is too long for it',
      '夜の図書館で読む静かな本のこと',
      '🌙🌙🌙🌙🌙🌙🌙🌙🌙🌙🌙🌙🌙🌙',
    ];
    for (let turn = 0; turn < 3; turn++) region.draw(lines);
    expect(screen.lines()).toEqual([
      'a name that is too l…',
      '夜の図書館で読む静か…',
      '🌙🌙🌙🌙🌙🌙🌙🌙🌙🌙…',
    ]);
  });

  it('shows its last lines on a terminal with few rows', () => {
    const screen = createScreen(40, 3);
    const region = createLiveRegion(screen);
    for (let turn = 0; turn < 3; turn++) {
      region.log(`saved ${turn}`);
      region.draw(['one', 'two', 'three', 'total']);
    }
    expect(screen.lines()).toEqual(['saved 0', 'saved 1', 'saved 2', 'three', 'total']);
  });

  it('clears all of what it drew before the terminal became narrower', () => {
    const written: string[] = [];
    const terminal = { columns: 40, rows: 10, write: (text: string) => written.push(text) };
    const region = createLiveRegion(terminal);
    region.draw(['x'.repeat(37), 'y']);
    terminal.columns = 20;
    region.draw(['z']);
    // The first line now takes two rows, so the region three.
    expect(written.at(-1)).toMatch(/^\r.\[2A.\[Jz$/);
  });
});

describe('cutTo', () => {
  it('keeps what fits, and cuts at a whole character otherwise', () => {
    expect(cutTo('fits', 4)).toBe('fits');
    expect(cutTo('does not', 4)).toBe('doe…');
    expect(cutTo('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
    expect(cutTo('図書館', 4)).toBe('図…');
  });
});
