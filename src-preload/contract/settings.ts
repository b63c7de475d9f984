import { z } from 'zod';
import { PREFERENCES } from './formats.ts';

/**
 * Every setting with its bounds and default; the schema is the only description of them. Scopes are those
 * of architecture §8: `machine` holds for this computer, `root` for one library folder.
 */
export const machineSettingsSchema = z.object({
  /** Files fetched at the same time. */
  concurrency: z.number().int().min(1).max(8).default(4),
  /** Percentage of the volume that stays free. */
  reservePercent: z.number().min(0).max(50).default(1),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
});

/** See {@link machineSettingsSchema}. */
export const rootSettingsSchema = z.object({
  preference: z.enum(PREFERENCES).default('best'),
});

/** All settings in force, for the current root. */
export const settingsSchema = machineSettingsSchema.extend(rootSettingsSchema.shape);
/** All settings in force, for the current root. */
export type Settings = z.infer<typeof settingsSchema>;

/** What a settings call may change: any subset, nothing unknown, no defaults filled in. */
export const settingsPatchSchema = z
  .strictObject({
    concurrency: z.number().int().min(1).max(8),
    reservePercent: z.number().min(0).max(50),
    theme: z.enum(['system', 'light', 'dark']),
    preference: z.enum(PREFERENCES),
  })
  .partial();
/** See {@link settingsPatchSchema}. */
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
