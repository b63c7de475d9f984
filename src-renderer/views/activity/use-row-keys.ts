import type { Virtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { type QueueRow, rowKey } from '../../store/queue-rows.ts';
import { rowAfter } from './row-after.ts';
import { useQueueActions } from './use-queue-actions.tsx';

interface RowKeysOptions {
  readonly rows: readonly QueueRow[];
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly onToggle: (albumId: AlbumId) => void;
  readonly onDetails: (job: JobView) => void;
  /** Told the key of the row that has the focus: it must stay there while it is out of sight. */
  readonly kept: RefObject<string | null>;
}

/** The keys of the queue: one row takes part in Tab, the arrows choose which. */
export interface RowKeys {
  /** The key of the row that Tab leads to. */
  readonly current: string | null;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
}

const handleIn = (row: Element | null): HTMLElement | null =>
  row?.querySelector<HTMLElement>('[data-handle]') ?? null;

/** Moves the focus in the virtual list, also to rows that are not there yet and from rows that went away. */
export function useRowKeys(options: RowKeysOptions): RowKeys {
  const { rows, virtualizer, onToggle, onDetails, kept } = options;
  const act = useQueueActions();
  const [chosen, setChosen] = useState<string | null>(null);
  /** The row that takes the focus as soon as it is there. */
  const wanted = useRef<string | null>(null);
  /** Where the focus was last, and whether it was in the list. */
  const last = useRef<{ readonly row: Element; readonly index: number } | null>(null);
  const there = chosen !== null && rows.some((row) => rowKey(row) === chosen);
  const first = rows.find((row) => row.kind !== 'section');
  const current = there ? chosen : first === undefined ? null : rowKey(first);

  const goTo = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    wanted.current = rowKey(row);
    setChosen(wanted.current);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  };

  useLayoutEffect(() => {
    if (wanted.current !== null) {
      const row = document.querySelector(`[data-row="${CSS.escape(wanted.current)}"]`);
      const handle = handleIn(row);
      if (handle === null) return;
      wanted.current = null;
      handle.focus({ preventScroll: true });
      return;
    }
    // The row that had the focus went away, cancelled or done: the one in its place takes it over.
    const lost = last.current;
    if (lost !== null && !lost.row.isConnected) {
      last.current = null;
      if (document.activeElement !== document.body) return;
      const next = rowAfter(rows, Math.min(lost.index, rows.length) - 1, 'ArrowDown');
      goTo(next ?? rows.length - 1);
    }
  });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    const handle = target.closest('[data-handle]');
    // Keys of a row hold on the row itself, not on a button in it; arrows hold on both.
    const onRow = handle === target;
    const index = Number(target.closest<HTMLElement>('[data-row]')?.dataset.index);
    const row = rows[index];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = rowAfter(rows, index, event.key);
    if (next !== null) {
      event.preventDefault();
      goTo(next);
      return;
    }
    if (!onRow) return;
    if (row.kind === 'album') {
      if (event.key === (row.open ? 'ArrowLeft' : 'ArrowRight')) onToggle(row.albumId);
      else if (event.key === 'Delete') void act('cancel', row.jobs);
      else return;
    } else if (row.kind === 'job') {
      if (event.key === 'Enter' || event.key === ' ') onDetails(row.job);
      else if (event.key === 'Delete') void act('cancel', [row.job]);
      else if (event.key === 'ArrowLeft') {
        goTo(rows.findLastIndex((each, at) => at < index && each.kind === 'album'));
      } else return;
    }
    event.preventDefault();
  };

  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    const place = event.target.closest<HTMLElement>('[data-row]');
    const key = place?.dataset.row;
    if (!place || key === undefined) return;
    last.current = { row: place, index: Number(place.dataset.index) };
    kept.current = key;
    setChosen(key);
  };

  return { current, onKeyDown, onFocus };
}
