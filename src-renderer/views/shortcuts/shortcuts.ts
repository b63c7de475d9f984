import type { NavPage } from '../../navigation.ts';
import { NAV_PAGES } from '../../navigation.ts';

/** What a shortcut does, other than leading to a page. */
export type ShortcutAction =
  | 'palette'
  | 'search'
  | 'addLinks'
  | 'paste'
  | 'playOrSelect'
  | 'selectAll'
  | 'close'
  | 'shortcuts';

/** One row of the table: keys as they are pressed together, `Mod` being Ctrl or, on macOS, Cmd. */
export interface Shortcut {
  readonly to: ShortcutAction | { readonly page: NavPage };
  readonly keys: readonly string[];
  /** Whether the window listens for it elsewhere: it is listed here and left alone. */
  readonly elsewhere?: true;
}

/** Every shortcut of the window; what is listed and what is listened for both come from here. */
export const SHORTCUTS: readonly Shortcut[] = [
  { to: 'palette', keys: ['Mod', 'K'] },
  { to: 'search', keys: ['Mod', 'F'] },
  { to: 'search', keys: ['/'] },
  { to: 'addLinks', keys: ['Mod', 'L'] },
  { to: 'paste', keys: ['Mod', 'V'], elsewhere: true },
  ...NAV_PAGES.map(
    (page, index): Shortcut => ({
      to: { page },
      keys: page === 'settings' ? ['Mod', ','] : ['Mod', String(index + 1)],
    }),
  ),
  { to: 'playOrSelect', keys: ['Space'], elsewhere: true },
  { to: 'selectAll', keys: ['Mod', 'A'], elsewhere: true },
  { to: 'close', keys: ['Escape'], elsewhere: true },
  { to: 'shortcuts', keys: ['?'] },
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
export function shortcutOf(press: Press, mac: boolean, typing: boolean): Shortcut['to'] | null {
  if (press.defaultPrevented || press.isComposing || press.altKey) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other) return null;
  const found = SHORTCUTS.find(({ keys, elsewhere }) => {
    if (elsewhere) return false;
    const needsMod = keys[0] === 'Mod';
    return needsMod === mod && keys.at(-1)?.toLowerCase() === press.key.toLowerCase();
  });
  if (found === undefined || (!mod && typing)) return null;
  return found.to;
}

/** Whether keys pressed on an element write something there. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'));
