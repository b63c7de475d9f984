import { useEffect } from 'react';
import { useMirror, useNavigation } from '../../context.ts';
import { goTo, NAV_PAGES, type Navigation, type PageName } from '../../navigation.ts';
import { isTyping, type ShortcutId, shortcutOf } from './shortcuts.ts';

/** Pages with a search field of their own; elsewhere the search is that of the library. */
const SEARCHED: readonly PageName[] = ['library', 'settings'];

/** Listens for the shortcuts of {@link SHORTCUTS}; what lies over the pages keeps them to itself. */
export function useShortcuts(page: PageName): void {
  const navigation = useNavigation();
  const mac = useMirror(({ app }) => app.platform === 'darwin');
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const id = shortcutOf(event, mac, isTyping(event.target));
      if (id === null || id === 'close') return;
      const { overlay } = navigation.getState();
      // A dialog is dealt with first; only the palette may be put away by its own key.
      if (
        document.querySelector('[role="dialog"]') !== null &&
        !(id === 'palette' && overlay === id)
      ) {
        return;
      }
      event.preventDefault();
      act(navigation, id, page);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigation, mac, page]);
}

function act(navigation: Navigation, id: ShortcutId, page: PageName): void {
  const { overlay } = navigation.getState();
  if (id === 'palette' || id === 'shortcuts') {
    navigation.setState({ overlay: overlay === id ? null : id });
    return;
  }
  if (id === 'search') {
    if (!SEARCHED.includes(page)) goTo(navigation, 'library');
    navigation.setState({ searchWanted: true });
    return;
  }
  const wanted = NAV_PAGES.find((each) => id === `page-${each}`);
  if (wanted !== undefined) goTo(navigation, wanted);
}
