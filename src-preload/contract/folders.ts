import type { ErrorView } from './error-codes.ts';

/** What the folder picked in the system's dialog is; nothing was changed there yet. */
export interface FolderFacts {
  readonly path: string;
  /** As {@link import('./views.ts').RootView.state}; `current` when it is the folder in use. */
  readonly state: 'current' | 'ready' | 'new' | 'missing' | 'foreign' | 'not-writable';
  readonly freeBytes: number | null;
  /** What is in it already; counting stops at 10,000 files. */
  readonly files: number;
  readonly audioFiles: number;
  readonly filesAreMore: boolean;
}

/** How a picked folder is taken into use. `move` takes the present library's files along. */
export const FOLDER_MODES = ['use', 'move', 'anew'] as const;
/** One of {@link FOLDER_MODES}. */
export type FolderMode = (typeof FOLDER_MODES)[number];

/** A library on its way to another folder, or the last such move. */
export interface MoveView {
  readonly state: 'running' | 'finished' | 'cancelled' | 'failed';
  readonly from: string;
  readonly to: string;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Files in the old folder that are not Crateful's: they stay where they are. */
  readonly leftBehind: number;
  readonly error: ErrorView | null;
}
