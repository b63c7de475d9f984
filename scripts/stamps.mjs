import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What a stamp file says, or null when there is none. */
export const readStamp = (file) => readFile(file, 'utf8').catch(() => null);

/** Writes a stamp, with its folder. */
export async function writeStamp(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** sha256 of a file, in hexadecimal. */
export async function fileHash(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** One sha256 over names and contents of files and folders; what is missing counts as missing. */
export async function treeHash(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesBelow(path)) {
      hash.update(`${file}\0`);
      hash.update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesBelow(path) {
  let entries;
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  const found = await Promise.all(
    entries
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((entry) => filesBelow(join(path, entry.name))),
  );
  return found.flat();
}
