import {
  DEFAULT_SETTINGS,
  SETTING_SHAPES,
  type SettingKey,
  type Settings,
  settingsSchema,
} from '../src-preload/contract/settings.ts';

/** Where a setting is stored (architecture §8). */
export const settingScope = (key: SettingKey): 'machine' | 'root' =>
  key in SETTING_SHAPES.machine ? 'machine' : 'root';

/** Stored values, by key, as they came from the database. */
export interface StoredSettings {
  readonly machine: Readonly<Record<string, unknown>>;
  readonly root: Readonly<Record<string, unknown>>;
}

/**
 * The settings in force: what is stored where it is valid, the default elsewhere. `reset` names the keys
 * whose stored value was refused, so that somebody can be told; keys of other versions are passed over.
 */
export function parseSettings(stored: StoredSettings): {
  settings: Settings;
  reset: SettingKey[];
} {
  const reset: SettingKey[] = [];
  const values: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    const value = stored[settingScope(key as SettingKey)][key];
    if (value === undefined) continue;
    const parsed = schema.safeParse(value);
    if (parsed.success) values[key] = parsed.data;
    else reset.push(key as SettingKey);
  }
  return { settings: settingsSchema.parse(values), reset };
}
