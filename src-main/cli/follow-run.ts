import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { systemClock } from '../clock.ts';
import type { Engine } from '../engine.ts';
import { createLiveOutput } from './live.ts';
import { noticeOf } from './notices.ts';
import { createJsonOutput, createPlainOutput, type Ending, type Output } from './output.ts';
import { createReporter } from './report.ts';
import type { Sentences } from './sentences.ts';

/** How far a run came, without when and by whom it was ended. */
export type Outcome = Omit<Ending, 'interrupted' | 'seconds'>;

/** The output of a run: JSON, bars where there is a terminal and nothing else writes to it, else plain lines. */
export function outputOfRun(
  { json, live }: { readonly json: boolean | undefined; readonly live: boolean },
  sentences: Sentences,
): Output {
  const { stdout, stderr } = process;
  const write = (text: string) => void stdout.write(text);
  const writeError = (text: string) => void stderr.write(text);
  if (json) return createJsonOutput(write, sentences);
  if (stdout.isTTY && live) return createLiveOutput(stdout, sentences, writeError);
  return createPlainOutput(write, writeError, sentences);
}

/** Tells an output everything of the runs from now on; gives how to read what they have come to. */
export function followRun(
  engine: Engine,
  output: Output,
  sentences: Sentences,
): (fault: ErrorView | null) => Outcome {
  const { t, formats } = sentences;
  const reporter = createReporter({
    fault: sentences.sentence,
    of: sentences.of,
    retrying: ({ albumTitle, title, retryAtMs }, message) => {
      const span = formats.span(((retryAtMs ?? 0) - systemClock.now()) / 1000);
      return t('cli.retrying', { album: albumTitle, title, message, span });
    },
  });
  engine.onDelta((delta) => {
    for (const line of reporter.lines(delta)) output.line(line);
    output.delta(delta);
  });
  engine.events.subscribe((event) => {
    const notice = noticeOf(event, sentences, { clock: systemClock, nameOf: reporter.nameOf });
    if (notice) output.line(notice);
  });
  return (fault) => ({
    summary: reporter.summary(),
    unavailable: reporter.unavailable(),
    fault,
    planned: null,
  });
}
