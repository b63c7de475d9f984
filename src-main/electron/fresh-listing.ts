import type { AccountView } from '../../src-preload/contract/views.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError } from '../errors.ts';
import type { Ports } from '../ports.ts';

/**
 * Asks for the purchases whenever an account is newly signed in, the start of the app included, so that
 * the window never shows yesterday's list as today's. A fault stands in the view and can be retried there.
 */
export async function listOnSignIn(
  engine: Pick<Engine, 'snapshot' | 'onDelta' | 'refreshPurchases'>,
  log: Ports['log'],
): Promise<void> {
  let listedFor: string | null = null;
  const look = (account: AccountView | null): void => {
    const id = account?.signedIn ? account.id : null;
    const isNew = id !== null && id !== listedFor;
    listedFor = id;
    if (!isNew) return;
    engine.refreshPurchases().catch((error: unknown) => {
      log('warning', `purchases not listed: ${asCratefulError(error).code}`);
    });
  };
  engine.onDelta((delta) => {
    if (delta.account !== undefined) look(delta.account);
  });
  look((await engine.snapshot()).account);
}
