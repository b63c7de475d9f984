import type { ErrorCode } from './error-codes.ts';

/** What became of a record of the library that could not be read. */
export interface RebuildReport {
  /** What the new record was made from; `salvaged` is what of the damaged one could still be read. */
  readonly source: 'backup' | 'salvaged' | 'empty';
  /** The day of the backup, at its first moment, in unix milliseconds; null unless made from one. */
  readonly backupDayMs: number | null;
  /** The name under which the damaged record stays in the data folder; null when nothing was left of it. */
  readonly setAside: string | null;
  /** Whose library it is, as far as is known again. */
  readonly account: string | null;
  readonly signedIn: boolean;
  /** The music folder; null when it has to be chosen again. */
  readonly folder: string | null;
  /** Whether the folder is there, so that what it holds is known again. */
  readonly folderThere: boolean;
  /** Tracks that are known to be in the folder. */
  readonly tracks: number;
}

/** What a person still has to do after a rebuild. */
export function leftToDo({
  signedIn,
  folder,
}: Pick<RebuildReport, 'signedIn' | 'folder'>): 'nothing' | 'signIn' | 'folder' | 'both' {
  if (signedIn) return folder === null ? 'folder' : 'nothing';
  return folder === null ? 'both' : 'signIn';
}

/** Faults of the record that keep an engine from starting: there is nothing to show then but the way out. */
const OF_THE_RECORD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DATABASE_DAMAGED',
  'DATABASE_TOO_NEW',
  'DATABASE_BUSY',
  'ALREADY_RUNNING',
]);

/** Whether a fault says that the record of the library cannot be used. */
export const isOfTheRecord = (code: ErrorCode): boolean => OF_THE_RECORD.has(code);
