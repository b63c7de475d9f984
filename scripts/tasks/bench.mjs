import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { hasDisplay } from '../display.mjs';
import { inRoot } from '../paths.mjs';

const virtualDisplay = ['xvfb-run', '-a', '-s', '-screen 0 1280x900x24'];

/** `npm run bench`: measures, and prints a table. */
export async function bench(env, args) {
  await build(env);
  const program = ['node', inRoot('test', 'bench', 'bench.ts'), ...args];
  const [command, ...words] = hasDisplay(env) ? program : [...virtualDisplay, ...program];
  return run(command, words, { env });
}
