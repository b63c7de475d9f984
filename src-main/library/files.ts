import { setImmediate } from 'node:timers/promises';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Receipt } from '../../src-preload/contract/library.ts';
import type { Connection, PageParameters } from './database.ts';
import { FILE_COLUMNS, type FileRow, type RowStart, toFile, toFileRow } from './file-rows.ts';

/** A library file with its path as every file system would compare it (NFC, case folded). */
export interface KeyedFile {
  readonly file: LibraryFile;
  readonly pathKey: string;
}

/** A file's path before and after, and the key of the new one. */
export interface PathChange {
  readonly from: string;
  readonly to: string;
  readonly pathKey: string;
}

/** What a first look needs of a file: a tenth of a whole row's memory, which counts with 100,000 of them. */
export interface FileGlance
  extends Pick<LibraryFile, 'albumId' | 'trackId' | 'kind' | 'path' | 'bytes'> {
  readonly receipt: Pick<Receipt, 'requestedFormatId' | 'servedFormatId'>;
}

/** What a verification found of a file: other bytes where its sound was, or whole sound that is another one. */
export type FileProblem = 'damaged' | 'changed';

/** What is on disk under each root, and what was proven of it. */
export interface FileRepository {
  /** All files of a root, in the order in which they were first stored. */
  list(rootId: RootId): Promise<LibraryFile[]>;
  /** The same files at a glance. */
  glances(rootId: RootId): Promise<FileGlance[]>;
  byAlbum(rootId: RootId, albumId: AlbumId): Promise<LibraryFile[]>;
  /** Albums whose tracks were stored last, the newest first; at most `limit`. */
  newestAlbums(rootId: RootId, limit: number): Promise<AlbumId[]>;
  /** A track's file, of each album it stands in. */
  byTrack(rootId: RootId, trackId: TrackId): Promise<LibraryFile[]>;
  /**
   * Stores what is now at the file's path. A track has one file per root and album: its row moves along when
   * the path changes; a path has one file: a row that claimed it before is gone.
   */
  put(file: LibraryFile, pathKey: string): Promise<void>;
  /** As `put`, for many files, in transactions of a few hundred. */
  putMany(files: readonly KeyedFile[]): Promise<void>;
  /**
   * Writes down that files are under other paths now; what was proven of them stays. Rows whose new path another file
   * has that stays where it is are left alone.
   */
  follow(rootId: RootId, moves: readonly PathChange[]): Promise<void>;
  /** The file at a path as every file system would compare it; null where there is none of ours. */
  atPath(rootId: RootId, pathKey: string): Promise<LibraryFile | null>;
  count(rootId: RootId): Promise<number>;
  /** Files that a verification found to be no longer what was saved, by path; until they are stored again. */
  findings(rootId: RootId): Promise<ReadonlyMap<string, FileProblem>>;
  /** Notes what a verification found of a file, null when it is whole; nothing where another one was stored since. */
  noteFinding(file: LibraryFile, problem: FileProblem | null): Promise<void>;
}

/** Files looked through for one of the newest albums: more than most albums have. */
const FILES_PER_ALBUM = 50;
/** Rows written in one transaction, so that many files do not hold up everything else. */
const CHUNK_ROWS = 200;

type GlanceRow = [
  ...start: RowStart,
  requestedFormatId: FormatId | null,
  servedFormatId: FormatId | null,
];

/** Notes, in the transaction that changes its rows, that a root's manifest has to be written again. */
export const createStaleMark = ({
  prepare,
}: Pick<Connection, 'prepare'>): ((rootId: RootId) => void) => {
  const mark = prepare<[RootId]>(
    'UPDATE library_roots SET manifest_stale = 1 WHERE id = ? AND manifest_stale = 0',
  );
  return (rootId) => void mark.run(rootId);
};

/** Writes one file row as {@link FileRepository.put} promises; to be called inside a transaction. */
export function createFileWriter(
  connection: Pick<Connection, 'prepare'>,
): (file: LibraryFile, pathKey: string) => void {
  const { prepare } = connection;
  const markStale = createStaleMark(connection);
  const ofTrack = prepare<[RootId, AlbumId, TrackId], { id: number }>(
    'SELECT id FROM files WHERE root_id = ? AND album_id = ? AND track_id = ?',
  );
  const atPath = prepare<[RootId, string], { id: number }>(
    'SELECT id FROM files WHERE root_id = ? AND path_key = ?',
  );
  const drop = prepare<[number]>('DELETE FROM files WHERE id = ?');
  const insert = prepare<[ReturnType<typeof toFileRow>]>(`
    INSERT INTO files (root_id, album_id, track_id, kind, path, path_key, bytes, modified_ms,
      sha256, receipt_bytes, audio_hash_kind, audio_hash, duration_seconds, requested_format_id,
      served_format_id, sampling_rate_khz, bit_depth, refused_formats, crateful_version)
    VALUES (@rootId, @albumId, @trackId, @kind, @path, @pathKey, @bytes, @modifiedMs,
      @sha256, @receiptBytes, @audioHashKind, @audioHash, @durationSeconds, @requestedFormatId,
      @servedFormatId, @samplingRateKHz, @bitDepth, @refusedFormats, @cratefulVersion)`);
  const update = prepare<[ReturnType<typeof toFileRow> & { id: number }]>(`
    UPDATE files SET album_id = @albumId, track_id = @trackId, kind = @kind, path = @path,
      path_key = @pathKey, bytes = @bytes, modified_ms = @modifiedMs, sha256 = @sha256,
      receipt_bytes = @receiptBytes, audio_hash_kind = @audioHashKind, audio_hash = @audioHash,
      duration_seconds = @durationSeconds, requested_format_id = @requestedFormatId,
      served_format_id = @servedFormatId, sampling_rate_khz = @samplingRateKHz,
      bit_depth = @bitDepth, refused_formats = @refusedFormats, crateful_version = @cratefulVersion
    WHERE id = @id`);
  const forgetFinding = prepare<[number]>('DELETE FROM file_findings WHERE file_id = ?');
  const takeIn = prepare<[RootId, AlbumId, TrackId]>(`
    DELETE FROM track_decisions
    WHERE root_id = ? AND album_id = ? AND track_id = ? AND decision = 'left-out'`);
  return (file, pathKey) => {
    const { rootId, albumId, trackId } = file;
    const row = toFileRow(file, pathKey);
    const sameTrack = trackId === null ? undefined : ofTrack.get(rootId, albumId, trackId);
    const samePath = atPath.get(rootId, pathKey);
    if (sameTrack && samePath && sameTrack.id !== samePath.id) drop.run(samePath.id);
    const id = (sameTrack ?? samePath)?.id;
    // The row's id stays, so that a reader between two pages meets every file once.
    if (id === undefined) {
      insert.run(row);
      // A track with a file is not left out, whoever brought the file.
      if (trackId !== null) takeIn.run(rootId, albumId, trackId);
    } else {
      update.run({ ...row, id });
      forgetFinding.run(id);
    }
    markStale(rootId);
  };
}

/** The repository of library files over one connection. */
export function createFileRepository(connection: Connection): FileRepository {
  const { prepare, read, write, pages } = connection;
  const put = createFileWriter(connection);
  const page = prepare<PageParameters, FileRow>(
    `SELECT ${FILE_COLUMNS} FROM files WHERE root_id = @key AND id > @after ORDER BY id LIMIT @limit`,
  ).raw();
  const glancePage = prepare<PageParameters, GlanceRow>(
    `SELECT id, album_id, track_id, kind, path, bytes, requested_format_id, served_format_id
      FROM files
      WHERE root_id = @key AND id > @after ORDER BY id LIMIT @limit`,
  ).raw();
  const byAlbum = prepare<[RootId, AlbumId], FileRow>(
    `SELECT ${FILE_COLUMNS} FROM files WHERE root_id = ? AND album_id = ? ORDER BY id`,
  ).raw();
  const byTrack = prepare<[RootId, TrackId], FileRow>(
    `SELECT ${FILE_COLUMNS} FROM files WHERE root_id = ? AND track_id = ? ORDER BY id`,
  ).raw();
  const atPath = prepare<[RootId, string], FileRow>(
    `SELECT ${FILE_COLUMNS} FROM files WHERE root_id = ? AND path_key = ?`,
  ).raw();
  const newest = prepare<[RootId, number], { albumId: AlbumId }>(
    `SELECT album_id AS albumId FROM files WHERE root_id = ? AND kind = 'track'
      ORDER BY id DESC LIMIT ?`,
  );
  const count = prepare<[RootId], { files: number }>(
    'SELECT count(*) AS files FROM files WHERE root_id = ?',
  );
  const findings = prepare<[RootId], { path: string; problem: FileProblem }>(`
    SELECT path, problem FROM file_findings JOIN files ON id = file_id WHERE root_id = ?`);
  const dropFinding = prepare<[RootId, string]>(`
    DELETE FROM file_findings
    WHERE file_id = (SELECT id FROM files WHERE root_id = ? AND path = ?)`);
  const addFinding = prepare<[FileProblem, RootId, string, string]>(`
    INSERT INTO file_findings (file_id, problem)
    SELECT id, ? FROM files WHERE root_id = ? AND path = ? AND sha256 = ?`);
  const byPath = prepare<[RootId, string], { id: number; pathKey: string }>(
    'SELECT id, path_key AS pathKey FROM files WHERE root_id = ? AND path = ?',
  );
  const hasKey = prepare<[RootId, string], { id: number }>(
    'SELECT id FROM files WHERE root_id = ? AND path_key = ?',
  );
  const giveKey = prepare<[string, number]>('UPDATE files SET path_key = ? WHERE id = ?');
  const givePath = prepare<[string, string, number]>(
    'UPDATE files SET path = ?, path_key = ? WHERE id = ?',
  );
  const forget = prepare<[number]>('DELETE FROM file_findings WHERE file_id = ?');
  const markStale = createStaleMark(connection);
  const follow = (rootId: RootId, moves: readonly PathChange[]) => {
    const leaving = moves.flatMap((move) => {
      const row = byPath.get(rootId, move.from);
      return row ? [{ ...row, to: move.to, newKey: move.pathKey }] : [];
    });
    // No path of a file begins with a slash.
    for (const { id } of leaving) giveKey.run(`/${id}`, id);
    for (const { id, to, newKey, pathKey } of leaving) {
      if (hasKey.get(rootId, newKey)) giveKey.run(pathKey, id);
      else givePath.run(to, newKey, id);
      forget.run(id);
    }
    if (leaving.length > 0) markStale(rootId);
  };
  return {
    async list(rootId) {
      const files: LibraryFile[] = [];
      await pages(page, rootId, (row) => {
        files.push(toFile(rootId, row));
        return row[0];
      });
      return files;
    },
    async glances(rootId) {
      const glances: FileGlance[] = [];
      const receipts = new Map<string, FileGlance['receipt']>();
      await pages(glancePage, rootId, (row) => {
        const [id, albumId, trackId, kind, path, bytes, requestedFormatId, servedFormatId] = row;
        const formats = `${requestedFormatId}/${servedFormatId}`;
        const receipt = receipts.get(formats) ?? { requestedFormatId, servedFormatId };
        receipts.set(formats, receipt);
        glances.push({ albumId, trackId, kind, path, bytes, receipt });
        return id;
      });
      return glances;
    },
    newestAlbums: (rootId, limit) =>
      read(() => {
        const rows = newest.all(rootId, limit * FILES_PER_ALBUM);
        return [...new Set(rows.map(({ albumId }) => albumId))].slice(0, limit);
      }),
    byAlbum: (rootId, albumId) =>
      read(() => byAlbum.all(rootId, albumId).map((row) => toFile(rootId, row))),
    byTrack: (rootId, trackId) =>
      read(() => byTrack.all(rootId, trackId).map((row) => toFile(rootId, row))),
    put: (file, pathKey) => write(() => put(file, pathKey)),
    async putMany(files) {
      for (let from = 0; from < files.length; from += CHUNK_ROWS) {
        await write(() => {
          for (const { file, pathKey } of files.slice(from, from + CHUNK_ROWS)) put(file, pathKey);
        });
        await setImmediate();
      }
    },
    async follow(rootId, moves) {
      // What takes another's place waits until that one has left it: those change in one go.
      const left = new Set(moves.map(({ from }) => from));
      const taken = new Set(moves.map(({ to }) => to));
      const alone = ({ from, to }: PathChange) => !left.has(to) && !taken.has(from);
      await write(() =>
        follow(
          rootId,
          moves.filter((move) => !alone(move)),
        ),
      );
      const others = moves.filter(alone);
      for (let from = 0; from < others.length; from += CHUNK_ROWS) {
        await write(() => follow(rootId, others.slice(from, from + CHUNK_ROWS)));
        await setImmediate();
      }
    },
    atPath: (rootId, pathKey) =>
      read(() => {
        const row = atPath.get(rootId, pathKey);
        return row ? toFile(rootId, row) : null;
      }),
    count: (rootId) => read(() => count.get(rootId)?.files ?? 0),
    findings: (rootId) =>
      read(() => new Map(findings.all(rootId).map(({ path, problem }) => [path, problem]))),
    noteFinding: ({ rootId, path, receipt }, problem) =>
      write(() => {
        dropFinding.run(rootId, path);
        if (problem) addFinding.run(problem, rootId, path, receipt.sha256);
      }),
  };
}
