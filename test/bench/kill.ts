import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openLibrary } from '../../src-main/library/library.ts';
import { jobId } from '../../src-preload/contract/ids.ts';
import { startSync } from './cli.ts';
import { isInstalled } from './command.ts';
import { atMost, type Figure, missing, stated } from './figure.ts';
import { catalogueOf, type FlacFile, flacFiles } from './flac-files.ts';
import { type BenchStore, startStore } from './store.ts';
import type { Workplace } from './workplace.ts';

const MIB = 1024 * 1024;
const POLL_MS = 5;

/** What is fetched a second time after the process is killed in the middle of four files. */
export async function benchKill(place: Workplace): Promise<Figure[]> {
  const name = 'fetched twice after SIGKILL';
  if (!(await isInstalled('flac'))) return [missing(name, 'flac is missing')];
  const files = await flacFiles(place);
  const figures: Figure[] = [];
  for (const share of [0.5, 0.9]) {
    const folder = await place.fresh(`kill-${share}`);
    const store = await startStore(catalogueOf(files), await place.kept(''));
    const { mostBytes, sentTwice } = await killAt(share, { folder, files, store });
    await store.close();
    await place.drop(folder);
    const at = `${name} at ${share * 100} %`;
    figures.push(
      atMost(`${at}: of what had reached the disk, a file`, mostBytes / MIB, 1, 'MiB'),
      stated(`${at}: sent twice, a file, on the wire too`, `${(sentTwice / MIB).toFixed(2)} MiB`),
    );
  }
  return figures;
}

async function killAt(
  share: number,
  at: { readonly folder: string; readonly files: readonly FlacFile[]; readonly store: BenchStore },
): Promise<{ mostBytes: number; sentTwice: number }> {
  const { folder, files, store } = at;
  const root = join(folder, 'Music');
  const start = () =>
    startSync({
      home: join(folder, 'home'),
      root,
      report: join(folder, 'usage.json'),
      store: store.addresses,
    });
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const { process: victim } = start();
  while (sum((await partsOf(root)).values()) < total * share) await wait(POLL_MS);
  victim.kill('SIGKILL');
  await once(victim, 'close');
  const kept = await partsByTrack(join(folder, 'home'), await partsOf(root));
  const before = await store.files(0);
  await start().ended();
  const after = await store.files(before.length);
  const twice = after.map(({ query, range }) => {
    const from = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    return (kept.get(Number(query.eid)) ?? 0) - from;
  });
  const sent = sum([...before, ...after].map(({ bytesSent }) => bytesSent));
  return { mostBytes: Math.max(0, ...twice), sentTwice: (sent - total) / files.length };
}

const sum = (numbers: Iterable<number>): number =>
  [...numbers].reduce((all, each) => all + each, 0);

/** Bytes of each part under a root, by the id of its job. */
async function partsOf(root: string): Promise<Map<string, number>> {
  const folder = join(root, '.crateful');
  const parts = new Map<string, number>();
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.part')) continue;
    const stats = await stat(join(folder, name)).catch(() => null);
    if (stats) parts.set(name.slice(0, -'.part'.length), stats.size);
  }
  return parts;
}

/** The same by track, as the killed process's database knows them. */
async function partsByTrack(
  home: string,
  parts: ReadonlyMap<string, number>,
): Promise<Map<number, number>> {
  const library = openLibrary(join(home, 'library.sqlite'));
  const byTrack = new Map<number, number>();
  for (const [id, bytes] of parts) {
    const job = await library.jobs.get(jobId(id));
    if (job?.trackId != null) byTrack.set(job.trackId, bytes);
  }
  library.close();
  return byTrack;
}
