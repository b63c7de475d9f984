/** A value of `T` that only one place may make, so that two kinds of id cannot be mixed up. */
type Branded<T, Name extends string> = T & { readonly __brand: Name };

/** Qobuz' album id: 13 digits or 13 lower-case alphanumerics in practice (qobuz-api §7). */
export type AlbumId = Branded<string, 'AlbumId'>;
/** Qobuz' track id, a positive integer. */
export type TrackId = Branded<number, 'TrackId'>;
/** Qobuz' user id as text. */
export type AccountId = Branded<string, 'AccountId'>;
/** The library id a root's marker carries (a UUID). */
export type RootId = Branded<string, 'RootId'>;
/** One file to fetch. */
export type JobId = Branded<string, 'JobId'>;
/** One press of Sync. */
export type RunId = Branded<string, 'RunId'>;
/** One link somebody dropped, pasted or handed over. */
export type LinkId = Branded<string, 'LinkId'>;
/** One undoable batch of moved files. */
export type StepId = Branded<string, 'StepId'>;

/** Brands a value that was checked where it entered. */
export const albumId = (value: string): AlbumId => value as AlbumId;
/** Brands a value that was checked where it entered. */
export const trackId = (value: number): TrackId => value as TrackId;
/** Brands a value that was checked where it entered. */
export const accountId = (value: string): AccountId => value as AccountId;
/** Brands a value that was checked where it entered. */
export const rootId = (value: string): RootId => value as RootId;
/** Brands a value that was checked where it entered. */
export const jobId = (value: string): JobId => value as JobId;
/** Brands a value that was checked where it entered. */
export const runId = (value: string): RunId => value as RunId;
/** Brands a value that was checked where it entered. */
export const linkId = (value: string): LinkId => value as LinkId;
/** Brands a value that was checked where it entered. */
export const stepId = (value: string): StepId => value as StepId;
