import type { CratefulEvent, EventCode } from '../src-preload/contract/events.ts';
import type { Clock } from './ports.ts';

/** What a part of the engine says happened; the stream adds sequence number and time. */
export interface EventInput {
  readonly code: EventCode;
  readonly severity?: CratefulEvent['severity'];
  readonly runId?: string | null;
  readonly jobId?: string | null;
  readonly attempt?: number | null;
  readonly accountId?: string | null;
  readonly context?: CratefulEvent['context'];
}

/** The one typed stream of what happened: log, database and command line listen to it. */
export interface EventStream {
  emit(input: EventInput): void;
  /** Calls the listener for every later event; returns how to stop. */
  subscribe(listener: (event: CratefulEvent) => void): () => void;
}

/** An event stream that numbers on from `firstSeq`. */
export function createEventStream(clock: Pick<Clock, 'now'>, firstSeq: number): EventStream {
  const listeners = new Set<(event: CratefulEvent) => void>();
  let seq = firstSeq;
  return {
    emit(input) {
      const event: CratefulEvent = {
        v: 1,
        seq: seq++,
        at: clock.now(),
        severity: input.severity ?? 'info',
        runId: input.runId ?? null,
        jobId: input.jobId ?? null,
        attempt: input.attempt ?? null,
        accountId: input.accountId ?? null,
        code: input.code,
        context: input.context ?? {},
      };
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
