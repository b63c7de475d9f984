import type { JobId } from '../../src-preload/contract/ids.ts';
import type { JobDetails } from '../../src-preload/contract/queue.ts';
import { readAttempt } from '../downloads/attempt-context.ts';
import { CratefulError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import type { Board } from './board.ts';

/**
 * What unfolds below a job, from what was recorded about it: none of it was ever private. Throws `INVALID_REQUEST` for
 * a job nobody knows.
 */
export async function jobDetails(
  { library, board }: { readonly library: Pick<Library, 'jobs' | 'events'>; readonly board: Board },
  id: JobId,
): Promise<JobDetails> {
  const job = await library.jobs.get(id);
  if (!job) {
    const note = board.jobView(id);
    if (!note) throw new CratefulError('INVALID_REQUEST', { reason: 'unknown job' });
    const formatIds = note.formatId === null ? [] : [note.formatId];
    return { id, path: note.path, formatIds, attempts: [] };
  }
  const failed = (await library.events.byJob(id)).flatMap(({ at, code, context }) => {
    const attempt = code === 'ATTEMPT_FAILED' ? readAttempt(context) : null;
    return attempt ? [{ ...attempt, atMs: at }] : [];
  });
  const attempts = failed.map((attempt, index) => ({ number: index + 1, ...attempt }));
  return { id, path: job.targetPath, formatIds: job.formatIds, attempts };
}
