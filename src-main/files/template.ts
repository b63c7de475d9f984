/** Naming templates: read, checked and filled in (names-and-layout §1; syntax in `contract/naming.ts`). Pure. */
import {
  DEFAULT_TEMPLATE,
  TEMPLATE_WORDS,
  type TemplateProblem,
  type TemplateWord,
} from '../../src-preload/contract/naming.ts';

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly word: TemplateWord }
  | { readonly kind: 'break' };

/** Text and words in a row; an optional part is left out when one of its words says nothing. */
interface Part {
  readonly optional: boolean;
  readonly pieces: readonly Piece[];
}

/** A template that can be filled in: the album's folder, and what names a track below it. */
export interface Template {
  readonly folder: readonly Part[];
  readonly file: readonly Part[];
}

/** Why a template cannot be used, and the word or part it is about. */
export interface TemplateFault {
  readonly problem: TemplateProblem;
  readonly at: string | null;
}

/** Words whose value differs between the tracks of one album. */
const TRACK_WORDS: ReadonlySet<TemplateWord> = new Set(['disc', 'track', 'title', 'artist']);

class Fault extends Error {
  readonly fault: TemplateFault;

  constructor(problem: TemplateProblem, at: string | null = null) {
    super(problem);
    this.fault = { problem, at };
  }
}

/**
 * Reads a template. The album's folder ends at the last `/` outside of `<…>` before the first word that differs
 * between tracks; it must name the album, so that no two albums share a folder.
 */
export function parseTemplate(source: string): Template | TemplateFault {
  try {
    const parts = readParts(source);
    requireRelative(source);
    requireComponents(parts);
    requireTitle(parts);
    return splitAtFolder(parts);
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

/** What is wrong with a template; null for one that can be used. */
export function templateFault(source: string): TemplateFault | null {
  const parsed = parseTemplate(source);
  return 'problem' in parsed ? parsed : null;
}

/** The template of a text that was checked when it was stored; the default for one that no longer passes. */
export function templateOf(source: string): Template {
  const parsed = parseTemplate(source);
  return 'problem' in parsed ? templateOf(DEFAULT_TEMPLATE) : parsed;
}

function readParts(source: string): Part[] {
  const parts: Part[] = [];
  let pieces: Piece[] = [];
  let opened: number | null = null;
  const close = (optional: boolean) => {
    if (pieces.length > 0) parts.push({ optional, pieces });
    pieces = [];
  };
  for (let index = 0; index < source.length; index += 1) {
    const rest = source.slice(index);
    const character = rest.charAt(0);
    const word = /^\{([^{}<>/]*)\}/.exec(rest);
    if (word) {
      pieces.push({ kind: 'word', word: knownWord(word[1] ?? '') });
      index += word[0].length - 1;
    } else if (character === '/') pieces.push({ kind: 'break' });
    else if (character === '<' && opened === null) {
      close(false);
      opened = index;
    } else if (character === '>' && opened !== null) {
      close(true);
      opened = null;
    } else if ('<>{}'.includes(character)) throw new Fault('unbalanced', rest);
    else pieces.push({ kind: 'text', text: character });
  }
  if (opened !== null) throw new Fault('unbalanced', source.slice(opened));
  close(false);
  return parts;
}

function knownWord(name: string): TemplateWord {
  const word = TEMPLATE_WORDS.find((each) => each === name);
  if (word === undefined) throw new Fault('unknown-word', name);
  return word;
}

function requireRelative(source: string): void {
  const leadsOut = source.split(/[/<>]/).some((part) => /^\s*\.{1,2}\s*$/.test(part));
  if (/^\s*<?\s*(?:\/|[A-Za-z]:)/.test(source) || source.includes('\\') || leadsOut) {
    throw new Fault('not-relative', source);
  }
}

/** Pieces by component, as if all optional parts were there, or none. */
function componentsOf(parts: readonly Part[], withOptional: boolean): Piece[][] {
  const components: Piece[][] = [[]];
  for (const { optional, pieces } of parts) {
    if (optional && !withOptional) continue;
    for (const piece of pieces) {
      if (piece.kind === 'break') components.push([]);
      else components.at(-1)?.push(piece);
    }
  }
  return components;
}

const isBlank = (pieces: readonly Piece[]): boolean =>
  pieces.every((piece) => piece.kind === 'text' && piece.text.trim() === '');

const spell = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) =>
      piece.kind === 'word' ? `{${piece.word}}` : piece.kind === 'text' ? piece.text : '/',
    )
    .join('');

function requireComponents(parts: readonly Part[]): void {
  for (const withOptional of [true, false]) {
    const components = componentsOf(parts, withOptional);
    const index = components.findIndex(isBlank);
    if (index >= 0) throw new Fault('empty-component', components.map(spell).join('/') || null);
  }
  for (const component of componentsOf(parts, true).slice(0, -1)) {
    for (const piece of component) {
      // A disc may have a folder; a folder for each track or artist would take the album apart.
      if (piece.kind !== 'word' || piece.word === 'disc' || !TRACK_WORDS.has(piece.word)) continue;
      throw new Fault('track-word-in-folder', piece.word);
    }
  }
}

const isWord = (piece: Piece, word: TemplateWord): boolean =>
  piece.kind === 'word' && piece.word === word;

/** The title stands in the file's name, whatever is left out. */
function requireTitle(parts: readonly Part[]): void {
  const last = componentsOf(parts, false).at(-1) ?? [];
  if (!last.some((piece) => isWord(piece, 'title'))) throw new Fault('no-title', spell(last));
}

function splitAtFolder(parts: readonly Part[]): Template {
  const folder: Part[] = [];
  const file: Part[] = [];
  /** Since the last fixed break: they go to the folder with the next one, or to the file at the first track word. */
  let open: Part[] = [];
  for (const part of parts) {
    if (file.length > 0) {
      file.push(part);
      continue;
    }
    const first = part.pieces.findIndex(
      (piece) => piece.kind === 'word' && TRACK_WORDS.has(piece.word),
    );
    const end = first < 0 ? part.pieces.length : first;
    const at = part.optional
      ? -1
      : part.pieces.slice(0, end).findLastIndex(({ kind }) => kind === 'break');
    if (at >= 0) {
      folder.push(...open, { optional: false, pieces: part.pieces.slice(0, at) });
      // The break itself ends the folder; before the next one it stands between two components.
      open = [{ optional: false, pieces: part.pieces.slice(at) }];
    } else open.push(part);
    if (first >= 0) {
      file.push(...open);
      open = [];
    }
  }
  const named = folder.some(
    ({ optional, pieces }) => !optional && pieces.some((piece) => isWord(piece, 'album')),
  );
  if (!named) throw new Fault('no-album', null);
  return { folder, file: withoutLeadingBreak(file) };
}

function withoutLeadingBreak(parts: readonly Part[]): Part[] {
  const [first, ...rest] = parts;
  if (first?.pieces[0]?.kind !== 'break') return [...parts];
  return [{ ...first, pieces: first.pieces.slice(1) }, ...rest];
}

/**
 * Fills in parts of a template: the raw text of each component, still to be made safe.
 *
 * @param wordValue a word's value, empty when there is none.
 * @param insteadOf what stands for an empty value outside of `<…>`.
 */
export function fillIn(
  parts: readonly Part[],
  wordValue: (word: TemplateWord) => string,
  insteadOf: (word: TemplateWord) => string = () => '',
): string[] {
  const components = [''];
  const add = (text: string) => {
    components.push(`${components.pop() ?? ''}${text}`);
  };
  for (const { optional, pieces } of parts) {
    if (optional && pieces.some((piece) => piece.kind === 'word' && wordValue(piece.word) === '')) {
      continue;
    }
    for (const piece of pieces) {
      if (piece.kind === 'break') components.push('');
      else if (piece.kind === 'text') add(piece.text);
      else add(wordValue(piece.word) || insteadOf(piece.word));
    }
  }
  return components;
}
