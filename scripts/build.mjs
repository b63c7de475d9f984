import { existsSync } from 'node:fs';
import { capture } from './children.mjs';
import { inRoot } from './paths.mjs';
import { SetupError, say } from './say.mjs';
import { readStamp, treeHash, writeStamp } from './stamps.mjs';

const stampFile = inRoot('out', '.stamp');
const sources = [
  'src-main',
  'src-preload',
  'src-renderer',
  'assets/locales',
  'assets/third-party.json',
  'electron.vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
].map((path) => inRoot(path));

/** Builds `out/` when a source changed since the last build. */
export async function build(env) {
  const hash = await treeHash(sources);
  if ((await readStamp(stampFile)) === hash && existsSync(inRoot('out', 'main', 'cli.js'))) return;
  say('Build: electron-vite build …');
  const { code, output } = await capture('electron-vite', ['build', '--logLevel', 'warn'], { env });
  if (code !== 0) {
    throw new SetupError(
      `The build failed:\n${output.trim()}`,
      'Mend what it names and run the same command again.',
    );
  }
  await writeStamp(stampFile, hash);
}
