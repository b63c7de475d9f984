/** Why a background sync that is due does not start. */
export type Holding =
  | 'offline'
  | 'battery'
  | 'signed-out'
  | 'no-folder'
  | 'no-room'
  | 'cooling'
  | 'paused';

/**
 * What a run that stopped by itself waits for: the network, the drive or room on the disk, or the end of a pause that the
 * service wants.
 */
export type GoesOnWith = 'network' | 'drive' | 'room' | 'service';

/** Where the schedule stands. */
export interface BackgroundView {
  readonly online: boolean;
  /** Null when syncs start only when asked. */
  readonly nextSyncAtMs: number | null;
  readonly lastSyncAtMs: number | null;
  readonly holding: Holding | null;
  /** Null when no run waits to go on by itself. */
  readonly goesOnWith: GoesOnWith | null;
}

/** What the system around the app says, as it really is. */
export interface ShellView {
  readonly startAtLogin: 'on' | 'off' | 'unavailable';
  /** Whether notifications can be shown at all. */
  readonly notifications: boolean;
  /** Where log files are. */
  readonly logFolder: string;
  readonly update: UpdateView;
}

/** Where an update of the app stands; `off` when this build has no feed. */
export interface UpdateView {
  readonly state: 'off' | 'idle' | 'checking' | 'downloading' | 'ready' | 'failed';
  readonly version: string | null;
}
