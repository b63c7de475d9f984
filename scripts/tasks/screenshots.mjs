import { run } from '../children.mjs';
import { hasDisplay } from '../display.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run screenshots`: the pictures of docs/images; with a folder there instead, of the views named after it. */
export async function screenshots(env, args) {
  const take = ['node', inRoot('scripts', 'screenshots', 'take.ts'), ...args];
  const [command, ...words] =
    process.platform === 'linux' && !hasDisplay(env)
      ? ['xvfb-run', '-a', '-s', '-screen 0 1400x1000x24', ...take]
      : take;
  return run(command, words, { env });
}
