import { describe, expect, it } from 'vitest';
import { restoredState } from '../../../src-main/electron/window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const look = { maximized: false, theme: 'system' };

describe('the window’s state', () => {
  it('is 1280×800 at first, and after a file that cannot be read as one', () => {
    for (const stored of [undefined, null, 'x', { width: 'wide' }]) {
      expect(restoredState(stored, [screen])).toEqual({ width: 1280, height: 800, ...look });
    }
  });

  it('comes back where it was, with its theme', () => {
    const stored = { x: 100, y: 50, width: 900, height: 600, maximized: true, theme: 'dark' };
    expect(restoredState(stored, [screen])).toEqual(stored);
  });

  it('loses its place, not its size, when its display is gone', () => {
    const stored = { x: 2500, y: 50, width: 900, height: 600 };
    expect(restoredState(stored, [screen])).toEqual({ width: 900, height: 600, ...look });
  });

  it('is never smaller than useful nor larger than the display', () => {
    expect(restoredState({ width: 10, height: 10 }, [screen])).toMatchObject({
      width: 720,
      height: 520,
    });
    expect(restoredState({ width: 9000, height: 9000 }, [screen])).toMatchObject({
      width: 1920,
      height: 1040,
    });
  });
});
