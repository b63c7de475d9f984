import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SetupError, say, sayFailure } from './say.mjs';

const MB = 1_000_000;

/** What may weigh what at most, in bytes: the app's own parts, and what a person downloads. */
export const BUDGETS = {
  /** Our code with its dependencies, the demo's music included. */
  'app.asar': 60 * MB,
  /** Native parts. */
  'app.asar.unpacked': 8 * MB,
  '.AppImage': 150 * MB,
  '.deb': 120 * MB,
  '.rpm': 120 * MB,
  '.dmg': 240 * MB,
  '.exe': 140 * MB,
};

/** Says what was made and what it weighs; 1 when something is over its budget. */
export async function checkSizes(folder) {
  let over = 0;
  for (const { name, path } of await weighed(folder)) {
    const [key, most] = Object.entries(BUDGETS).find(([end]) => name.endsWith(end)) ?? [];
    if (key === undefined) continue;
    const bytes = await weightOf(path);
    say(`Package: ${name} ${(bytes / MB).toFixed(1)} MB of ${most / MB} MB`);
    if (bytes <= most) continue;
    over += 1;
    sayFailure(
      new SetupError(`${name} is over its size budget.`, 'Find what grew: npx asar list.'),
    );
  }
  return over === 0 ? 0 : 1;
}

/** Installers in the folder, and the parts of each unpacked app below it. */
async function weighed(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .map((entry) => ({ name: basename(entry.name), path: join(entry.parentPath, entry.name) }))
    .filter(({ path }) => !path.includes('.asar.unpacked/') && !path.includes('node_modules'));
}

async function weightOf(path) {
  const stats = await stat(path);
  if (!stats.isDirectory()) return stats.size;
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
