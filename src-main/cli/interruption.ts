/** Exit code after Ctrl-C (128 + SIGINT); also when asked to end in another way. */
export const INTERRUPTED = 130;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Requests from outside to end. */
export interface Interruption {
  /** Aborted by the first of them. */
  readonly signal: AbortSignal;
  /** Leaves the signals to Node again. */
  dispose(): void;
}

/**
 * Listens for Ctrl-C, SIGTERM, a closed terminal, and a reader of standard output that has gone (`| head`).
 * The first asks for a clean stop; a signal after it ends the process at once, after `lastWords`.
 */
export function listenForInterruption(lastWords: () => void): Interruption {
  const abort = new AbortController();
  const onSignal = () => {
    if (abort.signal.aborted) {
      lastWords();
      process.exit(INTERRUPTED);
    }
    abort.abort();
  };
  const onGone = () => abort.abort();
  for (const name of SIGNALS) process.on(name, onSignal);
  process.stdout.on('error', onGone);
  return {
    signal: abort.signal,
    dispose() {
      for (const name of SIGNALS) process.off(name, onSignal);
      process.stdout.off('error', onGone);
    },
  };
}
