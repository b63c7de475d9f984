import { z } from 'zod';
import { PREFERENCES } from './formats.ts';
import { DEFAULT_TEMPLATE } from './naming.ts';

/** How often purchases are looked for in the background, in minutes; 0 is "only when asked". */
export const SYNC_INTERVALS_MINUTES = [0, 15, 30, 60, 180, 360, 720, 1440] as const;
/** Languages of the window, the tray and the notifications; `system` follows the computer. */
export const LANGUAGES = ['system', 'en', 'fr', 'de'] as const;
/** Ways to the network. */
export const PROXY_MODES = ['system', 'none', 'manual'] as const;
/** What is written to the log file, the quietest first. */
export const LOG_LEVELS = ['error', 'warning', 'info', 'debug'] as const;
/** How far the first run has come; it can be left and taken up again. */
export const SETUP_STEPS = ['folder', 'fetch', 'background', 'done'] as const;

/** `http://host:port`, `https://…` or `socks5://…`, without name and password; empty for none. */
const proxyAddress = z
  .string()
  .trim()
  .max(255)
  .regex(/^$|^(https?|socks5?):\/\/[^\s/@?#]+\/?$/i);

/** Settings that hold for this computer, with their bounds. */
const machineShape = {
  /** Files fetched at the same time. */
  concurrency: z.number().int().min(1).max(8),
  /** Kilobytes (1,000 bytes) a second for all downloads together; 0 for no limit. */
  bandwidthLimitKBPerSecond: z.number().int().min(0).max(1_000_000),
  /** Percentage of the volume that stays free. */
  reservePercent: z.number().min(0).max(50),
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
  namingTemplate: z.string().trim().min(1).max(400),
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
