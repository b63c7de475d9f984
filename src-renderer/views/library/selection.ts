import type { AlbumId } from '../../../src-preload/contract/ids.ts';

/** Chosen albums, and where a range begins that is stretched from them. */
export interface Selection {
  readonly ids: ReadonlySet<AlbumId>;
  readonly anchor: AlbumId | null;
  /** What was chosen before the range at hand, so that it can shrink again. */
  readonly before: ReadonlySet<AlbumId>;
}

/** Nothing chosen. */
export const NO_SELECTION: Selection = { ids: new Set(), anchor: null, before: new Set() };

/** Takes one album in or out; a range begins here from now on. */
export function toggled(selection: Selection, id: AlbumId): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id, before: ids };
}

/** Stretches the range at hand to an album; without one it begins at `from`. */
export function stretched(
  selection: Selection,
  order: readonly AlbumId[],
  to: AlbumId,
  from: AlbumId = to,
): Selection {
  const anchor =
    selection.anchor !== null && order.includes(selection.anchor) ? selection.anchor : from;
  const ends = [order.indexOf(anchor), order.indexOf(to)].sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  if (first === -1) return selection;
  return {
    ids: new Set([...selection.before, ...order.slice(first, last + 1)]),
    anchor,
    before: selection.before,
  };
}

/** Everything that is shown. */
export const everything = (order: readonly AlbumId[]): Selection => ({
  ids: new Set(order),
  anchor: order[0] ?? null,
  before: new Set(),
});
