import type { StoreAnswer, StoreCall } from './http-messages.ts';

/** What the CDN is about to send. `body` streams; `ending` says what follows its last byte. */
export interface CdnAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** `end` closes the message properly, `cut` drops the connection, `stall` sends nothing more, ever. */
  readonly ending: 'end' | 'cut' | 'stall';
}

/** What was asked of the CDN. */
export interface CdnRequest {
  readonly trackId: number;
  readonly formatId: number;
  /** Absolute path of the file that answers. */
  readonly file: string;
  readonly totalBytes: number;
  /** First byte asked for; 0 without a Range. */
  readonly start: number;
  readonly ranged: boolean;
}

/**
 * A hook through which tests make the store misbehave. The faults themselves live in `test/support`; the
 * store only asks each installed hook in order.
 */
export interface StoreFault {
  /** Answers a call in the store's place; null lets it through. `reset` drops the connection unanswered. */
  intercept?(call: StoreCall): StoreAnswer | 'reset' | null;
  /** Changes what the CDN sends; the same object means unchanged. */
  shape?(answer: CdnAnswer, request: CdnRequest): CdnAnswer;
}
