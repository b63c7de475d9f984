import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { hasDisplay, sandboxArguments } from '../display.mjs';
import { SetupError } from '../say.mjs';

/** `npm start`: the app proper. */
export async function start(env, args) {
  if (!hasDisplay(env)) {
    throw new SetupError(
      'There is no display to open a window on.',
      'Use the command line (npm run --silent cli -- --help), or: npm run demo -- --headless',
    );
  }
  await build(env);
  return run('electron', ['.', ...sandboxArguments(), ...args], { env });
}
