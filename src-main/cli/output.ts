import cliProgress, { type MultiBar, type SingleBar } from 'cli-progress';
import type { Delta } from '../../src-preload/contract/views.ts';
import type { ReportLine, Summary } from './report.ts';
import type { Sentences } from './sentences.ts';

/** Where a sync's lines go: JSON, plain lines or a live terminal. */
export interface Output {
  line(line: ReportLine): void;
  /** Hears every delta, for bars and totals. */
  delta(delta: Delta): void;
  /** Gives the terminal back; before the summary. */
  end(): void;
}

type Write = (text: string) => void;

/** One JSON object a line, nothing else. */
export const createJsonOutput = (write: Write): Output => ({
  line: (line) => write(`${JSON.stringify(line)}\n`),
  delta: () => undefined,
  end: () => undefined,
});

/** Plain lines, for logs and pipes: starts and ends, no progress. */
export const createPlainOutput = (write: Write, sentences: Sentences): Output => ({
  line(line) {
    const text = textOf(line, sentences);
    if (text !== null && line.type !== 'started') write(`${text}\n`);
  },
  delta: () => undefined,
  end: () => undefined,
});

/** A bar for each running track and one for everything, on a terminal. */
export function createLiveOutput(stream: NodeJS.WriteStream, sentences: Sentences): Output {
  const bars: MultiBar = new cliProgress.MultiBar(
    {
      format: '{bar} {share} {label}',
      stream,
      clearOnComplete: true,
      hideCursor: true,
      barsize: 20,
      autopadding: true,
      linewrap: false,
    },
    cliProgress.Presets.shades_classic,
  );
  const { t, formats } = sentences;
  const running = new Map<string, SingleBar>();
  const total = bars.create(1, 0, { label: '', share: '' });
  let ended = false;

  return {
    line(line) {
      const text = textOf(line, sentences);
      if (text === null || line.type === 'started') return;
      if (ended) stream.write(`${text}\n`);
      else bars.log(`${text}\n`);
    },
    delta(delta) {
      for (const job of delta.jobs?.upsert ?? []) {
        const bar = running.get(job.id);
        if (job.state !== 'running') {
          if (bar) bars.remove(bar);
          running.delete(job.id);
          continue;
        }
        const share = formats.percent(job.receivedBytes / Math.max(1, job.totalBytes));
        const label = `${job.artist} – ${job.title}`;
        if (bar) bar.update(Math.min(job.receivedBytes, job.totalBytes), { label, share });
        else running.set(job.id, bars.create(job.totalBytes, job.receivedBytes, { label, share }));
      }
      const { run } = delta;
      if (!run) return;
      const { plannedBytes, doneBytes, planned, downloaded } = run.totals;
      const left = run.secondsLeft === null ? '' : `, ${formats.span(run.secondsLeft)}`;
      const tracks = t('cli.tracksOf', { done: downloaded, total: planned });
      total.setTotal(Math.max(1, plannedBytes));
      total.update(Math.min(doneBytes, plannedBytes), {
        label: `${tracks}, ${formats.speed(run.bytesPerSecond)}${left}`,
        share: formats.percent(doneBytes / Math.max(1, plannedBytes)),
      });
    },
    end() {
      ended = true;
      bars.stop();
    },
  };
}

/** A line in words; null for what only machines want to read. */
export function textOf(line: ReportLine, { t, formats }: Sentences): string | null {
  switch (line.type) {
    case 'planned':
      return t('cli.planned', { path: line.path });
    case 'started':
      return line.path;
    case 'progress':
      return null;
    case 'done':
      return t('cli.done', { path: line.path, size: formats.bytes(line.bytes) });
    case 'failed':
      return t('cli.failed', { album: line.album, title: line.title, message: line.message });
    case 'unavailable':
      return t('cli.unavailable', { album: line.album, title: line.title, message: line.message });
    case 'notice':
      return line.message;
    case 'summary':
      return summaryText(line, { t, formats });
  }
}

function summaryText(summary: Summary, { t, formats }: Pick<Sentences, 't' | 'formats'>): string {
  const counts = t('cli.summary', {
    downloaded: formats.count(summary.downloaded),
    skipped: formats.count(summary.skipped),
    unavailable: formats.count(summary.unavailable),
    failed: formats.count(summary.failed),
    size: formats.bytes(summary.bytes),
  });
  const failures = summary.failures.map(
    (failure) => `  ${failure.album} – ${failure.title}: ${failure.message}`,
  );
  return [counts, ...failures].join('\n');
}
