import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Gives a function that brings SQLite's log to the device beside the main thread, where a flush behind many
 * megabytes of music takes tenths of a second. What was in the log when it was called is on the disk when its
 * promise resolves; calls that come during a flush share the next one. Rejects with the system's error.
 */
export function createLogFlush(file: string): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  let named = false;

  const flush = async (): Promise<void> => {
    next = null;
    try {
      await synced(`${file}-wal`, 'r+');
    } catch (error) {
      // Whoever closes a database takes its log into it, and flushes that.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw error;
    }
    if (named) return;
    // Systems that cannot open a folder keep its names by themselves.
    await synced(dirname(file), 'r').catch(() => undefined);
    named = true;
  };

  return () => {
    if (next) return next;
    running = running.catch(() => undefined).then(flush);
    next = running;
    return next;
  };
}

async function synced(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await (flags === 'r' ? handle.sync() : handle.datasync());
  } finally {
    await handle.close();
  }
}
