import { join } from 'node:path';
import { z } from 'zod';
import { albumId, rootId, trackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Placement, TrackDecision } from '../../src-preload/contract/library.ts';
import {
  diskError,
  type FileSystem,
  ifThere,
  makeFolders,
  replaceContents,
} from './file-system.ts';
import { isContainedPath } from './names.ts';
import { WORK_FOLDER } from './work-folder.ts';

const MANIFEST_FILE = 'manifest.jsonl';
const BATCH_CHARACTERS = 256 * 1024;

const receiptSchema = z.object({
  sha256: z.string(),
  bytes: z.number(),
  audioHash: z
    .object({ kind: z.enum(['flac-pcm-md5', 'frames-sha256']), value: z.string() })
    .nullable(),
  durationSeconds: z.number().nullable(),
  requestedFormatId: z.number().nullable(),
  servedFormatId: z.number().nullable(),
  samplingRateKHz: z.number().nullable(),
  bitDepth: z.number().nullable(),
  refusedFormats: z.array(z.object({ formatId: z.number(), restriction: z.string() })),
  cratefulVersion: z.string(),
});

/** A library file as it is written into the root; a path that leads out of it makes it unreadable. */
export const fileSchema = z
  .object({
    v: z.literal(1),
    rootId: z.string().transform(rootId),
    albumId: z.string().transform(albumId),
    trackId: z.number().int().transform(trackId).nullable(),
    kind: z.enum(['track', 'cover', 'booklet']),
    // The folder may come from anyone: a line must not lead out of it.
    path: z.string().refine(isContainedPath),
    bytes: z.number(),
    modifiedMs: z.number(),
    receipt: receiptSchema,
  })
  .transform(({ v: _v, ...file }): LibraryFile => file);

const placementSchema = z
  .object({
    v: z.literal(1),
    rootId: z.string().transform(rootId),
    albumId: z.string().transform(albumId),
    kind: z.literal('album'),
    folder: z.string().refine(isContainedPath),
    template: z.string(),
    sides: z.object({ covers: z.boolean(), booklets: z.boolean() }),
  })
  .transform(({ v: _v, kind: _kind, ...placement }): Placement => placement);

const decisionSchema = z
  .object({
    v: z.literal(1),
    kind: z.literal('decision'),
    rootId: z.string().transform(rootId),
    albumId: z.string().transform(albumId),
    trackId: z.number().int().transform(trackId),
    decision: z.enum(['keep-this', 'dismissed', 'upgrade', 'left-out']),
    offer: z.string().nullable(),
  })
  .transform(({ v: _v, kind: _kind, ...decision }): TrackDecision => decision);

const lineSchema = z.union([fileSchema, placementSchema, decisionSchema]);

/** What a manifest says of a library. Manifests of earlier versions name no placements and no decisions. */
export interface Manifest {
  readonly files: readonly LibraryFile[];
  readonly placements: readonly Placement[];
  readonly decisions: readonly TrackDecision[];
}

/**
 * Rewrites `.crateful/manifest.jsonl`, one album with its folder a line, one file with its receipt a line and one
 * decision about a track a line, so that a lost database loses nothing (architecture §5). A kill at any moment leaves the old manifest or the new one. Throws `PATH_NOT_WRITABLE`,
 * `DISK_FULL` and `DISK_FAILED`.
 */
export async function writeManifest(
  fs: FileSystem,
  rootPath: string,
  placements: Iterable<Placement>,
  files: Iterable<LibraryFile> | AsyncIterable<LibraryFile>,
  decisions: Iterable<TrackDecision> = [],
): Promise<void> {
  const work = join(rootPath, WORK_FOLDER);
  try {
    await makeFolders(fs, work);
    await replaceContents(
      fs,
      join(work, MANIFEST_FILE),
      batches(lines(placements, files, decisions)),
    );
  } catch (error) {
    throw diskError(error, `${WORK_FOLDER}/${MANIFEST_FILE}`);
  }
}

/** Whether there is a manifest at all; somebody may have deleted it. */
export async function hasManifest(fs: FileSystem, rootPath: string): Promise<boolean> {
  return (await ifThere(fs.stat(join(rootPath, WORK_FOLDER, MANIFEST_FILE)))) !== null;
}

/** Size and time of the manifest, as one text to compare; empty when there is none. */
export async function manifestStamp(fs: FileSystem, rootPath: string): Promise<string> {
  const info = await ifThere(fs.stat(join(rootPath, WORK_FOLDER, MANIFEST_FILE)));
  return info ? `${info.size} ${Math.floor(info.mtimeMs)}` : '';
}

/** JSON leaves the two separators as they are, and node:readline ends a line at each. */
const toLine = (
  said:
    | LibraryFile
    | (Placement & { readonly kind: 'album' })
    | (TrackDecision & { readonly kind: 'decision' }),
): string =>
  JSON.stringify({ v: 1, ...said })
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let batch = '';
  for await (const line of lines) {
    batch += `${line}\n`;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

async function* lines(
  placements: Iterable<Placement>,
  files: Iterable<LibraryFile> | AsyncIterable<LibraryFile>,
  decisions: Iterable<TrackDecision>,
): AsyncGenerator<string> {
  for (const placement of placements) yield toLine({ kind: 'album', ...placement });
  for (const decision of decisions) yield toLine({ kind: 'decision', ...decision });
  for await (const file of files) yield toLine(file);
}

/**
 * The manifest's files and placements; none when there is no manifest. Lines that are damaged, from a later version or point
 * out of the root are left out. Throws `PATH_NOT_WRITABLE` and `DISK_FAILED`.
 */
export async function readManifest(fs: FileSystem, rootPath: string): Promise<Manifest> {
  const files: LibraryFile[] = [];
  const placements: Placement[] = [];
  const decisions: TrackDecision[] = [];
  try {
    const handle = await ifThere(fs.open(join(rootPath, WORK_FOLDER, MANIFEST_FILE), 'r'));
    if (!handle) return { files, placements, decisions };
    // The reader closes the handle at the end.
    for await (const line of handle.readLines({ encoding: 'utf8' })) {
      const said = parseLine(line);
      if (said === null) continue;
      if ('folder' in said) placements.push(said);
      else if ('decision' in said) decisions.push(said);
      else files.push(said);
    }
  } catch (error) {
    throw diskError(error, `${WORK_FOLDER}/${MANIFEST_FILE}`);
  }
  return { files, placements, decisions };
}

function parseLine(line: string): LibraryFile | Placement | TrackDecision | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
