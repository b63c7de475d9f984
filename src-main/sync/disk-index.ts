import { pathKey } from '../files/names.ts';
import type { ScanEntry, Unscanned } from '../files/scan.ts';

/** A scan, asked by path; case and normalisation twins are the same file (architecture §3, path_key). */
export interface DiskIndex {
  get(path: string): ScanEntry | undefined;
  /** Every file the scan found. */
  all(): Iterable<ScanEntry>;
  /** Whether the path lies where the scan could not look, so that "not seen" does not mean "gone". */
  isUnseen(path: string): boolean;
}

/**
 * Indexes a scan. The exact spelling is tried first and the folded one only on a miss, because folding
 * 100,000 paths costs more than everything else a sync with nothing to do does.
 */
export function indexDisk(
  entries: readonly ScanEntry[],
  unscanned: readonly Unscanned[] = [],
): DiskIndex {
  const exact = new Map(entries.map((entry) => [entry.path, entry]));
  const unseen = unscanned.map((each) => each.storedPath.normalize('NFC'));
  let folded: Map<string, ScanEntry> | null = null;
  return {
    all: () => entries,
    get(path) {
      const entry = exact.get(path);
      if (entry) return entry;
      folded ??= new Map(entries.map((each) => [pathKey(each.path), each]));
      return folded.get(pathKey(path));
    },
    isUnseen: (path) => unseen.some((each) => path === each || path.startsWith(`${each}/`)),
  };
}
