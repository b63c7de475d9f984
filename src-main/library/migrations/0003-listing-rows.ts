/**
 * Migration 3: how many rows a listing had, so that the next one is compared with it and not with everything ever
 * listed. Null for listings made before. Frozen: never edit it.
 */
export const SQL = `
ALTER TABLE listings ADD COLUMN row_count INTEGER;
`;
