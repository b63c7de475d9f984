import { Worker } from 'node:worker_threads';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import type { ScanEntry, Unscanned } from './walk.ts';

export type { ScanEntry, Unscanned } from './walk.ts';

/**
 * Entries by column: between threads every object pays for the names of its fields again, which for 100,000
 * files costs as much as reading the folders.
 */
export interface ScanColumns {
  readonly paths: readonly string[];
  readonly bytes: readonly number[];
  readonly modifiedMs: readonly number[];
  /** Stored paths that differ from the path, by index. */
  readonly respelled: ReadonlyMap<number, string>;
}

/** What the scan worker says: `entries` any number of times, then `done` or `failed` once. */
export type ScanMessage =
  | ({ readonly kind: 'entries' } & ScanColumns)
  | { readonly kind: 'done'; readonly unscanned: readonly Unscanned[] }
  | { readonly kind: 'failed'; readonly error: ErrorView };

/**
 * Every file under a root in one walk, in a worker thread (architecture §5). Symbolic links and folders that cannot be
 * read are passed over and told to `onUnscanned`: nothing below them is known to be missing.
 *
 * Throws `LIBRARY_ROOT_MISSING` when the root is not there, `PATH_NOT_WRITABLE` or `DISK_FAILED` when it cannot
 * be read, and the signal's reason when it is aborted.
 *
 * @param workerUrl the built `scan-worker`.
 */
export function scanRoot(
  root: string,
  workerUrl: URL,
  options: { onUnscanned?: (unscanned: Unscanned) => void; signal?: AbortSignal } = {},
): Promise<ScanEntry[]> {
  const { onUnscanned, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const entries: ScanEntry[] = [];
    const worker = new Worker(workerUrl, { workerData: root });
    const finish = (settle: () => void): void => {
      signal?.removeEventListener('abort', abort);
      // After the terminate, so that no thread outlives the promise.
      void worker.terminate().then(settle, reject);
    };
    const abort = (): void => finish(() => reject(signal?.reason));
    signal?.addEventListener('abort', abort);
    worker.on('message', (message: ScanMessage) => {
      if (message.kind === 'entries') entries.push(...entriesOf(message));
      else if (message.kind === 'failed')
        finish(() => reject(new CratefulError(message.error.code, message.error.params)));
      else {
        for (const passedOver of message.unscanned) onUnscanned?.(passedOver);
        finish(() => resolve(entries));
      }
    });
    worker.on('error', (error) => finish(() => reject(asCratefulError(error))));
  });
}

/** Entries as columns, and back. */
export const columnsOf = (entries: readonly ScanEntry[]): ScanColumns => ({
  paths: entries.map((entry) => entry.path),
  bytes: entries.map((entry) => entry.bytes),
  modifiedMs: entries.map((entry) => entry.modifiedMs),
  respelled: new Map(
    entries.flatMap(({ path, storedPath }, index) =>
      path === storedPath ? [] : [[index, storedPath] as const],
    ),
  ),
});

const entriesOf = ({ paths, bytes, modifiedMs, respelled }: ScanColumns): ScanEntry[] =>
  paths.map((path, index) => ({
    path,
    storedPath: respelled.get(index) ?? path,
    bytes: bytes[index] ?? 0,
    modifiedMs: modifiedMs[index] ?? 0,
  }));
