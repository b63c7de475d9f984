import { Tinypool } from 'tinypool';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AudioHash } from '../../src-preload/contract/library.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import type { AudioFacts } from './audio-facts.ts';
import type { FileFacts } from './file-facts.ts';
import type { ProofRequest } from './proof.ts';
import type { TagSet } from './tags.ts';

/** What was proven about a downloaded file (architecture §4 steps 1, 3 and 4). */
export type Proof = AudioFacts;

/** What is to be written into the second file. */
export interface TagRequest {
  /** The proven file; it is only read. */
  readonly from: string;
  /** The second file; one that stands there is written over. */
  readonly to: string;
  readonly extension: string;
  readonly tags: TagSet;
  /** A JPEG or PNG to embed as front cover; left out when null, unreadable or too large for a FLAC block. */
  readonly coverFile: string | null;
  readonly proof: Proof;
}

/** The second file as it stands on the disk. */
export interface TaggedFile {
  /** sha256 of the whole file, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** The sound's, unchanged by tagging. */
  readonly audioHash: AudioHash;
}

/** What a look inside a file in the library says. */
export interface Inspection {
  /** Whether the audio is complete and undamaged. */
  readonly whole: boolean;
  /** Null unless whole. */
  readonly audioHash: AudioHash | null;
  readonly durationSeconds: number | null;
  readonly samplingRateKHz: number | null;
  /** Null also where the format has none (MP3). */
  readonly bitDepth: number | null;
  /** The purchase the tags name, if they name one. */
  readonly qobuzTrackId: number | null;
  readonly bytes: number;
}

/** What a file's head says of it; proof of nothing. */
export interface Identification {
  /** The purchase the tags name, if they name one. */
  readonly qobuzTrackId: number | null;
  /** Null where the head does not say; of an MP3 from its size and bit rate. */
  readonly durationSeconds: number | null;
}

/**
 * Audio work in worker threads. Every method rejects with CANCELLED when its signal is aborted or the pool is
 * closed, and with DISK_FULL, PATH_NOT_WRITABLE or DISK_FAILED when the disk fails.
 */
export interface AudioPool {
  /** Throws NOT_AUDIO, WRONG_FORMAT, TOO_SHORT, AUDIO_DAMAGED. */
  prove(request: ProofRequest, signal?: AbortSignal): Promise<Proof>;
  /**
   * Makes the tagged second file and proves its audio identical. Throws TAGGING_FAILED. After a fault the
   * second file is gone; after a cancellation an unfinished one may be left, which the next try writes over.
   */
  tag(request: TagRequest, signal?: AbortSignal): Promise<TaggedFile>;
  /** Never throws for a damaged file: it says so. */
  inspect(path: string, signal?: AbortSignal): Promise<Inspection>;
  /** Reads the head alone: enough to leave a file out, never to take it for anything. */
  identify(path: string, signal?: AbortSignal): Promise<Identification>;
  hash(path: string): Promise<{ sha256: string; bytes: number }>;
  /** What files say about themselves, in their order, without their sound being read; null for one that is gone. */
  facts(paths: readonly string[], signal?: AbortSignal): Promise<readonly (FileFacts | null)[]>;
  /** Stops the threads; work under way is cancelled. */
  close(): Promise<void>;
}

/** How an operation's outcome crosses the thread's boundary: a fault keeps its code, not its class. */
export type WorkerReply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ErrorView };

/** Idle threads give their memory back after this long. */
const IDLE_MS = 30_000;

/** How often an operation is given to another thread. */
const MOST_LOST_THREADS = 5;

/**
 * A cancelled operation takes its thread down. Whatever was handed to that thread at this moment is not at
 * fault: every operation can be made again from its beginning.
 */
const lostItsThread = (cause: unknown): boolean =>
  cause instanceof Error && cause.message === 'Terminating worker thread';

/** A pool of `threads` worker threads that run `workerUrl` (built from worker.ts). */
export function createAudioPool(options: { workerUrl: URL; threads: number }): AudioPool {
  const pool = new Tinypool({
    filename: options.workerUrl.href,
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: IDLE_MS,
    // A cancelled operation ends with its thread; the files it had open must be closed then.
    trackUnmanagedFds: true,
  });
  let closed = false;

  async function run<Value>(name: string, task: unknown, signal?: AbortSignal): Promise<Value> {
    for (let lost = 0; ; lost++) {
      let reply: WorkerReply<Value>;
      try {
        reply = await pool.run(task, { name, signal: signal ?? null });
      } catch (cause) {
        if (closed || signal?.aborted) throw new CratefulError('CANCELLED', {}, cause);
        if (lost < MOST_LOST_THREADS && lostItsThread(cause)) continue;
        throw asCratefulError(cause);
      }
      if (reply.ok) return reply.value;
      throw new CratefulError(reply.error.code, reply.error.params);
    }
  }

  return {
    prove: (request, signal) => run('prove', request, signal),
    tag: (request, signal) => run('tag', request, signal),
    inspect: (path, signal) => run('inspect', path, signal),
    identify: (path, signal) => run('identify', path, signal),
    hash: (path) => run('hash', path),
    facts: (paths, signal) => run('facts', paths, signal),
    async close() {
      closed = true;
      pool.cancelPendingTasks();
      await pool.destroy();
    },
  };
}
