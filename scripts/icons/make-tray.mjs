// Draws the icon beside the clock from assets/tray/tray.svg: every state, for light and dark panels and as macOS'
// template, in every size that systems show. Run it after the drawing changed: node scripts/icons/make-tray.mjs
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { inRoot } from '../paths.mjs';
import { say } from '../say.mjs';

/** Pixels, at once or for a doubled scale; which platform shows which stands in src-main/electron/tray-icon.ts. */
const SIZES = [16, 22, 24, 32, 44];
/** As PROGRESS_STEPS in src-main/electron/tray-icon.ts. */
const STEPS = 8;
/** The bar at its full length, in the drawing's units. */
const BAR = 28;

const LOOKS = {
  light: { ink: '#2b2723', accent: '#1d7a58', warn: '#b45309' },
  dark: { ink: '#f5f1ea', accent: '#5fd0a3', warn: '#f5b454' },
  // macOS colours it itself: only how much each point covers counts.
  template: { ink: '#000000', accent: '#000000', warn: '#000000' },
};

const drawing = await readFile(inRoot('assets', 'tray', 'tray.svg'), 'utf8');

const states = [
  ['idle', 'idle', 0],
  ['attention', 'attention', 0],
  ['offline', 'offline', 0],
  ...Array.from({ length: STEPS + 1 }, (_, step) => [`sync-${step}`, 'sync', step / STEPS]),
];

/** The drawing with only the group of one state, in one look. */
function drawn(group, share, { ink, accent, warn }) {
  const others = ['idle', 'sync', 'attention', 'offline'].filter((name) => name !== group);
  const alone = others.reduce(
    (text, name) => text.replace(new RegExp(`\\n  <g class="${name}">.*?\\n  </g>`, 's'), ''),
    drawing,
  );
  return alone
    .replaceAll('INK', ink)
    .replaceAll('ACCENT', accent)
    .replaceAll('WARN', warn)
    .replaceAll('PROGRESS', String(BAR * share));
}

let count = 0;
for (const [look, colours] of Object.entries(LOOKS)) {
  const folder = inRoot('assets', 'tray', look);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, group, share] of states) {
    const svg = drawn(group, share, colours);
    for (const size of look === 'template' ? [16, 32] : SIZES) {
      const picture = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
      await writeFile(join(folder, `${name}-${size}.png`), picture);
      count += 1;
    }
  }
}
say(`Tray: ${count} PNGs in assets/tray.`);
