import { useCallback, useState } from 'react';
import type { CallReply } from '../src-preload/contract/calls.ts';
import type { ErrorView } from '../src-preload/contract/error-codes.ts';
import { settle, useSurroundings } from './context.ts';

/** A call a person can make: whether it is under way, and the fault it last ended with. */
export interface PendingCall<Input extends readonly unknown[], Result> {
  /** Resolves with the answer, or undefined after a fault. */
  start(...input: Input): Promise<Result | undefined>;
  readonly busy: boolean;
  readonly fault: ErrorView | null;
  clear(): void;
}

/**
 * Wraps a call for a view. `faults: 'report'` shows them as a passing notice; `'keep'` leaves them in
 * `fault` for the view to show in place.
 */
export function useCall<Input extends readonly unknown[], Result>(
  call: (...input: Input) => Promise<CallReply<Result>>,
  faults: 'report' | 'keep' = 'report',
): PendingCall<Input, Result> {
  const { report } = useSurroundings();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ErrorView | null>(null);
  const start = useCallback(
    async (...input: Input): Promise<Result | undefined> => {
      setBusy(true);
      setFault(null);
      const reply = await settle(call(...input));
      setBusy(false);
      if (reply.ok) return reply.value;
      if (faults === 'keep') setFault(reply.error);
      else report(reply.error);
      return undefined;
    },
    [call, faults, report],
  );
  const clear = useCallback(() => setFault(null), []);
  return { start, busy, fault, clear };
}
