/** Qobuz' `format_id`; the shop may list ids that are not in this table (qobuz-api §3.6). */
export type FormatId = number;

/** What is known of one format: short name for badges, file extension, and what the audio is. */
export interface FormatInfo {
  readonly id: FormatId;
  readonly name: string;
  readonly extension: 'mp3' | 'flac' | 'dsf';
  readonly lossless: boolean;
}

/** The formats Crateful can ask for, prove and name (architecture §3). */
export const FORMATS: readonly FormatInfo[] = [
  { id: 5, name: 'MP3 320', extension: 'mp3', lossless: false },
  { id: 6, name: 'FLAC 16/44.1', extension: 'flac', lossless: true },
  { id: 7, name: 'FLAC 24/96', extension: 'flac', lossless: true },
  { id: 27, name: 'FLAC 24/192', extension: 'flac', lossless: true },
  { id: 55, name: 'DSD64', extension: 'dsf', lossless: true },
  { id: 56, name: 'DSD128', extension: 'dsf', lossless: true },
];

/** The table's row for an id, or undefined for one the shop lists and we do not know. */
export const formatInfo = (id: FormatId): FormatInfo | undefined =>
  FORMATS.find((format) => format.id === id);

/** A format's short name; unknown ids get a neutral one. */
export const formatName = (id: FormatId): string => formatInfo(id)?.name ?? `Format ${id}`;

/** What the user would like to have, resolved against what is entitled (architecture §3). */
export const PREFERENCES = ['best', 'hires96', 'cd', 'mp3'] as const;
/** One of {@link PREFERENCES}. */
export type Preference = (typeof PREFERENCES)[number];
