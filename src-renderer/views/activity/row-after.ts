import type { QueueRow } from '../../store/queue-rows.ts';

/** Rows a press of Page Up or Page Down goes over. */
const PAGE = 10;

/**
 * The index of the row a key leads to from another; headings are passed over. Null for keys that lead
 * nowhere and at the ends.
 */
export function rowAfter(rows: readonly QueueRow[], index: number, key: string): number | null {
  const stops = rows.flatMap((row, at) => (row.kind === 'section' ? [] : [at]));
  const before = stops.filter((at) => at < index);
  const after = stops.filter((at) => at > index);
  switch (key) {
    case 'ArrowDown':
      return after[0] ?? null;
    case 'ArrowUp':
      return before.at(-1) ?? null;
    case 'PageDown':
      return after[PAGE - 1] ?? after.at(-1) ?? null;
    case 'PageUp':
      return before.at(-PAGE) ?? before[0] ?? null;
    case 'Home':
      return before[0] ?? null;
    case 'End':
      return after.at(-1) ?? null;
    default:
      return null;
  }
}
