import type { Preference } from '../../src-preload/contract/formats.ts';
import type { AccountId, RootId } from '../../src-preload/contract/ids.ts';
import type { Connection } from './database.ts';

/** A folder the user chose for one account's music; `id` is what its marker carries. */
export interface RootRow {
  readonly id: RootId;
  readonly accountId: AccountId;
  /** Absolute. */
  readonly path: string;
  /** The naming template for albums placed from now on, as it was stored: whoever reads it checks it. */
  readonly template: string;
  /** As it was stored, too. */
  readonly preference: Preference;
}

/** Library roots and which of them is in use. */
export interface RootRepository {
  upsert(root: RootRow): Promise<void>;
  /** Changes only what is given, so that two changes at the same time both hold. */
  change(
    id: RootId,
    changes: Partial<Pick<RootRow, 'path' | 'template' | 'preference'>>,
  ): Promise<void>;
  /**
   * The root in use at this path, else the one last added there: one started anew has a new id and leaves the old
   * row behind.
   */
  byPath(path: string): Promise<RootRow | null>;
  get(id: RootId): Promise<RootRow | null>;
  /** Every root an account ever had. */
  list(accountId: AccountId): Promise<RootRow[]>;
  setCurrent(accountId: AccountId, id: RootId | null): Promise<void>;
  current(accountId: AccountId): Promise<RootRow | null>;
  /** Whether rows of its files changed since {@link manifestWritten}, in whichever process. */
  isManifestStale(id: RootId): Promise<boolean>;
  manifestWritten(id: RootId): Promise<void>;
  /** Whether its manifest was read to the end since this database knows it. */
  isManifestRead(id: RootId): Promise<boolean>;
  manifestRead(id: RootId): Promise<void>;
}

const COLUMNS = 'id, account_id AS accountId, path, template, preference';

/** The repository of library roots over one connection. */
export function createRootRepository(connection: Connection): RootRepository {
  const { prepare, read, write } = connection;
  const upsert = prepare<[RootRow]>(`
    INSERT INTO library_roots (id, account_id, path, template, preference)
    VALUES (@id, @accountId, @path, @template, @preference)
    ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, path = excluded.path,
      template = excluded.template, preference = excluded.preference`);
  const change = prepare<
    [{ id: RootId; path: string | null; template: string | null; preference: string | null }]
  >(`
    UPDATE library_roots SET path = coalesce(@path, path), template = coalesce(@template, template),
      preference = coalesce(@preference, preference) WHERE id = @id`);
  const byPath = prepare<[string], RootRow>(
    `SELECT ${COLUMNS} FROM library_roots WHERE path = ? ORDER BY is_current DESC, rowid DESC LIMIT 1`,
  );
  const byId = prepare<[RootId], RootRow>(`SELECT ${COLUMNS} FROM library_roots WHERE id = ?`);
  const currentRow = prepare<[AccountId], RootRow>(
    `SELECT ${COLUMNS} FROM library_roots WHERE account_id = ? AND is_current = 1`,
  );
  const ofAccount = prepare<[AccountId], RootRow>(
    `SELECT ${COLUMNS} FROM library_roots WHERE account_id = ? ORDER BY rowid`,
  );
  const unsetCurrent = prepare<[AccountId]>(
    'UPDATE library_roots SET is_current = 0 WHERE account_id = ? AND is_current = 1',
  );
  const setCurrent = prepare<[RootId, AccountId]>(
    'UPDATE library_roots SET is_current = 1 WHERE id = ? AND account_id = ?',
  );
  const stale = prepare<[RootId], { manifest_stale: number }>(
    'SELECT manifest_stale FROM library_roots WHERE id = ?',
  );
  const setFresh = prepare<[RootId]>('UPDATE library_roots SET manifest_stale = 0 WHERE id = ?');
  const wasRead = prepare<[RootId], { manifest_read: number }>(
    'SELECT manifest_read FROM library_roots WHERE id = ?',
  );
  const setRead = prepare<[RootId]>('UPDATE library_roots SET manifest_read = 1 WHERE id = ?');
  return {
    upsert: (root) =>
      write(() => {
        upsert.run(root);
      }),
    change: (id, { path = null, template = null, preference = null }) =>
      write(() => {
        change.run({ id, path, template, preference });
      }),
    byPath: (path) => read(() => byPath.get(path) ?? null),
    get: (id) => read(() => byId.get(id) ?? null),
    list: (accountId) => read(() => ofAccount.all(accountId)),
    setCurrent: (accountId, id) =>
      write(() => {
        unsetCurrent.run(accountId);
        if (id !== null) setCurrent.run(id, accountId);
      }),
    current: (accountId) => read(() => currentRow.get(accountId) ?? null),
    isManifestStale: (id) => read(() => stale.get(id)?.manifest_stale !== 0),
    manifestWritten: (id) =>
      write(() => {
        setFresh.run(id);
      }),
    isManifestRead: (id) => read(() => wasRead.get(id)?.manifest_read === 1),
    manifestRead: (id) =>
      write(() => {
        setRead.run(id);
      }),
  };
}
