import { useCallback, useState } from 'react';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import type { FolderFacts, FolderMode } from '../../../src-preload/contract/folders.ts';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { needsNoDecision } from './folder-modes.ts';

/** Choosing a folder: the system's dialog, then the question what to do with what was picked. */
export interface FolderPick {
  /** Opens the system's dialog; what is then picked is in `facts`, unless there is nothing to decide. */
  start(): Promise<void>;
  /** Takes the picked folder into use; true when that worked. */
  take(mode: FolderMode): Promise<boolean>;
  dismiss(): void;
  /** The picked folder about which something is to be decided. */
  readonly facts: FolderFacts | null;
  /** The folder that was taken into use last, as it was found then. */
  readonly taken: FolderFacts | null;
  readonly busy: boolean;
  readonly fault: ErrorView | null;
}

/** See {@link FolderPick}. The first folder is used at once; another one is asked about. */
export function useFolderPick(): FolderPick {
  const { bridge } = useSurroundings();
  const hasRoot = useMirror(({ root }) => root !== null);
  const pick = useCall(bridge.pickFolder);
  const use = useCall(bridge.useFolder, 'keep');
  const [facts, setFacts] = useState<FolderFacts | null>(null);
  const [taken, setTaken] = useState<FolderFacts | null>(null);
  const { start: startPick } = pick;
  const { start: startUse, clear } = use;
  const start = useCallback(async () => {
    const picked = (await startPick()) ?? null;
    if (picked === null) return;
    clear();
    if (needsNoDecision(picked, hasRoot) && (await startUse({ mode: 'use' })) !== undefined) {
      setTaken(picked);
    } else setFacts(picked);
  }, [startPick, startUse, clear, hasRoot]);
  const take = useCallback(
    async (mode: FolderMode) => {
      if ((await startUse({ mode })) === undefined) return false;
      setTaken(facts);
      setFacts(null);
      return true;
    },
    [startUse, facts],
  );
  const dismiss = useCallback(() => setFacts(null), []);
  return { start, take, dismiss, facts, taken, busy: pick.busy || use.busy, fault: use.fault };
}
