import type { Delta, JobView, RunView } from '../../src-preload/contract/views.ts';
import { bar, barColumns } from './bar.ts';
import { createLiveRegion, type LiveRegion, type Terminal } from './live-region.ts';
import { endingText, type Output, textOf } from './output.ts';
import type { Sentences } from './sentences.ts';

/** A bar for each running track and one for everything, on a terminal; what was saved scrolls by above. */
export function createLiveOutput(
  terminal: Terminal,
  sentences: Sentences,
  writeError: (text: string) => void,
): Output {
  const region: LiveRegion = createLiveRegion(terminal);
  const running = new Map<string, JobView>();
  let run: RunView | null = null;
  let ended = false;

  const draw = () => {
    // A last delta may still be on its way when the end was told.
    if (!run || ended) return;
    const width = barColumns(terminal.columns);
    const jobs = [...running.values()].map((job) => jobLine(job, width, sentences));
    region.draw([...jobs, totalLine(run, width, sentences)]);
  };

  return {
    line(line) {
      const text = line.type === 'started' ? null : textOf(line, sentences);
      if (text !== null) region.log(text);
    },
    delta(delta: Delta) {
      for (const job of delta.jobs?.upsert ?? []) {
        if (job.state === 'running') running.set(job.id, job);
        else running.delete(job.id);
      }
      run = delta.run ?? run;
      draw();
    },
    end(ending) {
      ended = true;
      region.end();
      const { text, error } = endingText(ending, sentences);
      if (text !== '') terminal.write(`${text}\n`);
      if (error !== null) writeError(`${error}\n`);
    },
  };
}

const STAGES = ['asking', 'fetching', 'verifying', 'tagging', 'saving'] as const;

function jobLine(job: JobView, columns: number, sentences: Sentences): string {
  const share = job.receivedBytes / Math.max(1, job.totalBytes);
  const label = job.artist === '' ? job.title : `${job.artist} – ${job.title}`;
  const stageName = (stage: (typeof STAGES)[number]) => sentences.t(`cli.live.${stage}`);
  const widest = Math.max(...STAGES.map((each) => stageName(each).length));
  const stage = stageName(job.stage ?? 'asking').padEnd(widest);
  return `${bar(share, columns, sentences)}  ${stage}  ${label}`;
}

function totalLine(run: RunView, columns: number, sentences: Sentences): string {
  const { t, formats } = sentences;
  const { totals } = run;
  const share = totals.doneBytes / Math.max(1, totals.plannedBytes);
  const facts = [
    t('cli.live.tracks', {
      done: formats.count(totals.downloaded + totals.skipped + totals.unavailable + totals.failed),
      total: formats.count(totals.planned),
    }),
    t('cli.live.bytes', {
      done: formats.bytes(totals.doneBytes),
      total: formats.size(totals.plannedBytes, true),
    }),
    formats.speed(run.bytesPerSecond),
  ];
  if (run.state === 'stopping') return t('cli.live.stopping');
  if (run.albumsTotal === null) return t('cli.live.preparing');
  if (!run.listingDone) {
    const done = formats.count(run.albumsListed);
    facts.push(t('cli.live.listing', { done, total: formats.count(run.albumsTotal) }));
  }
  if (run.secondsLeft !== null && run.secondsLeft > 0) {
    facts.push(t('cli.live.left', { span: formats.span(run.secondsLeft) }));
  }
  return `${bar(share, columns, sentences)}  ${facts.join(' · ')}`;
}
