import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sbomOf } from './sbom.ts';
import { lockEntries, shippedPackages } from './shipped.ts';

const root = join(import.meta.dirname, '..', '..');
const { name, version, license, devDependencies } = JSON.parse(
  await readFile(join(root, 'package.json'), 'utf8'),
);
const app = { name, version, license, electron: devDependencies.electron };
const sbom = sbomOf(app, await shippedPackages(root), await lockEntries(root));
const file = join(root, 'dist', `${name}-${version}.cdx.json`);
await mkdir(join(root, 'dist'), { recursive: true });
await writeFile(file, `${JSON.stringify(sbom, null, 2)}\n`);
process.stdout.write(`${file}: ${sbom.components.length} components\n`);
