/**
 * What a file is, compared with its receipt: byte for byte what was saved; the same sound under edited tags; something
 * else, whole, that somebody put there; no longer whole; not there.
 */
export type ExportState = 'saved' | 'edited' | 'changed' | 'damaged' | 'missing';

/** How many files of an export are what. */
export type ExportCounts = Readonly<Record<ExportState, number>>;

/** What receipts can be exported as: all that is known, or sums that `sha256sum -c` checks. */
export const EXPORT_KINDS = ['json', 'sha256'] as const;
/** One of {@link EXPORT_KINDS}. */
export type ExportKind = (typeof EXPORT_KINDS)[number];
