import type { RootId } from '../../src-preload/contract/ids.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import { lockRoot } from '../files/own-lock.ts';
import type { Clock } from '../ports.ts';

/** A root that is there and marked. */
export type ReadyRoot = RootView & { readonly id: RootId };

/** Throws `NO_LIBRARY_ROOT`, and `LIBRARY_ROOT_MISSING` while the drive is away. */
export function requireReady(root: RootView | null): ReadyRoot {
  if (!root?.id) throw new CratefulError('NO_LIBRARY_ROOT');
  if (root.state === 'missing') {
    throw new CratefulError('LIBRARY_ROOT_MISSING', { path: root.path });
  }
  return { ...root, id: root.id };
}

/** What work on the files of a root beside a run needs. */
export interface CareParts {
  readonly fs: FileSystem;
  readonly clock: Clock;
  /** The root in use, as it stands on the disk at this moment. Throws `LIBRARY_MOVING`. */
  readonly root: () => Promise<RootView | null>;
  /** Whether a run goes on: it moves the same files. */
  readonly syncing: () => boolean;
}

/**
 * Works on the root's files while nobody else does: neither a run of this process nor another Crateful.
 *
 * Throws `ALREADY_RUNNING`, `LIBRARY_MOVING`, `NO_LIBRARY_ROOT`, `LIBRARY_ROOT_MISSING`, and what the work throws.
 */
export async function withRoot<Result>(
  parts: CareParts,
  work: (root: ReadyRoot) => Promise<Result>,
): Promise<Result> {
  const root = requireReady(await parts.root());
  const { pid } = process;
  if (parts.syncing()) throw new CratefulError('ALREADY_RUNNING', { holder: 'Crateful', pid });
  const lock = await lockRoot(parts, root.path);
  try {
    return await work(root);
  } finally {
    await lock.release();
  }
}
