import type { SideChoice } from '../../src-preload/contract/library.ts';
import { DEFAULT_TEMPLATE } from '../../src-preload/contract/naming.ts';
import {
  SETTING_SHAPES,
  type SettingKey,
  type Settings,
  type SettingsPatch,
  settingsPatchSchema,
} from '../../src-preload/contract/settings.ts';
import { CratefulError } from '../errors.ts';
import { templateFault } from '../files/template.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import { parseSettings, settingScope } from '../settings.ts';

/** Settings are stored for this owner when they hold for the machine. */
const MACHINE = '';

/** The settings of one library folder. */
export type RootSettings = Pick<Settings, keyof typeof SETTING_SHAPES.root>;

/** Settings in force, and those whose stored value is damaged and that are at their default until set again. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly reset: readonly SettingKey[];
}

/** Reads all settings for a root; without one its settings are those that wait with the machine's. */
export async function readSettings(
  { settings: stored }: Pick<Library, 'settings'>,
  root: RootRow | null,
): Promise<ReadSettings> {
  const machine = await stored.all('machine', MACHINE);
  const columns = root && { preference: root.preference, namingTemplate: root.template };
  const ofRoot = root ? { ...(await stored.all('root', root.id)), ...columns } : machine;
  const read = parseSettings({ machine, root: ofRoot });
  if (!templateFault(read.settings.namingTemplate)) return read;
  return {
    settings: { ...read.settings, namingTemplate: DEFAULT_TEMPLATE },
    reset: [...read.reset, 'namingTemplate'],
  };
}

/** Which side files a folder's settings ask for. */
export const sideChoice = (
  settings: Pick<Settings, 'saveCovers' | 'saveBooklets'>,
): SideChoice => ({ covers: settings.saveCovers, booklets: settings.saveBooklets });

/** What the settings of a folder ask for, as one text to compare: a change of it makes a sync find something to do. */
export const wantedFiles = (
  settings: Pick<Settings, 'preference' | 'saveCovers' | 'saveBooklets'>,
): string => {
  const { covers, booklets } = sideChoice(settings);
  return [settings.preference, covers && 'covers', booklets && 'booklets']
    .filter(Boolean)
    .join(' ');
};

/** Those of all settings that hold for one folder. */
export const rootSettings = (settings: Settings): RootSettings =>
  Object.fromEntries(
    Object.keys(SETTING_SHAPES.root).map((key) => [key, settings[key as SettingKey]]),
  ) as RootSettings;

/** A change of settings that can be stored. Throws `INVALID_REQUEST` {reason}: the first setting that cannot be. */
export function requireValid(patch: SettingsPatch): SettingsPatch {
  const parsed = settingsPatchSchema.safeParse(patch);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CratefulError('INVALID_REQUEST', { reason: issue?.path.join('.') ?? 'settings' });
  }
  const { namingTemplate } = parsed.data;
  const fault = namingTemplate === undefined ? null : templateFault(namingTemplate);
  if (fault) {
    throw new CratefulError('INVALID_REQUEST', { reason: `namingTemplate: ${fault.problem}` });
  }
  return parsed.data;
}

/** Stores a valid change where each setting belongs; gives the root as it is then. */
export async function storeSettings(
  library: Pick<Library, 'settings' | 'roots'>,
  root: RootRow | null,
  patch: SettingsPatch,
): Promise<RootRow | null> {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  // Before there is a root, its settings wait with the machine's and become the first root's.
  const waits = ([key]: readonly [string, unknown]) =>
    root === null || settingScope(key as SettingKey) === 'machine';
  const machine = given.filter(waits);
  await library.settings.setAll('machine', MACHINE, Object.fromEntries(machine));
  if (root === null) return null;
  const { preference, namingTemplate: template, ...others } = rootPart(patch);
  await library.settings.setAll('root', root.id, others);
  await library.roots.change(root.id, { preference, template });
  return library.roots.get(root.id);
}

const rootPart = (patch: SettingsPatch): Partial<RootSettings> =>
  Object.fromEntries(
    Object.entries(patch).filter(
      ([key, value]) => value !== undefined && settingScope(key as SettingKey) === 'root',
    ),
  ) as Partial<RootSettings>;

/** Stores a root that this database does not know, with the settings it begins with; its row last. */
export async function storeNewRoot(
  library: Pick<Library, 'settings' | 'roots'>,
  root: Pick<RootRow, 'id' | 'accountId' | 'path'>,
  settings: RootSettings,
): Promise<RootRow> {
  const { preference, namingTemplate: template, ...others } = settings;
  await library.settings.setAll('root', root.id, others);
  const { id, accountId, path } = root;
  const row = { id, accountId, path, template, preference };
  await library.roots.upsert(row);
  return row;
}
