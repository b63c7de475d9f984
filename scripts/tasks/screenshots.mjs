import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { hasDisplay } from '../display.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run screenshots`: the pictures of docs/images; with a folder, every view in all sizes and themes there. */
export async function screenshots(env, args) {
  await build(env);
  const take = ['node', inRoot('scripts', 'screenshots', 'take.ts'), ...args];
  const [command, ...words] =
    process.platform === 'linux' && !hasDisplay(env)
      ? ['xvfb-run', '-a', '-s', '-screen 0 1280x900x24', ...take]
      : take;
  return run(command, words, { env });
}
