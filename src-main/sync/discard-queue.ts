import type { AccountId } from '../../src-preload/contract/ids.ts';
import { discardPart } from '../downloads/transfer.ts';
import type { FileSystem } from '../files/file-system.ts';
import { partPath } from '../files/root.ts';
import type { Library } from '../library/library.ts';

/**
 * Cancels every job of an account that is not done, under all its folders, and removes what was fetched of them so
 * far; files that are whole stay. No run may go on meanwhile.
 */
export async function discardQueue(
  { library, fs }: { readonly library: Library; readonly fs: FileSystem },
  accountId: AccountId,
): Promise<void> {
  for (const root of await library.roots.list(accountId)) {
    const open = await library.jobs.open(root.id);
    await library.jobs.updateMany(
      open.map(({ id }) => ({ id, patch: { state: 'cancelled' as const, error: null } })),
    );
    for (const { id } of [...open, ...(await library.jobs.parked(root.id))]) {
      const request = { jobId: id, partPath: partPath(root.path, id, 'part') };
      // A folder that is away, or refuses: its parts belong to no job now and go with the next clearing up.
      await discardPart({ fs, parts: library.parts }, request).catch(() => undefined);
    }
  }
}
