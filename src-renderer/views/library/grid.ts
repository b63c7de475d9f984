/** The narrowest a cover gets, and the gap beside it, in pixels. */
const NARROWEST = 148;
const GAP = 24;

/** How many covers stand side by side in a width; 0 while the width is not known. */
export const columnsFor = (width: number): number =>
  width <= 0 ? 0 : Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));

/** Where a key moves the focus in a grid of `count` places; null for keys that do not move it. */
export function moveFocus(
  key: string,
  from: number,
  count: number,
  columns: number,
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * 3,
    PageDown: columns * 3,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  const to = from + step;
  const vertical = key === 'ArrowUp' || key === 'ArrowDown';
  if (vertical && (to < 0 || (to >= count && sameRow(from, count - 1, columns)))) return from;
  return Math.min(count - 1, Math.max(0, to));
}

const sameRow = (a: number, b: number, columns: number): boolean =>
  Math.floor(a / columns) === Math.floor(b / columns);
