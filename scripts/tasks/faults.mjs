import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run faults`: tries every fault of the catalogue and prints a table; 1 when a target is missed. */
export async function faults(env, args) {
  await build(env);
  return run('node', [inRoot('test', 'faults', 'faults.ts'), ...args], { env });
}
