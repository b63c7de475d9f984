import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../ports.ts';
import type { FileSystem } from './file-system.ts';
import { acquireLock, type Lock } from './lock.ts';
import { WORK_FOLDER } from './work-folder.ts';

/** How often a lock's holder shows that it lives, and after what silence it counts as dead. */
const TIMES = { heartbeatMs: 3000, staleMs: 30_000 } as const;

/** What this process takes locks with. */
export interface LockParts {
  readonly fs: FileSystem;
  readonly clock: Clock;
}

/** Takes a data folder for this process; throws as `acquireLock`. */
export const lockHome = (parts: LockParts, home: string): Promise<Lock> =>
  ownLock(parts, join(home, 'lock'));

/** Takes a music folder for this process; throws as `acquireLock`. */
export const lockRoot = (parts: LockParts, rootPath: string): Promise<Lock> =>
  ownLock(parts, join(rootPath, WORK_FOLDER, 'lock'));

const ownLock = ({ fs, clock }: LockParts, file: string): Promise<Lock> =>
  acquireLock(fs, file, {
    pid: process.pid,
    host: hostname(),
    clock,
    ...TIMES,
    what: `Crateful, process ${process.pid}`,
  });
