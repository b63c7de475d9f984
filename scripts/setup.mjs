import { delimiter } from 'node:path';
import { cleanEnvironment } from './children.mjs';
import { inRoot } from './paths.mjs';
import { bringElectron } from './setup/electron.mjs';
import { bringNode, withPath } from './setup/node.mjs';
import { bringNodeModules, sayKeytar } from './setup/node-modules.mjs';
import { bringSystemPackages } from './setup/system-packages.mjs';

/**
 * Makes this machine ready and answers the environment for children: a usable Node and the project's
 * binaries first on PATH. `electron` says whether the task opens a window (or may).
 */
export async function setUp({ electron }) {
  let env = cleanEnvironment();
  env = withPath(env, await bringNode(env));
  // Before the packages: keytar compiles against one of these.
  await bringSystemPackages(env);
  await bringNodeModules(env);
  await sayKeytar(env);
  env = withPath(env, [inRoot('node_modules', '.bin')].join(delimiter));
  return electron ? bringElectron(env) : env;
}
