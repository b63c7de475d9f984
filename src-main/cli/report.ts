import type { ErrorCode, ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { TrackId } from '../../src-preload/contract/ids.ts';
import type { RunTotals } from '../../src-preload/contract/queue.ts';
import type { Delta, JobView } from '../../src-preload/contract/views.ts';

/** One thing a sync says, as `--json` prints it; the other outputs put it into words. */
export type ReportLine =
  | {
      readonly type: 'planned';
      readonly trackId: TrackId;
      readonly path: string;
      readonly formatId: number;
    }
  | { readonly type: 'started'; readonly trackId: TrackId; readonly path: string }
  | {
      readonly type: 'progress';
      readonly trackId: TrackId;
      readonly receivedBytes: number;
      readonly totalBytes: number;
    }
  | {
      readonly type: 'done';
      readonly trackId: TrackId;
      readonly path: string;
      readonly formatId: number | null;
      readonly bytes: number;
    }
  | ({ readonly type: 'failed' | 'unavailable' } & TrackFault)
  | {
      readonly type: 'notice';
      readonly level: 'info' | 'warning' | 'error';
      readonly code: string;
      readonly message: string;
    }
  | Summary;

/** A track that was not saved and why. `trackId` is null for an album as a whole. */
export interface TrackFault {
  readonly trackId: TrackId | null;
  readonly album: string;
  readonly title: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** How a sync ended; the last line of every output. */
export interface Summary {
  readonly type: 'summary';
  readonly downloaded: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unavailable: number;
  readonly bytes: number;
  readonly failures: readonly TrackFault[];
}

/** A summary of a sync that did nothing yet. */
export const EMPTY_SUMMARY: Summary = {
  type: 'summary',
  downloaded: 0,
  skipped: 0,
  failed: 0,
  unavailable: 0,
  bytes: 0,
  failures: [],
};

/** Turns what a run tells into lines: each track's start, progress and end once, whatever was coalesced. */
export interface Reporter {
  lines(delta: Delta): readonly ReportLine[];
  /** What the run has come to so far. */
  summary(): Summary;
  /** The tracks the service does not hand out, so far. */
  unavailable(): readonly TrackFault[];
  /** Album and title of a track of the run; its id when nothing was told of it yet. */
  nameOf(trackId: unknown): string;
}

/** How a reporter puts things into words. */
export interface ReportWords {
  fault(error: ErrorView): string;
  /** What is said of something, with its name before it. */
  of(subject: string, message: string): string;
  /** That a track is tried again, and when. */
  retrying(job: JobView, reason: string): string;
}

/** A reporter of one run. */
export function createReporter(words: ReportWords): Reporter {
  const started = new Set<string>();
  const ended = new Set<string>();
  const received = new Map<string, number>();
  const retried = new Map<string, number>();
  const failures = new Map<string, TrackFault>();
  const unavailable = new Map<string, TrackFault>();
  const names = new Map<unknown, string>();
  let totals: RunTotals | null = null;

  const faultOf = (job: JobView): TrackFault => {
    const error = job.error ?? { code: 'UNEXPECTED' as const, params: {} };
    return {
      trackId: job.trackId,
      album: job.albumTitle,
      title: job.title,
      code: error.code,
      message: words.fault(error),
    };
  };

  const warning = (code: string, message: string): ReportLine => ({
    type: 'notice',
    level: 'warning',
    code,
    message,
  });

  const trackLines = (job: JobView, trackId: TrackId): ReportLine[] => {
    const { id, state, path, receivedBytes, totalBytes } = job;
    const lines: ReportLine[] = [];
    if (!started.has(id) && (state === 'running' || state === 'done')) {
      started.add(id);
      lines.push({ type: 'started', trackId, path });
    }
    if (state === 'running' && receivedBytes > 0 && received.get(id) !== receivedBytes) {
      received.set(id, receivedBytes);
      lines.push({ type: 'progress', trackId, receivedBytes, totalBytes });
    }
    if (state === 'retrying' && job.error && retried.get(id) !== job.attempts) {
      retried.set(id, job.attempts);
      lines.push(warning(job.error.code, words.retrying(job, words.fault(job.error))));
    }
    if (state === 'done' && !ended.has(id)) {
      lines.push({ type: 'done', trackId, path, formatId: job.formatId, bytes: receivedBytes });
    }
    return lines;
  };

  /** The end of a track without a file, or of an album without tracks. */
  const faultLines = (job: JobView): ReportLine[] => {
    const { id, state } = job;
    if ((state !== 'failed' && state !== 'unavailable') || ended.has(id)) return [];
    const fault = faultOf(job);
    // Covers and booklets never fail anything; that one is missing is worth a line.
    if (job.kind !== 'track') return [warning(fault.code, words.of(job.path, fault.message))];
    (state === 'failed' ? failures : unavailable).set(id, fault);
    return [{ type: state, ...fault }];
  };

  const linesOf = (job: JobView): ReportLine[] => {
    const { id, trackId, state } = job;
    names.set(trackId, `${job.albumTitle} – ${job.title}`);
    const lines = [
      ...(job.kind === 'track' && trackId !== null ? trackLines(job, trackId) : []),
      ...faultLines(job),
    ];
    if (state === 'done' || state === 'failed' || state === 'unavailable') ended.add(id);
    return lines;
  };

  return {
    lines(delta) {
      totals = delta.run?.totals ?? totals;
      return (delta.jobs?.upsert ?? []).flatMap(linesOf);
    },
    summary() {
      if (!totals) return EMPTY_SUMMARY;
      const { downloaded, skipped, failed, bytes } = totals;
      const counts = { downloaded, skipped, failed, unavailable: totals.unavailable, bytes };
      return { ...EMPTY_SUMMARY, ...counts, failures: [...failures.values()] };
    },
    unavailable: () => [...unavailable.values()],
    nameOf: (trackId) => names.get(trackId) ?? String(trackId),
  };
}
