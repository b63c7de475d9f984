import { ERRORS, type ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError, hasCode } from '../errors.ts';
import { INTERRUPTED, listenForInterruption } from './interruption.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';

/** Wrong usage: nothing is called so. */
const USAGE = 2;

/** What a command over the engine works with. */
export interface Over {
  readonly json: boolean;
  readonly sentences: Sentences;
  readonly version: string;
}

/**
 * Opens the engine for a command and ends it again. Gives the exit code of its work, 130 when it was interrupted, else
 * that of what went wrong, after saying so: as a line of JSON, or on standard error.
 */
export async function overEngine(
  over: Over,
  work: (engine: Engine, signal: AbortSignal) => Promise<number>,
  lastWords: () => void = () => undefined,
): Promise<number> {
  const interruption = listenForInterruption(lastWords);
  const { signal } = interruption;
  try {
    const engine = await openEngine({}, over.version);
    try {
      signal.throwIfAborted();
      return await work(engine, signal);
    } finally {
      await engine.dispose();
    }
  } catch (error) {
    if (signal.aborted || hasCode(error, 'CANCELLED')) return INTERRUPTED;
    const fault = asCratefulError(error).toView();
    sayFault(fault, over);
    return ERRORS[fault.code].exit;
  } finally {
    interruption.dispose();
  }
}

function sayFault(fault: ErrorView, { json, sentences }: Over): void {
  const message = `${sentences.sentence(fault)} ${sentences.remedy(fault.code)}`;
  if (json) jsonLine({ type: 'notice', level: 'error', code: fault.code, message });
  else process.stderr.write(`${message}\n`);
}

/** Whether a fault is about one thing of several, and no reason to leave the others. */
export function isOfOne({ code }: ErrorView): boolean {
  const { scope } = ERRORS[code];
  return scope === 'request' || scope === 'track';
}

/** Says on standard error that something was not understood. Gives the exit code. */
export function usage(text: string): number {
  process.stderr.write(`${text}\n`);
  return USAGE;
}

/** One object on a line of standard output. */
export const jsonLine = (line: object): void =>
  void process.stdout.write(`${JSON.stringify(line)}\n`);

/** A line to read on standard output. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** All pages of a list, each asked with what the one before it says; null begins. */
export async function allPages<Page extends { readonly next: Cursor | null }, Cursor>(
  page: (after: Cursor | null) => Promise<Page>,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let after: Cursor | null = null;
  do {
    const next: Page = await page(after);
    pages.push(next);
    after = next.next;
  } while (after !== null);
  return pages;
}
