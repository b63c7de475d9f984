import type { Sentences } from './sentences.ts';

/** Width of a bar in columns; half of it on a narrow terminal. */
const BAR_COLUMNS = 20;
const NARROW_COLUMNS = 60;

/** How wide a bar is on a terminal of so many columns; 0 where it does not know. */
export const barColumns = (columns: number): number =>
  (columns || 80) < NARROW_COLUMNS ? BAR_COLUMNS / 2 : BAR_COLUMNS;

/** `━━━━━━──────  45%` */
export function bar(share: number, columns: number, { formats }: Sentences): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * columns);
  const line = '━'.repeat(filled) + '─'.repeat(columns - filled);
  return `${line} ${formats.percent(share).padStart(formats.percent(1).length)}`;
}
