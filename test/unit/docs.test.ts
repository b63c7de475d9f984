import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Pages that comments cite by name and number. */
const CITED = ['architecture', 'qobuz-api', 'traps', 'libraries', 'names-and-layout', 'tags'];
const PAGE = `(${CITED.join('|')})(?:\\.md)?`;
const NUMBER = '\\d+(?:\\.\\d+)*';
const NUMBERS = `${NUMBER}(?:(?:–|, | and )${NUMBER})*`;
/** `architecture §4 steps 1–2`, `traps §1 S18`, `qobuz-api §§2–5`, `architecture §4, §6`. */
const CITATION = new RegExp(
  `\\b${PAGE} §§?(${NUMBER})(?:–(${NUMBER}))?(?: (steps?|rule|law) (${NUMBERS})| (S\\d+))?((?:(?:,| and) §${NUMBER})*)`,
  'g',
);
const BY_HEADING = new RegExp(`\\b${PAGE}, "([^"]+)"`, 'g');
const DECISION = /\bdocs\/(decisions\/[\w-]+\.md)/g;
/** Sections of standards are not ours to keep. */
const STANDARD = /\b(?:RFC \d+|ISO \d+-\d+|ITU T\.\d+|ID3v2\.\d \w+) §[\w.]+(?:, §[\w.]+)*/g;

const filesBelow = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !/node_modules|fixtures/.test(file) && !file.endsWith('unit/docs.test.ts'));

const sources = [
  ...['src-main', 'src-preload', 'src-renderer', 'scripts', 'test'].flatMap((folder) =>
    filesBelow(folder, /\.(tsx?|mjs|css|py|html)$/),
  ),
  ...readdirSync(root).filter((name) => /\.(mjs|ts|yml)$/.test(name)),
];
const decisions = filesBelow('docs/decisions', /\.md$/);
const pages = [...filesBelow('docs', /\.md$/), 'README.md', 'CONTRIBUTING.md'].filter((file) =>
  existsSync(join(root, file)),
);

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A file's text on one line, without the signs that begin the lines of a comment. */
const flat = (file: string): string =>
  textOf(file)
    .replace(/^\s*(?:\*|\/\/|#)(?=\s)/gm, ' ')
    .replace(/\s+/g, ' ');

/** Everything of a page that can be cited: `4`, `4 step 2`, `2 rule 13`, `1 S18`, `12.8`, `"FLAC"`. */
function placesOf(page: string): Set<string> {
  const places = new Set<string>();
  let section = '';
  for (const line of textOf(`docs/${page}.md`).split('\n')) {
    const heading = /^#{2,3} (?:(\d+(?:\.\d+)*)\.? )?(.+)$/.exec(line);
    if (heading) {
      section = heading[1] ?? '';
      places.add(heading[1] ?? `"${heading[2]}"`);
    }
    const item = /^(\d+)\. /.exec(line)?.[1];
    if (item) for (const kind of [' step ', ' law ', '.']) places.add(`${section}${kind}${item}`);
    const named = /^\*\*(?:Rule (\d+)|(S\d+))\./.exec(line);
    if (named) places.add(named[1] ? `${section} rule ${named[1]}` : `${section} ${named[2]}`);
  }
  return places;
}

const places = new Map(CITED.map((page) => [page, placesOf(page)]));

/** The numbers a list like `1, 3 and 4` or `1–2` names; a range of sections names its ends. */
function numbersIn(list: string): string[] {
  return list.split(/, | and /).flatMap((part) => {
    const [from = '', to = from] = part.split('–');
    if (from.includes('.') || to.includes('.')) return [...new Set([from, to])];
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) =>
      String(Number(from) + index),
    );
  });
}

/** Citations of a text that lead nowhere, and `§` that belong to no citation at all. */
function unresolved(text: string, own?: string): string[] {
  const wrong: string[] = [];
  const check = (page: string, place: string) => {
    if (!places.get(page)?.has(place)) wrong.push(`${page} §${place}`);
  };
  const rest = text
    .replace(CITATION, (_all, page, from, to, kind, list, fact, more) => {
      for (const number of numbersIn(to ? `${from}–${to}` : from)) check(page, number);
      if (kind) {
        const word = kind === 'steps' ? 'step' : kind;
        for (const number of numbersIn(list)) check(page, `${from} ${word} ${number}`);
      }
      if (fact) check(page, `${from} ${fact}`);
      for (const [, number] of more.matchAll(/§([\d.]+)/g)) check(page, number);
      return '';
    })
    .replace(STANDARD, '');
  for (const [, page = '', title] of text.matchAll(BY_HEADING)) check(page, `"${title}"`);
  for (const [, path = ''] of text.matchAll(DECISION)) {
    if (!existsSync(join(root, 'docs', path))) wrong.push(path);
  }
  for (const [all, number = ''] of rest.matchAll(/§(\d+(?:\.\d+)*)?.{0,20}/g)) {
    if (own === undefined || !places.get(own)?.has(number)) wrong.push(all);
  }
  return wrong;
}

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('citations', () => {
  it('in comments lead to a section, rule, step or page that is there', () => {
    const wrong = sources.flatMap((file) => unresolved(flat(file)).map((each) => [file, each]));
    expect(wrong).toEqual([]);
    expect(sources.filter((file) => flat(file).match(CITATION)).length).toBeGreaterThan(50);
  });

  it('in the pages themselves do too', () => {
    const wrong = pages.flatMap((file) =>
      unresolved(flat(file), basename(file, '.md')).map((each) => [file, each]),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['architecture §4 step 9', 'architecture §4 step 9'],
    ['traps §2 rule 12', 'traps §2 rule 12'],
    ['traps §1 S99', 'traps §1 S99'],
    ['qobuz-api §1.3–1.9', 'qobuz-api §1.9'],
    ['architecture §4, §99', 'architecture §99'],
    ['libraries, "Nothing"', 'libraries §"Nothing"'],
    ['docs/decisions/no-such-page.md', 'decisions/no-such-page.md'],
    ['another page §5', '§5'],
  ])('would notice that "%s" leads nowhere', (citation, found) => {
    expect(unresolved(citation)).toEqual([found]);
  });
});

describe('pages', () => {
  it('link to files and headings that exist', () => {
    const broken = pages.flatMap((file) =>
      [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
        if (/^[a-z]+:/i.test(target)) return [];
        const [path = '', anchor] = target.split('#', 2);
        const linked = path === '' ? file : join(dirname(file), path);
        if (!existsSync(join(root, linked))) return [[file, target]];
        if (anchor === undefined || !linked.endsWith('.md')) return [];
        const headings = [...textOf(linked).matchAll(/^#+ (.+)$/gm)].map(([, each]) => slug(each!));
        return headings.includes(anchor) ? [] : [[file, target]];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('name parts of the project that exist', () => {
    const path = /`((?:src-(?:main|preload|renderer)|scripts|test|assets|docs)\/[\w./-]*)`/g;
    const gone = pages.flatMap((file) =>
      [...textOf(file).matchAll(path)].flatMap(([, named = '']) =>
        existsSync(join(root, named)) ? [] : [[file, named]],
      ),
    );
    expect(gone).toEqual([]);
  });

  it('speak of the project alone', () => {
    const foreign = pages.flatMap((file) =>
      ['../shared', '/work/', 'registry.npmjs']
        .filter((word) => textOf(file).includes(word))
        .map((word) => [file, word]),
    );
    expect(foreign).toEqual([]);
  });

  it('on decisions give context, choice and consequence in at most 40 lines', () => {
    for (const file of decisions) {
      const text = textOf(file);
      for (const part of ['Context', 'Choice', 'Consequence']) {
        expect(text, file).toContain(`**${part}.**`);
      }
      expect(text.trimEnd().split('\n').length, file).toBeLessThanOrEqual(40);
    }
  });
});

describe('pictures', () => {
  const images = readdirSync(join(root, 'docs/images')).sort();

  it('show each view light and dark, in both sizes, and nothing else', () => {
    const views = new Set(images.map((file) => file.replace(/-(light|dark)-\d+\.webp$/, '')));
    const wanted = [...views].flatMap((view) =>
      ['dark-1280', 'dark-900', 'light-1280', 'light-900'].map((shot) => `${view}-${shot}.webp`),
    );
    expect(images).toEqual(wanted.sort());
    for (const view of [
      'welcome',
      'setup-plan',
      'library',
      'album',
      'queue',
      'links',
      'settings',
    ]) {
      expect(views).toContain(view);
    }
  });

  it('are not too heavy to be cloned', () => {
    const bytes = images.reduce(
      (sum, file) => sum + statSync(join(root, 'docs/images', file)).size,
      0,
    );
    expect(bytes).toBeLessThan(12e6);
  });

  it('are shown by the guide and the README', () => {
    for (const page of [...filesBelow('docs/guide', /[^E]\.md$/), 'README.md']) {
      expect(
        textOf(page).match(/!\[[^\]]+\]\((?:\.\.|docs)\/images\//g)?.length ?? 0,
        page,
      ).toBeGreaterThan(0);
    }
  });
});
