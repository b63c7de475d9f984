import { parentPort, workerData } from 'node:worker_threads';
import { CratefulError } from '../errors.ts';
import { diskError, systemCode } from './file-system.ts';
import { columnsOf, type ScanMessage } from './scan.ts';
import { type ScanEntry, type Unscanned, walkFolder } from './walk.ts';

/** Small enough that taking one in holds up the main thread's loop for a few milliseconds at most. */
const ENTRIES_PER_MESSAGE = 2000;

const post = (message: ScanMessage): void => parentPort?.postMessage(message);

try {
  let entries: ScanEntry[] = [];
  const unscanned: Unscanned[] = [];
  for (const found of walkFolder(String(workerData))) {
    if ('reason' in found) unscanned.push(found);
    else entries.push(found);
    if (entries.length < ENTRIES_PER_MESSAGE) continue;
    post({ kind: 'entries', ...columnsOf(entries) });
    entries = [];
  }
  post({ kind: 'entries', ...columnsOf(entries) });
  post({ kind: 'done', unscanned });
} catch (error) {
  const gone = ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
  const fault = gone ? new CratefulError('LIBRARY_ROOT_MISSING', {}, error) : diskError(error, '.');
  post({ kind: 'failed', error: fault.toView() });
}
