import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '../../assets/locales/en.json' with { type: 'json' };
import { ERRORS } from '../../src-preload/contract/error-codes.ts';
import { PLAN_REASONS } from '../../src-preload/contract/plan.ts';

const renderer = join(import.meta.dirname, '../../src-renderer');

/** Sections others read: the tables of the contract, and what the command line says. */
const SHARED = [
  'returnPage',
  'signInWindow',
  'shell',
  'errors',
  'restrictions',
  'plan',
  'cli',
  'events',
];

function leaves(value: unknown, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    leaves(inner, prefix === '' ? key : `${prefix}.${key}`),
  );
}

const sourcesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

/** Keys as written in the sources: whole ones, and those with a part filled in. */
const writtenIn = (sources: string) => [
  ...new Set(
    [...sources.matchAll(/'([a-z]+(?:\.[A-Za-z]+)+)'|\bt\(\s*['"`]([^'"`]+)['"`]/g)].map(
      (match) => match[1] ?? match[2]!,
    ),
  ),
];
const patternOf = (key: string) =>
  new RegExp(
    `^${key
      .split(/\$\{[^}]+\}/)
      .map((part) => part.replaceAll('.', '\\.'))
      .join('[^.]+')}(_one|_other)?$`,
  );
const written = [...sourcesOf(renderer).matchAll(/\bt\(\s*['"`]([^'"`]+)['"`]/g)].map(
  (match) => match[1]!,
);
const patterns = written.map(patternOf);

describe('the sentences', () => {
  it('tell what happened and what to do for every fault, and for no other', () => {
    expect(Object.keys(en.errors).sort()).toEqual(Object.keys(ERRORS).sort());
    for (const [code, words] of Object.entries(en.errors)) {
      expect(words.sentence, code).toMatch(/^[A-Z].*[.]$/);
      expect(words.remedy, code).toMatch(/^[A-Z].*[.]$/);
      expect(words.sentence + words.remedy, code).not.toContain('{{');
    }
  });

  it('give every plan reason, and no other', () => {
    expect(Object.keys(en.plan.reasons).sort()).toEqual([...PLAN_REASONS].sort());
  });

  it('hold every key the views name', () => {
    const all = leaves(en);
    const missing = written.filter((_, at) => !all.some((key) => patterns[at]!.test(key)));
    expect(missing).toEqual([]);
  });

  it('hold no key of the window that no view names', () => {
    const own = leaves(en).filter((key) => !SHARED.includes(key.split('.')[0]!));
    const unused = own.filter((key) => !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it('hold what the shell says in tray, menus and notifications, and nothing that it does not say', () => {
    const shell = join(import.meta.dirname, '../../src-main/electron');
    const said = writtenIn(sourcesOf(shell)).filter((key) => key.startsWith('shell.'));
    const held = leaves(en).filter((key) => key.startsWith('shell.'));
    expect(said.filter((key) => !held.some((each) => patternOf(key).test(each)))).toEqual([]);
    expect(held.filter((key) => !said.some((each) => patternOf(each).test(key)))).toEqual([]);
  });

  it('have both forms of every plural', () => {
    const all = leaves(en);
    for (const key of all.filter((each) => each.endsWith('_one'))) {
      expect(all).toContain(key.replace(/_one$/, '_other'));
    }
  });
});
