import { execFileSync } from 'node:child_process';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importKeytar } from '../../src-main/accounts/credential-store.ts';
import type { Environment } from './cli-process.ts';

const isInstalled = (command: string): boolean => {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** What a real keyring of a test's own needs and this machine lacks. */
export const missingForKeyring = async (): Promise<readonly string[]> => [
  ...['dbus-run-session', 'gnome-keyring-daemon'].filter((command) => !isInstalled(command)),
  ...((await importKeytar()) ? [] : ['keytar']),
];

/** Folders in which a keyring of a test's own lives: nothing may touch one that somebody really uses. */
export async function keyringEnvironment(folder: string): Promise<Environment> {
  for (const name of ['data', 'runtime', 'config', 'cache']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await chmod(join(folder, 'runtime'), 0o700);
  return {
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: join(folder, 'runtime'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    DBUS_SESSION_BUS_ADDRESS: undefined,
    DISPLAY: undefined,
  };
}

/** Runs a command on a bus of its own, with an unlocked gnome-keyring on it. */
export const ON_OWN_BUS: readonly string[] = [
  ...['dbus-run-session', '--', 'bash', '-c'],
  'eval "$(printf "test\\n" | gnome-keyring-daemon --unlock --components=secrets)"; exec "$@"',
  'bash',
];
