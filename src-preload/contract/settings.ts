import { z } from 'zod';
import { PREFERENCES } from './formats.ts';
import { DEFAULT_TEMPLATE } from './naming.ts';
import {
  LANGUAGES,
  LOG_LEVELS,
  PROXY_ADDRESS,
  PROXY_MODES,
  SETTING_BOUNDS,
  SETUP_STEPS,
  SYNC_INTERVALS_MINUTES,
} from './setting-values.ts';

export {
  LANGUAGES,
  LOG_LEVELS,
  PROXY_MODES,
  SETUP_STEPS,
  SYNC_INTERVALS_MINUTES,
} from './setting-values.ts';

const { concurrency, bandwidthLimitKBPerSecond, reservePercent, namingTemplate } = SETTING_BOUNDS;
const proxyAddress = z.string().trim().max(255).regex(PROXY_ADDRESS);

/** Settings that hold for this computer, with their bounds. */
const machineShape = {
  /** Files fetched at the same time. */
  concurrency: z.number().int().min(concurrency.least).max(concurrency.most),
  /** Kilobytes (1,000 bytes) a second for all downloads together; 0 for no limit. */
  bandwidthLimitKBPerSecond: z
    .number()
    .int()
    .min(bandwidthLimitKBPerSecond.least)
    .max(bandwidthLimitKBPerSecond.most),
  /** Percentage of the volume that stays free. */
  reservePercent: z.number().min(reservePercent.least).max(reservePercent.most),
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(LANGUAGES),
  /** The library as covers or as a table. */
  libraryView: z.enum(['grid', 'table']),
  syncEveryMinutes: z.literal(SYNC_INTERVALS_MINUTES),
  /** Whether background syncs also start while the computer runs on its battery. */
  syncOnBattery: z.boolean(),
  notifyNewPurchases: z.boolean(),
  notifyAttention: z.boolean(),
  proxyMode: z.enum(PROXY_MODES),
  proxyAddress,
  /** The name for a proxy that asks for one; its password is in the credential store. */
  proxyUser: z.string().trim().max(255),
  logLevel: z.enum(LOG_LEVELS),
  setupStep: z.enum(SETUP_STEPS),
} as const;

/** Settings that hold for one library folder, with their bounds. */
const rootShape = {
  preference: z.enum(PREFERENCES),
  /** Where files of albums placed from now on go (names-and-layout §1); checked by `files/template.ts`. */
  namingTemplate: z.string().trim().min(1).max(namingTemplate.most),
  /** Whether each album's folder gets the largest cover as `cover.jpg`. */
  saveCovers: z.boolean(),
  /** Whether the cover is put into each audio file. */
  embedCovers: z.boolean(),
  saveBooklets: z.boolean(),
  /** Whether the service's ReplayGain values are written as tags. */
  writeReplayGain: z.boolean(),
} as const;

/** Scopes are those of architecture §8: `machine` holds for this computer, `root` for one library folder. */
export const SETTING_SHAPES = { machine: machineShape, root: rootShape } as const;

/** All settings in force, for the current root. */
export const settingsSchema = z.object({ ...machineShape, ...rootShape });
/** All settings in force, for the current root. */
export type Settings = z.infer<typeof settingsSchema>;
/** The name of one setting. */
export type SettingKey = keyof Settings;

/** What holds until somebody chooses. */
export const DEFAULT_SETTINGS: Settings = {
  concurrency: 4,
  bandwidthLimitKBPerSecond: 0,
  reservePercent: 1,
  theme: 'system',
  language: 'system',
  libraryView: 'grid',
  syncEveryMinutes: 0,
  syncOnBattery: true,
  notifyNewPurchases: true,
  notifyAttention: true,
  proxyMode: 'system',
  proxyAddress: '',
  proxyUser: '',
  logLevel: 'info',
  setupStep: 'folder',
  preference: 'best',
  namingTemplate: DEFAULT_TEMPLATE,
  saveCovers: true,
  embedCovers: true,
  saveBooklets: true,
  writeReplayGain: true,
};

/** What a settings call may change: any subset, nothing unknown, no defaults filled in. */
export const settingsPatchSchema = z.strictObject({ ...machineShape, ...rootShape }).partial();
/** See {@link settingsPatchSchema}. */
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
