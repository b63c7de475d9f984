import { once } from 'node:events';
import { resolve } from 'node:path';
import { ERRORS } from '../../src-preload/contract/error-codes.ts';
import type { ExportCounts } from '../../src-preload/contract/receipts.ts';
import { asCratefulError, hasCode } from '../errors.ts';
import type { Sink } from '../files/sink.ts';
import { INTERRUPTED, listenForInterruption } from './interruption.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';

/** What `crateful export` was told; `-` stands for standard output. */
export interface ExportOptions {
  readonly json?: string;
  readonly sha256?: string;
}

/**
 * `crateful export`: writes the receipts of the library in use for other tools. Gives the exit code: 0 everything is
 * there and whole, 1 something is missing or damaged and named, 2 nothing to write to, 4 folder or disk, 130 interrupted.
 */
export async function exportCommand(
  { json, sha256 }: ExportOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const { t } = sentences;
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  if ((json === undefined && sha256 === undefined) || (json === '-' && sha256 === '-')) {
    say(t('cli.export.where'));
    return 2;
  }
  const interruption = listenForInterruption(() => undefined);
  const { signal } = interruption;
  const engine = await openEngine({}, version);
  try {
    const target = (path: string | undefined) =>
      path === undefined ? null : path === '-' ? standardOutput() : resolve(path);
    const to = { json: target(json), sha256: target(sha256) };
    const counts = await engine.receipts.export(to, signal);
    say(summary(counts, sentences));
    return counts.missing + counts.damaged > 0 ? 1 : 0;
  } catch (error) {
    if (signal.aborted || hasCode(error, 'CANCELLED')) {
      say(t('cli.export.stopped'));
      return INTERRUPTED;
    }
    const fault = asCratefulError(error).toView();
    say(`${sentences.sentence(fault)} ${sentences.remedy(fault.code)}`);
    return ERRORS[fault.code].exit;
  } finally {
    interruption.dispose();
    await engine.dispose();
  }
}

/** Standard output, no faster than its reader. */
function standardOutput(): Sink {
  return {
    async write(text) {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    },
    finish: async () => undefined,
    discard: async () => undefined,
  };
}

function summary(counts: ExportCounts, { t, formats }: Sentences): string {
  const { saved, edited, changed, damaged, missing } = counts;
  const files = saved + edited + changed + damaged + missing;
  const lines = [t('cli.export.done', { count: files, amount: formats.count(files) })];
  for (const state of ['edited', 'changed', 'damaged', 'missing'] as const) {
    const count = counts[state];
    if (count > 0) lines.push(t(`cli.export.${state}`, { count, amount: formats.count(count) }));
  }
  return lines.join('\n');
}
