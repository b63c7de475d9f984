import type { FileHandle } from 'node:fs/promises';
import { diskError, type FileSystem } from '../files/file-system.ts';

/** Bytes gathered before one write: the biggest single saving of CPU in a transfer (libraries, "HTTP"). */
const WRITE_BYTES = 512 * 1024;
/** Bytes between two flushes to the device; what came since is what a power cut may cost. */
const FLUSH_BYTES = 32 * 1024 * 1024;

/** Writes a body into a part file from an offset on. */
export interface PartWriter {
  /** Bytes the part has, gathered ones included. */
  readonly position: number;
  write(chunk: Buffer): Promise<void>;
  /** Writes what is gathered and flushes it to the device. */
  finish(): Promise<void>;
  /** Writes what is gathered, so that an interrupted transfer goes on from the last byte; closes the file. */
  close(): Promise<void>;
}

/**
 * Opens a part for writing at `offset`, cutting off whatever stood behind it.
 *
 * `onDurable` hears how many bytes survive a power cut. Throws `DISK_FULL`, `DISK_FAILED` and
 * `PATH_NOT_WRITABLE`.
 */
export async function openPart(
  fs: FileSystem,
  path: string,
  offset: number,
  onDurable: (bytes: number) => Promise<void>,
): Promise<PartWriter> {
  const guard = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw diskError(error, path);
    });
  const handle: FileHandle = await guard(fs.open(path, offset > 0 ? 'r+' : 'w'));
  await guard(handle.truncate(offset)).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  let gathered: Buffer[] = [];
  let gatheredBytes = 0;
  let written = offset;
  let flushedAt = offset;
  let flushing: Promise<void> | null = null;
  let flushFault: unknown = null;

  const writeGathered = async () => {
    if (gatheredBytes === 0) return;
    const buffers = gathered;
    const bytes = gatheredBytes;
    gathered = [];
    gatheredBytes = 0;
    const result = await guard(handle.writev(buffers, written));
    if (result.bytesWritten < bytes) {
      // A short write is how a full disk first shows; writing the rest makes the system say so.
      await guard(
        handle.write(
          Buffer.concat(buffers).subarray(result.bytesWritten),
          0,
          bytes - result.bytesWritten,
          written + result.bytesWritten,
        ),
      );
    }
    written += bytes;
  };

  /** At most one flush under way, beside the transfer, so that a slow device does not stall the network. */
  const flushBehind = () => {
    if (flushing || written - flushedAt < FLUSH_BYTES) return;
    const upTo = written;
    flushing = guard(handle.datasync())
      .then(() => {
        flushedAt = upTo;
        return onDurable(upTo);
      })
      .catch((error: unknown) => {
        flushFault = error;
      })
      .finally(() => {
        flushing = null;
      });
  };

  const settleFlush = async () => {
    await flushing;
    if (flushFault) throw flushFault;
  };

  return {
    get position() {
      return written + gatheredBytes;
    },
    async write(chunk) {
      gathered.push(chunk);
      gatheredBytes += chunk.length;
      if (gatheredBytes < WRITE_BYTES) return;
      await writeGathered();
      if (flushFault) throw flushFault;
      flushBehind();
    },
    async finish() {
      await writeGathered();
      await settleFlush();
      await guard(handle.sync());
      await onDurable(written);
    },
    async close() {
      try {
        await writeGathered();
        await settleFlush();
      } finally {
        await handle.close();
      }
    },
  };
}
