import { formatInfo } from '../../src-preload/contract/formats.ts';
import type { JobId } from '../../src-preload/contract/ids.ts';
import type { Part } from '../../src-preload/contract/library.ts';
import { CratefulError, hasCode } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Library } from '../library/library.ts';
import type { HttpClient } from '../net/http.ts';
import type { Clock } from '../ports.ts';
import type { FileAddress } from '../qobuz/file-url.ts';
import { type Bandwidth, paced } from './bandwidth.ts';
import { openPart } from './part-writer.ts';
import { checkMime, checkResponse } from './response-check.ts';
import type { SpaceLedger } from './space-ledger.ts';

/** Bytes between two looks at the free space while a body comes in. */
const SPACE_CHECK_BYTES = 64 * 1024 * 1024;

/** What a transfer works with. */
export interface TransferParts {
  readonly http: HttpClient;
  readonly fs: FileSystem;
  readonly parts: Library['parts'];
  readonly space: SpaceLedger;
  readonly clock: Clock;
  readonly bandwidth: Bandwidth;
  /** When this computer was started, in unix milliseconds: what was written before may have been lost with its power. */
  readonly bootedAtMs: number;
}

/** One try at the bytes of one file. */
export interface TransferRequest {
  readonly jobId: JobId;
  readonly address: FileAddress;
  readonly partPath: string;
  readonly signal: AbortSignal;
  /** Hears where the part stands and how long the whole is (0 when unknown). */
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
  /** Hears how many bytes came over the network. */
  readonly onNetworkBytes: (bytes: number) => void;
}

/**
 * Brings a part to its full length, going on where an earlier attempt or a killed process stopped
 * (architecture §4 steps 1–2). The body streams to the disk; a fault keeps the part, a proven mismatch
 * restarts it.
 *
 * Throws `STREAM_STUB`, `STREAM_TRUNCATED`, `STREAM_TOO_LONG`, `STREAM_STALLED`, `STREAM_INTERRUPTED`,
 * `CDN_REFUSED`, `RANGE_MISMATCH`, `NOT_AUDIO`, `WRONG_FORMAT`, `OFFLINE`, `TLS_FAILED`, `ADDRESS_REFUSED`,
 * `DISK_FULL`, `DISK_FAILED`, `PATH_NOT_WRITABLE` and `CANCELLED`.
 */
export async function transfer(deps: TransferParts, request: TransferRequest): Promise<Part> {
  const extension = extensionOf(request.address);
  checkMime(request.address.mimeType, extension);
  let known = await resumable(deps, request);
  /** Bytes of an earlier answer that came from the start and named no length; 0 before there was one. */
  let unannounced = 0;
  for (;;) {
    if (known.part?.stage === 'fetched') return known.part;
    const asked = {
      offset: known.offset,
      totalBytes: known.part?.totalBytes ?? 0,
      etag: known.part?.etag ?? null,
      extension,
    };
    const answer = await deps.http
      .open({ url: request.address.url, headers: rangeHeaders(asked), signal: request.signal })
      .catch((error: unknown) => {
        throw nameDroppedConnection(error);
      });
    try {
      const verdict = checkResponse(asked, answer.status, answer.headers);
      if (verdict.kind === 'already-whole' && known.part)
        return await markFetched(deps, { ...known.part, totalBytes: known.offset });
      if (verdict.kind !== 'body') {
        answer.body.destroy();
        await discardPart(deps, request);
        if (asked.offset === 0) throw new CratefulError('CDN_REFUSED', { status: answer.status });
        known = { part: null, offset: 0 };
        continue;
      }
      const part: Part = {
        jobId: request.jobId,
        formatId: request.address.formatId,
        totalBytes: verdict.plan.totalBytes,
        mimeType: verdict.plan.mimeType,
        etag: verdict.plan.etag,
        stage: 'fetching',
        durableBytes: Math.min(known.part?.durableBytes ?? 0, verdict.plan.offset),
        samplingRateKHz: request.address.samplingRateKHz,
        bitDepth: request.address.bitDepth,
        updatedAtMs: deps.clock.now(),
      };
      await deps.parts.put(part);
      const { offset } = verdict.plan;
      const length = await receive(deps, request, part, offset, answer.body);
      const whole = { ...part, totalBytes: length };
      // A FLAC's proof counts its samples. Of anything else only the server knows whether that was the end.
      if (part.totalBytes > 0 || extension === 'flac') return await markFetched(deps, whole);
      const nothingNew = offset === 0 ? length === unannounced : length === offset;
      if (nothingNew) return await markFetched(deps, whole);
      if (offset === 0) {
        if (unannounced > 0) {
          // Two answers of other lengths: the shorter ended early, and the next attempt starts anew.
          throw shortBody(Math.min(length, unannounced), 0, Math.max(length, unannounced));
        }
        unannounced = length;
      }
      known = { part: { ...part, durableBytes: length }, offset: length };
    } finally {
      answer.body.destroy();
    }
  }
}

function extensionOf(address: FileAddress): 'mp3' | 'flac' | 'dsf' {
  const info = formatInfo(address.formatId);
  if (!info)
    throw new CratefulError('WRONG_FORMAT', { expected: 'audio', found: address.formatId });
  return info.extension;
}

function rangeHeaders(asked: { offset: number; etag: string | null }): Record<string, string> {
  if (asked.offset === 0) return {};
  const strong = asked.etag !== null && !asked.etag.startsWith('W/');
  return {
    Range: `bytes=${asked.offset}-`,
    ...(strong && asked.etag !== null ? { 'If-Range': asked.etag } : {}),
  };
}

interface Known {
  readonly part: Part | null;
  readonly offset: number;
}

/** What an earlier attempt left that this one can build on; anything that contradicts itself is discarded. */
async function resumable(deps: TransferParts, request: TransferRequest): Promise<Known> {
  const part = await deps.parts.get(request.jobId);
  const size = await deps.fs.stat(request.partPath).then(
    (stats) => stats.size,
    () => 0,
  );
  const fits =
    part !== null &&
    part.formatId === request.address.formatId &&
    part.totalBytes > 0 &&
    size <= part.totalBytes &&
    size >= part.durableBytes;
  if (!fits) {
    if (part) await discardPart(deps, request);
    return { part: null, offset: 0 };
  }
  // A killed process loses nothing it wrote; a power cut may leave holes behind what was flushed, and neither
  // MP3 nor DSF has a checksum that would find them.
  const offset = part.updatedAtMs < deps.bootedAtMs ? part.durableBytes : size;
  if (offset === part.totalBytes) return { part: await markFetched(deps, part), offset };
  return { part, offset };
}

/** Removes a part that was proven worthless, file and row. */
export async function discardPart(
  deps: Pick<TransferParts, 'fs' | 'parts'>,
  request: { readonly jobId: JobId; readonly partPath: string },
): Promise<void> {
  await deps.fs.rm(request.partPath, { force: true });
  await deps.parts.delete(request.jobId);
}

async function markFetched(deps: TransferParts, part: Part): Promise<Part> {
  const fetched: Part = {
    ...part,
    stage: 'fetched',
    durableBytes: part.totalBytes,
    updatedAtMs: deps.clock.now(),
  };
  await deps.parts.put(fetched);
  return fetched;
}

/** Streams the body behind `offset`; gives the length of the whole once it is all there. */
async function receive(
  deps: TransferParts,
  request: TransferRequest,
  part: Part,
  offset: number,
  body: AsyncIterable<Buffer>,
): Promise<number> {
  const { totalBytes } = part;
  // The tagged second file needs the same room again (architecture §4 step 5).
  const claim = (position: number) =>
    deps.space.claim(request.jobId, Math.max(0, 2 * totalBytes - position));
  await claim(offset);
  const writer = await openPart(deps.fs, request.partPath, offset, (bytes) =>
    deps.parts.setDurable(request.jobId, bytes),
  );
  let nextSpaceCheck = offset + SPACE_CHECK_BYTES;
  try {
    for await (const chunk of body) {
      await paced(deps.bandwidth, chunk, request.signal, async (piece) => {
        await writer.write(piece);
        request.onNetworkBytes(piece.length);
        request.onProgress(writer.position, totalBytes);
      });
      if (totalBytes > 0 && writer.position > totalBytes) break;
      if (writer.position >= nextSpaceCheck) {
        nextSpaceCheck += SPACE_CHECK_BYTES;
        await claim(writer.position);
      }
    }
    checkLength(writer.position, offset, totalBytes);
    await writer.finish();
    return writer.position;
  } catch (error) {
    if (endedWhole(error, writer.position, totalBytes)) {
      await writer.finish();
      return writer.position;
    }
    throw nameShortBody(error, writer.position, offset, totalBytes);
  } finally {
    await writer.close();
    if (totalBytes > 0 && writer.position > totalBytes) await discardPart(deps, request);
  }
}

function checkLength(position: number, offset: number, totalBytes: number): void {
  if (totalBytes === 0) return;
  if (position > totalBytes) {
    throw new CratefulError('STREAM_TOO_LONG', { expectedBytes: totalBytes, bytes: position });
  }
  if (position < totalBytes) throw shortBody(position, offset, totalBytes);
}

/** A server that took the connection and dropped it is there: this file has a fault, the network has none. */
function nameDroppedConnection(error: unknown): unknown {
  if (!(error instanceof CratefulError) || error.code !== 'OFFLINE') return error;
  const { reason = '' } = error.params;
  return reason === 'ECONNRESET'
    ? new CratefulError('STREAM_INTERRUPTED', { reason }, error)
    : error;
}

/** "One byte, then closed" (traps §1 S1) is told apart from an ordinary cut: another cure is advised. */
function shortBody(position: number, offset: number, totalBytes: number): CratefulError {
  const received = position - offset;
  const stub = received === 1 || position === 0;
  return stub && totalBytes - offset > 1
    ? new CratefulError('STREAM_STUB', { expectedBytes: totalBytes, bytes: received })
    : new CratefulError('STREAM_TRUNCATED', { expectedBytes: totalBytes, bytes: position });
}

/** Every byte had come when the connection failed, as with a server that sends on behind the end it announced. */
const endedWhole = (error: unknown, position: number, totalBytes: number): boolean =>
  totalBytes > 0 &&
  position === totalBytes &&
  hasCode(error, 'STREAM_STALLED', 'STREAM_INTERRUPTED');

/** A cut connection is the same fault as a short body, whichever way the network reports it. */
function nameShortBody(
  error: unknown,
  position: number,
  offset: number,
  totalBytes: number,
): unknown {
  const cut = error instanceof CratefulError && error.code === 'STREAM_INTERRUPTED';
  if (!cut || totalBytes === 0 || position >= totalBytes) return error;
  return shortBody(position, offset, totalBytes);
}
