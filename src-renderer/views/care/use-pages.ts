import { useCallback, useEffect, useState } from 'react';
import type { CallReply } from '../../../src-preload/contract/calls.ts';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import { settle, useMirror } from '../../context.ts';

/** A list that is asked for page by page. */
export interface Pages<Page> {
  /** Null until the first is there. */
  readonly pages: readonly [Page, ...Page[]] | null;
  readonly more: boolean;
  readonly busy: boolean;
  readonly fault: ErrorView | null;
  /** The drive is away, and with it what the list is about. */
  readonly away: boolean;
  loadMore(): Promise<void>;
  /** Begins anew; what was shown stays until then. */
  reload(): Promise<void>;
}

/** The pages of a list; it begins anew whenever a run has ended or the folder is another, or there again. */
export function usePages<Cursor, Page extends { readonly next: Cursor | null }>(
  ask: (input: { readonly after: Cursor | null }) => Promise<CallReply<Page>>,
): Pages<Page> {
  const [pages, setPages] = useState<readonly [Page, ...Page[]] | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ErrorView | null>(null);
  const cause = useMirror(({ run, root }) => `${run?.endedAtMs} ${root?.id} ${root?.state}`);
  const away = useMirror(({ root }) => root?.state === 'missing');
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
    away,
    loadMore: () => load(next),
    reload: () => load(null),
  };
}
