import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AccountId, AlbumId } from '../../src-preload/contract/ids.ts';
import type { Connection } from './database.ts';

/** What the user decided for one album, against the root's preference. */
export interface AlbumOverride {
  readonly albumId: AlbumId;
  /** True when the album is not to be fetched. */
  readonly skip: boolean;
  /** The format wanted for this album; null for the preference. */
  readonly formatId: FormatId | null;
}

/** Decisions of the user per album. */
export interface OverrideRepository {
  list(accountId: AccountId): Promise<AlbumOverride[]>;
}

interface Row extends Omit<AlbumOverride, 'skip'> {
  readonly skip: number;
}

/** The repository of album overrides over one connection. */
export function createOverrideRepository({ prepare, read }: Connection): OverrideRepository {
  const all = prepare<[AccountId], Row>(`
    SELECT album_id AS albumId, skip, format_id AS formatId FROM album_overrides
    WHERE account_id = ? ORDER BY album_id`);
  return {
    list: (accountId) =>
      read(() => all.all(accountId).map((row) => ({ ...row, skip: row.skip === 1 }))),
  };
}
