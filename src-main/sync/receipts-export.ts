import { relative, sep } from 'node:path';
import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId, RootId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { ExportCounts, ExportState } from '../../src-preload/contract/receipts.ts';
import { displayAlbumTitle, displayTitle } from '../../src-preload/contract/titles.ts';
import type { AudioPool } from '../audio/pool.ts';
import { CratefulError, hasCode } from '../errors.ts';
import { type FileSystem, ifThere, spelledPath } from '../files/file-system.ts';
import { inspectRoot } from '../files/root.ts';
import type { Sink } from '../files/sink.ts';
import type { FileProblem } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import { judgeAudio } from './look-inside.ts';
import { type ExportedFile, jsonHead, jsonLine, jsonTail, sumLine } from './receipts-format.ts';

/** What exporting receipts works with. */
export interface ExportParts {
  readonly fs: FileSystem;
  readonly audio: Pick<AudioPool, 'inspect' | 'hash'>;
  readonly library: Pick<Library, 'files' | 'albums'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly cratefulVersion: string;
}

/** What is exported, and where to. */
export interface ExportRequest {
  readonly rootId: RootId;
  readonly rootPath: string;
  readonly json: Sink | null;
  readonly sha256: Sink | null;
  readonly signal: AbortSignal;
}

/** Characters gathered before they are written. */
const BATCH_CHARACTERS = 256 * 1024;

/**
 * Writes the receipts of a library for other tools (docs/receipts.md): one file after the other, never all of it at
 * once. Files of unchanged size and time have the sum of their receipt; all others are read, so that both files say
 * what is on the disk now. What is missing or damaged is named.
 *
 * Throws `LIBRARY_ROOT_MISSING` when the drive is away or goes away, `CANCELLED`, and what sinks throw; both sinks are
 * discarded then.
 */
export async function exportReceipts(
  parts: ExportParts,
  request: ExportRequest,
): Promise<ExportCounts> {
  const { json, sha256 } = request;
  const sinks = [json, sha256].filter((sink) => sink !== null);
  try {
    await requireRoot(parts, request);
    const counts = await writeAll(parts, request);
    // A drive that went away meanwhile made everything look missing.
    await requireRoot(parts, request);
    for (const sink of sinks) await sink.finish();
    return counts;
  } catch (error) {
    // Why it failed counts, not that its remains would not go.
    for (const sink of sinks) await sink.discard().catch(() => undefined);
    throw error;
  }
}

async function writeAll(parts: ExportParts, request: ExportRequest): Promise<ExportCounts> {
  const { library, clock, cratefulVersion } = parts;
  const { rootId, signal } = request;
  const json = batched(request.json);
  const sums = batched(request.sha256);
  const counts = { saved: 0, edited: 0, changed: 0, damaged: 0, missing: 0 };
  const findings = await library.files.findings(rootId);
  const files = await library.files.list(rootId);
  const albumOf = albums(library);
  await json.write(jsonHead({ libraryId: rootId, cratefulVersion, atMs: clock.now() }));
  let first = true;
  for (const file of files) {
    signal.throwIfAborted();
    const { state, current, path } = await lookAt(parts, request, file, findings.get(file.path));
    counts[state] += 1;
    const album = await albumOf(file.albumId);
    const exported = { ...titlesOf(file, album), file, state, current, path };
    await json.write(`${first ? '' : ','}\n${jsonLine(exported)}`);
    await sums.write(sumLine(exported));
    first = false;
  }
  await json.write(jsonTail(counts));
  await json.end();
  await sums.end();
  return counts;
}

/** Text gathered into pieces worth a call of the system. */
function batched(sink: Sink | null) {
  let batch = '';
  const end = async () => {
    if (batch !== '') await sink?.write(batch);
    batch = '';
  };
  return {
    async write(text: string) {
      batch += text;
      if (batch.length >= BATCH_CHARACTERS) await end();
    },
    end,
  };
}

/** Albums' details, of which only the last is kept: files of one album mostly follow each other. */
function albums(library: Pick<Library, 'albums'>) {
  let last: { readonly id: AlbumId; readonly detail: AlbumDetail | null } | null = null;
  return async (id: AlbumId): Promise<AlbumDetail | null> => {
    if (last?.id !== id) last = { id, detail: await library.albums.get(id) };
    return last.detail;
  };
}

function titlesOf(file: LibraryFile, detail: AlbumDetail | null) {
  const track = detail?.tracks.find(({ id }) => id === file.trackId);
  return {
    album: detail ? displayAlbumTitle(detail.album) : null,
    artist: track?.artist ?? detail?.album.artist ?? null,
    title: track ? displayTitle(track) : null,
  };
}

type Looked = Pick<ExportedFile, 'state' | 'current' | 'path'>;

async function lookAt(
  parts: ExportParts,
  { rootPath, signal }: ExportRequest,
  file: LibraryFile,
  finding: FileProblem | undefined,
): Promise<Looked> {
  const { fs, audio } = parts;
  const absolute = await spelledPath(fs, rootPath, file.path);
  const path = relative(rootPath, absolute).split(sep).join('/');
  const stats = await ifThere(fs.stat(absolute)).catch(() => null);
  if (!stats?.isFile()) return { state: 'missing', current: null, path };
  const modifiedMs = Math.floor(stats.mtimeMs);
  const { receipt } = file;
  const untouched =
    finding === undefined &&
    stats.size === receipt.bytes &&
    file.bytes === receipt.bytes &&
    modifiedMs === file.modifiedMs;
  if (untouched) {
    const { sha256, bytes } = receipt;
    return { state: 'saved', current: { sha256, bytes, modifiedMs }, path };
  }
  try {
    const current = { ...(await audio.hash(absolute)), modifiedMs };
    const state =
      current.sha256 === receipt.sha256
        ? 'saved'
        : await stateOf(parts, { absolute, file, bytes: current.bytes }, signal);
    return { state, current, path };
  } catch (error) {
    if (!hasCode(error, 'DISK_FAILED', 'PATH_NOT_WRITABLE')) throw error;
    return { state: 'damaged', current: null, path };
  }
}

/** What became of a file with other bytes than it was saved with. */
async function stateOf(
  { audio }: ExportParts,
  { absolute, file, bytes }: { absolute: string; file: LibraryFile; bytes: number },
  signal: AbortSignal,
): Promise<ExportState> {
  if (file.kind !== 'track') return bytes === file.receipt.bytes ? 'damaged' : 'changed';
  const judged = judgeAudio(file, await audio.inspect(absolute, signal), null);
  return judged === 'whole' ? 'edited' : judged === 'other' ? 'changed' : 'damaged';
}

async function requireRoot({ fs }: ExportParts, { rootPath }: ExportRequest): Promise<void> {
  const { state } = await inspectRoot(fs, rootPath);
  if (state !== 'marked') throw new CratefulError('LIBRARY_ROOT_MISSING', { path: rootPath });
}
