import type { NavPage } from '../../navigation.ts';
import { NAV_PAGES } from '../../navigation.ts';

/** What a shortcut does; page shortcuts lead to a page of the side bar. */
export type ShortcutId = 'palette' | 'search' | 'close' | 'shortcuts' | `page-${NavPage}`;

/** One row of the table: keys as they are pressed together, `Mod` being Ctrl or, on macOS, Cmd. */
export interface Shortcut {
  readonly id: ShortcutId;
  readonly keys: readonly string[];
}

/** Every shortcut of the window; what is listed and what is listened for both come from here. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'palette', keys: ['Mod', 'K'] },
  { id: 'search', keys: ['Mod', 'F'] },
  ...NAV_PAGES.map(
    (page, index): Shortcut => ({
      id: `page-${page}`,
      keys: page === 'settings' ? ['Mod', ','] : ['Mod', String(index + 1)],
    }),
  ),
  { id: 'close', keys: ['Escape'] },
  { id: 'shortcuts', keys: ['?'] },
];

/** The part of a key press that decides. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'defaultPrevented' | 'isComposing'
>;

/**
 * The shortcut a key press is, or null. Shift is not looked at: `?` needs it on some keyboards. Shortcuts without
 * `Mod` are letters like any other while somebody types.
 */
export function shortcutOf(press: Press, mac: boolean, typing: boolean): ShortcutId | null {
  if (press.defaultPrevented || press.isComposing || press.altKey) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other) return null;
  const found = SHORTCUTS.find(({ keys }) => {
    const needsMod = keys[0] === 'Mod';
    return needsMod === mod && keys.at(-1)?.toLowerCase() === press.key.toLowerCase();
  });
  if (found === undefined || (!mod && typing)) return null;
  return found.id;
}

/** Whether keys pressed on an element write something there. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'));
