import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, run } from '../children.mjs';
import { inRoot, runtime } from '../paths.mjs';
import { SetupError, say } from '../say.mjs';
import { readStamp, treeHash, writeStamp } from '../stamps.mjs';

const stampFile = join(runtime, 'node-modules.stamp');
const keytarStamp = join(runtime, 'keytar.stamp');

/** Runs `npm ci` when the lockfile changed since the last time and is not what is installed. */
export async function bringNodeModules(env) {
  const hash = await treeHash([inRoot('package-lock.json')]);
  if ((await readStamp(stampFile)) === hash && existsSync(inRoot('node_modules'))) return;
  if (await isInstalled()) {
    await writeStamp(stampFile, hash);
    return;
  }
  say('Packages: npm ci …');
  const options = {
    env: await withHeaders(env),
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  // Scripts of packages run for those that package.json names, whatever npm this is: older ones know no such list.
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const code = await run('npm', ['ci', '--ignore-scripts', ...quietly], options);
  if (code === 0) await runAllowedScripts(options);
  else {
    throw new SetupError(
      'npm ci failed (its own words stand above).',
      'Check the network and the registry setting (npm config get registry), then run the same command again.',
    );
  }
  await writeStamp(stampFile, hash);
  await writeStamp(keytarStamp, '');
}

/** Builds what needs building. A package that is optional and cannot be built is told of by `sayKeytar`. */
async function runAllowedScripts(options) {
  const { allowScripts } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const names = Object.keys(allowScripts).filter((name) => allowScripts[name] === true);
  const present = names.filter((name) => existsSync(inRoot('node_modules', name)));
  if (present.length === 0) return;
  await run('npm', ['rebuild', '--ignore-scripts=false', '--loglevel=error', ...present], options);
}

/** Whether node_modules is already what the lockfile says, by npm's own record of what it put there. */
async function isInstalled() {
  try {
    const [locked, installed] = await Promise.all(
      ['package-lock.json', 'node_modules/.package-lock.json'].map(async (path) =>
        Object.entries(JSON.parse(await readFile(inRoot(path), 'utf8')).packages),
      ),
    );
    const present = new Map(installed);
    return locked.every(
      ([path, { version, optional }]) =>
        path === '' || present.get(path)?.version === version || (optional && !present.has(path)),
    );
  } catch {
    return false;
  }
}

/**
 * keytar compiles where its prebuilt part cannot be fetched, and node-gyp would then fetch Node's headers
 * too: point it at headers that are already here.
 */
async function withHeaders(env) {
  const { output } = await capture('npm', ['config', 'get', 'nodedir', '--loglevel=silent'], {
    env,
  });
  const configured = output.trim();
  const folder =
    configured && configured !== 'undefined' && configured !== 'null'
      ? configured
      : existsSync('/usr/include/node/node_api.h')
        ? '/usr'
        : null;
  return folder === null ? env : { ...env, npm_package_config_node_gyp_nodedir: folder };
}

/** Says in a line whether the system's keychain can be used through keytar; asked once per `npm ci`. */
export async function sayKeytar(env) {
  const known = await readStamp(keytarStamp);
  if (known) return;
  const { code, output } = await capture('node', ['-e', "require('keytar')"], { env });
  const works = code === 0;
  say(
    works
      ? 'Keychain: keytar works; secrets go to the system keychain where one is running.'
      : `Keychain: keytar does not work here (${reason(output)}); Electron's safeStorage or this session only will be used.`,
  );
  await writeStamp(keytarStamp, works ? 'works' : 'absent');
}

const reason = (output) => {
  const line = output.split('\n').find((each) => /^\s*Error: /.test(each)) ?? 'unknown reason';
  return line.replace(/^\s*Error: /, '').slice(0, 120);
};
