import { resolve } from 'node:path';
import { ERRORS, type ErrorView } from '../../src-preload/contract/error-codes.ts';
import { systemClock } from '../clock.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError, hasCode } from '../errors.ts';
import { followRun, type Outcome, outputOfRun } from './follow-run.ts';
import { INTERRUPTED, listenForInterruption } from './interruption.ts';
import { openEngine } from './open-engine.ts';
import type { Ending, Output } from './output.ts';
import { preview } from './preview.ts';
import { EMPTY_SUMMARY } from './report.ts';
import type { Sentences } from './sentences.ts';
import { signInFromEnvironment } from './sign-in.ts';
import type { SyncOptions } from './sync-options.ts';

const NOTHING: Outcome = { summary: EMPTY_SUMMARY, unavailable: [], fault: null, planned: null };

/**
 * Syncs or previews and gives the exit code: 0 fine, 1 some track failed, 3 sign-in needed, 4 folder or disk,
 * 5 the service changed, 130 interrupted. The summary is the last thing said, however it ended.
 */
export async function sync(
  options: SyncOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  // Bars and a log would write over each other.
  const live = !options.dryRun && !options.verbose;
  const output = outputOfRun({ json: options.json, live }, sentences);
  const startedMs = systemClock.now();
  let outcome: () => Outcome = () => NOTHING;
  const end = (): Ending => {
    const seconds = (systemClock.now() - startedMs) / 1000;
    const ending = { ...outcome(), interrupted: interruption.signal.aborted, seconds };
    output.end(ending);
    return ending;
  };
  const interruption = listenForInterruption(() => void end());
  const { signal } = interruption;
  const at = { sentences, output, signal };
  try {
    await withEngine(options, version, signal, async (engine) => {
      if (options.dryRun) {
        const previewed = await preview(engine, options, at);
        outcome = () => ({ ...previewed, fault: null });
      } else {
        await run(engine, options, { ...at, onOutcome: (now) => (outcome = now) });
      }
    });
  } catch (error) {
    const { unavailable, summary } = outcome();
    // What was under way when somebody pressed Ctrl-C was cancelled, whatever it says itself.
    const stopped = signal.aborted || hasCode(error, 'CANCELLED');
    const fault = stopped ? null : asCratefulError(error).toView();
    outcome = () => ({ summary, unavailable, fault, planned: null });
  }
  const { fault, summary, interrupted } = end();
  interruption.dispose();
  if (interrupted) return INTERRUPTED;
  return fault ? ERRORS[fault.code].exit : summary.failed > 0 ? 1 : 0;
}

async function withEngine(
  options: SyncOptions,
  version: string,
  signal: AbortSignal,
  work: (engine: Engine) => Promise<void>,
): Promise<void> {
  const { concurrency, verbose } = options;
  const engine = await openEngine({ concurrency, verbose }, version);
  try {
    signal.throwIfAborted();
    await signInFromEnvironment(engine, signal);
    await work(engine);
  } finally {
    await engine.dispose();
  }
}

async function run(
  engine: Engine,
  options: SyncOptions,
  at: {
    readonly sentences: Sentences;
    readonly output: Output;
    readonly signal: AbortSignal;
    /** Hears how to read what the run has come to. */
    readonly onOutcome: (outcome: () => Outcome) => void;
  },
): Promise<void> {
  const { output, sentences, signal } = at;
  await chooseFolder(engine, options);
  const outcome = followRun(engine, output, sentences);
  let fault: ErrorView | null = null;
  at.onOutcome(() => outcome(fault));
  signal.throwIfAborted();
  signal.addEventListener('abort', () => void engine.stopSync(), { once: true });
  // Whoever asks for a sync here has no other way to end a pause of the queue.
  const { queue } = await engine.snapshot();
  const ended = engine.startSync();
  const [view] = await Promise.all([ended, queue.paused ? engine.queue.resume() : null]);
  fault = view.error;
  // What was fetched is there, with or without it.
  if (!signal.aborted) await engine.care.backUpIfDue().catch(() => undefined);
}

/** Makes the folder of `--to` the one in use, with the format of `--format`. */
async function chooseFolder(engine: Engine, options: SyncOptions): Promise<void> {
  const { to, format: preference, newRoot: anew } = options;
  if (to !== undefined) {
    await engine.useFolder(resolve(to), { anew, preference: preference ?? 'best' });
  } else if (anew) await engine.folders.startAnew();
  if (preference === undefined) return;
  const { settings } = await engine.snapshot();
  if (preference !== settings.preference) await engine.updateSettings({ preference });
}
