import {
  machineSettingsSchema,
  rootSettingsSchema,
  type Settings,
  settingsSchema,
} from '../src-preload/contract/settings.ts';

/** The name of one setting. */
export type SettingKey = keyof Settings;

/** Where a setting is stored (architecture §8). */
export const settingScope = (key: SettingKey): 'machine' | 'root' =>
  key in machineSettingsSchema.shape ? 'machine' : 'root';

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
  const valid: Record<string, unknown> = {};
  const shape = { ...machineSettingsSchema.shape, ...rootSettingsSchema.shape };
  for (const key of Object.keys(shape) as SettingKey[]) {
    const value = stored[settingScope(key)][key];
    const parsed = shape[key].safeParse(value);
    if (parsed.success) valid[key] = parsed.data;
    else reset.push(key);
  }
  return { settings: settingsSchema.parse(valid), reset };
}
