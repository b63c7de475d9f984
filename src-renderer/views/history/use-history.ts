import { useCallback, useEffect, useState } from 'react';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import type { RunSummary } from '../../../src-preload/contract/queue.ts';
import { settle, useMirror, useSurroundings } from '../../context.ts';

/** Runs that come with one call (`getHistory`); fewer mean that there are no older ones. */
export const HISTORY_PAGE = 50;

/** The runs known so far. */
export interface History {
  /** Newest first; null until the first ones are there. */
  readonly runs: readonly RunSummary[] | null;
  readonly more: boolean;
  readonly busy: boolean;
  readonly fault: ErrorView | null;
  /** The next older ones, or the first ones once more after a fault. */
  loadMore(): Promise<void>;
}

/** The history by pages; it begins anew when a run starts or ends. */
export function useHistory(): History {
  const { bridge } = useSurroundings();
  const present = useMirror(({ run }) => (run === null ? null : `${run.id}/${run.endedAtMs}`));
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  const [more, setMore] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ErrorView | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run, or its end, changes the list
  useEffect(() => {
    let wanted = true;
    void settle(bridge.getHistory({ before: null })).then((reply) => {
      if (!wanted) return;
      setFault(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      setRuns(reply.value);
      setMore(reply.value.length === HISTORY_PAGE);
    });
    return () => {
      wanted = false;
    };
  }, [bridge, present]);

  const last = runs?.at(-1)?.id ?? null;
  const loadMore = useCallback(async () => {
    setBusy(true);
    const reply = await settle(bridge.getHistory({ before: last }));
    setBusy(false);
    setFault(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setRuns((old) => withOlder(old ?? [], reply.value));
    setMore(reply.value.length === HISTORY_PAGE);
  }, [bridge, last]);
  return { runs, more, busy, fault, loadMore };
}

/** Runs with older ones behind; none twice, should one have begun in between. */
function withOlder(
  runs: readonly RunSummary[],
  older: readonly RunSummary[],
): readonly RunSummary[] {
  const known = new Set(runs.map(({ id }) => id));
  return [...runs, ...older.filter(({ id }) => !known.has(id))];
}
