/** One measured figure beside what it should be. */
export interface Figure {
  readonly name: string;
  /** With its unit; what was missing when it could not be measured. */
  readonly value: string;
  /** With its unit; empty where there is none. */
  readonly target: string;
  /** Null where there is no target or nothing was measured. */
  readonly met: boolean | null;
}

/** A figure that has to stay at or below a limit. */
export const atMost = (name: string, value: number, limit: number, unit: string): Figure => ({
  name,
  value: `${shown(value)} ${unit}`,
  target: `≤ ${limit} ${unit}`,
  met: value <= limit,
});

/** A figure that has to reach a limit. */
export const atLeast = (name: string, value: number, limit: number, unit: string): Figure => ({
  name,
  value: `${shown(value)} ${unit}`,
  target: `≥ ${limit} ${unit}`,
  met: value >= limit,
});

/** A figure stated without a target. */
export const stated = (name: string, value: string): Figure => ({
  name,
  value,
  target: '',
  met: null,
});

/** A figure that could not be measured here, and what it would take. */
export const missing = (name: string, what: string): Figure =>
  stated(name, `not measured: ${what}`);

const shown = (value: number): string =>
  Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toFixed(2);

/** The figures as a table of plain text. */
export function tableOf(figures: readonly Figure[]): string {
  const verdict = ({ met }: Figure): string => (met === null ? '' : met ? 'met' : 'MISSED');
  const rows = [
    ['figure', 'value', 'target', 'verdict'],
    ...figures.map((figure) => [figure.name, figure.value, figure.target, verdict(figure)]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
