/** How sure it is what a file is; the tabs of the review. */
export const ADOPTION_FILTERS = ['sure', 'likely', 'unknown', 'copy', 'damaged'] as const;
/** One of {@link ADOPTION_FILTERS}. */
export type AdoptionFilter = (typeof ADOPTION_FILTERS)[number];

/** Why a file is taken for what it is taken for, or for nothing; sentences under `adopt.why.<why>`. */
export const ADOPTION_WHYS = [
  'id',
  'id-length',
  'isrc',
  'isrc-length',
  'isrc-album',
  'isrc-other-album',
  'upc',
  'upc-title',
  'names',
  'near-title',
  'file-name',
  'no-album',
  'place',
  'nothing',
  'several',
  'other-length',
  'other-album',
  'there',
  'better-copy',
  'unreadable',
] as const;
/** One of {@link ADOPTION_WHYS}. */
export type AdoptionWhy = (typeof ADOPTION_WHYS)[number];
