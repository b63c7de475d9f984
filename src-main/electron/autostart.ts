import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { App } from 'electron';
import type { ShellView } from '../../src-preload/contract/background.ts';
import { CratefulError } from '../errors.ts';
import { autostartEntry, HIDDEN_SWITCH, startsAtLogin } from './autostart-entry.ts';

/** Starting the app when the person logs in to the computer. */
export interface Autostart {
  /** How it really is, read anew each time. */
  state(): Promise<ShellView['startAtLogin']>;
  /** Throws `PATH_NOT_WRITABLE` where the entry cannot be written, `INVALID_REQUEST` where there is none. */
  set(on: boolean): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes the autostart of this system. A checkout in development has none: what would be started at login is a bare
 * Electron, which knows nothing of the checkout.
 */
export function createAutostart(
  app: Pick<App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'>,
  platform: NodeJS.Platform,
  environment: Environment,
): Autostart {
  if (!app.isPackaged) return NONE;
  if (platform === 'win32') return ofLoginItems(app, environment.PORTABLE_EXECUTABLE_FILE);
  if (platform === 'darwin') return ofLoginItems(app, undefined);
  // An AppImage runs from a place that is gone with it; its own file is what can be started again.
  return ofFile(autostartFile(environment), environment.APPIMAGE || process.execPath);
}

const NONE: Autostart = {
  state: async () => 'unavailable',
  set: async () => {
    throw new CratefulError('INVALID_REQUEST', { name: 'setStartAtLogin' });
  },
};

/** `crateful.desktop` in the person's autostart folder; a relative `XDG_CONFIG_HOME` counts for nothing (XDG Base Directory). */
export function autostartFile({ XDG_CONFIG_HOME }: Environment, home = homedir()): string {
  const folder =
    XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(home, '.config');
  return join(folder, 'autostart', 'crateful.desktop');
}

/** An XDG autostart file: Electron has nothing for Linux. */
export function ofFile(file: string, program: string): Autostart {
  return {
    async state() {
      const entry = await readFile(file, 'utf8').catch(() => '');
      return startsAtLogin(entry, program) ? 'on' : 'off';
    },
    async set(on) {
      try {
        if (!on) return await rm(file, { force: true });
        await mkdir(join(file, '..'), { recursive: true });
        await writeFile(file, autostartEntry(program));
      } catch (error) {
        throw new CratefulError('PATH_NOT_WRITABLE', { path: file }, error);
      }
    },
  };
}

/** Login items of Windows and macOS. A portable build runs unpacked in a temporary folder: `path` is its own file. */
function ofLoginItems(
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>,
  path: string | undefined,
): Autostart {
  const item = { args: [HIDDEN_SWITCH], ...(path !== undefined && { path }) };
  return {
    async state() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(item);
      // On Windows the Task Manager can switch an entry off that is still there.
      return openAtLogin && executableWillLaunchAtLogin !== false ? 'on' : 'off';
    },
    set: async (on) => app.setLoginItemSettings({ ...item, openAtLogin: on }),
  };
}
