import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ShippedPackage, shippedPackages } from './shipped.ts';

/** The list the window reads, and the same as text; both relative to the project. */
export const LIST = join('assets', 'third-party.json');
/** See {@link LIST}. */
export const TEXT = 'THIRD_PARTY_NOTICES';

const HEAD = `Crateful contains or comes with the software listed here, each under the licence that follows its name.

Electron, Chromium and what they are made of bring their own notices, which lie beside the program:
LICENSE.electron.txt and LICENSES.chromium.html. SQLite, inside better-sqlite3, is in the public domain.

This file is written by "npm run licences" from what is in the app.
`;

const LINE = '-'.repeat(80);

/** The two files as they should be for these packages, by path. */
export function noticesOf(packages: readonly ShippedPackage[]): ReadonlyMap<string, string> {
  const parts = packages.map(
    ({ name, version, licence, text }) => `${LINE}\n${name} ${version} (${licence})\n\n${text}\n`,
  );
  return new Map([
    [LIST, `${JSON.stringify(packages, null, 2)}\n`],
    [TEXT, [HEAD, ...parts].join('\n')],
  ]);
}

/** The files that are not as they should be. */
export async function outdated(root: string): Promise<readonly string[]> {
  const wanted = [...noticesOf(await shippedPackages(root))];
  const stale = await Promise.all(
    wanted.map(async ([path, text]) => {
      const now = await readFile(join(root, path), 'utf8').catch(() => '');
      return now === text ? [] : [path];
    }),
  );
  return stale.flat();
}

/** Writes both files. */
export async function writeNotices(root: string): Promise<void> {
  for (const [path, text] of noticesOf(await shippedPackages(root))) {
    await writeFile(join(root, path), text);
  }
}
