import type { ErrorCode, ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { TrackId } from '../../src-preload/contract/ids.ts';
import type { Delta, JobView, RunView } from '../../src-preload/contract/views.ts';

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

/** Turns the deltas of a run into lines: each track's start, progress and end once, whatever was coalesced. */
export interface Reporter {
  lines(delta: Delta): readonly ReportLine[];
  summary(run: RunView): Summary;
}

/** A reporter that puts faults into words with `message`. */
export function createReporter(message: (error: ErrorView) => string): Reporter {
  const started = new Set<string>();
  const ended = new Set<string>();
  const received = new Map<string, number>();
  const failures = new Map<string, TrackFault>();

  const faultOf = (job: JobView): TrackFault => {
    const error = job.error ?? { code: 'UNEXPECTED' as const, params: {} };
    return {
      trackId: job.trackId,
      album: job.albumTitle,
      title: job.title,
      code: error.code,
      message: message(error),
    };
  };

  const linesOf = (job: JobView): ReportLine[] => {
    if (job.kind !== 'track') return sideLines(job);
    const { id, trackId, state, path } = job;
    const lines: ReportLine[] = [];
    const isEnd = state === 'done' || state === 'failed' || state === 'unavailable';
    if (trackId !== null && !started.has(id) && (state === 'running' || state === 'done')) {
      started.add(id);
      lines.push({ type: 'started', trackId, path });
    }
    if (trackId !== null && state === 'running' && received.get(id) !== job.receivedBytes) {
      const { receivedBytes, totalBytes } = job;
      received.set(id, receivedBytes);
      if (receivedBytes > 0) lines.push({ type: 'progress', trackId, receivedBytes, totalBytes });
    }
    if (!isEnd) ended.delete(id);
    if (!isEnd || ended.has(id)) return lines;
    ended.add(id);
    if (state === 'done' && trackId !== null) {
      lines.push({ type: 'done', trackId, path, formatId: job.formatId, bytes: job.receivedBytes });
    } else if (state !== 'done') {
      const fault = faultOf(job);
      if (state === 'failed') failures.set(id, fault);
      lines.push({ type: state === 'failed' ? 'failed' : 'unavailable', ...fault });
    }
    return lines;
  };

  /** Covers and booklets never fail anything; that one is missing is worth a line. */
  const sideLines = (job: JobView): ReportLine[] => {
    if ((job.state !== 'failed' && job.state !== 'unavailable') || ended.has(job.id)) return [];
    ended.add(job.id);
    const { code, message: text } = faultOf(job);
    return [{ type: 'notice', level: 'warning', code, message: `${job.path}: ${text}` }];
  };

  return {
    lines: (delta) => (delta.jobs?.upsert ?? []).flatMap(linesOf),
    summary({ totals }) {
      const { downloaded, skipped, failed, unavailable, bytes } = totals;
      return {
        ...EMPTY_SUMMARY,
        downloaded,
        skipped,
        failed,
        unavailable,
        bytes,
        failures: [...failures.values()],
      };
    },
  };
}
