import { GROUPS } from './fault.ts';
import type { Result } from './result.ts';

const sum = (results: readonly Result[], of: (result: Result) => number): number =>
  results.reduce((total, result) => total + of(result), 0);

/** How often each code was given. */
function toldBy(results: readonly Result[]): [code: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { told } of results) {
    for (const [code, count] of Object.entries(told)) {
      counts.set(code, (counts.get(code) ?? 0) + count);
    }
  }
  return [...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b));
}

function rowOf(title: string, results: readonly Result[]): string[] {
  const told = toldBy(results).reduce((total, [, count]) => total + count, 0);
  return [
    title,
    sum(results, ({ faults }) => faults),
    sum(results, ({ downloads }) => downloads),
    sum(results, ({ healed }) => healed),
    told,
    sum(results, ({ losses }) => losses.silent),
    sum(results, ({ losses }) => losses.corrupt),
    sum(results, ({ losses }) => losses.duplicates),
    sum(results, ({ losses }) => losses.lostRows),
    `${Math.ceil(sum(results, ({ bytesTwice }) => bytesTwice) / 1000).toLocaleString('en')} kB`,
    sum(results, ({ wrong }) => wrong.length),
  ].map(String);
}

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
  'sent twice',
  'not as expected',
];
const TARGET = ['target', '', '', '', '', '0', '0', '0', '0', '', '0'];

/** The results in Markdown tables: a row a group and their sum, and the codes of what was reported. */
export function reportOf(results: readonly Result[]): string {
  const rows = GROUPS.map((group) => ({
    group,
    results: results.filter((result) => result.group === group),
  })).filter((row) => row.results.length > 0);
  const groups = [
    HEAD,
    ...rows.map((row) => rowOf(row.group, row.results)),
    rowOf('all', results),
    TARGET,
  ];
  const codes = [
    ['group', 'reported as'],
    ...rows
      .map((row) => [
        row.group,
        toldBy(row.results)
          .map(([code, count]) => `\`${code}\` ${count}`)
          .join(', '),
      ])
      .filter(([, said]) => said !== ''),
  ];
  return `${markdown(groups)}\n\n${markdown(codes)}`;
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
