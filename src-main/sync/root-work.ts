import { CratefulError } from '../errors.ts';
import { diskError, type FileSystem } from '../files/file-system.ts';
import { lockRoot } from '../files/own-lock.ts';
import { requireSameRoot } from '../files/root.ts';
import type { RootRow } from '../library/roots.ts';
import type { Clock } from '../ports.ts';

/** Work that has a music folder for itself: one at a time, under the folder's lock. */
export interface RootWork {
  /**
   * Has `work` done once `leave` has ended what else goes on there. Throws `LIBRARY_MOVING` while something is done
   * already, `LIBRARY_ROOT_MISSING`, `ALREADY_RUNNING`, and disk faults as `diskError` names them.
   */
  alone<Result>(
    root: RootRow,
    leave: () => Promise<void>,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** Throws `LIBRARY_ROOT_MISSING` when the folder is not there, or another one is in its place. */
  requireRoot(root: RootRow): Promise<void>;
  /** Throws `LIBRARY_MOVING` while something is done. */
  requireStill(): void;
  /** Aborts what is done with `CANCELLED { why }`; resolves when it has ended. */
  stop(why: 'user' | 'exit'): Promise<void>;
}

/** See {@link RootWork}. */
export function createRootWork({ fs, clock }: { fs: FileSystem; clock: Clock }): RootWork {
  let current: { readonly abort: AbortController; readonly ended: Promise<unknown> } | null = null;

  const requireStill = () => {
    if (current) throw new CratefulError('LIBRARY_MOVING');
  };

  const requireRoot = (root: RootRow) => requireSameRoot(fs, root);

  return {
    requireRoot,
    requireStill,
    async alone(root, leave, work) {
      requireStill();
      const abort = new AbortController();
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      current = { abort, ended };
      try {
        await leave();
        await requireRoot(root);
        const lock = await lockRoot({ fs, clock }, root.path);
        try {
          return await work(AbortSignal.any([abort.signal, lock.lost]));
        } finally {
          await lock.release();
        }
      } catch (error) {
        // A drive that goes away fails in many ways; to the person it is one.
        if (!(error instanceof CratefulError)) await requireRoot(root);
        throw diskError(error, '.');
      } finally {
        current = null;
        resolve();
      }
    },
    async stop(why) {
      current?.abort.abort(new CratefulError('CANCELLED', { why }));
      await current?.ended;
    },
  };
}
