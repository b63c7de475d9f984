import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { AudioHash, LibraryFile, Receipt } from '../../src-preload/contract/library.ts';
import type { JobKind } from '../../src-preload/contract/states.ts';
import { fromJson } from './json.ts';

/** What every row of `files` begins with, however much of it is read. */
export type RowStart = [
  id: number,
  albumId: AlbumId,
  trackId: TrackId | null,
  kind: JobKind,
  path: string,
  bytes: number,
];

/** One row of `files`. Plain tuples of plain columns: 100,000 of them are read in half the time of objects and JSON. */
export type FileRow = [
  ...start: RowStart,
  modifiedMs: number,
  sha256: string,
  receiptBytes: number,
  audioHashKind: AudioHash['kind'] | null,
  audioHash: string | null,
  durationSeconds: number | null,
  requestedFormatId: FormatId | null,
  servedFormatId: FormatId | null,
  samplingRateKHz: number | null,
  bitDepth: number | null,
  refusedFormats: string | null,
  cratefulVersion: string,
];

/** The columns of a {@link FileRow}, in its order. */
export const FILE_COLUMNS = `id, album_id, track_id, kind, path, bytes, modified_ms, sha256, receipt_bytes,
  audio_hash_kind, audio_hash, duration_seconds, requested_format_id, served_format_id,
  sampling_rate_khz, bit_depth, refused_formats, crateful_version`;

/** A row as the file it stands for. */
export const toFile = (rootId: RootId, row: FileRow): LibraryFile => ({
  rootId,
  albumId: row[1],
  trackId: row[2],
  kind: row[3],
  path: row[4],
  bytes: row[5],
  modifiedMs: row[6],
  receipt: {
    sha256: row[7],
    bytes: row[8],
    audioHash: row[9] === null || row[10] === null ? null : { kind: row[9], value: row[10] },
    durationSeconds: row[11],
    requestedFormatId: row[12],
    servedFormatId: row[13],
    samplingRateKHz: row[14],
    bitDepth: row[15],
    refusedFormats: row[16] === null ? [] : fromJson<Receipt['refusedFormats']>(row[16]),
    cratefulVersion: row[17],
  },
});

/** A file as named values for its columns. */
export const toFileRow = ({ receipt, ...file }: LibraryFile, pathKey: string) => ({
  rootId: file.rootId,
  albumId: file.albumId,
  trackId: file.trackId,
  kind: file.kind,
  path: file.path,
  pathKey,
  bytes: file.bytes,
  modifiedMs: file.modifiedMs,
  sha256: receipt.sha256,
  receiptBytes: receipt.bytes,
  audioHashKind: receipt.audioHash?.kind ?? null,
  audioHash: receipt.audioHash?.value ?? null,
  durationSeconds: receipt.durationSeconds,
  requestedFormatId: receipt.requestedFormatId,
  servedFormatId: receipt.servedFormatId,
  samplingRateKHz: receipt.samplingRateKHz,
  bitDepth: receipt.bitDepth,
  refusedFormats: receipt.refusedFormats.length > 0 ? JSON.stringify(receipt.refusedFormats) : null,
  cratefulVersion: receipt.cratefulVersion,
});
