import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { capture } from '../children.mjs';
import { runtime } from '../paths.mjs';
import { SetupError, say } from '../say.mjs';

const oldestUsable = [22, 12];
const broughtVersion = '24.21.0';

/** Whether a version like `v22.12.0` is new enough; better-sqlite3 crashes on Node 20. */
export function isUsable(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldestUsable[0] || (major === oldestUsable[0] && minor >= oldestUsable[1]);
}

/**
 * A folder with a usable Node, for the front of PATH, or null when the one running this is usable. Node
 * comes as the registry's package that holds the binary of this system: no install script is needed.
 */
export async function bringNode(env) {
  if (isUsable(process.version)) return null;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const prefix = join(runtime, 'node24');
  const binary = join(
    prefix,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const manifest = join(prefix, 'node_modules', name, 'package.json');
  if (existsSync(binary) && (await versionIn(manifest)) === broughtVersion) return dirname(binary);
  say(`Node: this is ${process.version}; bringing ${broughtVersion} into .runtime/node24 …`);
  await mkdir(prefix, { recursive: true });
  await writeFile(join(prefix, 'package.json'), '{ "private": true }\n');
  const { code, output } = await capture(
    'npm',
    [
      'install',
      '--prefix',
      prefix,
      '--no-save',
      '--no-audit',
      '--no-fund',
      `${name}@${broughtVersion}`,
    ],
    { env, cwd: prefix },
  );
  if (code !== 0 || !existsSync(binary)) {
    throw new SetupError(
      `Node ${broughtVersion} could not be fetched: ${lastLine(output)}`,
      `Install Node ${oldestUsable.join('.')} or newer (https://nodejs.org) and run the same command again.`,
    );
  }
  return dirname(binary);
}

/** `env` with a folder first on PATH. */
export function withPath(env, folder) {
  if (folder === null) return env;
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: `${folder}${delimiter}${env[key] ?? ''}` };
}

async function versionIn(manifest) {
  return readFile(manifest, 'utf8').then(
    (text) => JSON.parse(text).version,
    () => null,
  );
}

const lastLine = (output) => output.trim().split('\n').pop() ?? '';
