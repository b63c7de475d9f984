import type { SettingKey } from '../../../src-preload/contract/settings.ts';

/**
 * Every setting by section, in the order of the page: the one list that page, search and command palette share.
 * Beside each stand the keys it shows, so that a value that was found damaged is named where it belongs.
 */
export const SETTINGS_BY_SECTION = {
  library: {
    folder: [],
    naming: ['namingTemplate'],
    preference: ['preference'],
    covers: ['saveCovers'],
    embedding: ['embedCovers'],
    booklets: ['saveBooklets'],
    replayGain: ['writeReplayGain'],
  },
  downloads: {
    concurrency: ['concurrency'],
    bandwidth: ['bandwidthLimitKBPerSecond'],
    reserve: ['reservePercent'],
  },
  background: {
    schedule: ['syncEveryMinutes'],
    battery: ['syncOnBattery'],
    startAtLogin: [],
    newPurchases: ['notifyNewPurchases'],
    attention: ['notifyAttention'],
  },
  appearance: {
    theme: ['theme'],
    language: ['language'],
  },
  network: {
    proxy: ['proxyMode', 'proxyAddress', 'proxyUser'],
    appPair: [],
  },
  about: {
    version: [],
    logLevel: ['logLevel'],
    logFolder: [],
    diagnostics: [],
    licences: [],
    setup: ['setupStep'],
    demo: [],
  },
} as const satisfies Record<string, Record<string, readonly SettingKey[]>>;

/** One section of the page. */
export type SectionId = keyof typeof SETTINGS_BY_SECTION;

type IdsOf<Section> = Section extends SectionId
  ? keyof (typeof SETTINGS_BY_SECTION)[Section]
  : never;
/** One setting of the page. */
export type SettingId = IdsOf<SectionId>;

/** The sections from top to bottom. */
export const SECTION_IDS = Object.keys(SETTINGS_BY_SECTION) as readonly SectionId[];

/** The settings of a section from top to bottom. */
export const settingsOf = (section: SectionId): readonly SettingId[] =>
  Object.keys(SETTINGS_BY_SECTION[section]) as readonly SettingId[];

/** The section a setting stands in. */
export const sectionOf = (setting: SettingId): SectionId =>
  SECTION_IDS.find((section) => setting in SETTINGS_BY_SECTION[section]) ?? 'about';

/** The stored values a setting shows. */
export const keysOf = (setting: SettingId): readonly SettingKey[] =>
  (SETTINGS_BY_SECTION[sectionOf(setting)] as Partial<Record<SettingId, readonly SettingKey[]>>)[
    setting
  ] ?? [];
