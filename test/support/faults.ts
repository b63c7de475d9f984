import type { StoreFault } from '../../src-main/demo/faults.ts';
import type { StoreCall } from '../../src-main/demo/http-messages.ts';
import type { DemoStore } from '../../src-main/demo/store.ts';

export { apiFaults, statusFaults } from './answer-faults.ts';
export { bodyFaults } from './body-faults.ts';
export { rangeFaults } from './range-faults.ts';

/** Where and how often a fault strikes; everything, for ever, when nothing is said. */
export interface FaultScope {
  /** Only this track: its `track/getFileUrl` and its file. */
  readonly trackId?: number;
  /** Only this format. */
  readonly formatId?: number;
  /** How many times; then the store behaves again. */
  readonly times?: number;
  /**
   * What an answer fault replaces: one API method, every API call (`api`), the file (`cdn`), the web player
   * (`player`) or covers and booklets (`static`). `track/getFileUrl` when not said. Body and range faults
   * always concern the file.
   */
  readonly on?: string;
}

/** A fault at work. */
export interface InjectedFault {
  /** How many times it has struck. */
  readonly hits: number;
  remove(): void;
}

const matchesCall = (call: StoreCall, scope: FaultScope): boolean => {
  const on = scope.on ?? 'track/getFileUrl';
  const track = call.query.get('track_id') ?? call.query.get('eid');
  const format = call.query.get('format_id') ?? call.query.get('fmt');
  return (
    (call.kind === on || (call.kind === 'api' && call.path === on)) &&
    (scope.trackId === undefined || track === String(scope.trackId)) &&
    (scope.formatId === undefined || format === String(scope.formatId))
  );
};

/**
 * Makes a store misbehave: `inject(store, bodyFaults.cutAt(0.5), { trackId, times: 1 })`. A fault that finds
 * nothing to change (as a range fault on a request without Range) does not use up one of its times.
 */
export function inject(store: DemoStore, fault: StoreFault, scope: FaultScope = {}): InjectedFault {
  const limit = scope.times ?? Number.POSITIVE_INFINITY;
  let hits = 0;
  const installed: StoreFault = {
    intercept(call) {
      if (hits >= limit || !fault.intercept || !matchesCall(call, scope)) return null;
      const answer = fault.intercept(call);
      if (answer) hits += 1;
      return answer;
    },
    shape(answer, request) {
      if (hits >= limit || !fault.shape) return answer;
      if (scope.trackId !== undefined && scope.trackId !== request.trackId) return answer;
      if (scope.formatId !== undefined && scope.formatId !== request.formatId) return answer;
      const shaped = fault.shape(answer, request);
      if (shaped !== answer) hits += 1;
      return shaped;
    },
  };
  store.faults.add(installed);
  return {
    get hits() {
      return hits;
    },
    remove: () => void store.faults.delete(installed),
  };
}
