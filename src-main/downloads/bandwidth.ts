import type { Clock } from '../ports.ts';

/** What may pass at once after a quiet moment, in seconds of the limit. */
const BURST_SECONDS = 0.25;
/** How long one piece may take by itself, in seconds of the limit: what keeps progress smooth. */
const PIECE_SECONDS = 0.1;

/** One limit for all downloads together, shared piece by piece in the order in which they ask. */
export interface Bandwidth {
  /** Bytes a second, 0 for no limit; holds at once for those who are waiting too. */
  setLimit(bytesPerSecond: number): void;
  /**
   * Gives how many of `wanted` bytes may pass, at least one of them, once it is their turn. Rejects with the
   * signal's reason.
   */
  take(wanted: number, signal?: AbortSignal): Promise<number>;
  /** Whether asking can be left out. */
  isUnlimited(): boolean;
}

interface Waiter {
  readonly wanted: number;
  readonly grant: (bytes: number) => void;
}

/** A token bucket by the clock, without a limit at first. */
export function createBandwidth(clock: Clock): Bandwidth {
  const queue: Waiter[] = [];
  let limit = 0;
  /** Bytes that may pass now; below 0 while what has passed is still being paid for. */
  let tokens = 0;
  let filledAtMs = clock.passed();
  let timer: AbortController | null = null;

  const fill = () => {
    const passed = clock.passed();
    const earned = (limit * (passed - filledAtMs)) / 1000;
    tokens = Math.min(tokens + earned, limit * BURST_SECONDS);
    filledAtMs = passed;
  };

  const pieceOf = (wanted: number) =>
    limit === 0 ? wanted : Math.min(wanted, Math.max(1, Math.floor(limit * PIECE_SECONDS)));

  const serve = () => {
    timer?.abort();
    timer = null;
    fill();
    for (let next = queue[0]; next && (limit === 0 || tokens > 0); next = queue[0]) {
      const piece = pieceOf(next.wanted);
      tokens -= piece;
      queue.shift();
      next.grant(piece);
    }
    if (queue.length > 0) waitForTokens();
  };

  const waitForTokens = () => {
    const wake = new AbortController();
    timer = wake;
    // A whole millisecond at least: less than one would find the bucket as it was.
    clock.sleep(Math.max(1, Math.ceil((-tokens * 1000) / limit)), wake.signal).then(
      () => serve(),
      () => undefined, // woken by a new limit or because nobody waits any more
    );
  };

  return {
    setLimit(bytesPerSecond) {
      fill();
      limit = bytesPerSecond;
      if (limit === 0) tokens = 0;
      tokens = Math.min(tokens, limit * BURST_SECONDS);
      serve();
    },
    take: (wanted, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          queue.splice(queue.indexOf(waiter), 1);
          if (queue.length === 0) timer?.abort();
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          wanted,
          grant(bytes) {
            signal?.removeEventListener('abort', onAbort);
            resolve(bytes);
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(waiter);
        if (queue.length === 1) serve();
      }),
    isUnlimited: () => limit === 0,
  };
}

/** Calls `pass` with a chunk, piece by piece as the limit allows. */
export async function paced(
  bandwidth: Bandwidth,
  chunk: Buffer,
  signal: AbortSignal | undefined,
  pass: (piece: Buffer) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < chunk.length; ) {
    const left = chunk.length - from;
    const granted = bandwidth.isUnlimited() ? left : await bandwidth.take(left, signal);
    await pass(chunk.subarray(from, from + granted));
    from += granted;
  }
}
