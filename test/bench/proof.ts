import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { costOf, isInstalled } from './command.ts';
import { atMost, type Figure, missing, stated } from './figure.ts';
import { type FlacFile, flacFiles } from './flac-files.ts';
import type { Workplace } from './workplace.ts';

/** What the measured process is told. */
export interface ProofTask {
  readonly path: string;
  /** Where the tagged second file goes. */
  readonly to: string;
}

/** CPU seconds of the measured process. */
export interface ProofCost {
  readonly walkSeconds: number;
  /** Decoding, MD5, and the tagged second file. */
  readonly proofSeconds: number;
}

const REPEATS = 3;
const LIMIT = 2.5;

/** The full proof, tags included, against the reference decoder on the same files. */
export async function benchProof(place: Workplace): Promise<Figure[]> {
  if (!(await isInstalled('flac')))
    return [missing('full proof against flac -t', 'flac is missing')];
  const files = await flacFiles(place);
  const folder = await place.fresh('proof');
  const figures: Figure[] = [];
  const sum = { walk: 0, proof: 0, reference: 0, bytes: 0 };
  for (const file of files) {
    const { walkSeconds, proofSeconds, reference } = await measure(file, folder);
    sum.walk += walkSeconds;
    sum.proof += proofSeconds;
    sum.reference += reference;
    sum.bytes += file.bytes;
    place.say(`${file.name}: ${proofSeconds.toFixed(2)} s, flac -t ${reference.toFixed(2)} s`);
    const name = `full proof against flac -t, ${file.name.replace('.flac', '')}`;
    figures.push(stated(name, `${(proofSeconds / reference).toFixed(2)} × its CPU`));
  }
  const ratio = sum.proof / sum.reference;
  return [
    atMost('full proof against flac -t, all four', ratio, LIMIT, '× its CPU'),
    ...figures,
    stated('frame walk', `${(sum.bytes / 1e6 / sum.walk).toFixed(0)} MB per CPU-s`),
  ];
}

/** The best of several goes. */
async function measure(file: FlacFile, folder: string): Promise<ProofCost & { reference: number }> {
  const best = { walkSeconds: Infinity, proofSeconds: Infinity, reference: Infinity };
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const child = startChild<ProofTask, ProofCost>('./proof-child.ts');
    const to = join(folder, 'tagged.flac');
    child.tell({ path: file.path, to });
    const cost = await child.hear();
    await child.end();
    await rm(to);
    const { cpuSeconds } = await costOf('flac', ['--test', '--silent', file.path]);
    best.walkSeconds = Math.min(best.walkSeconds, cost.walkSeconds);
    best.proofSeconds = Math.min(best.proofSeconds, cost.proofSeconds);
    best.reference = Math.min(best.reference, cpuSeconds);
  }
  return best;
}
