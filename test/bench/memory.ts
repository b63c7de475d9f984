import { join } from 'node:path';
import { startSync } from './cli.ts';
import { isInstalled } from './command.ts';
import { atMost, type Figure, missing, stated } from './figure.ts';
import { catalogueOf, flacFiles } from './flac-files.ts';
import { startStore } from './store.ts';
import type { Workplace } from './workplace.ts';

const REPEATS = 3;

/** The whole engine while four files of 200 MB are fetched, proven and tagged at once: the largest of several. */
export async function benchMemory(place: Workplace): Promise<Figure[]> {
  const name = 'sync of 4 × 200 MB at once: peak memory';
  if (!(await isInstalled('flac'))) return [missing(name, 'flac is missing')];
  const files = await flacFiles(place);
  const kept = await place.kept('');
  let peakMb = 0;
  let cpuSeconds = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const folder = await place.fresh(`memory-${repeat}`);
    const store = await startStore(catalogueOf(files), kept);
    const usage = await startSync({
      home: join(folder, 'home'),
      root: join(folder, 'Music'),
      report: join(folder, 'usage.json'),
      store: store.addresses,
    }).ended();
    await store.close();
    await place.drop(folder);
    place.say(`memory: ${(usage.maxRSS / 1024).toFixed(0)} MiB`);
    peakMb = Math.max(peakMb, (usage.maxRSS * 1024) / 1e6);
    cpuSeconds = Math.min(cpuSeconds, (usage.userCPUTime + usage.systemCPUTime) / 1e6);
  }
  const gigabytes = files.reduce((sum, file) => sum + file.bytes, 0) / 1e9;
  return [
    atMost(name, peakMb, 300, 'MB'),
    stated('the same sync: CPU of everything', `${(cpuSeconds / gigabytes).toFixed(1)} s/GB`),
  ];
}
