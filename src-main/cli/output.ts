import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { formatName } from '../../src-preload/contract/formats.ts';
import type { Delta } from '../../src-preload/contract/views.ts';
import type { ReportLine, Summary, TrackFault } from './report.ts';
import type { Sentences } from './sentences.ts';

/** How a sync or a preview ended. */
export interface Ending {
  readonly summary: Summary;
  readonly unavailable: readonly TrackFault[];
  /** What stopped it, when something did. */
  readonly fault: ErrorView | null;
  readonly interrupted: boolean;
  /** What a preview would fetch; null for a sync. */
  readonly planned: { readonly tracks: number; readonly bytes: number } | null;
  readonly seconds: number;
}

/** Where a sync's lines go: JSON, plain lines or a live terminal. */
export interface Output {
  line(line: ReportLine): void;
  /** Hears every delta, for bars and totals. */
  delta(delta: Delta): void;
  /** Gives the terminal back and says how it ended; nothing follows. */
  end(ending: Ending): void;
}

type Write = (text: string) => void;

/** One JSON object a line, nothing else; the summary is the last. */
export function createJsonOutput(write: Write, sentences: Sentences): Output {
  const line = (each: ReportLine) => write(`${JSON.stringify(each)}\n`);
  return {
    line,
    delta: () => undefined,
    end({ fault, summary }) {
      if (fault) {
        const message = faultText(fault, sentences);
        line({ type: 'notice', level: 'error', code: fault.code, message });
      }
      line(summary);
    },
  };
}

/** Plain lines, for logs and pipes: what was saved and what failed, no progress. */
export function createPlainOutput(write: Write, writeError: Write, sentences: Sentences): Output {
  return {
    line(line) {
      const text = textOf(line, sentences);
      if (text !== null) write(`${text}\n`);
    },
    delta: () => undefined,
    end(ending) {
      const { text, error } = endingText(ending, sentences);
      if (text !== '') write(`${text}\n`);
      if (error !== null) writeError(`${error}\n`);
    },
  };
}

/** A line in words; null for what the end says together, or only machines want to read. */
export function textOf(line: ReportLine, { t, formats }: Sentences): string | null {
  switch (line.type) {
    case 'planned':
      return t('cli.planned', {
        path: line.path,
        format: formatName(line.formatId),
      });
    case 'done':
      return t('cli.done', { path: line.path, size: formats.bytes(line.bytes) });
    case 'failed':
      return t('cli.failed', { album: line.album, title: line.title, message: line.message });
    case 'notice':
      return line.level === 'info' ? null : line.message;
    default:
      return null;
  }
}

/** The last words: counts with every reason, and apart from them what stopped it. */
export function endingText(
  ending: Ending,
  sentences: Sentences,
): { readonly text: string; readonly error: string | null } {
  const { t } = sentences;
  const { summary, fault } = ending;
  const error = fault ? faultText(fault, sentences) : null;
  const counted = summary.downloaded + summary.skipped + summary.unavailable + summary.failed;
  if (counted === 0 && (fault || ending.interrupted)) {
    return { text: ending.interrupted ? t('cli.outcome.stopped') : '', error };
  }
  return {
    text: [
      ...faultsText(t('cli.outcome.unavailable'), ending.unavailable, sentences, () => ''),
      ...faultsText(
        t('cli.outcome.failed'),
        summary.failures,
        sentences,
        (code) => ` ${sentences.remedy(code)}`,
      ),
      ...outcomeText(ending, sentences),
    ].join('\n'),
    error,
  };
}

function outcomeText(ending: Ending, { t, formats }: Sentences): readonly string[] {
  const { summary, planned } = ending;
  const counts = {
    downloaded: formats.count(summary.downloaded),
    skipped: formats.count(summary.skipped),
    unavailable: formats.count(summary.unavailable),
    failed: formats.count(summary.failed),
    size: formats.bytes(summary.bytes),
  };
  if (ending.interrupted) return [t('cli.outcome.stopped'), t('cli.outcome.counts', counts)];
  if (planned) {
    const tracks = t('cli.tracks', {
      count: planned.tracks,
      amount: formats.count(planned.tracks),
    });
    return [
      planned.tracks === 0
        ? t('cli.outcome.nothingPlanned')
        : t('cli.outcome.planned', { tracks, size: formats.bytes(planned.bytes) }),
      t('cli.outcome.plannedCounts', counts),
    ];
  }
  if (ending.fault) return [t('cli.outcome.counts', counts)];
  const idle = summary.downloaded + summary.failed === 0;
  return [
    idle
      ? t('cli.outcome.upToDate')
      : t('cli.outcome.finished', { span: formats.span(ending.seconds) }),
    t('cli.outcome.counts', counts),
  ];
}

/** Faults of one album with the same reason share a line: a pre-order is one matter, not twelve. */
function faultsText(
  heading: string,
  faults: readonly TrackFault[],
  sentences: Sentences,
  more: (code: TrackFault['code']) => string,
): readonly string[] {
  if (faults.length === 0) return [];
  const groups = new Map<string, TrackFault[]>();
  for (const fault of faults) {
    const key = `${fault.album}\n${fault.message}`;
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    // Without a track it concerns the album as a whole, whose title then stands alone.
    const titles = group.filter(({ trackId }) => trackId !== null).map(({ title }) => title);
    const subject = [first.album, ...(titles.length > 0 ? [titles.join(', ')] : [])].join(' – ');
    return [`  ${sentences.of(subject, first.message)}${more(first.code)}`];
  });
  return ['', heading, ...lines, ''];
}

function faultText(fault: ErrorView, sentences: Sentences): string {
  return `${sentences.sentence(fault)} ${sentences.remedy(fault.code)}`;
}
