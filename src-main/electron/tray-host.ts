import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who shows the icons of a Linux desktop, on its session bus (StatusNotifierItem specification). */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = 'org.freedesktop.DBus';

/** Programs that can ask the bus; one of them is on any desktop, and asking another would ask the same. The answer is a word in what they print. */
const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['busctl', ['--user', 'call', BUS, '/org/freedesktop/DBus', BUS, 'NameHasOwner', 's', WATCHER]],
  [
    'dbus-send',
    [
      '--session',
      '--print-reply',
      `--dest=${BUS}`,
      '/org/freedesktop/DBus',
      `${BUS}.NameHasOwner`,
      `string:${WATCHER}`,
    ],
  ],
  [
    'gdbus',
    [
      'call',
      '--session',
      '--dest',
      BUS,
      '--object-path',
      '/org/freedesktop/DBus',
      '--method',
      `${BUS}.NameHasOwner`,
      WATCHER,
    ],
  ],
];

/**
 * Whether an icon in the tray will be seen. Windows and macOS always have a place for it; a Linux desktop has when
 * somebody on its session bus watches for icons (GNOME only with an extension). Where nobody can be asked the answer is
 * no: a window that hides behind an icon that is not there could not be found again.
 */
export async function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, words] of QUESTIONS) {
    // To start a process holds up this one, and what is not there would be started in vain each time.
    if (!(await isInstalled(program))) continue;
    const answer = await run(program, [...words], { timeout: 2000 }).catch(() => null);
    return answer !== null && /\btrue\b/.test(answer.stdout);
  }
  return false;
}

async function isInstalled(program: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const found = await access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
