import { resolve } from 'node:path';
import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { checkSizes } from '../package-sizes.mjs';
import { inRoot } from '../paths.mjs';
import { SetupError, say } from '../say.mjs';

/** The version of the stand-in Electron, whose package says another one. */
const STAND_IN_VERSION = '42.0.0';

/**
 * `npm run package`: installers for this system, or with `--dir` the bare app in a folder. Other words go to
 * electron-builder. CRATEFUL_UPDATE_FEED, an https address, is where the packaged app will look for updates; without
 * it there are none.
 */
export async function packageApp(env, args) {
  await build(env);
  const standIn = env.ELECTRON_OVERRIDE_DIST_PATH;
  const bare = args.includes('--dir');
  if (standIn && !bare) {
    throw new SetupError(
      'The official Electron is not here, and no other is ever put into an installer.',
      'Package on a network that reaches its download, or try the bare app: npm run package -- --dir',
    );
  }
  const options = ['--publish', 'never', ...args];
  if (standIn) {
    say('Package: with the stand-in Electron, to try the app on this machine only.');
    options.push(`-c.electronDist=${standIn}`, `-c.electronVersion=${STAND_IN_VERSION}`);
  }
  const feed = env.CRATEFUL_UPDATE_FEED;
  if (feed) options.push('-c.publish.provider=generic', `-c.publish.url=${feed}`);
  const code = await run(
    'electron-builder',
    ['--config', inRoot('electron-builder.yml'), ...options],
    {
      env,
      cwd: inRoot('.'),
    },
  );
  if (code !== 0) return code;
  return checkSizes(outputOf(args));
}

/** Where electron-builder puts what it makes: its own option, else the configured folder. */
function outputOf(args) {
  const option = '-c.directories.output=';
  const given = args.find((each) => each.startsWith(option));
  return given === undefined ? inRoot('dist') : resolve(inRoot('.'), given.slice(option.length));
}
