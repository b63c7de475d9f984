// Draws the app's icons in every size that systems ask for from the one drawing, assets/icon.svg, into
// assets/icons/. Run it after the drawing changed: node scripts/icons/make.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import { inRoot } from '../paths.mjs';
import { say } from '../say.mjs';

/** Sizes of the freedesktop icon theme, which Linux packages install. */
const LINUX = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 20, 24, 32, 40, 48, 64, 128, 256];
/** Apple's names of each size, its doubled ones included. */
const MACOS = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

const folder = inRoot('assets', 'icons');
const drawing = await readFile(inRoot('assets', 'icon.svg'), 'utf8');
const png = (size) =>
  new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng();

await mkdir(folder, { recursive: true });
for (const size of LINUX) await writeFile(join(folder, `${size}x${size}.png`), png(size));
await writeFile(inRoot('assets', 'icon.png'), png(512));

const ico = new IconIco();
for (const size of WINDOWS) await ico.addFromPng(png(size));
await writeFile(join(folder, 'icon.ico'), ico.encode());

const icns = new IconIcns();
icns.toc = true;
for (const [type, size] of MACOS) await icns.addFromPng(png(size), [type]);
await writeFile(join(folder, 'icon.icns'), icns.encode());
say(`Icons: ${LINUX.length} PNGs, icon.ico and icon.icns in assets/icons.`);
