import type { AccountId } from '../../src-preload/contract/ids.ts';
import type { Connection } from './database.ts';

/** An account Crateful has seen. Its token lives in the credential store, never here. */
export interface AccountRow {
  readonly id: AccountId;
  /** The display name, never the e-mail. */
  readonly name: string;
  readonly country: string | null;
  /** The subscription's name; null means purchases only. */
  readonly plan: string | null;
  /** False once the service has confirmed that the session is over, or after signing out. */
  readonly signedIn: boolean;
}

/** Accounts and which of them is in use. */
export interface AccountRepository {
  /** Adds or renews an account; a new one counts as signed in, a known one keeps its state. */
  upsert(account: Omit<AccountRow, 'signedIn'>): Promise<void>;
  setCurrent(id: AccountId | null): Promise<void>;
  current(): Promise<AccountRow | null>;
  /** All that are known, by name. */
  list(): Promise<AccountRow[]>;
  setSignedIn(id: AccountId, signedIn: boolean): Promise<void>;
}

interface Row extends Omit<AccountRow, 'signedIn'> {
  readonly signedIn: number;
}

const COLUMNS = 'id, name, country, plan, signed_in AS signedIn';
const toAccount = (row: Row): AccountRow => ({ ...row, signedIn: row.signedIn === 1 });

/** The repository of accounts over one connection. */
export function createAccountRepository(connection: Connection): AccountRepository {
  const { prepare, read, write } = connection;
  const upsert = prepare<[Omit<AccountRow, 'signedIn'>]>(`
    INSERT INTO accounts (id, name, country, plan) VALUES (@id, @name, @country, @plan)
    ON CONFLICT (id) DO UPDATE SET
      name = excluded.name, country = excluded.country, plan = excluded.plan`);
  const currentRow = prepare<[], Row>(`SELECT ${COLUMNS} FROM accounts WHERE is_current = 1`);
  const allRows = prepare<[], Row>(
    `SELECT ${COLUMNS} FROM accounts ORDER BY name COLLATE NOCASE, id`,
  );
  const unsetCurrent = prepare<[]>('UPDATE accounts SET is_current = 0 WHERE is_current = 1');
  const setCurrent = prepare<[AccountId]>('UPDATE accounts SET is_current = 1 WHERE id = ?');
  const setSignedIn = prepare<[number, AccountId]>(
    'UPDATE accounts SET signed_in = ? WHERE id = ?',
  );
  return {
    upsert: ({ id, name, country, plan }) =>
      write(() => {
        upsert.run({ id, name, country, plan });
      }),
    setCurrent: (id) =>
      write(() => {
        unsetCurrent.run();
        if (id !== null) setCurrent.run(id);
      }),
    current: () =>
      read(() => {
        const row = currentRow.get();
        return row ? toAccount(row) : null;
      }),
    list: () => read(() => allRows.all().map(toAccount)),
    setSignedIn: (id, signedIn) =>
      write(() => {
        setSignedIn.run(Number(signedIn), id);
      }),
  };
}
