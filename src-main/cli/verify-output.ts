import type { VerifyFinding, VerifyView } from '../../src-preload/contract/album-view.ts';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { Delta } from '../../src-preload/contract/views.ts';
import { bar, barColumns } from './bar.ts';
import { createLiveRegion } from './live-region.ts';
import { createReporter } from './report.ts';
import type { Sentences } from './sentences.ts';

/** How a check ended. */
export interface VerifyEnding {
  /** Null when none began. */
  readonly view: VerifyView | null;
  /** What is wrong still. */
  readonly broken: readonly VerifyFinding[];
  /** How many files are whole again; null when nothing was to be repaired. */
  readonly repaired: number | null;
  readonly fault: ErrorView | null;
  readonly interrupted: boolean;
}

/** Where the lines of a check go. */
export interface VerifyOutput {
  progress(view: VerifyView): void;
  finding(finding: VerifyFinding): void;
  /** What was found is being fetched again. */
  repairing(): void;
  /** Hears the sync that fetches. */
  sync(delta: Delta): void;
  end(ending: VerifyEnding): void;
}

/** JSON, plain lines, or a bar on a terminal with what was found scrolling by above it. */
export function createVerifyOutput(
  { json }: { readonly json?: boolean },
  sentences: Sentences,
): VerifyOutput {
  return json ? jsonOutput(sentences) : textOutput(sentences);
}

function jsonOutput(sentences: Sentences): VerifyOutput {
  const line = (each: object) => void process.stdout.write(`${JSON.stringify(each)}\n`);
  const reporter = reporterOf(sentences);
  return {
    progress({ state, filesDone, filesTotal, bytesDone, bytesTotal, secondsLeft }) {
      if (state !== 'running') return;
      line({ type: 'progress', filesDone, filesTotal, bytesDone, bytesTotal, secondsLeft });
    },
    finding({ albumId, trackId, albumTitle: album, title, path, problem }) {
      line({ type: 'finding', albumId, trackId, album, title, path, problem });
    },
    repairing: () => undefined,
    sync(delta) {
      for (const each of reporter.lines(delta)) {
        if (each.type !== 'progress') line(each);
      }
    },
    end({ view, broken, repaired, fault }) {
      if (fault) {
        const message = `${sentences.sentence(fault)} ${sentences.remedy(fault.code)}`;
        line({ type: 'notice', level: 'error', code: fault.code, message });
      }
      const of = (problem: string) => broken.filter((each) => each.problem === problem).length;
      const counts = { missing: of('missing'), damaged: of('damaged'), changed: of('changed') };
      const { filesDone: files = 0, bytesDone: bytes = 0 } = view ?? {};
      line({ type: 'summary', files, bytes, ...counts, repaired });
    },
  };
}

const reporterOf = ({ sentence, of }: Sentences) =>
  createReporter({ fault: sentence, of, retrying: (job, reason) => of(job.title, reason) });

function textOutput(sentences: Sentences): VerifyOutput {
  const { t, formats } = sentences;
  const { stdout } = process;
  const region = stdout.isTTY ? createLiveRegion(stdout) : null;
  const say = (text: string) => (region ? region.log(text) : void stdout.write(`${text}\n`));
  const reporter = reporterOf(sentences);
  let ended = false;

  return {
    progress(view) {
      if (ended || view.state !== 'running') return;
      const share = view.bytesDone / Math.max(1, view.bytesTotal);
      const left = view.secondsLeft;
      const facts = [
        t('cli.verify.files', {
          done: formats.count(view.filesDone),
          total: formats.count(view.filesTotal),
        }),
        ...(view.bytesPerSecond === null ? [] : [formats.speed(view.bytesPerSecond)]),
        ...(left === null ? [] : [t('cli.live.left', { span: formats.span(left) })]),
      ];
      const shown = bar(share, barColumns(stdout.columns), sentences);
      region?.draw([`${shown}  ${facts.join(' · ')}`]);
    },
    finding: ({ path, problem }) => say(t(`cli.verify.${problem}`, { path })),
    repairing: () => say(t('cli.verify.repairing')),
    sync(delta) {
      for (const line of reporter.lines(delta)) {
        if (line.type === 'done') {
          say(t('cli.done', { path: line.path, size: formats.bytes(line.bytes) }));
        } else if (line.type === 'failed' || line.type === 'unavailable') {
          const { album, title, message } = line;
          say(t('cli.failed', { album, title, message }));
        }
      }
    },
    end(ending) {
      ended = true;
      region?.end();
      const text = endingText(ending, sentences);
      if (text !== '') stdout.write(`${text}\n`);
      const { fault } = ending;
      if (!fault) return;
      process.stderr.write(`${sentences.sentence(fault)} ${sentences.remedy(fault.code)}\n`);
    },
  };
}

function endingText(ending: VerifyEnding, { t, formats }: Sentences): string {
  const { view, broken, repaired, fault, interrupted } = ending;
  const files = view?.filesDone ?? 0;
  const checked = {
    count: files,
    amount: formats.count(files),
    size: formats.bytes(view?.bytesDone ?? 0),
  };
  if (interrupted || fault) return files > 0 ? t('cli.verify.stopped', checked) : '';
  const lines = [];
  if (repaired !== null) {
    lines.push(t('cli.verify.repaired', { count: repaired, amount: formats.count(repaired) }));
  }
  if (broken.length > 0) {
    const count = broken.length;
    lines.push(t('cli.verify.broken', { count, amount: formats.count(count) }));
    if (repaired === null && broken.some(({ problem }) => problem !== 'changed')) {
      lines.push(t('cli.verify.howToRepair'));
    }
  } else if (repaired === null) lines.push(t('cli.verify.whole', checked));
  return lines.join('\n');
}
