import type { AccountView } from '../../src-preload/contract/views.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError } from '../errors.ts';
import type { Ports } from '../ports.ts';

/**
 * What follows whenever an account is newly signed in, the start of the app included: a sync that the end of
 * the session stopped goes on; else the purchases are asked for, so that the window never shows yesterday's
 * list as today's, unless the schedule is about to ask. A fault of either stands in the view and can be retried there.
 */
export async function actOnSignIn(
  engine: Pick<Engine, 'snapshot' | 'onDelta' | 'refreshPurchases' | 'startSync' | 'background'>,
  log: Ports['log'],
): Promise<void> {
  let knownAs: string | null = null;
  const goOn = async (): Promise<void> => {
    const { run } = await engine.snapshot();
    const waits = run?.state === 'stopped' && run.error?.code === 'SIGN_IN_REQUIRED';
    if (waits) await engine.startSync();
    else if (!engine.background.isLooking()) await engine.refreshPurchases();
  };
  const look = (account: AccountView | null): void => {
    const id = account?.signedIn ? account.id : null;
    const isNew = id !== null && id !== knownAs;
    knownAs = id;
    if (!isNew) return;
    goOn().catch((error: unknown) =>
      log('warning', `after sign-in: ${asCratefulError(error).code}`),
    );
  };
  engine.onDelta((delta) => {
    if (delta.account !== undefined) look(delta.account);
  });
  look((await engine.snapshot()).account);
}
