import { cpus } from 'node:os';
import { type Figure, tableOf } from './figure.ts';
import { benchKill } from './kill.ts';
import { benchMemory } from './memory.ts';
import { benchNoOp } from './no-op.ts';
import { benchProof } from './proof.ts';
import { benchTransfer } from './transfer.ts';
import { benchVerify } from './verify.ts';
import { benchWindow } from './window.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/*
 * `npm run bench [-- name …]`: measures what docs/benchmarks.md explains and prints one table. A missed target
 * is a line in the table, not a failure of the program.
 */

const BENCHES: Readonly<Record<string, (place: Workplace) => Promise<Figure[]>>> = {
  'no-op': benchNoOp,
  proof: benchProof,
  transfer: benchTransfer,
  memory: benchMemory,
  kill: benchKill,
  verify: benchVerify,
  window: benchWindow,
};

const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(BENCHES);
const place = await openWorkplace();
try {
  const figures: Figure[] = [];
  for (const name of names) {
    const bench = BENCHES[name];
    if (!bench)
      throw new Error(`No such bench: ${name}. There are: ${Object.keys(BENCHES).join(', ')}.`);
    figures.push(...(await bench(place)));
  }
  process.stdout.write(`\n${tableOf(figures)}\n`);
  process.stdout.write(
    `\nNode ${process.versions.node}, ${cpus().length} CPUs, ${process.platform}\n`,
  );
} finally {
  await place.clear();
}
