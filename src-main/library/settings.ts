import type { Connection } from './database.ts';
import { fromJson } from './json.ts';

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
  return {
    get: (scope, owner, key) =>
      read(() => {
        const row = one.get(scope, owner, key);
        return row ? fromJson<unknown>(row.value) : undefined;
      }),
    all: (scope, owner) =>
      read(() =>
        Object.fromEntries(
          all.all(scope, owner).map((row) => [row.key, fromJson<unknown>(row.value)]),
        ),
      ),
    set: (scope, owner, key, value) =>
      write(() => {
        if (value === undefined) drop.run(scope, owner, key);
        else put.run(scope, owner, key, JSON.stringify(value));
      }),
  };
}
