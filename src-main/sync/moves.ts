import { join } from 'node:path';
import pMap from 'p-map';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { AudioPool, Inspection } from '../audio/pool.ts';
import { hasCode } from '../errors.ts';
import { type FileSystem, ifThere } from '../files/file-system.ts';
import type { ScanEntry } from '../files/scan.ts';
import type { FileGlance } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import { DURATION_TOLERANCE_SECONDS, judgeAudio } from './look-inside.ts';
import { assign, extensionOf, isOf, likeliestFirst, type Match, type Move } from './match-moves.ts';
import type { Look } from './survey.ts';

/** What moved files are looked for with. */
export interface MovesParts {
  readonly fs: Pick<FileSystem, 'lstat'>;
  readonly audio: Pick<AudioPool, 'inspect' | 'identify' | 'hash'>;
  readonly library: Pick<Library, 'files'>;
}

/** What was found of files that are not where their rows say. */
export interface FoundMoves {
  readonly moves: readonly Move[];
  /** Looks inside files, by absolute path, so that plans need not look again. */
  readonly inspected: ReadonlyMap<string, Inspection>;
}

/** Heads read, and files looked into, at the same time. */
const AT_ONCE = 2;

/**
 * Recognises files that somebody renamed, moved or re-tagged inside the root (architecture §5). Files without a row are
 * only looked at when one of the wanted albums misses a file: first those of its size, then those whose head says the
 * same track or length. What is taken for a row's file has the sound that was saved; one of the same size and time
 * need not be read for that, as an unmoved one need not.
 *
 * Throws `CANCELLED` and faults of the database.
 */
export async function findMoves(
  parts: MovesParts,
  look: Look,
  wanted: { readonly isWanted: (albumId: AlbumId) => boolean; readonly signal: AbortSignal },
): Promise<FoundMoves> {
  const { respelled, missing, changed } = sortOut(look, wanted.isWanted);
  const inspected = new Map<string, Inspection>();
  if (missing.length + changed.length === 0) return { moves: respelled, inspected };
  const search = createSearch(parts, look, inspected, wanted.signal);
  const found = await search.find(missing, changed);
  const moves = found.map(({ row, entry }) => moveOf(row, entry));
  return { moves: [...respelled, ...(await notBack(parts, look, moves))], inspected };
}

const moveOf = ({ albumId, trackId, path }: FileGlance, entry: ScanEntry): Move => ({
  albumId,
  trackId,
  from: path,
  to: entry.path,
});

/** Rows by what the scan says of their files; nothing of it costs more than a look-up. */
function sortOut(look: Look, isWanted: (albumId: AlbumId) => boolean) {
  const { disk, findings } = look;
  const respelled: Move[] = [];
  const missing: FileGlance[] = [];
  const changed: FileGlance[] = [];
  for (const [albumId, rows] of look.rows) {
    if (!isWanted(albumId)) continue;
    for (const row of rows) {
      const entry = disk.get(row.path);
      if (!entry) {
        if (!disk.isUnseen(row.path)) missing.push(row);
      } else if (entry.path !== row.path) respelled.push(moveOf(row, entry));
      else if (entry.bytes !== row.bytes || findings.has(row.path)) {
        changed.push(row);
      }
    }
  }
  return { respelled, missing, changed };
}

/** A file that came to a row's own place since the scan is no move: the row stays. */
async function notBack(
  { fs }: MovesParts,
  { disk, rootPath }: Look,
  moves: readonly Move[],
): Promise<readonly Move[]> {
  const checked = await pMap(
    moves,
    async (move) => {
      if (disk.get(move.from)) return [move];
      const back = await ifThere(fs.lstat(join(rootPath, move.from))).catch(() => null);
      return back ? [] : [move];
    },
    { concurrency: 16 },
  );
  return checked.flat();
}

function createSearch(
  { audio, library }: MovesParts,
  look: Look,
  inspected: Map<string, Inspection>,
  signal: AbortSignal,
) {
  const { disk, rootId, rootPath } = look;

  const absolute = (entry: ScanEntry) => join(rootPath, entry.storedPath);

  /** Null for what cannot be read: it is nobody's file then. */
  const readable = async <Value>(work: Promise<Value>): Promise<Value | null> => {
    try {
      return await work;
    } catch (error) {
      if (hasCode(error, 'DISK_FAILED', 'PATH_NOT_WRITABLE')) return null;
      throw error;
    }
  };

  const inspect = async (entry: ScanEntry): Promise<Inspection | null> => {
    const path = absolute(entry);
    const known = inspected.get(path);
    if (known) return known;
    const seen = await readable(audio.inspect(path, signal));
    if (seen) inspected.set(path, seen);
    return seen;
  };

  const wholeRows = async (glances: readonly FileGlance[]): Promise<readonly LibraryFile[]> => {
    const paths = new Set(glances.map(({ path }) => path));
    const rows: LibraryFile[] = [];
    for (const albumId of new Set(glances.map((glance) => glance.albumId))) {
      const ofAlbum = await library.files.byAlbum(rootId, albumId);
      rows.push(...ofAlbum.filter(({ path }) => paths.has(path)));
    }
    return rows;
  };

  /** Whether what stands in a row's place is its file still, whatever its tags say by now. */
  const isItsOwn = async (row: LibraryFile, entry: ScanEntry): Promise<boolean> => {
    if (row.kind !== 'track') {
      return (await readable(audio.hash(absolute(entry))))?.sha256 === row.receipt.sha256;
    }
    const seen = await inspect(entry);
    return seen === null || judgeAudio(row, seen, null) === 'whole';
  };

  const matched = async (row: LibraryFile, entry: ScanEntry): Promise<readonly Match[]> => {
    const seen = await inspect(entry);
    if (!seen || !isOf(row, seen)) return [];
    return [{ row, entry, named: seen.qobuzTrackId !== null }];
  };

  /** Files of a row's own size; those of its time too, and of nobody else's, are not read. */
  const ofSameSize = async (rows: readonly LibraryFile[], files: readonly ScanEntry[]) => {
    const bySize = groupBy(files, ({ bytes }) => bytes);
    const stamp = (file: Pick<ScanEntry, 'path' | 'bytes' | 'modifiedMs'>) =>
      `${file.bytes}/${file.modifiedMs}/${extensionOf(file.path)}`;
    const rowsOf = groupBy(rows, stamp);
    const filesOf = groupBy(files, stamp);
    const matches = await pMap(
      rows,
      async (row): Promise<readonly Match[]> => {
        signal.throwIfAborted();
        const twins = filesOf.get(stamp(row)) ?? [];
        const [twin] = twins;
        if (twin && twins.length === 1 && rowsOf.get(stamp(row))?.length === 1) {
          return [{ row, entry: twin, named: true }];
        }
        const same = bySize.get(row.bytes) ?? [];
        const found = await pMap(same, (entry) => matched(row, entry), { concurrency: 1 });
        return found.flat();
      },
      { concurrency: AT_ONCE },
    );
    return assign(matches.flat());
  };

  /** Files of another size: only those whose head names a row's track, or its length, are read. */
  const retagged = async (rows: readonly LibraryFile[], files: readonly ScanEntry[]) => {
    const byExtension = groupBy(rows, ({ path }) => extensionOf(path));
    const matches = await pMap(
      files,
      async (entry): Promise<readonly Match[]> => {
        signal.throwIfAborted();
        const alike = byExtension.get(extensionOf(entry.path)) ?? [];
        if (alike.length === 0) return [];
        const head = await readable(audio.identify(absolute(entry), signal));
        if (!head) return [];
        const { qobuzTrackId, durationSeconds } = head;
        const possible = alike.filter((row) =>
          qobuzTrackId === null
            ? isAsLong(durationSeconds, row.receipt.durationSeconds)
            : row.trackId === qobuzTrackId,
        );
        const found = await pMap(possible, (row) => matched(row, entry), { concurrency: 1 });
        return found.flat();
      },
      { concurrency: AT_ONCE },
    );
    return assign(matches.flat());
  };

  /** Covers and booklets: the same bytes, and where there is a choice those beside the album's tracks. */
  const sides = async (rows: readonly LibraryFile[], files: readonly ScanEntry[], near: Near) => {
    const bySize = groupBy(files, ({ bytes }) => bytes);
    const taken = new Set<ScanEntry>();
    const found: Match[] = [];
    for (const row of rows) {
      signal.throwIfAborted();
      const same = (bySize.get(row.bytes) ?? [])
        .filter((entry) => !taken.has(entry) && extensionOf(entry.path) === extensionOf(row.path))
        .map((entry) => ({ row, entry, named: near(row, entry) }));
      for (const candidate of likeliestFirst(same)) {
        const hashed = await readable(audio.hash(absolute(candidate.entry)));
        if (hashed?.sha256 !== row.receipt.sha256) continue;
        taken.add(candidate.entry);
        found.push(candidate);
        break;
      }
    }
    return found;
  };

  return {
    async find(missing: readonly FileGlance[], changed: readonly FileGlance[]) {
      const claimed = new Set<ScanEntry>();
      for (const rows of look.rows.values()) {
        for (const row of rows) {
          const entry = disk.get(row.path);
          if (entry) claimed.add(entry);
        }
      }
      const unknown = [...disk.all()].filter((entry) => !claimed.has(entry));
      const own = (row: Pick<FileGlance, 'path'>) => disk.get(row.path);
      const sizes = groupBy(
        [...unknown, ...changed.flatMap((row) => own(row) ?? [])],
        (each) => each.bytes,
      );
      const displaced: LibraryFile[] = [];
      const given: ScanEntry[] = [];
      // A file in a row's place that may be another row's, or came instead of it.
      const suspects = changed.filter((row) =>
        sizes.get(row.bytes)?.some((entry) => entry !== own(row)),
      );
      for (const row of await wholeRows(suspects)) {
        const entry = own(row);
        if (!entry || (await isItsOwn(row, entry))) continue;
        displaced.push(row);
        given.push(entry);
      }
      if (unknown.length + given.length === 0) return [];

      const lost = await wholeRows(missing);
      const tracks = lost.filter(({ kind }) => kind === 'track');
      const others = lost.filter(({ kind }) => kind !== 'track');
      for (const row of displaced) (row.kind === 'track' ? tracks : others).push(row);
      const files = [...unknown, ...given];
      const first = await ofSameSize(tracks, files);
      const placed = new Set(first.map(({ row }) => row));
      const used = new Set(first.map(({ entry }) => entry));
      const open = tracks.filter((row) => !placed.has(row) && !displaced.includes(row));
      const second = open.length
        ? await retagged(
            open,
            unknown.filter((entry) => !used.has(entry)),
          )
        : [];
      const found = [...first, ...second];
      const beside = await sides(others, files, nearTo(found));
      return [...found, ...beside];
    },
  };
}

type Near = (row: LibraryFile, entry: ScanEntry) => boolean;

/** Whether a file lies where the tracks of a row's album went. */
function nearTo(found: readonly Match[]): Near {
  const folders = new Map<AlbumId, Set<string>>();
  for (const { row, entry } of found) {
    const ofAlbum = folders.get(row.albumId) ?? new Set();
    folders.set(row.albumId, ofAlbum);
    const components = entry.path.split('/').slice(0, -1);
    ofAlbum.add(components.join('/'));
    // Covers stand above the folders of discs.
    ofAlbum.add(components.slice(0, -1).join('/'));
  }
  return (row, entry) =>
    folders.get(row.albumId)?.has(entry.path.slice(0, entry.path.lastIndexOf('/'))) ?? false;
}

/** A head's length is an estimate where the format does not state one; this leaves room for it. */
const isAsLong = (stated: number | null, saved: number | null): boolean =>
  stated !== null &&
  saved !== null &&
  Math.abs(stated - saved) <= DURATION_TOLERANCE_SECONDS + saved * 0.005;

function groupBy<Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
