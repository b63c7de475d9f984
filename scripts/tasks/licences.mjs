import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run licences`: writes THIRD_PARTY_NOTICES and the list the window shows, from what a build ships. */
export async function licences(env) {
  await build(env);
  return run('node', [inRoot('scripts', 'licences', 'write.ts')], { env });
}
