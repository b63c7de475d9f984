import type { RootId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { ExportCounts, ExportState } from '../../src-preload/contract/receipts.ts';

/** One file as it is exported. */
export interface ExportedFile {
  readonly file: LibraryFile;
  readonly state: ExportState;
  /** Relative to the root, `/` between components, as the disk spells it. */
  readonly path: string;
  /** What is on the disk now; null when it is not there or cannot be read. */
  readonly current: {
    readonly sha256: string;
    readonly bytes: number;
    /** Unix milliseconds. */
    readonly modifiedMs: number;
  } | null;
  /** Null while the catalogue does not know them. */
  readonly album: string | null;
  readonly artist: string | null;
  readonly title: string | null;
}

const isoOf = (atMs: number): string => new Date(atMs).toISOString();

/** The beginning of the JSON file, up to its first file (docs/receipts.md). */
export function jsonHead(about: {
  readonly libraryId: RootId;
  readonly cratefulVersion: string;
  readonly atMs: number;
}): string {
  const { libraryId, cratefulVersion, atMs } = about;
  const head = { format: 'crateful-receipts', version: 1, libraryId, exportedAt: isoOf(atMs) };
  const fields = JSON.stringify({ ...head, cratefulVersion });
  return `${fields.slice(0, -1)},"files":[`;
}

/** One file as a line of JSON, without the comma before it. */
export function jsonLine({
  file,
  state,
  path,
  current,
  album,
  artist,
  title,
}: ExportedFile): string {
  const { albumId, trackId, kind, receipt } = file;
  return JSON.stringify({
    path,
    state,
    kind,
    albumId,
    trackId,
    album,
    artist,
    title,
    receipt,
    current: current && {
      sha256: current.sha256,
      bytes: current.bytes,
      modifiedAt: isoOf(current.modifiedMs),
    },
  });
}

/** The end of the JSON file, behind its last file. */
export const jsonTail = (counts: ExportCounts): string =>
  `\n],"counts":${JSON.stringify(counts)}}\n`;

/**
 * One file as a line that `sha256sum -c` checks when it is run in the root; one that is missing, or damaged, is named
 * in a comment before it, which `sha256sum` passes over.
 */
export function sumLine({ state, path, current }: ExportedFile): string {
  const noted = state === 'missing' || state === 'damaged' || state === 'changed';
  const { marked, name } = escaped(path);
  const note = noted ? `# ${state}: ${name}\n` : '';
  if (state === 'damaged' || current === null) return note;
  return `${note}${marked}${current.sha256}  ${name}\n`;
}

/** GNU's way with names that would break a line: the line begins with a backslash (coreutils, "md5sum invocation"). */
function escaped(path: string): { readonly marked: string; readonly name: string } {
  if (!/[\\\n\r]/.test(path)) return { marked: '', name: path };
  const name = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return { marked: '\\', name };
}
