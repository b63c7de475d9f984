import { useCallback, useEffect, useState } from 'react';
import type { CallReply } from '../../../src-preload/contract/calls.ts';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import { settle } from '../../context.ts';

/** A list that is asked for page by page. */
export interface Pages<Page> {
  /** Null until the first is there. */
  readonly pages: readonly [Page, ...Page[]] | null;
  readonly more: boolean;
  readonly busy: boolean;
  readonly fault: ErrorView | null;
  loadMore(): Promise<void>;
  /** Begins anew; what was shown stays until then. */
  reload(): Promise<void>;
}

/** The pages of a list; `cause` begins it anew whenever it becomes another. */
export function usePages<Cursor, Page extends { readonly next: Cursor | null }>(
  ask: (input: { readonly after: Cursor | null }) => Promise<CallReply<Page>>,
  cause: unknown,
): Pages<Page> {
  const [pages, setPages] = useState<readonly [Page, ...Page[]] | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ErrorView | null>(null);
  const load = useCallback(
    async (after: Cursor | null, isWanted: () => boolean = () => true) => {
      setBusy(true);
      const reply = await settle(ask({ after }));
      if (!isWanted()) return;
      setBusy(false);
      setFault(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      const { value } = reply;
      setPages((old) => (after === null || old === null ? [value] : [...old, value]));
    },
    [ask],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new cause begins the list anew
  useEffect(() => {
    let wanted = true;
    void load(null, () => wanted);
    return () => {
      wanted = false;
    };
  }, [load, cause]);
  const next = pages?.at(-1)?.next ?? null;
  return {
    pages,
    more: next !== null,
    busy,
    fault,
    loadMore: () => load(next),
    reload: () => load(null),
  };
}
