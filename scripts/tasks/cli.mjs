import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run --silent cli -- …`: the command line, with its arguments and its exit code. */
export async function cli(env, args) {
  await build(env);
  return run('node', [inRoot('out', 'main', 'cli.js'), ...args], { env });
}
