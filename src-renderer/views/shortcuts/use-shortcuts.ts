import { useEffect } from 'react';
import { useMirror, useNavigation } from '../../context.ts';
import { goTo, type Navigation, type PageName } from '../../navigation.ts';
import { isTyping, type Shortcut, shortcutOf } from './shortcuts.ts';

/** Pages with a search field of their own; elsewhere the search is that of the library. */
const SEARCHED: readonly PageName[] = ['library', 'settings'];

/** Listens for the shortcuts of {@link SHORTCUTS}; what lies over the pages keeps them to itself. */
export function useShortcuts(page: PageName): void {
  const navigation = useNavigation();
  const mac = useMirror(({ app }) => app.platform === 'darwin');
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const to = shortcutOf(event, mac, isTyping(event.target));
      if (to === null) return;
      const { overlay } = navigation.getState();
      // A dialog is dealt with first; only the palette may be put away by its own key.
      if (
        document.querySelector('[role="dialog"]') !== null &&
        !(to === 'palette' && overlay === to)
      ) {
        return;
      }
      event.preventDefault();
      act(navigation, to, page);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigation, mac, page]);
}

function act(navigation: Navigation, to: Shortcut['to'], page: PageName): void {
  const { overlay, albumId } = navigation.getState();
  if (typeof to === 'object') goTo(navigation, to.page);
  else if (to === 'palette' || to === 'shortcuts') {
    navigation.setState({ overlay: overlay === to ? null : to });
  } else if (to === 'addLinks') navigation.setState({ overlay: 'add-links' });
  else if (to === 'search') {
    if (!SEARCHED.includes(page) || albumId !== null) goTo(navigation, 'library');
    navigation.setState({ searchWanted: true });
  }
}
