import type { RunView } from '../../src-preload/contract/views.ts';
import type { Ports } from '../ports.ts';

/** Files are proven and tagged between downloads: so long without a byte is no reason to sleep yet. */
const QUIET_MS = 30_000;

/** Keeps the computer awake while bytes flow, and not a minute longer (traps §2 rule 36). */
export interface Awake {
  /** The run as it is now; told whenever it changed. */
  saw(run: RunView | null): void;
  /** Lets the computer sleep for good. */
  dispose(): void;
}

/** See {@link Awake}. */
export function createAwake({ clock, keepAwake }: Pick<Ports, 'clock' | 'keepAwake'>): Awake {
  let bytes = 0;
  let flowedAtMs = 0;
  let held: { readonly release: () => void; readonly abort: AbortController } | null = null;

  const letGo = () => {
    held?.abort.abort();
    held?.release();
    held = null;
  };

  /** Lets go by itself: a transfer that stalls brings no news that could say so. */
  const watch = async (signal: AbortSignal) => {
    for (;;) {
      const left = flowedAtMs + QUIET_MS - clock.now();
      if (left <= 0) return letGo();
      await clock.sleep(left, signal);
    }
  };

  return {
    saw(run) {
      const flowed = run !== null && run.totals.bytes > bytes;
      bytes = run?.totals.bytes ?? 0;
      if (run?.state !== 'running') return letGo();
      if (!flowed) return;
      flowedAtMs = clock.now();
      if (held) return;
      held = { release: keepAwake(), abort: new AbortController() };
      watch(held.abort.signal).catch(() => undefined);
    },
    dispose: letGo,
  };
}
