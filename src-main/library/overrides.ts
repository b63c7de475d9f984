import { setImmediate } from 'node:timers/promises';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AccountId, AlbumId } from '../../src-preload/contract/ids.ts';
import type { Connection } from './database.ts';

/** What the person decided about one album instead of what holds for all. */
export interface AlbumOverride {
  /** True for an album no sync touches. */
  readonly skip: boolean;
  /** The format it is wanted in, whatever the preference says; null for the preference. */
  readonly formatId: FormatId | null;
}

/** An album nothing was decided about. */
export const NO_OVERRIDE: AlbumOverride = { skip: false, formatId: null };

/** What was decided about single albums, by account. */
export interface OverrideRepository {
  /** Every album something was decided about. */
  list(accountId: AccountId): Promise<Map<AlbumId, AlbumOverride>>;
  /** Stores them, in transactions of a few hundred; what is back to {@link NO_OVERRIDE} is forgotten. */
  put(accountId: AccountId, overrides: ReadonlyMap<AlbumId, AlbumOverride>): Promise<void>;
}

/** Rows written in one transaction, so that many albums at once do not hold up everything else. */
const CHUNK_ROWS = 500;

/** The repository of overrides over one connection. */
export function createOverrideRepository(connection: Connection): OverrideRepository {
  const { prepare, read, write } = connection;
  const all = prepare<[AccountId], { albumId: AlbumId; skip: number; formatId: FormatId | null }>(
    `SELECT album_id AS albumId, skip, format_id AS formatId FROM album_overrides
      WHERE account_id = ?`,
  );
  const put = prepare<[AccountId, AlbumId, number, FormatId | null]>(`
    INSERT OR REPLACE INTO album_overrides (account_id, album_id, skip, format_id)
    VALUES (?, ?, ?, ?)`);
  const drop = prepare<[AccountId, AlbumId]>(
    'DELETE FROM album_overrides WHERE account_id = ? AND album_id = ?',
  );
  return {
    list: (accountId) =>
      read(
        () =>
          new Map(
            all
              .all(accountId)
              .map(({ albumId, skip, formatId }) => [albumId, { skip: skip === 1, formatId }]),
          ),
      ),
    async put(accountId, overrides) {
      const rows = [...overrides];
      for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
        await write(() => {
          for (const [albumId, { skip, formatId }] of rows.slice(from, from + CHUNK_ROWS)) {
            if (skip || formatId !== null) put.run(accountId, albumId, Number(skip), formatId);
            else drop.run(accountId, albumId);
          }
        });
        await setImmediate();
      }
    },
  };
}
