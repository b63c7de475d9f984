/**
 * States of a job. `retrying` waits for its next attempt; `paused` waits for the user; `committing` has its receipt
 * and only needs its name; `unavailable` was refused by the service for a reason a retry does not heal.
 */
export const JOB_STATES = [
  'waiting',
  'running',
  'retrying',
  'paused',
  'committing',
  'done',
  'failed',
  'unavailable',
  'cancelled',
] as const;
/** One of {@link JOB_STATES}. */
export type JobState = (typeof JOB_STATES)[number];

/** What one job is doing while it is `running`. */
export type JobStage = 'asking' | 'fetching' | 'verifying' | 'tagging' | 'saving';

/** What a job fetches: a track, or a side file that never fails its album (architecture §4). */
export type JobKind = 'track' | 'cover' | 'booklet';

/** Status of an album, computed from its files. */
export const ALBUM_STATUSES = [
  'synced',
  'partly',
  'not-synced',
  'syncing',
  'pre-order',
  'withheld',
  'needs-attention',
  'skipped',
] as const;
/** One of {@link ALBUM_STATUSES}. */
export type AlbumStatus = (typeof ALBUM_STATUSES)[number];

/**
 * States of a run. `paused` fetches nothing until the queue is resumed; `stopped` was stopped by the user or a fault
 * and goes on with the next sync.
 */
export const RUN_STATES = [
  'preparing',
  'running',
  'paused',
  'stopping',
  'finished',
  'stopped',
] as const;
/** One of {@link RUN_STATES}. */
export type RunState = (typeof RUN_STATES)[number];

/** Where secrets are kept; `session` forgets them at exit. */
export type CredentialStoreKind = 'keychain' | 'safe-storage' | 'session' | 'environment';
/**
 * What would become of a sign-in made now: stored safely; until the app quits, because nothing here keeps it and the person
 * chose that; or refused, because they have not been asked.
 */
export type Keeping = 'stored' | 'session' | 'undecided';
