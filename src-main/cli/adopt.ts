import { resolve } from 'node:path';
import {
  ADOPTION_FILTERS,
  ADOPTION_WAYS,
  type AdoptionRow,
  type AdoptionView,
  type AdoptionWay,
  MOST_ADOPTION_ROWS,
} from '../../src-preload/contract/adoption.ts';
import type { Engine } from '../engine.ts';
import { CratefulError, hasCode } from '../errors.ts';
import { type AdoptOutput, createAdoptOutput } from './adopt-output.ts';
import { ask } from './ask.ts';
import { INTERRUPTED, listenForInterruption } from './interruption.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';
import { signInFromEnvironment } from './sign-in.ts';

/** Wrong usage: no folder, or two ways at once. */
const USAGE = 2;

/** What `crateful adopt` was told. */
export interface AdoptOptions {
  readonly to?: string;
  readonly leave?: boolean;
  readonly move?: boolean;
  readonly copy?: boolean;
  readonly likely?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly undo?: boolean;
}

interface Asked {
  readonly options: AdoptOptions;
  readonly sentences: Sentences;
  readonly output: AdoptOutput;
  readonly signal: AbortSignal;
}

/**
 * `crateful adopt DIR`: looks through a folder, says what each file is and why, and after asking takes over what is sure,
 * with `--likely` that as well; `--undo` gives the last taking over back, and names what could not go. A folder of `--to`
 * that is not the library's yet becomes it, after asking. Files in the library's folder are left where they
 * are and others copied, unless a way is named. Gives the exit code: 0 fine, 1 a file stayed or is damaged, 2 usage,
 * 130 interrupted. Throws what the engine throws.
 */
export async function adopt(
  folder: string | undefined,
  options: AdoptOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const ways = ADOPTION_WAYS.filter((way) => options[way]);
  if (options.undo ? folder !== undefined : folder === undefined || ways.length > 1) {
    process.stderr.write(`${sentences.t('cli.adopt.usage')}\n`);
    return USAGE;
  }
  const interruption = listenForInterruption(() => undefined);
  const { signal } = interruption;
  const output = createAdoptOutput(options, sentences);
  const asked: Asked = { options, sentences, output, signal };
  try {
    const engine = await openEngine({}, version);
    try {
      await signInFromEnvironment(engine, signal);
      return folder === undefined
        ? await giveBack(engine, asked)
        : await takeOver(engine, resolve(folder), asked);
    } finally {
      await engine.dispose();
    }
  } catch (error) {
    if (signal.aborted || hasCode(error, 'CANCELLED')) return INTERRUPTED;
    throw error;
  } finally {
    interruption.dispose();
  }
}

async function takeOver(engine: Engine, folder: string, asked: Asked): Promise<number> {
  const { options, output, signal } = asked;
  if (options.to !== undefined && !options.dryRun) {
    const refusal = await chooseFolder(engine, resolve(options.to), asked);
    if (refusal !== null) return refusal;
  }
  const found = await going(engine, () => engine.adoption.scan(folder), signal);
  if (options.likely) {
    engine.adoption.tick({ filter: 'likely', albumId: null, ids: null, chosen: true });
  }
  for (const filter of ADOPTION_FILTERS) output.found(filter, rowsOf(engine, filter));
  const { chosen, place } = engine.adoption.view() ?? found;
  const isInside = place === 'library' || place === 'inside';
  const way = ADOPTION_WAYS.find((each) => options[each]) ?? (isInside ? 'leave' : 'copy');
  output.review(found, chosen);
  if (chosen.files === 0 || options.dryRun) return 0;
  const refusal = await wished(asked, way, chosen.files);
  if (refusal !== null) return refusal;
  const view = await going(engine, () => engine.adoption.take(way), signal);
  if (!view.outcome) throw new CratefulError('CANCELLED');
  output.done(view.outcome);
  return view.outcome.stayedTotal > 0 || view.outcome.damaged > 0 ? 1 : 0;
}

/** Takes a folder into use, after asking where it is another one. Gives null, or the exit code when it is not wished. */
async function chooseFolder(
  engine: Engine,
  path: string,
  { options, sentences }: Asked,
): Promise<number | null> {
  const { root } = await engine.snapshot();
  if (root?.path !== path && !options.yes) {
    const refusal = await ask(sentences.t('cli.adopt.askFolder', { path }), sentences);
    if (refusal !== null) return refusal;
  }
  await engine.useFolder(path, { preference: 'best' });
  return null;
}

async function giveBack(engine: Engine, asked: Asked): Promise<number> {
  const step = await engine.adoption.undoable();
  if (!step) {
    asked.output.undone(null);
    return 0;
  }
  const refusal = await wished(asked, 'undo', step.files);
  if (refusal !== null) return refusal;
  const outcome = await engine.adoption.undo(step.id);
  asked.output.undone(outcome);
  return outcome.stayed.length > 0 ? 1 : 0;
}

/** Waits for what goes on; Ctrl-C ends it, and what was being taken over is given back. Throws how it failed. */
async function going(
  engine: Engine,
  begin: () => Promise<{ readonly ended: Promise<void> }>,
  signal: AbortSignal,
): Promise<AdoptionView> {
  signal.throwIfAborted();
  const { ended } = await begin();
  const cancel = () => void engine.adoption.steer('cancel');
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  await ended;
  signal.removeEventListener('abort', cancel);
  const view = engine.adoption.view();
  if (!view) throw new CratefulError('CANCELLED');
  if (view.error) throw new CratefulError(view.error.code, view.error.params);
  return view;
}

function rowsOf(engine: Engine, filter: (typeof ADOPTION_FILTERS)[number]): readonly AdoptionRow[] {
  const rows: AdoptionRow[] = [];
  for (;;) {
    const page = engine.adoption.page(filter, rows.length, MOST_ADOPTION_ROWS);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

/** Null when it is wished; else the exit code. */
async function wished(
  { options, sentences }: Asked,
  what: AdoptionWay | 'undo',
  files: number,
): Promise<number | null> {
  if (options.yes) return null;
  const { t, formats } = sentences;
  const question = t(`cli.adopt.ask.${what}`, { count: files, amount: formats.count(files) });
  // The folder may be another one by now.
  return ask(question, sentences, what === 'undo' ? undefined : t('cli.adopt.notTaken'));
}
