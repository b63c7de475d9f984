import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BUNDLED } from './bundled-packages.ts';

/** A package of which something is in the packaged app. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** Its licence and notices, as it brings them. */
  readonly text: string;
}

/** What is read of an entry of `package-lock.json`. */
export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Licences that allow everybody to pass the app on under its own. */
const ALLOWED = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'OFL-1.1', 'Python-2.0', 'Unlicense', 'Zlib'],
]);

/** Whether an SPDX expression leaves a choice that may ship. What is not understood may not. */
export function mayShip(expression: string): boolean {
  const bare = expression.replace(/^\(([^()]*)\)$/, '$1');
  if (/[()]/.test(bare)) return false;
  return bare.split(' OR ').some((way) => way.split(' AND ').every((one) => ALLOWED.has(one)));
}

/** The entries of the lockfile by folder, without the project's own. */
export async function lockEntries(root: string): Promise<ReadonlyMap<string, LockEntry>> {
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(
    await readFile(join(root, 'package-lock.json'), 'utf8'),
  );
  return new Map(Object.entries(lock.packages).filter(([folder]) => folder !== ''));
}

/**
 * Everything of others in the app, by name and version: what `dependencies` brings, which lies beside the code, and what
 * the build put into it. Needs `node_modules` and a build.
 */
export async function shippedPackages(root: string): Promise<readonly ShippedPackage[]> {
  const entries = await lockEntries(root);
  const installed = [...entries].flatMap(([folder, { dev }]) => (dev === true ? [] : [folder]));
  const notes = await readdir(join(root, BUNDLED));
  const bundled = await Promise.all(
    notes.map(
      async (note): Promise<string[]> =>
        JSON.parse(await readFile(join(root, BUNDLED, note), 'utf8')),
    ),
  );
  const folders = [...new Set([...installed, ...bundled.flat()])];
  const packages = await Promise.all(folders.map((folder) => readPackage(root, folder)));
  const byName = new Map(packages.map((each) => [`${each.name}@${each.version}`, each]));
  return [...byName.values()].sort(
    (a, b) => compare(a.name, b.name) || compare(a.version, b.version),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function readPackage(root: string, folder: string): Promise<ShippedPackage> {
  const manifest: { name: string; version: string; license?: string; author?: unknown } =
    JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const names = (await readdir(join(root, folder)))
    .filter((name) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(name))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(root, folder, name), 'utf8')));
  const licence = manifest.license ?? 'unknown';
  const said = texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
  return {
    name: manifest.name,
    version: manifest.version,
    licence,
    text: said || withoutFile(licence, authorOf(manifest.author)),
  };
}

/** A person as package.json writes one, without address. */
function authorOf(author: unknown): string {
  const name =
    typeof author === 'string'
      ? author
      : typeof author === 'object' && author !== null && 'name' in author
        ? String(author.name)
        : '';
  return name.replace(/\s*[<(].*$/, '') || 'the authors';
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** What stands for a package that declares a licence and brings no text of it. */
const withoutFile = (licence: string, author: string): string => {
  const said = `This package brings no text of its licence. It is by ${author} and says of itself: ${licence}.`;
  return licence === 'MIT' ? `${said}\n\n${MIT}` : said;
};
