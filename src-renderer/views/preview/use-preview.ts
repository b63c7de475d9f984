import { useCallback, useRef, useState } from 'react';
import type { CratefulBridge } from '../../../src-preload/contract/calls.ts';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import type { Preview } from '../../../src-preload/contract/views.ts';
import { settle } from '../../context.ts';

/** A preview on its way or there. */
export interface PreviewState {
  readonly preview: Preview | null;
  readonly fault: ErrorView | null;
  readonly busy: boolean;
  readonly load: () => Promise<void>;
}

/** Asks for the plan; an answer that a later question overtook is dropped. */
export function usePreview(bridge: Pick<CratefulBridge, 'preview'>): PreviewState {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [fault, setFault] = useState<ErrorView | null>(null);
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);
  const load = useCallback(async (): Promise<void> => {
    const mine = ++turn.current;
    setBusy(true);
    const reply = await settle(bridge.preview());
    if (mine !== turn.current) return;
    setBusy(false);
    setFault(reply.ok ? null : reply.error);
    if (reply.ok) setPreview(reply.value);
  }, [bridge]);
  return { preview, fault, busy, load };
}
