import { closeSync, fstatSync, openSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { asCratefulError, CratefulError } from '../errors.ts';
import { type FileFacts, factsOfFile } from './file-facts.ts';
import { hashRange } from './hash-range.ts';
import { identifyFile } from './identify-file.ts';
import { inspectFile } from './inspect-file.ts';
import type {
  Identification,
  Inspection,
  Proof,
  TaggedFile,
  TagRequest,
  WorkerReply,
} from './pool.ts';
import { type ProofRequest, proveFile } from './proof.ts';
import { tagFile } from './tag-file.ts';

/*
 * Entry of the worker threads of pool.ts, built into a file of its own. Each export is one operation, called
 * by name; faults are answered as data because an error's class does not survive the way between threads.
 */

// What people wait for goes first where the processor is short. Only Linux gives a thread a priority of its own.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** See AudioPool.prove. */
export const prove = (request: ProofRequest): Promise<WorkerReply<Proof>> =>
  replyOf(() => proveFile(request));

/** See AudioPool.tag. */
export const tag = (request: TagRequest): Promise<WorkerReply<TaggedFile>> =>
  replyOf(() => tagFile(request));

/** See AudioPool.inspect. */
export const inspect = (path: string): Promise<WorkerReply<Inspection>> =>
  replyOf(() => inspectFile(path));

/** See AudioPool.identify. */
export const identify = (path: string): Promise<WorkerReply<Identification>> =>
  replyOf(() => identifyFile(path));

/** See AudioPool.hash. */
export const hash = (path: string): Promise<WorkerReply<{ sha256: string; bytes: number }>> =>
  replyOf(() => hashFile(path));

/** See AudioPool.facts. */
export const facts = (paths: readonly string[]): Promise<WorkerReply<(FileFacts | null)[]>> =>
  replyOf(async () => {
    const found: (FileFacts | null)[] = [];
    for (const path of paths) {
      // Gone or not to be opened: whoever asked knows the folder and looks whether that is there.
      found.push(await factsOfFile(path).catch(() => null));
    }
    return found;
  });

function hashFile(path: string): { sha256: string; bytes: number } {
  const fd = openSync(path, 'r');
  try {
    const bytes = fstatSync(fd).size;
    return { sha256: hashRange(fd, { start: 0, end: bytes }), bytes };
  } finally {
    closeSync(fd);
  }
}

async function replyOf<Value>(
  operation: () => Value | Promise<Value>,
): Promise<WorkerReply<Value>> {
  try {
    return { ok: true, value: await operation() };
  } catch (fault) {
    return { ok: false, error: namedFault(fault).toView() };
  }
}

/** A disk's fault by its name; the system's message is not passed on, since it holds the path. */
function namedFault(fault: unknown): CratefulError {
  const reason = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  if (fault instanceof CratefulError || !('syscall' in Object(fault)))
    return asCratefulError(fault);
  if (reason === 'ENOSPC' || reason === 'EDQUOT') {
    return new CratefulError('DISK_FULL', { reason, neededBytes: 0, freeBytes: 0 });
  }
  if (reason === 'EACCES' || reason === 'EPERM' || reason === 'EROFS') {
    return new CratefulError('PATH_NOT_WRITABLE', { reason });
  }
  return new CratefulError('DISK_FAILED', { reason });
}
