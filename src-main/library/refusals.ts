import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AccountId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Refusal } from '../../src-preload/contract/library.ts';
import type { Connection } from './database.ts';
import { fromJson } from './json.ts';

/** Tracks the service refused for a lasting reason, so that the next sync does not hammer them. */
export interface RefusalRepository {
  put(refusal: Refusal): Promise<void>;
  delete(accountId: AccountId, trackId: TrackId): Promise<void>;
  list(accountId: AccountId): Promise<Refusal[]>;
}

interface Row extends Omit<Refusal, 'error'> {
  readonly error: string;
}

const COLUMNS = `account_id AS accountId, track_id AS trackId, error, formats_key AS formatsKey,
  refused_at_ms AS refusedAtMs`;
const toRefusal = (row: Row): Refusal => ({ ...row, error: fromJson<ErrorView>(row.error) });

/** The repository of refusals over one connection. */
export function createRefusalRepository(connection: Connection): RefusalRepository {
  const { prepare, read, write } = connection;
  const all = prepare<[AccountId], Row>(
    `SELECT ${COLUMNS} FROM refusals WHERE account_id = ? ORDER BY refused_at_ms, track_id`,
  );
  const put = prepare<[Row]>(`
    INSERT OR REPLACE INTO refusals (account_id, track_id, error, formats_key, refused_at_ms)
    VALUES (@accountId, @trackId, @error, @formatsKey, @refusedAtMs)`);
  const drop = prepare<[AccountId, TrackId]>(
    'DELETE FROM refusals WHERE account_id = ? AND track_id = ?',
  );
  return {
    put: (refusal) =>
      write(() => {
        put.run({ ...refusal, error: JSON.stringify(refusal.error) });
      }),
    delete: (accountId, trackId) =>
      write(() => {
        drop.run(accountId, trackId);
      }),
    list: (accountId) => read(() => all.all(accountId).map(toRefusal)),
  };
}
