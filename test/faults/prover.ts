import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import type { Originals } from './originals.ts';
import { soundOf } from './sound.ts';

/** What is looked at: a folder, the database beside it, what the store sold, and what was said about it. */
export interface Evidence {
  /** The library folder. */
  readonly root: string;
  /** `library.sqlite` of the data folder. */
  readonly database: string;
  readonly originals: Originals;
  readonly said: Said;
  /** Paths of files that are the user's own, relative to the root. */
  readonly strangers?: ReadonlySet<string>;
}

/** What the product said about the tracks of a run. */
export interface Said {
  /** Tracks that were named with a code as not being there. */
  readonly reported: ReadonlySet<number>;
  /** Whether the run itself ended on a fault, so that everything that waits is accounted for. */
  readonly stopped: boolean;
}

/** What does not hold, a line each; empty lists when all is well. */
export interface Findings {
  /** Files under their final name that are not, to the last frame, what the store sold. */
  readonly corrupt: readonly string[];
  /** Tracks that are not there and that nobody was told of, and jobs called done without their file. */
  readonly silent: readonly string[];
  /** Files without a row, and rows without their file. */
  readonly lostRows: readonly string[];
  /** Second files of one track. */
  readonly duplicates: readonly string[];
  /** Tracks that are whole: file, row and sound agree with the store. */
  readonly whole: ReadonlySet<number>;
}

interface FileRow {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly track: number | null;
  readonly format: number | null;
}

/**
 * Compares disk, rows and what was said with the store's own files, using none of the product's code: what it
 * believes of itself is what is to be proven.
 */
export async function prove(evidence: Evidence): Promise<Findings> {
  const { root, originals, said } = evidence;
  const { rows, done } = readDatabase(evidence.database);
  const strangers = evidence.strangers ?? new Set();
  const paths = (await pathsUnder(root)).filter((path) => !strangers.has(path));
  const rowAt = new Map(rows.map((row) => [row.path, row]));
  const sold = new Set([...originals.values()].flat().map(({ sound }) => sound));
  const corrupt: string[] = [];
  const lostRows: string[] = [];
  const duplicates: string[] = [];
  const spare: { readonly path: string; readonly sound: string }[] = [];
  const whole = new Set<number>();
  for (const path of paths) {
    const row = rowAt.get(path);
    if (!row) lostRows.push(`${path}: a file without a row`);
    const wrong = await wrongWith(join(root, path), row ?? null, originals, sold);
    if (wrong) corrupt.push(`${path}: ${wrong}`);
    else if (row?.track != null) whole.add(row.track);
    else if (!row && isMusic(path)) spare.push({ path, sound: await soundOf(join(root, path)) });
  }
  for (const { path, sound } of spare) {
    const tracks = [...originals].filter(([, files]) => files.some((file) => file.sound === sound));
    if (tracks.every(([track]) => whole.has(track))) duplicates.push(`${path}: once more`);
  }
  corrupt.push(
    ...(await refusedByFlac(
      paths.filter((path) => path.endsWith('.flac')),
      root,
    )),
  );
  const there = new Set(paths);
  for (const { path } of rows) {
    if (!there.has(path)) lostRows.push(`${path}: a row without its file`);
  }
  const unnamed = (track: number) => !whole.has(track) && !said.reported.has(track);
  const silent = [
    ...done.filter((track) => !whole.has(track)).map((track) => `${track}: done, and not whole`),
    ...[...originals.keys()]
      .filter((track) => unnamed(track) && !said.stopped)
      .map((track) => `${track}: neither there nor reported`),
  ];
  return { corrupt, silent, lostRows, duplicates, whole };
}

/** What is wrong with a file; null when it is what the store sold. */
async function wrongWith(
  path: string,
  row: FileRow | null,
  originals: Originals,
  sold: ReadonlySet<string>,
): Promise<string | null> {
  const bytes = await readFile(path);
  if (row && row.bytes !== bytes.length) return `${bytes.length} bytes, its row has ${row.bytes}`;
  if (row && createHash('sha256').update(bytes).digest('hex') !== row.sha256) {
    return 'not the bytes its receipt names';
  }
  if (!isMusic(path)) return null;
  const sound = await soundOf(path);
  if (row?.track == null) return sold.has(sound) ? null : 'sound the store never sold';
  const original = originals.get(row.track)?.find(({ formatId }) => formatId === row.format);
  if (!original) return `no file of track ${row.track} in format ${row.format} was sold`;
  return sound === original.sound ? null : 'not the sound of the track the store sold';
}

const isMusic = (path: string): boolean => /\.(flac|mp3|dsf)$/.test(path);

function readDatabase(file: string): { rows: FileRow[]; done: number[] } {
  const database = new Database(file, { readonly: true });
  try {
    return {
      rows: database
        .prepare<[], FileRow>(
          'SELECT path, bytes, sha256, track_id AS track, served_format_id AS format FROM files',
        )
        .all(),
      done: database
        .prepare<[], { track: number }>(
          "SELECT track_id AS track FROM jobs WHERE state = 'done' AND kind = 'track'",
        )
        .all()
        .map(({ track }) => track),
    };
  } finally {
    database.close();
  }
}

/** Files that are not Crateful's own, with `/` between names. */
async function pathsUnder(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('.crateful/'))
    .sort();
}

/** Where the reference decoder is installed, it has a word too. */
async function refusedByFlac(paths: readonly string[], root: string): Promise<string[]> {
  if (paths.length === 0) return [];
  try {
    await promisify(execFile)('flac', ['-t', '-s', ...paths.map((path) => join(root, path))]);
    return [];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    return [`refused by flac -t: ${String(error).trim().split('\n').at(-1)}`];
  }
}
