import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallReply, CratefulBridge } from '../../src-preload/contract/calls.ts';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { isOfTheRecord } from '../../src-preload/contract/recovery.ts';
import type { Delta, Snapshot } from '../../src-preload/contract/views.ts';
import { afterDelta, fromSnapshot, type Mirror } from './reducer.ts';

/** The window's one store: nothing yet, a fault that kept the first snapshot away, or the mirror. */
export interface ViewState {
  readonly mirror: Mirror | null;
  readonly fault: ErrorView | null;
}

/** The store and the subscription that feeds it. */
export interface Feed {
  readonly store: StoreApi<ViewState>;
  /** Asks for a snapshot again, for instance after it failed. */
  refresh(): Promise<void>;
  /** Ends the subscription. */
  stop(): void;
}

type FeedBridge = Pick<CratefulBridge, 'getSnapshot' | 'onDelta'>;

/**
 * Subscribes first and asks for the snapshot second, so that no change falls between the two; deltas that
 * arrive meanwhile are kept and folded in afterwards (architecture §2). A `reset` delta asks anew.
 */
export function openFeed(bridge: FeedBridge): Feed {
  const store = createStore<ViewState>(() => ({ mirror: null, fault: null }));
  let early: Delta[] | null = [];
  let turn = 0;

  async function refresh(): Promise<void> {
    const mine = ++turn;
    early = [];
    const reply = await ask(bridge);
    if (mine !== turn) return;
    const waiting = early ?? [];
    early = null;
    if (!reply.ok) {
      // Of a record that cannot be used nothing that was shown still holds.
      const isGone = isOfTheRecord(reply.error.code);
      store.setState({ fault: reply.error, ...(isGone && { mirror: null }) });
      return;
    }
    store.setState({ mirror: waiting.reduce(afterDelta, fromSnapshot(reply.value)), fault: null });
  }

  const stop = bridge.onDelta((delta) => {
    if (delta.reset === true) {
      void refresh();
      return;
    }
    if (early !== null) {
      early.push(delta);
      return;
    }
    const { mirror } = store.getState();
    if (mirror !== null) store.setState({ mirror: afterDelta(mirror, delta) });
  });
  void refresh();
  return { store, refresh, stop };
}

async function ask(bridge: FeedBridge): Promise<CallReply<Snapshot>> {
  try {
    return await bridge.getSnapshot();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { code: 'UNEXPECTED', params: { reason } } };
  }
}
