import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importKeytar } from '../../../src-main/accounts/credential-store.ts';

const run = promisify(execFile);

const isInstalled = (command: string): boolean => {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const missing = [
  ...['dbus-run-session', 'gnome-keyring-daemon'].filter((command) => !isInstalled(command)),
  ...((await importKeytar()) ? [] : ['keytar']),
];
const skipped = missing.length > 0 ? ` (skipped: no ${missing.join(', no ')} here)` : '';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-keyring-'));
  for (const name of ['data', 'runtime', 'config', 'cache']) await mkdir(join(folder, name));
  await chmod(join(folder, 'runtime'), 0o700);
});
// The daemons go a moment after their bus and may still write.
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const SESSION = join(import.meta.dirname, 'keychain-session.ts');

/** An environment of its own: nothing here may touch a keyring somebody really uses. */
const environment = () => {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...inherited } = process.env;
  return {
    ...inherited,
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: join(folder, 'runtime'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
};

const answerOf = ({ stdout }: { stdout: string }): unknown =>
  JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

const UNLOCKED = 'printf "test\\n" | gnome-keyring-daemon --unlock --components=secrets';
const LOCKED = 'gnome-keyring-daemon --start --components=secrets';

/** Runs the store's process on a bus of its own with a gnome-keyring started like this. */
const withKeyring = async (start: string, ...actions: string[]): Promise<unknown> => {
  const shell = `eval "$(${start})"; exec "$@"`;
  const command = [process.execPath, SESSION, join(folder, 'secrets'), ...actions];
  return answerOf(
    await run('dbus-run-session', ['--', 'bash', '-c', shell, 'bash', ...command], {
      env: environment(),
      timeout: 60_000,
    }),
  );
};

describe.skipIf(missing.length > 0)(`the system's keychain${skipped}`, () => {
  it('keeps a token from one process to the next, and forgets it when told', async () => {
    expect(await withKeyring(UNLOCKED, 'set', 'secret token')).toEqual({
      kind: 'keychain',
      value: 'secret token',
    });
    expect(await withKeyring(UNLOCKED, 'get')).toEqual({ kind: 'keychain', value: 'secret token' });
    expect(await withKeyring(UNLOCKED, 'delete')).toEqual({ kind: 'keychain', value: null });
    expect(await withKeyring(UNLOCKED, 'get')).toEqual({ kind: 'keychain', value: null });
  });

  it('is passed over while it is locked and nobody can unlock it', async () => {
    expect(await withKeyring(LOCKED, 'set', 'secret')).toEqual({
      kind: 'session',
      value: 'secret',
    });
  });
});

describe('without a bus', () => {
  it('secrets stay in memory for this session', async () => {
    const answer = await run(
      process.execPath,
      [SESSION, join(folder, 'secrets'), 'set', 'secret'],
      {
        env: { ...environment(), DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
        timeout: 60_000,
      },
    );
    expect(answerOf(answer)).toEqual({ kind: 'session', value: 'secret' });
  });
});
