import { posix } from 'node:path';
import type { AlbumDetail, Track } from '../../src-preload/contract/catalogue.ts';
import { type FormatInfo, formatInfo } from '../../src-preload/contract/formats.ts';
import type { Job, Part, Receipt } from '../../src-preload/contract/library.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { JobStage } from '../../src-preload/contract/states.ts';
import type { AudioPool, Proof } from '../audio/pool.ts';
import { tagsOf } from '../audio/tags.ts';
import { CratefulError, hasCode } from '../errors.ts';
import { partPath } from '../files/root.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { FileAddress } from '../qobuz/file-url.ts';
import type { Committer } from './commit.ts';
import type { CoverCache } from './cover-cache.ts';
import { provesPartWrong } from './retry.ts';
import { discardPart, type TransferParts, transfer } from './transfer.ts';

/** What one attempt at a track works with. */
export interface AttemptParts extends TransferParts {
  readonly rootPath: string;
  readonly qobuz: Pick<Qobuz, 'fileUrl'>;
  readonly audio: AudioPool;
  readonly covers: CoverCache;
  readonly committer: Committer;
  /** The album with its tracks, from the catalogue cache. */
  readonly albumOf: (job: Job) => Promise<AlbumDetail>;
  readonly cratefulVersion: string;
  /** Those in force when a file is tagged. */
  readonly settings: () => Pick<Settings, 'embedCovers' | 'writeReplayGain'>;
}

/** What an attempt reports while it runs. */
export interface AttemptHooks {
  readonly signal: AbortSignal;
  readonly onStage: (stage: JobStage) => void;
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
  readonly onNetworkBytes: (bytes: number) => void;
  /** All bytes came and were wrong. */
  readonly onProofFailed: () => void;
  /** A format the service refused before another one was taken. */
  readonly onRefusedFormat: (formatId: number, restriction: string) => void;
}

type RefusedFormats = Receipt['refusedFormats'];

/**
 * One attempt at one track, from its address to its row (architecture §4, in that order). The address
 * belongs to the attempt and is asked for just in time. The job's `error` is that of the attempt before.
 *
 * Throws every code a transfer, a proof or a commit can throw; the part is kept unless it was proven wrong.
 */
export async function attemptTrack(
  deps: AttemptParts,
  job: Job,
  hooks: AttemptHooks,
): Promise<void> {
  const { detail, track } = await findTrack(deps, job);
  const part = partPath(deps.rootPath, job.id, 'part');
  hooks.onStage('asking');
  const { address, refused } = await askAddress(deps, job, hooks);
  const extension = extensionFor(address);
  try {
    hooks.onStage('fetching');
    const fetched = await transfer(deps, {
      jobId: job.id,
      address,
      partPath: part,
      signal: hooks.signal,
      onProgress: hooks.onProgress,
      onNetworkBytes: hooks.onNetworkBytes,
    });
    hooks.onStage('verifying');
    const proof = await prove(deps, job, hooks, {
      path: part,
      extension,
      expectedDurationSeconds: track.durationSeconds || address.durationSeconds,
    });
    hooks.onStage('tagging');
    const wanted = deps.settings();
    const tagged = partPath(deps.rootPath, job.id, 'tagged');
    const result = await deps.audio.tag(
      {
        from: part,
        to: tagged,
        extension,
        tags: tagsOf(detail, track, { replayGain: wanted.writeReplayGain }),
        coverFile: wanted.embedCovers ? await deps.covers.file(detail.album, hooks.signal) : null,
        proof,
      },
      hooks.signal,
    );
    hooks.onStage('saving');
    const receipt = receiptOf(deps, job, { fetched, proof, refused, result });
    await deps.committer.commit(
      { ...job, targetPath: withExtension(job.targetPath, extension) },
      receipt,
    );
  } catch (error) {
    await startOverWhenRangesNeverFit(deps, job, part, error);
    throw error;
  } finally {
    deps.space.release(job.id);
  }
}

async function findTrack(
  deps: AttemptParts,
  job: Job,
): Promise<{ detail: AlbumDetail; track: Track }> {
  const detail = await deps.albumOf(job);
  const track = detail.tracks.find((candidate) => candidate.id === job.trackId);
  if (!track) throw new CratefulError('TRACK_UNAVAILABLE', { restriction: 'not in the album' });
  return { detail, track };
}

/** Asks for each planned format in turn; only a refusal by the service moves on to the next. */
async function askAddress(
  deps: AttemptParts,
  job: Job,
  hooks: AttemptHooks,
): Promise<{ address: FileAddress; refused: RefusedFormats }> {
  const refused: { formatId: number; restriction: string }[] = [];
  let last: unknown = new CratefulError('NOT_ENTITLED', { restriction: 'no format' });
  for (const formatId of job.formatIds) {
    try {
      if (job.trackId === null) break;
      const address = await deps.qobuz.fileUrl({
        trackId: job.trackId,
        formatId,
        priority: 'file',
        signal: hooks.signal,
      });
      if (address.formatId !== formatId) {
        throw new CratefulError('WRONG_FORMAT', { expected: formatId, found: address.formatId });
      }
      return { address, refused };
    } catch (error) {
      if (!hasCode(error, 'NOT_ENTITLED')) throw error;
      last = error;
      const restriction = String((error as CratefulError).params.restriction ?? 'unnamed');
      refused.push({ formatId, restriction });
      hooks.onRefusedFormat(formatId, restriction);
    }
  }
  throw last;
}

function extensionFor(address: FileAddress): FormatInfo['extension'] {
  const info = formatInfo(address.formatId);
  if (!info)
    throw new CratefulError('WRONG_FORMAT', { expected: 'audio', found: address.formatId });
  return info.extension;
}

/** The planned path with the ending of what was really served, when a refusal led to another kind of file. */
const withExtension = (path: string, extension: string): string =>
  posix.extname(path) === `.${extension}`
    ? path
    : `${path.slice(0, -posix.extname(path).length)}.${extension}`;

function receiptOf(
  deps: AttemptParts,
  job: Job,
  made: {
    readonly fetched: Part;
    readonly proof: Proof;
    readonly refused: RefusedFormats;
    readonly result: {
      readonly sha256: string;
      readonly bytes: number;
      readonly audioHash: Receipt['audioHash'];
    };
  },
): Receipt {
  return {
    sha256: made.result.sha256,
    bytes: made.result.bytes,
    audioHash: made.result.audioHash,
    durationSeconds: made.proof.durationSeconds,
    requestedFormatId: job.formatIds[0] ?? null,
    servedFormatId: made.fetched.formatId,
    samplingRateKHz: made.proof.samplingRateKHz,
    bitDepth: made.proof.bitDepth,
    refusedFormats: made.refused,
    cratefulVersion: deps.cratefulVersion,
  };
}

/**
 * Proves the part. Only what this finds wrong is proven wrong: then the part is deleted (architecture §4). The
 * head of an answer that is not what was asked for says nothing about the bytes that came before it.
 */
async function prove(
  deps: AttemptParts,
  job: Job,
  hooks: AttemptHooks,
  request: Parameters<AudioPool['prove']>[0],
): Promise<Proof> {
  try {
    return await deps.audio.prove(request, hooks.signal);
  } catch (error) {
    if (error instanceof CratefulError && provesPartWrong(error.code)) {
      hooks.onProofFailed();
      await discardPart(deps, { jobId: job.id, partPath: request.path });
    }
    throw error;
  }
}

/**
 * A server that answers twice in a row with another range than the one asked for gets a fresh start, because
 * resuming may then never succeed.
 */
async function startOverWhenRangesNeverFit(
  deps: AttemptParts,
  job: Job,
  part: string,
  error: unknown,
): Promise<void> {
  if (!hasCode(error, 'RANGE_MISMATCH') || job.error?.code !== 'RANGE_MISMATCH') return;
  await discardPart(deps, { jobId: job.id, partPath: part });
}
