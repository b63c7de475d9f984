import { join } from 'node:path';
import { z } from 'zod';
import type { RootId } from '../../src-preload/contract/ids.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { AudioPool } from '../audio/pool.ts';
import { CratefulError } from '../errors.ts';
import { diskError, type FileSystem, ifThere, makeFolders } from '../files/file-system.ts';
import type { Lock } from '../files/lock.ts';
import { hasManifest, writeManifest } from '../files/manifest.ts';
import { overlap } from '../files/overlap.ts';
import { lockRoot } from '../files/own-lock.ts';
import {
  areSame,
  bringFile,
  canLink,
  isThere,
  type Relocation,
  removeEmptied,
  removeFiles,
  removeIfEmpty,
} from '../files/relocate.ts';
import { createRoot, inspectRoot, MARKER_PATH, requireSameRoot } from '../files/root.ts';
import { requireSpace } from '../files/space.ts';
import { WORK_FOLDER } from '../files/work-folder.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import type { Clock } from '../ports.ts';
import { type MovingFiles, movingFiles, stillToBring } from './move-files.ts';

/** What a library is moved with. */
export interface MoveParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'roots' | 'files' | 'placements' | 'decisions' | 'settings'>;
  readonly audio: Pick<AudioPool, 'hash'>;
  readonly clock: Clock;
  readonly scanWorkerUrl: URL;
  readonly settings: () => Pick<Settings, 'reservePercent'>;
}

/** How far a move has come. */
export interface MoveProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly leftBehind: number;
}

/** Which library is moved where. */
export interface MoveRequest {
  readonly root: RootRow;
  readonly to: string;
  /** Aborted with a `CANCELLED` whose `why` is `exit` when the move is to go on with the next start. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: MoveProgress) => void;
}

/** A move that was begun and not ended, stored with its root; whichever folder the root has by then is in use. */
const pendingSchema = z.object({ from: z.string(), to: z.string() });
const PENDING = 'move';
/** At the new place, one line for each file that was brought: what a cancelled move takes away again. */
const JOURNAL = join(WORK_FOLDER, 'move.jsonl');

/** The move a root was in when the last process ended; null for none. */
export async function pendingMove(
  { library }: Pick<MoveParts, 'library'>,
  id: RootId,
): Promise<z.infer<typeof pendingSchema> | null> {
  return pendingSchema.safeParse(await library.settings.get('root', id, PENDING)).data ?? null;
}

/** Forgets a move that cannot go on. */
export const forgetMove = ({ library }: Pick<MoveParts, 'library'>, id: RootId): Promise<void> =>
  library.settings.set('root', id, PENDING, undefined);

/** Whether a move was begun at this place: without that a drive that is away must not be taken for an empty one. */
export const wasBegun = (fs: FileSystem, to: string): Promise<boolean> =>
  isThere(fs, join(to, JOURNAL));

/**
 * Moves a library: every file gets its name at the new place, proven; then the root's row and marker change; only then
 * the old files go. Until that moment the old folder is whole and in use, whatever happens: a fault or a cancelled move
 * takes away what it made, and a killed one goes on when it is called again (docs/decisions/moving-a-library.md).
 *
 * Throws `FOLDER_OVERLAPS`, `LIBRARY_ROOT_MISSING`, `LIBRARY_ROOT_FOREIGN`, `ALREADY_RUNNING`, `PATH_OCCUPIED`,
 * `DISK_FULL`, `DISK_FAILED`, `PATH_NOT_WRITABLE` and `CANCELLED`.
 */
export async function moveLibrary(parts: MoveParts, request: MoveRequest): Promise<void> {
  const { fs, library } = parts;
  const { root, to } = request;
  await requireDestination(fs, root, to);
  await library.settings.set('root', root.id, PENDING, { from: root.path, to });
  const locks: Lock[] = [];
  const proven = new Map<string, Relocation>();
  try {
    for (const path of [root.path, to]) locks.push(await lockRoot(parts, path));
    const signal = AbortSignal.any([request.signal, ...locks.map((lock) => lock.lost)]);
    const moving = await movingFiles(parts, root, signal);
    await dropStale(parts, request);
    await bringAll(parts, { ...request, signal }, moving);
    await settle(parts, request);
    await library.roots.change(root.id, { path: to });
    for (const file of moving.files) proven.set(file.source, file);
  } catch (error) {
    const goesOn = error instanceof CratefulError && error.params.why === 'exit';
    for (const lock of locks.splice(0)) await lock.release().catch(() => undefined);
    if (!goesOn) {
      await takeBack(parts, request).catch(() => undefined);
      await forgetMove(parts, root.id);
    }
    throw diskError(error, '.');
  } finally {
    for (const lock of locks) await lock.release().catch(() => undefined);
  }
  // The library is at its new place: what is left of the old one is not worth a fault, and goes with the next start.
  await sweep(parts, root.id, { from: root.path, to, proven }).catch(() => undefined);
}

async function requireDestination(fs: FileSystem, root: RootRow, to: string): Promise<void> {
  await requireSameRoot(fs, root);
  if (await overlap(fs, root.path, to)) {
    throw new CratefulError('FOLDER_OVERLAPS', { path: to });
  }
  const { state, marker } = await inspectRoot(fs, to);
  // Its own marker is there already when the last process ended right before the row changed.
  const isOthers =
    state === 'marked'
      ? marker?.libraryId !== root.id
      : (await hasManifest(fs, to)) && !(await wasBegun(fs, to));
  if (isOthers) {
    throw new CratefulError('LIBRARY_ROOT_FOREIGN', { path: to });
  }
}

async function bringAll(
  parts: MoveParts,
  request: MoveRequest,
  { files, leftBehind }: MovingFiles,
): Promise<void> {
  const { fs, audio, clock } = parts;
  const { root, to, signal } = request;
  const open = new Set(await stillToBring(fs, files, to));
  const link = await canLink(fs, join(root.path, MARKER_PATH), to);
  const openBytes = [...open].reduce((sum, file) => sum + file.bytes, 0);
  if (!link) await requireSpace(fs, to, openBytes, parts.settings().reservePercent);
  const total = { filesTotal: files.length, bytesTotal: bytesOf(files), leftBehind };
  let filesDone = 0;
  let bytesDone = 0;
  const journal = await fs.open(join(to, JOURNAL), 'a');
  try {
    request.onProgress({ ...total, filesDone, bytesDone });
    for (const file of files) {
      signal.throwIfAborted();
      const hash = (path: string) => audio.hash(path);
      await bringFile({ fs, clock, hash }, file, { root: to, link });
      if (open.has(file)) await journal.appendFile(`${JSON.stringify(file.target)}\n`);
      filesDone += 1;
      bytesDone += file.bytes;
      request.onProgress({ ...total, filesDone, bytesDone });
    }
    signal.throwIfAborted();
  } finally {
    await journal.close();
  }
}

const bytesOf = (files: readonly Relocation[]): number =>
  files.reduce((sum, file) => sum + file.bytes, 0);

/** Makes the new place a root that is whole by itself. */
async function settle({ fs, library }: MoveParts, { root, to }: MoveRequest): Promise<void> {
  const placements = await library.placements.list(root.id);
  const decisions = await library.decisions.list(root.id);
  await writeManifest(fs, to, placements, await library.files.list(root.id), decisions);
  const { marker } = await inspectRoot(fs, root.path);
  if (marker === null) throw new CratefulError('LIBRARY_ROOT_MISSING', { path: root.path });
  await createRoot(fs, to, marker);
}

/** Files that this move or the one before it brought, with whether the old place still has the same. */
async function brought(
  { fs, audio }: MoveParts,
  { root, to }: MoveRequest,
): Promise<readonly { readonly path: string; readonly isSame: boolean }[]> {
  const hash = (path: string) => audio.hash(path);
  const files: { path: string; isSame: boolean }[] = [];
  for (const target of await readJournal(fs, to)) {
    const path = join(to, target);
    const source = join(root.path, target);
    // What the old place does not have any more stays: it may be the only one.
    if (!((await isThere(fs, path)) && (await isThere(fs, source)))) continue;
    files.push({ path, isSame: await areSame({ fs, hash }, source, path) });
  }
  return files;
}

/** Takes away what a killed move brought and the library has changed since: it is brought anew. */
async function dropStale(parts: MoveParts, request: MoveRequest): Promise<void> {
  const stale = (await brought(parts, request)).filter(({ isSame }) => !isSame);
  await removeFiles(
    parts.fs,
    request.to,
    stale.map(({ path }) => path),
  );
}

/** Takes away what a move made at the new place; each of these files is still at the old one. */
async function takeBack(parts: MoveParts, request: MoveRequest): Promise<void> {
  const ours = (await brought(parts, request)).filter(({ isSame }) => isSame);
  await removeFiles(
    parts.fs,
    request.to,
    ours.map(({ path }) => path),
  );
  await clearWork(parts.fs, request.to);
}

async function readJournal(fs: FileSystem, to: string): Promise<readonly string[]> {
  const text = (await ifThere(fs.readFile(join(to, JOURNAL), 'utf8'))) ?? '';
  return text.split('\n').flatMap((line) => {
    try {
      return [z.string().parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

/** What Crateful itself keeps in a root's work folder; unfinished downloads and replaced files are not among it. */
const OWN_WORK = /^(?:root\.json|manifest\.jsonl|move\.jsonl|moving|lock\.\d+|.+\.new)$/;

async function clearWork(fs: FileSystem, root: string): Promise<void> {
  const work = join(root, WORK_FOLDER);
  const names = (await ifThere(fs.readdir(work))) ?? [];
  const own = names.filter((name) => OWN_WORK.test(name)).map((name) => join(work, name));
  await removeFiles(fs, root, own);
  await removeIfEmpty(fs, work);
}

/**
 * Ends a move whose root is the new folder by now: the old marker goes first, then every file that is proven to be at
 * the new place too. What will not go stays as a copy, and is tried again with the next start.
 */
export async function sweep(
  parts: MoveParts,
  id: RootId,
  move: {
    readonly from: string;
    readonly to: string;
    /** Files as they were when they were brought, by source: those need not be read again. */
    readonly proven: ReadonlyMap<string, Relocation>;
  },
): Promise<void> {
  const { from, to, proven } = move;
  const { fs, library } = parts;
  const hash = (path: string) => parts.audio.hash(path);
  await fs.rm(join(from, MARKER_PATH), { force: true });
  const row = await library.roots.get(id);
  const { signal } = new AbortController();
  const moved = row ? await movingFiles(parts, { ...row, path: from }, signal) : { files: [] };
  const twice: string[] = [];
  for (const file of moved.files) {
    const path = join(to, file.target);
    if (!(await isThere(fs, path))) continue;
    const before = proven.get(file.source);
    const isProven = before?.bytes === file.bytes && before.modifiedMs === file.modifiedMs;
    if (isProven || (await areSame({ fs, hash }, file.source, path))) twice.push(file.source);
  }
  const stayed = await removeFiles(fs, from, twice);
  // Also those that a sweep before this one has emptied.
  const rows = await library.files.list(id);
  await removeEmptied(
    fs,
    from,
    rows.map(({ path }) => join(from, path)),
  );
  await clearWork(fs, from);
  await makeFolders(fs, join(to, WORK_FOLDER));
  await fs.rm(join(to, JOURNAL), { force: true });
  if (stayed === 0) await forgetMove(parts, id);
}
