import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { ScanEntry } from '../files/scan.ts';

/** A file that gets another name, for one album; `row` is null for a file that is the person's own. */
export interface Rename {
  readonly entry: ScanEntry;
  readonly to: string;
  readonly row: LibraryFile | null;
}
