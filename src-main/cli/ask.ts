import { createInterface } from 'node:readline/promises';
import { INTERRUPTED } from './interruption.ts';
import type { Sentences } from './sentences.ts';

/** Wrong usage: nobody can be asked, and nothing says that it is wished. */
const USAGE = 2;

/**
 * Asks on a terminal whether something is wished; anything but a yes, and no answer at all, is a no. Gives null when it
 * is; else says so, with `notDone` where something was done before, and gives the exit code: 0 not wished, 2 nobody can
 * be asked, 130 interrupted.
 */
export async function ask(
  question: string,
  { t }: Sentences,
  notDone: string = t('cli.ask.notDone'),
): Promise<number | null> {
  if (!process.stdin.isTTY) {
    process.stderr.write(`${t('cli.ask.nobody')}\n`);
    return USAGE;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const { promise: closed, resolve } = Promise.withResolvers<string>();
  terminal.once('close', () => resolve(''));
  try {
    const answer = await Promise.race([terminal.question(`${question} `), closed]);
    if (answer.trim().toLowerCase().startsWith(t('cli.ask.yes'))) return null;
    process.stdout.write(`${notDone}\n`);
    return 0;
  } catch (error) {
    // Ctrl-C at a question does not become a signal.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    process.stdout.write(`\n${notDone}\n`);
    return INTERRUPTED;
  } finally {
    terminal.close();
  }
}
