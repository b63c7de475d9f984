import { build as buildOut } from '../build.mjs';
import { say } from '../say.mjs';

/** `npm run build`: `out/` from the sources. */
export async function build(env) {
  await buildOut(env);
  say('Built: out/ is up to date.');
  return 0;
}
