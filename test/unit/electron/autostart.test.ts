import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartFile, createAutostart, ofFile } from '../../../src-main/electron/autostart.ts';
import { autostartEntry, startsAtLogin } from '../../../src-main/electron/autostart-entry.ts';

const PROGRAM = '/opt/Crateful/crateful';

describe('the autostart entry', () => {
  it('starts the program hidden, and is read back as on', () => {
    const entry = autostartEntry(PROGRAM);
    expect(entry).toContain('Exec="/opt/Crateful/crateful" --hidden\n');
    expect(entry.startsWith('[Desktop Entry]\nType=Application\n')).toBe(true);
    expect(startsAtLogin(entry, PROGRAM)).toBe(true);
  });

  it.each([
    ['/home/m/My Apps/Crateful.AppImage', '"/home/m/My Apps/Crateful.AppImage"'],
    ['/a/50%/c', '"/a/50%%/c"'],
    ['/a/$HOME/"x"`y`', '"/a/\\\\$HOME/\\\\"x\\\\"\\\\`y\\\\`"'],
    ['/a/b\\c', '"/a/b\\\\\\\\c"'],
  ])('quotes %s as the specification asks', (program, exec) => {
    expect(autostartEntry(program)).toContain(`Exec=${exec} --hidden\n`);
    expect(startsAtLogin(autostartEntry(program), program)).toBe(true);
  });

  it.each([
    ['hidden', 'Hidden=true'],
    ['switched off by the desktop', 'X-GNOME-Autostart-enabled=false'],
    ['switched off by the desktop, with spaces', 'X-GNOME-Autostart-enabled = false'],
  ])('counts as off when it is %s', (_, line) => {
    const entry = autostartEntry(PROGRAM).replace('X-GNOME-Autostart-enabled=true', line);
    expect(startsAtLogin(entry, PROGRAM)).toBe(false);
  });

  it('counts as off when it names another program or says it elsewhere', () => {
    expect(startsAtLogin(autostartEntry('/old/Crateful.AppImage'), PROGRAM)).toBe(false);
    expect(startsAtLogin('', PROGRAM)).toBe(false);
    const elsewhere = autostartEntry(PROGRAM).replace('[Desktop Entry]', '[Desktop Action x]');
    expect(startsAtLogin(elsewhere, PROGRAM)).toBe(false);
  });
});

describe('starting at login on Linux', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crateful-autostart-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is a file that is written, read back and removed', async () => {
    const file = autostartFile({ XDG_CONFIG_HOME: folder });
    expect(file).toBe(join(folder, 'autostart', 'crateful.desktop'));
    const autostart = ofFile(file, PROGRAM);
    expect(await autostart.state()).toBe('off');
    await autostart.set(true);
    expect(await autostart.state()).toBe('on');
    expect(await readFile(file, 'utf8')).toBe(autostartEntry(PROGRAM));
    await writeFile(file, autostartEntry(PROGRAM).replace('Terminal=false', 'Hidden=true'));
    expect(await autostart.state()).toBe('off');
    await autostart.set(true);
    expect(await autostart.state()).toBe('on');
    await autostart.set(false);
    expect(await autostart.state()).toBe('off');
    await autostart.set(false);
  });

  it('stands in the own folder where the environment names none that counts', () => {
    const own = '/home/m/.config/autostart/crateful.desktop';
    expect(autostartFile({}, '/home/m')).toBe(own);
    expect(autostartFile({ XDG_CONFIG_HOME: '' }, '/home/m')).toBe(own);
    expect(autostartFile({ XDG_CONFIG_HOME: 'relative' }, '/home/m')).toBe(own);
  });

  it('says which place cannot be written', async () => {
    await writeFile(join(folder, 'autostart'), 'a file where a folder should be');
    const autostart = ofFile(join(folder, 'autostart', 'crateful.desktop'), PROGRAM);
    await expect(autostart.set(true)).rejects.toMatchObject({ code: 'PATH_NOT_WRITABLE' });
  });

  it('names the AppImage itself, and is unavailable in a checkout', async () => {
    const app = {
      isPackaged: true,
      getLoginItemSettings: () => {
        throw new Error('not on Linux');
      },
      setLoginItemSettings: () => undefined,
    };
    const environment = { XDG_CONFIG_HOME: folder, APPIMAGE: '/home/m/Crateful.AppImage' };
    await createAutostart(app, 'linux', environment).set(true);
    expect(await readFile(autostartFile(environment), 'utf8')).toContain(
      'Exec="/home/m/Crateful.AppImage" --hidden',
    );
    const checkout = createAutostart({ ...app, isPackaged: false }, 'linux', environment);
    expect(await checkout.state()).toBe('unavailable');
    await expect(checkout.set(true)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('starting at login on Windows and macOS', () => {
  const scene = (platform: NodeJS.Platform, environment = {}) => {
    const items: unknown[] = [];
    let state = { openAtLogin: false, executableWillLaunchAtLogin: true };
    const app = {
      isPackaged: true,
      getLoginItemSettings: () => state as never,
      setLoginItemSettings: (item: { openAtLogin?: boolean }) => {
        items.push(item);
        state = { ...state, openAtLogin: item.openAtLogin === true };
      },
    };
    return {
      autostart: createAutostart(app, platform, environment),
      items,
      disable: () => {
        state = { ...state, executableWillLaunchAtLogin: false };
      },
    };
  };

  it.each(['win32', 'darwin'] as const)('is a login item of %s', async (platform) => {
    const { autostart, items } = scene(platform);
    expect(await autostart.state()).toBe('off');
    await autostart.set(true);
    expect(await autostart.state()).toBe('on');
    expect(items).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
  });

  it('is off when the Task Manager says so, and names a portable build by its own file', async () => {
    const { autostart, items, disable } = scene('win32', {
      PORTABLE_EXECUTABLE_FILE: 'C:\\Crateful.exe',
    });
    await autostart.set(true);
    expect(items).toMatchObject([{ path: 'C:\\Crateful.exe' }]);
    disable();
    expect(await autostart.state()).toBe('off');
  });
});
