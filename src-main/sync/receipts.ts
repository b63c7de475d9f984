import type { ExportCounts } from '../../src-preload/contract/receipts.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import { openFileSink, type Sink } from '../files/sink.ts';
import { requireReady } from './ready-root.ts';
import { type ExportParts, exportReceipts } from './receipts-export.ts';

/** Where an export goes: an absolute path a person chose, a sink, or nowhere. */
export interface ExportTargets {
  readonly json: string | Sink | null;
  readonly sha256: string | Sink | null;
}

/** The receipts of the root in use, for other tools. */
export interface Receipts {
  /**
   * Writes them; gives how many files are what. A file gets its name only when it is complete.
   *
   * Throws `NO_LIBRARY_ROOT`, `LIBRARY_ROOT_MISSING`, `LIBRARY_MOVING`, `PATH_NOT_WRITABLE`, `DISK_FULL`, `DISK_FAILED`
   * and `CANCELLED`.
   */
  export(to: ExportTargets, signal?: AbortSignal): Promise<ExportCounts>;
  /** Ends what is being exported; nothing of it is left. Resolves when it has ended. */
  cancel(): Promise<void>;
}

/** Makes the receipts of one engine. */
export function createReceipts(
  parts: ExportParts & {
    /** The root in use, as it stands on the disk at this moment. Throws `LIBRARY_MOVING`. */
    readonly root: () => Promise<RootView | null>;
  },
): Receipts {
  const going = new Map<AbortController, Promise<unknown>>();

  const open = async (target: string | Sink | null) =>
    typeof target === 'string' ? openFileSink(parts.fs, target) : target;

  const write = async (to: ExportTargets, signal: AbortSignal) => {
    const { id: rootId, path: rootPath } = requireReady(await parts.root());
    const json = await open(to.json);
    const sha256 = await open(to.sha256).catch(async (error: unknown) => {
      await json?.discard();
      throw error;
    });
    return exportReceipts(parts, { rootId, rootPath, json, sha256, signal });
  };

  return {
    async export(to, signal) {
      const abort = new AbortController();
      const signals = [abort.signal, ...(signal ? [signal] : [])];
      const work = write(to, AbortSignal.any(signals));
      going.set(abort, work);
      try {
        return await work;
      } catch (error) {
        if (signals.some(({ aborted }) => aborted)) throw new CratefulError('CANCELLED', {}, error);
        throw error;
      } finally {
        going.delete(abort);
      }
    },
    async cancel() {
      for (const abort of going.keys()) abort.abort(new CratefulError('CANCELLED'));
      await Promise.allSettled(going.values());
    },
  };
}
