import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A place in the sources that speaks, and the keys it names: `*` stands for one part that is filled in. */
export interface Spoken {
  readonly at: string;
  readonly key: string;
  /** Everything below the key is named too: the place takes the whole section in hand. */
  readonly isSection: boolean;
}

/** What the sources under some folders say, and the calls of `t` whose key cannot be read off the source. */
export interface Speech {
  readonly spoken: readonly Spoken[];
  readonly unreadable: readonly string[];
}

/** What holds all sentences of a language: `words.errors`, `wordsOf(language).returnPage`, `sentencesOf(i18n).errors`. */
const HOLDERS = ['words', 'wordsOf', 'sentencesOf'];

/** Reads every key the sources name: in calls of `t` and `x.t`, and in sections taken from a language's words. */
export function readSpeech(folders: readonly string[], sections: readonly string[]): Speech {
  const spoken: Spoken[] = [];
  const unreadable: string[] = [];
  for (const file of folders.flatMap(sourcesIn)) {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      false,
      file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    );
    const visit = (node: ts.Node): void => {
      const at = () =>
        `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
      const argument =
        ts.isCallExpression(node) && nameOf(node.expression) === 't'
          ? node.arguments[0]
          : undefined;
      if (argument) {
        const keys = keysIn(argument);
        if (keys === null) unreadable.push(at());
        else spoken.push(...keys.map((key) => ({ at: at(), key, isSection: false })));
      }
      const section = sectionIn(node);
      if (section !== null && sections.includes(section.split('.')[0] ?? '')) {
        spoken.push({ at: at(), key: section, isSection: true });
      }
      // The inner part of `words.cli.remedies` is not the whole of `cli`.
      if (section === null) ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { spoken, unreadable };
}

/** Whether a place names a key; `plural` tells the ending of a plural form. */
export function names({ key, isSection }: Spoken, full: string, plural: RegExp): boolean {
  const wanted = key.split('.');
  const held = full.split('.');
  if (isSection ? held.length <= wanted.length : held.length !== wanted.length) return false;
  return wanted.every(
    (part, at) => part === '*' || part === held[at] || part === held[at]?.replace(plural, ''),
  );
}

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file));

/** The last name of what is called or looked into. */
function nameOf(node: ts.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isCallExpression(node) ? nameOf(node.expression) : null;
}

/** The keys an expression may stand for; null when it is not made of literals. */
function keysIn(node: ts.Expression): readonly string[] | null {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return keysIn(node.expression);
  if (ts.isConditionalExpression(node)) {
    const [first, second] = [keysIn(node.whenTrue), keysIn(node.whenFalse)];
    return first && second && [...first, ...second];
  }
  if (!ts.isTemplateExpression(node)) return null;
  return node.templateSpans.reduce<readonly string[]>(
    (starts, { expression, literal }) =>
      starts.flatMap((start) =>
        (keysIn(expression) ?? ['*']).map((part) => start + part + literal.text),
      ),
    [node.head.text],
  );
}

/** The path that is taken from a language's words: `cli.remedies` of `words.cli.remedies`. */
function sectionIn(node: ts.Node): string | null {
  if (!ts.isPropertyAccessExpression(node)) return null;
  const { expression, name } = node;
  const outer = sectionIn(expression);
  if (outer !== null) return `${outer}.${name.text}`;
  return HOLDERS.includes(nameOf(expression) ?? '') ? name.text : null;
}
