import type { Connection } from './database.ts';

/** What a stored setting holds for (architecture §8). */
export type SettingScope = 'machine' | 'account' | 'root';

/**
 * Stored settings as they stand; what a value may be is decided by who reads it. `owner` is the account's or
 * root's id, and the empty text for `machine`.
 */
export interface SettingRepository {
  /** Undefined when nothing is stored. */
  get(scope: SettingScope, owner: string, key: string): Promise<unknown>;
  all(scope: SettingScope, owner: string): Promise<Record<string, unknown>>;
  /** Stores a JSON value; undefined removes the setting. */
  set(scope: SettingScope, owner: string, key: string, value: unknown): Promise<void>;
  /** As `set`, for several settings of one owner: all of them or none. */
  setAll(
    scope: SettingScope,
    owner: string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<void>;
}

/** A stored value; null, which no setting takes, for one that is damaged: it must not keep the others from being read. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The repository of settings over one connection. */
export function createSettingRepository({ prepare, read, write }: Connection): SettingRepository {
  const one = prepare<[SettingScope, string, string], { value: string }>(
    'SELECT value FROM settings WHERE scope = ? AND owner = ? AND key = ?',
  );
  const all = prepare<[SettingScope, string], { key: string; value: string }>(
    'SELECT key, value FROM settings WHERE scope = ? AND owner = ? ORDER BY key',
  );
  const put = prepare<[SettingScope, string, string, string]>(
    'INSERT OR REPLACE INTO settings (scope, owner, key, value) VALUES (?, ?, ?, ?)',
  );
  const drop = prepare<[SettingScope, string, string]>(
    'DELETE FROM settings WHERE scope = ? AND owner = ? AND key = ?',
  );
  const store = (scope: SettingScope, owner: string, key: string, value: unknown) => {
    if (value === undefined) drop.run(scope, owner, key);
    else put.run(scope, owner, key, JSON.stringify(value));
  };
  return {
    get: (scope, owner, key) =>
      read(() => {
        const row = one.get(scope, owner, key);
        return row ? readValue(row.value) : undefined;
      }),
    all: (scope, owner) =>
      read(() =>
        Object.fromEntries(all.all(scope, owner).map((row) => [row.key, readValue(row.value)])),
      ),
    set: (scope, owner, key, value) => write(() => store(scope, owner, key, value)),
    setAll: (scope, owner, values) =>
      write(() => {
        for (const [key, value] of Object.entries(values)) store(scope, owner, key, value);
      }),
  };
}
