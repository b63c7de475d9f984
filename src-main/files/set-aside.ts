import { dirname, join, sep } from 'node:path';
import pMap from 'p-map';
import { z } from 'zod';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import { SET_ASIDE_REASONS } from '../../src-preload/contract/set-aside.ts';
import type { Clock } from '../ports.ts';
import {
  diskError,
  type FileSystem,
  flushFolder,
  ifThere,
  makeFolders,
  replaceContents,
} from './file-system.ts';
import { fileSchema } from './manifest.ts';
import { isContainedPath } from './names.ts';
import { renamePatiently } from './patient-rename.ts';
import { removeFiles } from './relocate.ts';
import { REPLACED_FOLDER } from './work-folder.ts';

const ID = /^[\w-]{1,160}$/;

const noteSchema = z.object({
  v: z.literal(1),
  id: z.string().regex(ID),
  path: z.string().refine(isContainedPath),
  sha256: z.string().nullable(),
  bytes: z.number(),
  atMs: z.number(),
  reason: z.enum(SET_ASIDE_REASONS),
  title: z.string(),
  artist: z.string(),
  albumTitle: z.string(),
  row: fileSchema.nullable(),
});

/**
 * What is written beside a file that is set aside, before it moves: the store explains itself, also to a Crateful
 * whose database is lost.
 */
export interface SetAsideNote {
  readonly v: 1;
  readonly id: string;
  /** Where the file stood, relative to the root. */
  readonly path: string;
  /** Of the file as it was set aside; null when it could not be read any more. */
  readonly sha256: string | null;
  readonly bytes: number;
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly reason: (typeof SET_ASIDE_REASONS)[number];
  readonly title: string;
  readonly artist: string;
  readonly albumTitle: string;
  /** Its row with the receipt; null for a file that had none. */
  readonly row: LibraryFile | null;
}

/** A file of the store; without a note when it was set aside before there were any. */
export interface SetAsideEntry {
  readonly id: string;
  readonly note: SetAsideNote | null;
  /** Where it stood, relative to the root. */
  readonly path: string;
  /** Where it lies, relative to the root. */
  readonly storedPath: string;
  readonly bytes: number;
  readonly atMs: number;
}

/** What files are set aside with. */
export interface SetAsideParts {
  readonly fs: FileSystem;
  readonly rootPath: string;
  readonly clock: Pick<Clock, 'sleep' | 'now'>;
  readonly hash: (path: string) => Promise<{ readonly sha256: string; readonly bytes: number }>;
}

const notePath = (id: string): string => `${REPLACED_FOLDER}/${id}.json`;
const storedPath = (id: string, path: string): string => `${REPLACED_FOLDER}/${id}/${path}`;

/**
 * Moves a file of the root into `.crateful/replaced/<id>/`, with its note beside it on the disk first. Called again
 * after a kill in between it goes on under the same id; an id that holds a file already gets a number.
 *
 * Throws `PATH_NOT_WRITABLE`, `DISK_FULL` and `DISK_FAILED`.
 */
export async function setFileAside(
  parts: SetAsideParts,
  what: Pick<SetAsideNote, 'id' | 'path' | 'reason' | 'title' | 'artist' | 'albumTitle' | 'row'>,
): Promise<SetAsideNote> {
  const { fs, rootPath, clock } = parts;
  const from = join(rootPath, what.path);
  try {
    // One that cannot be read any more is set aside all the same: its place must not stay with it.
    const seen = await parts.hash(from).catch(() => null);
    const bytes = seen?.bytes ?? (await fs.lstat(from)).size;
    const id = await freeId(fs, rootPath, what);
    const { row } = what;
    const note: SetAsideNote = {
      ...what,
      v: 1,
      id,
      sha256: seen?.sha256 ?? null,
      bytes,
      atMs: clock.now(),
    };
    const stored = join(rootPath, storedPath(id, what.path));
    await makeFolders(fs, dirname(stored));
    const written = { ...note, row: row && { v: 1, ...row } };
    await replaceContents(fs, join(rootPath, notePath(id)), [`${JSON.stringify(written)}\n`]);
    await renamePatiently(fs, from, stored, clock);
    await flushFolder(fs, dirname(stored));
    await flushFolder(fs, dirname(from));
    return note;
  } catch (error) {
    throw diskError(error, what.path);
  }
}

async function freeId(
  fs: FileSystem,
  rootPath: string,
  { id, path }: Pick<SetAsideNote, 'id' | 'path'>,
): Promise<string> {
  const isThere = async (relative: string) =>
    (await ifThere(fs.lstat(join(rootPath, relative)))) !== null;
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? id : `${id}-${number}`;
    if (await isThere(storedPath(free, path))) continue;
    const note = await readNote(fs, rootPath, free);
    if (!note || !(await isThere(storedPath(free, note.path)))) return free;
  }
}

async function readNote(
  fs: FileSystem,
  rootPath: string,
  id: string,
): Promise<SetAsideNote | null> {
  const text = await ifThere(fs.readFile(join(rootPath, notePath(id)), 'utf8'));
  if (text === null) return null;
  try {
    const note = noteSchema.safeParse(JSON.parse(text)).data;
    return note?.id === id ? note : null;
  } catch {
    // Not JSON: the file it should explain is listed without it.
    return null;
  }
}

/** Notes and files looked at side by side: a network share answers each in its own time. */
const AT_ONCE = 16;

/**
 * Everything that lies in the store, newest first. A note without its file, as a kill leaves it, is no entry; a file
 * without a note is one.
 *
 * Throws `PATH_NOT_WRITABLE` and `DISK_FAILED`.
 */
export async function listSetAside(
  fs: FileSystem,
  rootPath: string,
): Promise<readonly SetAsideEntry[]> {
  try {
    const names = (await ifThere(fs.readdir(join(rootPath, REPLACED_FOLDER)))) ?? [];
    const found = await pMap(names, (name) => entriesUnder(fs, rootPath, name), {
      concurrency: AT_ONCE,
    });
    return found.flat().sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
  } catch (error) {
    throw diskError(error, REPLACED_FOLDER);
  }
}

/** The files of one folder of the store: the one its note names, and those nobody noted. */
async function entriesUnder(
  fs: FileSystem,
  rootPath: string,
  name: string,
): Promise<readonly SetAsideEntry[]> {
  const top = join(rootPath, REPLACED_FOLDER, name);
  if (!(await ifThere(fs.lstat(top)))?.isDirectory()) return [];
  const note = ID.test(name) ? await readNote(fs, rootPath, name) : null;
  const entries: SetAsideEntry[] = [];
  const inside = await fs.readdir(top, { recursive: true });
  for (const each of inside) {
    const path = each.split(sep).join('/').normalize('NFC');
    const info = await ifThere(fs.lstat(join(top, each)));
    if (!info?.isFile()) continue;
    const isNoted = note?.path === path;
    entries.push({
      id: isNoted ? note.id : `${name}/${path}`,
      note: isNoted ? note : null,
      path,
      storedPath: storedPath(name, path),
      bytes: info.size,
      atMs: isNoted ? note.atMs : Math.floor(info.ctimeMs),
    });
  }
  return entries;
}

/**
 * Removes files of the store for good, their notes after them, and the folders they leave empty. Gives how many would
 * not go. Nothing else in Crateful deletes music (architecture §5).
 */
export async function removeSetAside(
  fs: FileSystem,
  rootPath: string,
  entries: readonly (Pick<SetAsideEntry, 'id' | 'storedPath'> & { readonly isNoted: boolean })[],
): Promise<number> {
  const store = join(rootPath, REPLACED_FOLDER);
  const files = entries.map((entry) => join(rootPath, entry.storedPath));
  const stayed = await removeFiles(fs, store, files);
  const notes: string[] = [];
  for (const { id, isNoted, storedPath: stored } of entries) {
    if (isNoted && !(await ifThere(fs.lstat(join(rootPath, stored))))) {
      notes.push(join(rootPath, notePath(id)));
    }
  }
  await removeFiles(fs, store, notes);
  return stayed;
}
