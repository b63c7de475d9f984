import { dirname } from 'node:path';
import { CratefulError } from '../errors.ts';
import { diskError, type FileSystem, ifThere } from './file-system.ts';

/** Room on a volume, in bytes, as far as this user may use it. */
export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/**
 * Room on the volume that holds `path`, or will hold it: for a folder that does not exist yet, its nearest parent that
 * does. Some network shares state no size at all; then both figures are 0. Throws `DISK_FAILED` and
 * `PATH_NOT_WRITABLE`.
 */
export async function freeSpace(fs: FileSystem, path: string): Promise<Space> {
  try {
    for (let folder = path; ; folder = dirname(folder)) {
      const volume = await ifThere(fs.statfs(folder));
      if (volume) {
        return {
          freeBytes: volume.bavail * volume.bsize,
          totalBytes: volume.blocks * volume.bsize,
        };
      }
      if (folder === dirname(folder)) return { freeBytes: 0, totalBytes: 0 };
    }
  } catch (error) {
    throw diskError(error, '.');
  }
}

/**
 * Makes sure that `neededBytes` more fit while `reservePercent` of the volume stays free (names-and-layout §4). A volume that
 * states no size cannot be checked and passes. Throws `DISK_FULL` with `neededBytes` and `freeBytes` (what may
 * be used: the reserve is taken off).
 */
export async function requireSpace(
  fs: FileSystem,
  path: string,
  neededBytes: number,
  reservePercent: number,
): Promise<void> {
  const { freeBytes, totalBytes } = await freeSpace(fs, path);
  if (totalBytes === 0) return;
  const usableBytes = Math.max(0, Math.floor(freeBytes - (totalBytes * reservePercent) / 100));
  if (usableBytes < neededBytes) {
    throw new CratefulError('DISK_FULL', { neededBytes, freeBytes: usableBytes });
  }
}
