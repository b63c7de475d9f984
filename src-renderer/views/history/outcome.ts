import type { RunSummary } from '../../../src-preload/contract/queue.ts';

/** How a run ended; sentences stand in the locales under `history.outcomes`. */
export type Outcome = 'under-way' | 'nothing-new' | 'finished' | 'failures' | 'stopped' | 'cut';

/**
 * See {@link Outcome}. A run without an end that does not go on now was `cut` off with its process; `current` is the
 * id of the run that does, if there is one.
 */
export function outcomeOf(run: RunSummary, current: string | null): Outcome {
  if (run.endedAtMs === null) return run.id === current ? 'under-way' : 'cut';
  if (run.state !== 'finished') return 'stopped';
  if (run.totals === null) return 'finished';
  if (run.totals.failed > 0) return 'failures';
  return run.totals.downloaded === 0 ? 'nothing-new' : 'finished';
}
