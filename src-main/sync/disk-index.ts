import { pathKey } from '../files/names.ts';

/** A file on disk, as the scan saw it. */
export interface OnDisk {
  /** Relative, `/` between components, NFC. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** A scan, asked by path; case and normalisation twins are the same file (architecture §3, path_key). */
export interface DiskIndex {
  get(path: string): OnDisk | undefined;
}

/**
 * Indexes a scan. The exact spelling is tried first and the folded one only on a miss, because folding
 * 100,000 paths costs more than everything else a sync with nothing to do does.
 */
export function indexDisk(entries: readonly OnDisk[]): DiskIndex {
  const exact = new Map(entries.map((entry) => [entry.path, entry]));
  let folded: Map<string, OnDisk> | null = null;
  return {
    get(path) {
      const entry = exact.get(path);
      if (entry) return entry;
      folded ??= new Map(entries.map((each) => [pathKey(each.path), each]));
      return folded.get(pathKey(path));
    },
  };
}
