import { GROUPS } from './fault.ts';
import type { Result } from './trial.ts';

const sum = (results: readonly Result[], of: (result: Result) => number): number =>
  results.reduce((total, result) => total + of(result), 0);

/** Codes with how often each was given, the most frequent first. */
function codesOf(results: readonly Result[]): string {
  const counts = new Map<string, number>();
  for (const { code } of results) if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');
}

function rowOf(title: string, results: readonly Result[]): string[] {
  const told = results.filter(({ outcome }) => outcome !== 'healed' && outcome !== 'stuck');
  return [
    title,
    results.length,
    sum(results, ({ downloads }) => downloads),
    results.filter(({ outcome }) => outcome === 'healed').length,
    told.length,
    sum(results, ({ losses }) => losses.silent),
    sum(results, ({ losses }) => losses.corrupt),
    sum(results, ({ losses }) => losses.duplicates),
    sum(results, ({ losses }) => losses.lostRows),
    kilobytes(sum(results, ({ bytesTwice }) => bytesTwice)),
    codesOf(told),
  ].map(String);
}

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;

const HEAD = [
  'group',
  'faults tried',
  'downloads struck',
  'healed',
  'reported',
  'silent losses',
  'corrupt files',
  'duplicate downloads',
  'lost rows',
  'bytes twice',
  'reported as',
];

/** Whether a result misses a target: something lost, damaged or fetched again, or not as the catalogue says. */
export const isMissed = ({ wrong, losses }: Result): boolean =>
  wrong.length > 0 || Object.values(losses).some((count) => count > 0);

/** The results in one Markdown table, a row a group and their sum. */
export function reportOf(results: readonly Result[]): string {
  const rows = GROUPS.map((group) => ({
    group,
    results: results.filter((result) => result.group === group),
  })).filter((row) => row.results.length > 0);
  return markdown([
    HEAD,
    ...rows.map((row) => rowOf(row.group, row.results)),
    rowOf('all', results),
  ]);
}

/** Rows as a Markdown table whose columns stand under each other. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}
