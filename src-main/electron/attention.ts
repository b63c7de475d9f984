import type { PlaceName } from '../../src-preload/contract/call-names.ts';
import type { ErrorCode, ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { RunView } from '../../src-preload/contract/views.ts';
import type { ShellFacts } from './shell-state.ts';

/** Something that only the person can mend. */
export type Attention =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'stopped'; readonly error: ErrorView }
  | { readonly kind: 'failed'; readonly count: number };

/** What passes by itself: the network, and a stop that was wished for. */
const PASSES: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['OFFLINE', 'CANCELLED']);

/** Faults that have a kind of their own. */
const OF_THE_SESSION: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['SIGN_IN_REQUIRED']);
const OF_THE_FOLDER: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'LIBRARY_ROOT_MISSING',
  'LIBRARY_ROOT_FOREIGN',
  'PATH_NOT_WRITABLE',
]);

/** Whether a run goes on, paused or not. */
export const isActive = (run: RunView | null): boolean => run !== null && run.endedAtMs === null;

/** What needs the person now, the most urgent first. What a run says counts once it has ended. */
export function attentionOf(
  facts: Pick<ShellFacts, 'account' | 'root' | 'run' | 'failed'>,
): Attention[] {
  const { account, root, run, failed } = facts;
  const found: Attention[] = [];
  if (account && !account.signedIn) found.push({ kind: 'signed-out' });
  if (root && root.state !== 'ready' && root.state !== 'new') found.push({ kind: 'folder' });
  if (isActive(run)) return found;
  const error = run?.state === 'stopped' ? run.error : null;
  if (error && !PASSES.has(error.code) && !OF_THE_SESSION.has(error.code)) {
    if (!OF_THE_FOLDER.has(error.code)) found.push({ kind: 'stopped', error });
    else if (!found.some(({ kind }) => kind === 'folder')) found.push({ kind: 'folder' });
  }
  if (failed.size > 0) found.push({ kind: 'failed', count: failed.size });
  return found;
}

/** Where the person sees to it. */
export function placeOf(attention: Attention): PlaceName {
  if (attention.kind === 'signed-out') return 'account';
  return attention.kind === 'folder' ? 'settings' : 'activity';
}
