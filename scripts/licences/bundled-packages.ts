import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Where the build notes which packages went into which part of `out/`; it is no part of the packaged app. */
export const BUNDLED = join('out', '.bundled');

/** What a module's id or an asset's origin says of its package: `node_modules/@mantine/core`, also nested. */
const FOLDER = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/;
/** Modules a tool makes up and puts into the bundle. */
const VIRTUAL = /^\0(vite|rolldown)\//;

/** The package folder a module comes from, relative to the project; null for our own. */
export function packageFolderOf(id: string): string | null {
  const tool = VIRTUAL.exec(id)?.[1];
  if (tool !== undefined) return `node_modules/${tool}`;
  return FOLDER.exec(id.replaceAll('\\', '/'))?.[0] ?? null;
}

/** Notes the packages of all that a build puts out: modules that are left after shaking, styles and fonts. */
export function notesBundledPackages(root: string, part: string): Plugin {
  return {
    name: 'crateful:bundled-packages',
    async generateBundle(_options, bundle) {
      const ids = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? Object.keys(file.modules) : file.originalFileNames,
      );
      const folders = ids.map(packageFolderOf).filter((folder) => folder !== null);
      await mkdir(join(root, BUNDLED), { recursive: true });
      await writeFile(
        join(root, BUNDLED, `${part}.json`),
        `${JSON.stringify([...new Set(folders)].sort(), null, 2)}\n`,
      );
    },
  };
}
