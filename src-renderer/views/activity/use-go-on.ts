import { useCallback, useState } from 'react';
import { settle, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';

/** Lets the queue go on, with a new run when none is under way, as after a restart. */
export function useGoOn(): { readonly busy: boolean; start(): Promise<void> } {
  const { bridge, feed, report } = useSurroundings();
  const [busy, setBusy] = useState(false);
  const start = useCallback(async () => {
    setBusy(true);
    try {
      const { mirror } = feed.store.getState();
      if (mirror?.queue.paused === true) {
        const resumed = await settle(bridge.resumeQueue());
        if (!resumed.ok) return report(resumed.error);
      }
      if (isActive(feed.store.getState().mirror?.run ?? null)) return;
      const begun = await settle(bridge.startSync(undefined));
      if (!begun.ok) report(begun.error);
    } finally {
      setBusy(false);
    }
  }, [bridge, feed, report]);
  return { busy, start };
}
