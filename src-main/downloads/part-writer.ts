import type { FileHandle } from 'node:fs/promises';
import { diskError, type FileSystem } from '../files/file-system.ts';

/**
 * Bytes gathered before one write. Chunks are copied at once: many small buffers that live until a write ends
 * cost more in garbage collection than the copy does. Two such buffers and what waits in front of them
 * (net/download-body.ts) are what a kill can cost: 1 MiB at most.
 */
const WRITE_BYTES = 384 * 1024;
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
  let gathering = Buffer.allocUnsafeSlow(WRITE_BYTES);
  let spare = Buffer.allocUnsafeSlow(WRITE_BYTES);
  let gatheredBytes = 0;
  /** Where the gathered bytes belong: everything before is written, or on its way. */
  let taken = offset;
  let writing: Promise<void> = Promise.resolve();
  let written = offset;
  let flushedAt = offset;
  let flushing: Promise<void> | null = null;
  let flushFault: unknown = null;

  const writeOut = async (bytes: Buffer, position: number) => {
    // A short write is how a full disk first shows; writing the rest makes the system say so.
    for (let done = 0; done < bytes.length; ) {
      const rest = bytes.length - done;
      const { bytesWritten } = await guard(handle.write(bytes, done, rest, position + done));
      done += bytesWritten;
    }
    written = position + bytes.length;
  };

  /** Hands the gathered bytes to the disk, once what was handed to it before is written. */
  const writeGathered = async () => {
    await writing;
    if (flushFault) throw flushFault;
    flushBehind();
    if (gatheredBytes === 0) return;
    writing = writeOut(gathering.subarray(0, gatheredBytes), taken);
    // Met at the next write or at the end.
    writing.catch(() => undefined);
    taken += gatheredBytes;
    gatheredBytes = 0;
    [gathering, spare] = [spare, gathering];
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
      return taken + gatheredBytes;
    },
    async write(chunk) {
      for (let from = 0; from < chunk.length; ) {
        const copied = chunk.copy(gathering, gatheredBytes, from);
        gatheredBytes += copied;
        from += copied;
        if (gatheredBytes === WRITE_BYTES) await writeGathered();
      }
    },
    async finish() {
      await writeGathered();
      await writing;
      await settleFlush();
      await guard(handle.sync());
      await onDurable(written);
    },
    async close() {
      try {
        await writeGathered();
        await writing;
        await settleFlush();
      } finally {
        await flushing;
        await handle.close();
      }
    },
  };
}
