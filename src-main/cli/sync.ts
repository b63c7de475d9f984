import { resolve } from 'node:path';
import { ERRORS, type ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { Preference } from '../../src-preload/contract/formats.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError } from '../errors.ts';
import { openEngine } from './open-engine.ts';
import { createJsonOutput, createLiveOutput, createPlainOutput, type Output } from './output.ts';
import { createReporter, EMPTY_SUMMARY, type Summary } from './report.ts';
import type { Sentences } from './sentences.ts';
import { signInFromEnvironment } from './sign-in.ts';

/** What `crateful sync` was told. */
export interface SyncOptions {
  readonly to?: string;
  readonly format?: Preference;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly concurrency?: number;
  readonly newRoot?: boolean;
  readonly verbose?: boolean;
}

/** Exit code after Ctrl-C (128 + SIGINT). */
const INTERRUPTED = 130;

/**
 * Syncs or previews and gives the exit code: 0 fine, 1 some track failed, 3 sign-in needed, 4 folder or disk,
 * 5 the service changed, 130 interrupted. The summary is the last line, however it ended.
 */
export async function sync(
  options: SyncOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const output = outputFor(options, sentences);
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  let ended: Ended;
  try {
    ended = await withEngine(options, version, (engine) =>
      options.dryRun
        ? preview(engine, options, output)
        : run(engine, options, { sentences, output, signal: interrupt.signal }),
    );
  } catch (error) {
    ended = { summary: EMPTY_SUMMARY, fault: asCratefulError(error).toView() };
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
  const { fault, summary } = ended;
  output.end();
  if (fault) {
    const { sentence, remedy } = sentences.fault(fault);
    const message = `${sentence} ${remedy}`;
    output.line({ type: 'notice', level: 'error', code: fault.code, message });
  }
  output.line(summary);
  if (interrupt.signal.aborted) return INTERRUPTED;
  return fault ? ERRORS[fault.code].exit : summary.failed > 0 ? 1 : 0;
}

interface Ended {
  readonly summary: Summary;
  /** What stopped it, when something did. */
  readonly fault: ErrorView | null;
}

function outputFor(options: SyncOptions, sentences: Sentences): Output {
  const write = (text: string) => void process.stdout.write(text);
  if (options.json) return createJsonOutput(write);
  if (process.stdout.isTTY && !options.dryRun) return createLiveOutput(process.stdout, sentences);
  return createPlainOutput(write, sentences);
}

async function withEngine<Result>(
  options: SyncOptions,
  version: string,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const { concurrency, verbose } = options;
  const engine = await openEngine({ concurrency, verbose }, version);
  try {
    await signInFromEnvironment(engine);
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}

async function preview(engine: Engine, options: SyncOptions, output: Output): Promise<Ended> {
  const folder = options.to === undefined ? null : resolve(options.to);
  const plan = await engine.plan({ folder, preference: options.format ?? null });
  const items = plan.albums.flatMap((album) => album.items);
  const tracks = items.filter((item) => item.kind === 'track');
  for (const { action, trackId, path, formatId } of tracks) {
    const fetched = action === 'download' || action === 'replace';
    if (fetched && trackId !== null && formatId !== null) {
      output.line({ type: 'planned', trackId, path, formatId });
    }
  }
  const count = (...actions: readonly string[]) =>
    tracks.filter((item) => actions.includes(item.action)).length;
  const summary: Summary = {
    ...EMPTY_SUMMARY,
    skipped: count('keep', 'adopt'),
    unavailable: count('unavailable'),
  };
  return { summary, fault: null };
}

async function run(
  engine: Engine,
  options: SyncOptions,
  at: { readonly sentences: Sentences; readonly output: Output; readonly signal: AbortSignal },
): Promise<Ended> {
  const { output, sentences, signal } = at;
  const { settings } = await engine.snapshot();
  if (options.to !== undefined) {
    const anew = options.newRoot ?? false;
    await engine.useFolder(resolve(options.to), { anew });
  } else if (options.newRoot) await engine.startRootAnew();
  if (options.format !== undefined && options.format !== settings.preference) {
    await engine.updateSettings({ preference: options.format });
  }
  const reporter = createReporter((error) => sentences.fault(error).sentence);
  engine.onDelta((delta) => {
    output.delta(delta);
    for (const line of reporter.lines(delta)) output.line(line);
  });
  const stop = () => void engine.stopSync();
  signal.addEventListener('abort', stop);
  if (signal.aborted) return { summary: EMPTY_SUMMARY, fault: null };
  const ended = await engine.startSync();
  signal.removeEventListener('abort', stop);
  return { summary: reporter.summary(ended), fault: ended.error };
}
