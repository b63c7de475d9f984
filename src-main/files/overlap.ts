import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type FileSystem, ifThere } from './file-system.ts';

/** Whether two folders are one, or one of them lies in the other, links followed; neither needs to exist. */
export async function overlap(fs: FileSystem, one: string, other: string): Promise<boolean> {
  const [a, b] = [await realPath(fs, one), await realPath(fs, other)];
  return contains(a, b) || contains(b, a);
}

/** A path with its links followed, as far as it exists. */
async function realPath(fs: FileSystem, path: string): Promise<string> {
  const real = await ifThere(fs.realpath(path));
  const parent = dirname(path);
  if (real !== null || path === parent) return real ?? path;
  return join(await realPath(fs, parent), relative(parent, path));
}

const contains = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
};
