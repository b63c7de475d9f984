import { ERRORS } from '../../src-preload/contract/error-codes.ts';
import type { StepOutcome } from '../../src-preload/contract/steps.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError, hasCode } from '../errors.ts';
import { ask } from './ask.ts';
import { INTERRUPTED, listenForInterruption } from './interruption.ts';
import { openEngine } from './open-engine.ts';
import { createRearrangeOutput, type RearrangeOutput } from './rearrange-output.ts';
import type { Sentences } from './sentences.ts';

/** What `crateful rearrange` was told. */
export interface RearrangeOptions {
  readonly dryRun?: boolean;
  /** Takes the last rearrangement back. */
  readonly undo?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * `crateful rearrange`: moves albums to where the naming template of the folder puts them, after showing what moves and
 * asking; with `--undo` gives the files of the last time their old names. Gives the exit code: 0 done or nothing to do,
 * 1 some file stays where it is and is named, 2 nobody can be asked, 4 folder or disk, 130 interrupted and taken back.
 */
export async function rearrange(
  options: RearrangeOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const output = createRearrangeOutput(options, sentences);
  const interruption = listenForInterruption(() => output.close());
  try {
    const engine = await openEngine({}, version);
    const stop = engine.onDelta(({ step }) => {
      if (step) output.progress(step);
    });
    try {
      const take = options.undo ? undo : move;
      return await take(engine, { options, output, sentences, signal: interruption.signal });
    } finally {
      stop();
      await engine.dispose();
    }
  } catch (error) {
    if (hasCode(error, 'CANCELLED')) {
      output.cancelled();
      return INTERRUPTED;
    }
    const fault = asCratefulError(error).toView();
    output.fault(fault);
    return ERRORS[fault.code].exit;
  } finally {
    interruption.dispose();
  }
}

interface Of {
  readonly options: RearrangeOptions;
  readonly output: RearrangeOutput;
  readonly sentences: Sentences;
  readonly signal: AbortSignal;
}

async function move(engine: Engine, { options, output, sentences, signal }: Of): Promise<number> {
  // What a killed process left between its names is no state to plan from.
  if (!options.dryRun) await engine.steps.resume();
  const preview = await engine.rearranging.preview();
  output.preview(preview);
  if (options.dryRun || preview.files === 0) return 0;
  const question = `${sentences.t('rearrange.how')}\n${sentences.t('cli.rearrange.ask')}`;
  const refusal = options.yes ? null : await ask(question, sentences);
  if (refusal !== null) return refusal;
  const cancel = () => {
    if (signal.aborted) void engine.steps.cancel();
  };
  // While it is being planned there is nothing to cancel yet: what moves then says so.
  const stop = engine.onDelta(cancel);
  signal.addEventListener('abort', cancel);
  try {
    return ended(await engine.rearranging.run(), output);
  } finally {
    signal.removeEventListener('abort', cancel);
    stop();
  }
}

/** A signal does not stop it: what was begun to be taken back is, within moments, or by the next start. */
async function undo(engine: Engine, { options, output, sentences }: Of): Promise<number> {
  const { t, formats } = sentences;
  const last = (await engine.steps.list()).find(
    ({ kind, state }) => kind === 'rearrange' && state !== 'returned',
  );
  if (!last) {
    output.nothingToUndo();
    return 0;
  }
  const question = t('cli.rearrange.askUndo', {
    count: last.files,
    amount: formats.count(last.files),
    date: formats.date(last.begunAtMs / 1000),
  });
  const refusal = options.yes ? null : await ask(question, sentences);
  return refusal ?? ended(await engine.steps.undo(last.id), output);
}

function ended(outcome: StepOutcome, output: RearrangeOutput): number {
  output.outcome(outcome);
  return outcome.stayed.length > 0 ? 1 : 0;
}
