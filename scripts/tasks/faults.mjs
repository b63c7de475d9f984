import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run faults`: tries every fault of the catalogue and prints a table; 1 when a target is missed. */
export async function faults(env, args) {
  await build(env);
  // Hundreds of processes start and are killed: each of them faster with what Node keeps of the others.
  const cached = { NODE_COMPILE_CACHE: join(tmpdir(), 'crateful-compile-cache'), ...env };
  return run('node', [inRoot('test', 'faults', 'faults.ts'), ...args], { env: cached });
}
