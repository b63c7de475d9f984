import { join } from 'node:path';
import ts from 'typescript';

/** A place in the sources that speaks, and the key it names. */
export interface Spoken {
  readonly at: string;
  readonly key: string;
  /** Everything below the key is named too: the place takes the whole section in hand. */
  readonly isSection: boolean;
}

/** What the sources say, and the calls of `t` whose keys cannot be read off them. */
export interface Speech {
  readonly spoken: readonly Spoken[];
  readonly unreadable: readonly string[];
}

/** What holds all sentences of a language: `words.errors`, `wordsOf(language).returnPage`, `sentencesOf(i18n).errors`. */
const HOLDERS = ['words', 'wordsOf', 'sentencesOf'];

/**
 * Reads every key the sources of a TypeScript project below one of its folders name: in calls of `t` and `x.t`, whose
 * holes are filled with every value their type allows, and in sections taken from a language's words. Takes seconds:
 * the compiler has to know the types.
 */
export function readSpeech(
  project: string,
  config: string,
  folder: string,
  sections: readonly string[],
): Speech {
  const program = programOf(join(project, config), join(project, folder));
  const keysIn = keyReader(program.getTypeChecker());
  const spoken: Spoken[] = [];
  const unreadable: string[] = [];
  for (const source of program.getSourceFiles().filter(isBelow(join(project, folder)))) {
    const visit = (node: ts.Node): void => {
      const at = () =>
        `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
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
export const names = ({ key, isSection }: Spoken, full: string, plural: RegExp): boolean =>
  isSection ? full.startsWith(`${key}.`) : full === key || full.replace(plural, '') === key;

const isBelow =
  (folder: string) =>
  ({ fileName }: ts.SourceFile): boolean =>
    fileName.startsWith(`${folder.replaceAll('\\', '/')}/`);

function programOf(config: string, folder: string): ts.Program {
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  );
  if (!parsed) throw new Error(`${config} cannot be read`);
  const prefix = `${folder.replaceAll('\\', '/')}/`;
  const files = parsed.fileNames.filter((file) => file.startsWith(prefix));
  return ts.createProgram(files, { ...parsed.options, noEmit: true });
}

/** The last name of what is called or looked into. */
function nameOf(node: ts.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isCallExpression(node) ? nameOf(node.expression) : null;
}

/** Reads the keys an expression may stand for; null when they are not a handful that is known beforehand. */
function keyReader(checker: ts.TypeChecker) {
  const keysIn = (node: ts.Expression): readonly string[] | null => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isParenthesizedExpression(node)) return keysIn(node.expression);
    if (ts.isConditionalExpression(node)) {
      const [first, second] = [keysIn(node.whenTrue), keysIn(node.whenFalse)];
      return first && second && [...first, ...second];
    }
    if (!ts.isTemplateExpression(node)) return literalsOf(node);
    return node.templateSpans.reduce<readonly string[] | null>(
      (starts, { expression, literal }) => {
        const parts = keysIn(expression);
        return (
          starts &&
          parts &&
          starts.flatMap((start) => parts.map((part) => start + part + literal.text))
        );
      },
      [node.head.text],
    );
  };
  const literalsOf = (node: ts.Expression): readonly string[] | null => {
    const type = checker.getTypeAtLocation(node);
    const values = (type.isUnion() ? type.types : [type]).map((each) =>
      each.isStringLiteral() ? each.value : null,
    );
    const known = values.filter((value) => value !== null);
    return known.length === values.length ? known : null;
  };
  return keysIn;
}

/** The path that is taken from a language's words: `cli.remedies` of `words.cli.remedies`. */
function sectionIn(node: ts.Node): string | null {
  if (!ts.isPropertyAccessExpression(node)) return null;
  const { expression, name } = node;
  const outer = sectionIn(expression);
  if (outer !== null) return `${outer}.${name.text}`;
  return HOLDERS.includes(nameOf(expression) ?? '') ? name.text : null;
}
