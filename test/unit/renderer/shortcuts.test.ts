import { describe, expect, it } from 'vitest';
import {
  type Press,
  SHORTCUTS,
  shortcutOf,
} from '../../../src-renderer/views/shortcuts/shortcuts.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  defaultPrevented: false,
  isComposing: false,
  ...held,
});
const control = { ctrlKey: true };

describe('a key press', () => {
  it('is looked up in the table, whether the letter comes large or small', () => {
    expect(shortcutOf(press('k', control), false, false)).toBe('palette');
    expect(shortcutOf(press('K', control), false, false)).toBe('palette');
    expect(shortcutOf(press(',', control), false, false)).toEqual({ page: 'settings' });
    expect(shortcutOf(press('1', control), false, false)).toEqual({ page: 'library' });
    expect(shortcutOf(press('?', { shiftKey: true }), false, false)).toBe('shortcuts');
    expect(shortcutOf(press('j', control), false, false)).toBeNull();
  });

  it('takes Cmd on macOS and Ctrl elsewhere, and never both or Alt', () => {
    expect(shortcutOf(press('k', { metaKey: true }), true, false)).toBe('palette');
    expect(shortcutOf(press('k', control), true, false)).toBeNull();
    expect(shortcutOf(press('k', { metaKey: true }), false, false)).toBeNull();
    expect(shortcutOf(press('k', { ...control, altKey: true }), false, false)).toBeNull();
  });

  it('is a letter like any other while somebody types, unless Ctrl is held', () => {
    expect(shortcutOf(press('?'), false, true)).toBeNull();
    expect(shortcutOf(press('k', control), false, true)).toBe('palette');
  });

  it('is left alone when somebody else dealt with it, while a character is composed, and without its Ctrl', () => {
    expect(shortcutOf(press('k', { ...control, defaultPrevented: true }), false, false)).toBeNull();
    expect(shortcutOf(press('?', { isComposing: true }), false, false)).toBeNull();
    expect(shortcutOf(press('k'), false, false)).toBeNull();
  });

  it('that is listened for elsewhere is listed and not answered', () => {
    expect(SHORTCUTS.some(({ to }) => to === 'paste')).toBe(true);
    expect(shortcutOf(press('v', control), false, false)).toBeNull();
    expect(shortcutOf(press('Escape'), false, false)).toBeNull();
  });

  it('means one thing only', () => {
    const keys = SHORTCUTS.map((each) => each.keys.join('+'));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
