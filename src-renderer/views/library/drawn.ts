import { type FocusEvent, useRef } from 'react';

/** An album that is drawn, and the element that draws it. */
export interface Drawn {
  /** Names the element, for as long as it draws anything. */
  readonly slot: number;
  /** The album's place in the list. */
  readonly index: number;
}

/**
 * Draws `wanted` places with the elements there are: who stays keeps its element, who comes takes one of those that
 * left. Making elements anew, with their layout, is what scrolling would spend its time on. The elements stay in
 * their order, which is not that of the list; at rest they are put in order, for those who have the list read out.
 */
export function redrawn(
  before: readonly Drawn[],
  wanted: readonly number[],
  resting: boolean,
): readonly Drawn[] {
  const places = new Set(wanted);
  const drawnBefore = new Set(before.map(({ index }) => index));
  const coming = [...places].filter((index) => !drawnBefore.has(index));
  const next: Drawn[] = [];
  for (const each of before) {
    if (places.has(each.index)) next.push(each);
    else {
      const index = coming.shift();
      if (index !== undefined) next.push({ slot: each.slot, index });
    }
  }
  const free = Math.max(-1, ...before.map(({ slot }) => slot)) + 1;
  next.push(...coming.map((index, more) => ({ slot: free + more, index })));
  return resting ? next.sort((a, b) => a.index - b.index) : next;
}

/** What {@link useDrawn} gives a list. */
export interface DrawnList {
  readonly drawn: readonly Drawn[];
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
}

/**
 * The albums a list draws: those in sight, the one the tab key comes to and the one that has the focus, so that the
 * focus stays with its album however far it is scrolled. Albums carry `data-place`, their place in the list.
 */
export function useDrawn(
  inSight: readonly number[],
  list: { readonly count: number; readonly current: number; readonly resting: boolean },
): DrawnList {
  const before = useRef<readonly Drawn[]>([]);
  const focused = useRef<number | null>(null);
  const wanted = [...inSight, list.current, ...(focused.current === null ? [] : [focused.current])];
  before.current = redrawn(
    before.current,
    inSight.length === 0 ? [] : wanted.filter((index) => index < list.count),
    list.resting,
  );
  return {
    drawn: before.current,
    onFocus({ target }) {
      const place = target.closest<HTMLElement>('[data-place]')?.dataset.place;
      focused.current = place === undefined ? null : Number(place);
    },
    onBlur() {
      focused.current = null;
    },
  };
}
