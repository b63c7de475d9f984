import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type {
  RearrangePreview,
  StepOutcome,
  StepProgress,
} from '../../src-preload/contract/steps.ts';
import { bar, barColumns } from './bar.ts';
import { createLiveRegion } from './live-region.ts';
import type { Sentences } from './sentences.ts';

/** Where the lines of a rearrangement go. */
export interface RearrangeOutput {
  preview(preview: RearrangePreview): void;
  progress(step: StepProgress): void;
  outcome(outcome: StepOutcome): void;
  nothingToUndo(): void;
  /** It was interrupted and taken back. */
  cancelled(): void;
  fault(fault: ErrorView): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** JSON, plain lines, or a bar on a terminal. */
export function createRearrangeOutput(
  { json }: { readonly json?: boolean },
  sentences: Sentences,
): RearrangeOutput {
  return json ? jsonOutput(sentences) : textOutput(sentences);
}

function jsonOutput({ sentence, remedy }: Sentences): RearrangeOutput {
  const line = (each: object) => void process.stdout.write(`${JSON.stringify(each)}\n`);
  return {
    preview: (preview) => line({ type: 'preview', ...preview }),
    progress({ state, way, filesDone, filesTotal }) {
      if (state === 'running') line({ type: 'progress', way, filesDone, filesTotal });
    },
    outcome: (outcome) => line({ type: 'summary', ...outcome }),
    nothingToUndo: () => line({ type: 'summary', stepId: null, files: 0, stayed: [] }),
    cancelled: () => line({ type: 'summary', state: 'cancelled', files: 0, stayed: [] }),
    fault(fault) {
      const message = `${sentence(fault)} ${remedy(fault.code)}`;
      line({ type: 'notice', level: 'error', code: fault.code, message });
    },
    close: () => undefined,
  };
}

function textOutput(sentences: Sentences): RearrangeOutput {
  const { t, formats, sentence, remedy } = sentences;
  const { stdout } = process;
  const region = stdout.isTTY ? createLiveRegion(stdout) : null;
  const say = (lines: readonly string[]) => {
    region?.end();
    stdout.write(`${lines.join('\n')}\n`);
  };
  return {
    preview: (preview) => say(previewLines(preview, sentences)),
    progress({ state, filesDone, filesTotal }) {
      if (state !== 'running' || filesTotal === 0) return;
      const shown = bar(filesDone / filesTotal, barColumns(stdout.columns), sentences);
      const [done, total] = [formats.count(filesDone), formats.count(filesTotal)];
      region?.draw([`${shown}  ${t('cli.verify.files', { done, total })}`]);
    },
    outcome: (outcome) => say(outcomeLines(outcome, sentences)),
    nothingToUndo: () => say([t('cli.rearrange.nothingToUndo')]),
    cancelled: () => say([t('steps.cancelled')]),
    fault(fault) {
      region?.end();
      process.stderr.write(`${sentence(fault)} ${remedy(fault.code)}\n`);
    },
    close: () => region?.end(),
  };
}

/** Marks that more are not shown. */
const MORE = '  …';

function previewLines(preview: RearrangePreview, { t, formats, of }: Sentences): readonly string[] {
  const { albums, files, examples, lists, keeps, keepsTotal } = preview;
  const counted = (count: number) => ({ count, amount: formats.count(count) });
  const lines =
    files === 0
      ? [t('cli.rearrange.nothing')]
      : [
          t('rearrange.what', { ...counted(albums), files: formats.count(files) }),
          ...examples.flatMap(({ before, after }) => [`  ${before}`, `    → ${after}`]),
          ...(albums > examples.length ? [MORE] : []),
        ];
  if (lists.length > 0) {
    lines.push(t('rearrange.lists', counted(lists.length)), ...lists.map((path) => `  ${path}`));
  }
  if (keepsTotal > 0) {
    lines.push(
      t('rearrange.keeps', counted(keepsTotal)),
      ...keeps.map(({ what, reason }) => `  ${of(what, t(`rearrange.reasons.${reason}`))}`),
      ...(keepsTotal > keeps.length ? [MORE] : []),
    );
  }
  return lines;
}

function outcomeLines(
  { state, files, stayed }: StepOutcome,
  { t, formats, of }: Sentences,
): readonly string[] {
  const way = state === 'moved' ? 'there' : 'back';
  const counted = (count: number) => ({ count, amount: formats.count(count) });
  return [
    t(`steps.done.${way}`, counted(files)),
    ...(stayed.length > 0 ? [`${t('steps.stayed', counted(stayed.length))}:`] : []),
    ...stayed.map(({ path, reason }) => `  ${of(path, t(`cli.rearrange.stays.${reason}`))}`),
    ...(way === 'there' && files > 0 ? [t('cli.rearrange.howToUndo')] : []),
  ];
}
