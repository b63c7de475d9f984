import type { Mirror } from './reducer.ts';
import { isActive, isUpToDate } from './selectors.ts';

/** What the queue as a whole is doing; sentences stand in the locales under `queue.headlines`. */
export type QueueState =
  | 'preparing'
  | 'running'
  | 'paused'
  | 'stopping'
  | 'offline'
  | 'cooling'
  | 'finished'
  | 'failures'
  | 'up-to-date'
  | 'stopped'
  | 'no-room'
  | 'no-drive'
  | 'waiting';

/**
 * See {@link QueueState}. Of several reasons why nothing moves, the one that a person has to lift comes first.
 * `waiting` is a queue without a run, as after a restart.
 */
export function queueState(
  { run, queue, background }: Pick<Mirror, 'run' | 'queue' | 'background'>,
  nowMs: number,
): QueueState {
  if (run === null) return queue.paused ? 'paused' : 'waiting';
  if (!isActive(run)) {
    if (run.state === 'stopped') return waitsFor(background) ?? 'stopped';
    if (isUpToDate(run)) return 'up-to-date';
    return run.totals.failed > 0 ? 'failures' : 'finished';
  }
  if (run.state === 'stopping') return 'stopping';
  return hold({ run, queue, background }, nowMs) ?? run.state;
}

const WAITS = {
  network: 'offline',
  room: 'no-room',
  drive: 'no-drive',
  service: 'cooling',
} as const;

/** What a run that stopped by itself waits for before it goes on; null when it waits for a person. */
export const waitsFor = ({ goesOnWith }: Mirror['background']) => goesOnWith && WAITS[goesOnWith];

/** What keeps a run that is under way from fetching; null when nothing does. */
export function hold(
  { run, queue, background }: Pick<Mirror, 'run' | 'queue' | 'background'>,
  nowMs: number,
): 'paused' | 'offline' | 'cooling' | null {
  if (!isActive(run) || run.state === 'stopping') return null;
  if (queue.paused || run.state === 'paused') return 'paused';
  if (run.error?.code === 'OFFLINE' || !background.online) return 'offline';
  return run.coolDownUntilMs !== null && run.coolDownUntilMs > nowMs ? 'cooling' : null;
}
