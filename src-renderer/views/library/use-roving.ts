import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { useNavigation } from '../../context.ts';
import { openAlbum } from '../../navigation.ts';
import { moveFocus } from './grid.ts';
import { everything, NO_SELECTION, type Selection, stretched, toggled } from './selection.ts';

/** A list of albums, however it is drawn. */
export interface AlbumListProps {
  readonly ids: readonly AlbumId[];
  /** Titles of tracks that a search found, by album. */
  readonly trackHits: ReadonlyMap<AlbumId, readonly string[]>;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** Counts up when the focus is to go to the list. */
  readonly focusWanted: number;
}

/** What an album of a list needs to take part. */
export interface AlbumListItem {
  /** Which one the tab key comes to. */
  readonly current: number;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (index: number) => void;
  /** Opens an album, or selects it when others are selected or a key is held. */
  readonly onPress: (id: AlbumId, event: MouseEvent) => void;
  readonly onToggle: (id: AlbumId, event: { readonly shiftKey: boolean }) => void;
}

/**
 * Moves one focus through a list of albums of which only a part is there, and selects with the keys and clicks that
 * file lists of every system know. Albums carry `data-index`.
 */
export function useRoving(
  { ids, selection, onSelect, focusWanted }: AlbumListProps,
  columns: number,
  scrollTo: (index: number) => void,
): AlbumListItem {
  const navigation = useNavigation();
  const list = useRef<HTMLDivElement | null>(null);
  const wanted = useRef<number | null>(null);
  const left = useRef(false);
  const [focus, setFocus] = useState(0);
  const current = Math.max(0, Math.min(focus, ids.length - 1));
  const now = useRef({ ids, selection, current });
  now.current = { ids, selection, current };

  const takeFocus = useCallback((): void => {
    if (wanted.current === null) return;
    const item = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (item === null || item === undefined) return;
    wanted.current = null;
    item.focus({ preventScroll: true });
  }, []);
  // An album further down has to be drawn before it can have the focus.
  useEffect(takeFocus);
  useEffect(() => {
    if (focusWanted === 0) return;
    wanted.current = now.current.current;
    takeFocus();
  }, [focusWanted, takeFocus]);
  // Somebody who comes back from an album finds the focus where it was.
  useEffect(() => {
    if (left.current) wanted.current = now.current.current;
    left.current = false;
    takeFocus();
  }, [takeFocus]);

  const open = useCallback(
    (id: AlbumId) => {
      left.current = true;
      openAlbum(navigation, id);
    },
    [navigation],
  );
  const onToggle = useCallback<AlbumListItem['onToggle']>(
    (id, { shiftKey }) => {
      const { ids: order, selection: before, current: at } = now.current;
      onSelect(shiftKey ? stretched(before, order, id, order[at]) : toggled(before, id));
    },
    [onSelect],
  );
  const onPress = useCallback<AlbumListItem['onPress']>(
    (id, event) => {
      const byKey = event.detail === 0;
      const choosing = event.ctrlKey || event.metaKey || event.shiftKey;
      if (choosing || (!byKey && now.current.selection.ids.size > 0)) onToggle(id, event);
      else open(id);
    },
    [open, onToggle],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    const id = ids[current];
    if (id === undefined || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const onItem = event.target instanceof Element && event.target.hasAttribute('data-index');
    if (command && event.key.toLowerCase() === 'a') onSelect(everything(ids));
    else if (event.key === 'Escape' && selection.ids.size > 0) onSelect(NO_SELECTION);
    else if (event.key === ' ' && onItem) onToggle(id, event);
    else if (event.key === 'Enter' && onItem && !command && !event.shiftKey) open(id);
    else {
      const next = moveFocus(event.key, current, ids.length, columns);
      const target = next === null ? undefined : ids[next];
      if (next === null || target === undefined || command) return;
      if (event.shiftKey) onSelect(stretched(selection, ids, target, id));
      wanted.current = next;
      setFocus(next);
      scrollTo(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return { current, list, onKeyDown, onFocus: setFocus, onPress, onToggle };
}
