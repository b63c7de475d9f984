/** Whom a fault concerns: faults of the run pause the queue, faults of a track never do. */
export type ErrorScope = 'track' | 'run' | 'account' | 'request';
/** When it may heal by itself: never, in a later sync, or at once with back-off. */
export type ErrorRetry = 'never' | 'later' | 'now';

interface ErrorTraits {
  readonly scope: ErrorScope;
  readonly retry: ErrorRetry;
  /** Exit code of the command line when a run ends on this fault (3 sign-in, 4 folder or disk, 5 service). */
  readonly exit: 1 | 3 | 4 | 5;
}

const traits = (
  scope: ErrorScope,
  retry: ErrorRetry,
  exit: ErrorTraits['exit'] = 1,
): ErrorTraits => ({
  scope,
  retry,
  exit,
});

/**
 * Every fault Crateful names, in one table (architecture §6). Sentence and remedy of each stand in
 * `assets/locales/<lang>.json` under `errors.<CODE>`.
 */
export const ERRORS = {
  // account and sign-in
  SIGN_IN_REQUIRED: traits('account', 'never', 3),
  SIGN_IN_REFUSED: traits('account', 'never', 3),
  SIGN_IN_TIMED_OUT: traits('account', 'never', 3),
  SIGN_IN_CANCELLED: traits('account', 'never', 3),
  SIGN_IN_ADDRESS_INVALID: traits('account', 'never', 3),
  SIGN_IN_NEEDS_TOKEN: traits('account', 'never', 3),
  ACCOUNT_BLOCKED: traits('account', 'never', 3),
  APP_CREDENTIALS_INVALID: traits('account', 'never', 3),
  APP_CREDENTIALS_INCOMPLETE: traits('account', 'never', 3),
  APP_CREDENTIALS_UNTESTED: traits('request', 'never', 3),
  CREDENTIAL_STORE_FAILED: traits('account', 'never', 3),
  NO_KEYCHAIN: traits('account', 'never', 3),
  // the service
  SERVICE_CHANGED: traits('run', 'never', 5),
  SERVICE_UNREADABLE: traits('run', 'now', 5),
  SERVICE_REFUSED: traits('run', 'never', 5),
  SERVICE_UNAVAILABLE: traits('run', 'now'),
  RATE_LIMITED: traits('run', 'now'),
  ACCESS_BLOCKED: traits('run', 'later'),
  OFFLINE: traits('run', 'now'),
  TLS_FAILED: traits('run', 'later'),
  PROXY_FAILED: traits('run', 'later'),
  // what the service says of one track
  NOT_ENTITLED: traits('track', 'never'),
  TRACK_UNAVAILABLE: traits('track', 'never'),
  TRACK_WITHHELD: traits('track', 'never'),
  PRE_ORDER: traits('track', 'never'),
  PREVIEW_ONLY: traits('track', 'never'),
  ALBUM_LIST_INCOMPLETE: traits('track', 'later'),
  // the transfer of one file
  STREAM_STUB: traits('track', 'now'),
  STREAM_TRUNCATED: traits('track', 'now'),
  STREAM_TOO_LONG: traits('track', 'now'),
  STREAM_STALLED: traits('track', 'now'),
  STREAM_INTERRUPTED: traits('track', 'now'),
  CDN_REFUSED: traits('track', 'now'),
  RANGE_MISMATCH: traits('track', 'now'),
  NOT_AUDIO: traits('track', 'now'),
  WRONG_FORMAT: traits('track', 'now'),
  ADDRESS_REFUSED: traits('track', 'never'),
  // the proof
  TOO_SHORT: traits('track', 'now'),
  AUDIO_DAMAGED: traits('track', 'now'),
  TAGGING_FAILED: traits('track', 'later'),
  SIDE_FILE_UNAVAILABLE: traits('track', 'never'),
  EDITION_NOT_BETTER: traits('track', 'never'),
  // folder and disk
  NO_LIBRARY_ROOT: traits('run', 'never', 4),
  LIBRARY_ROOT_MISSING: traits('run', 'never', 4),
  LIBRARY_ROOT_FOREIGN: traits('run', 'never', 4),
  LIBRARY_MOVING: traits('run', 'later', 4),
  FOLDER_OVERLAPS: traits('request', 'never'),
  FOLDER_MISSING: traits('request', 'later'),
  PATH_NOT_WRITABLE: traits('run', 'later', 4),
  DISK_FULL: traits('run', 'later', 4),
  DISK_FAILED: traits('run', 'later', 4),
  PATH_OCCUPIED: traits('track', 'later'),
  PATH_TOO_LONG: traits('track', 'never'),
  // Crateful itself
  ALREADY_RUNNING: traits('run', 'never', 4),
  DATABASE_TOO_NEW: traits('run', 'never', 4),
  DATABASE_DAMAGED: traits('run', 'never', 4),
  DATABASE_BUSY: traits('run', 'later', 4),
  SET_ASIDE_DAMAGED: traits('request', 'never'),
  VERIFYING_ALREADY: traits('request', 'later'),
  INVALID_REQUEST: traits('request', 'never'),
  CANCELLED: traits('request', 'later'),
  UNEXPECTED: traits('run', 'later'),
} as const satisfies Record<string, ErrorTraits>;

/** A fault's code; the closed union of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS;

/** Whether the code says that a file came whole and its audio was wrong. */
export const isDamage = (code: ErrorCode): boolean =>
  code === 'TOO_SHORT' || code === 'AUDIO_DAMAGED';

/** Values put into a fault's sentence. Never a token, an address with a signature, or an e-mail. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** A fault as it crosses the bridge, the command line's JSON and the database. */
export interface ErrorView {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}
