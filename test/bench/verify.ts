import { join } from 'node:path';
import { startSync, startVerify } from './cli.ts';
import { costOf, isInstalled } from './command.ts';
import { type Figure, missing, stated } from './figure.ts';
import { catalogueOf, flacFiles } from './flac-files.ts';
import { startStore } from './store.ts';
import type { Workplace } from './workplace.ts';

const REPEATS = 3;

/** A check of a whole library of four files of 200 MB, beside the reference decoder on the same files, one by one. */
export async function benchVerify(place: Workplace): Promise<Figure[]> {
  const name = 'check of a library of 4 × 200 MB';
  if (!(await isInstalled('flac'))) return [missing(name, 'flac is missing')];
  const files = await flacFiles(place);
  const kept = await place.kept('');
  const folder = await place.fresh('verify');
  const store = await startStore(catalogueOf(files), kept);
  const at = {
    home: join(folder, 'home'),
    root: join(folder, 'Music'),
    report: join(folder, 'usage.json'),
    store: store.addresses,
  };
  try {
    await startSync(at).ended();
    const best = { wall: Infinity, cpu: Infinity, reference: Infinity, referenceCpu: Infinity };
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const from = performance.now();
      const usage = await startVerify(at).ended();
      best.wall = Math.min(best.wall, (performance.now() - from) / 1000);
      best.cpu = Math.min(best.cpu, (usage.userCPUTime + usage.systemCPUTime) / 1e6);
      const reference = await costOf('flac', [
        '--test',
        '--silent',
        ...files.map(({ path }) => path),
      ]);
      best.reference = Math.min(best.reference, reference.wallSeconds);
      best.referenceCpu = Math.min(best.referenceCpu, reference.cpuSeconds);
      place.say(`verify: ${best.wall.toFixed(2)} s, flac -t ${best.reference.toFixed(2)} s`);
    }
    const megabytes = files.reduce((sum, file) => sum + file.bytes, 0) / 1e6;
    const speed = (seconds: number) => `${(megabytes / seconds).toFixed(0)}`;
    return [
      stated(`${name}: speed, two at once`, `${speed(best.wall)} MB/s`),
      stated(`${name}: CPU`, `${speed(best.cpu)} MB per CPU-s`),
      stated('flac -t on the same files, one by one: speed', `${speed(best.reference)} MB/s`),
      stated('flac -t: CPU', `${speed(best.referenceCpu)} MB per CPU-s`),
    ];
  } finally {
    await store.close();
    await place.drop(folder);
  }
}
