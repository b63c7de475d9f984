import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run bench`: measures, and prints a table. */
export async function bench(env, args) {
  await build(env);
  return run('node', [inRoot('test', 'bench', 'bench.ts'), ...args], { env });
}
