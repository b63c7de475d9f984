import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startChild } from './child.ts';
import { type Cost, costOf, isInstalled } from './command.ts';
import { atLeast, atMost, type Figure, missing, stated } from './figure.ts';
import { startFileServer } from './file-server.ts';
import { flacFiles } from './flac-files.ts';
import type { Workplace } from './workplace.ts';

/** What the measured process is told. */
export interface TransferTask {
  readonly urls: readonly string[];
  /** Empty; for the parts and a database. */
  readonly folder: string;
}

/** What the measured process found; CPU of all threads. */
export interface TransferCost extends Cost {
  /** Until every byte was on the disk; the last frames are walked after it. */
  readonly fetchedSeconds: number;
}

const REPEATS = 4;

/** Four files at once over TLS on this machine, against curl on the same addresses. */
export async function benchTransfer(place: Workplace): Promise<Figure[]> {
  const name = 'transfer of 4 × 200 MB and frame walk';
  for (const command of ['flac', 'openssl', 'curl']) {
    if (!(await isInstalled(command))) return [missing(name, `${command} is missing`)];
  }
  const files = await flacFiles(place);
  const scratch = await place.fresh('transfer');
  const server = await startFileServer(dirname(files[0]?.path ?? ''), scratch);
  const urls = files.map((file) => `${server.origin}/${file.name}`);
  const gigabytes = files.reduce((sum, file) => sum + file.bytes, 0) / 1e9;
  const best = {
    own: Infinity,
    fetched: Infinity,
    ownCpu: Infinity,
    curl: Infinity,
    curlCpu: Infinity,
  };
  try {
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const folder = join(scratch, 'files');
      await mkdir(folder);
      const curl = await costOf('curl', [
        ...['--silent', '--fail', '--parallel', '--parallel-immediate', '--http1.1'],
        ...['--cacert', server.certificate],
        ...urls.flatMap((url, index) => ['--output', join(folder, `curl-${index}`), url]),
      ]);
      await rm(folder, { recursive: true });
      await mkdir(folder);
      const own = await fetchAll({ urls, folder }, server.certificate);
      await rm(folder, { recursive: true });
      const line = (cost: Cost) =>
        `${((gigabytes * 1000) / cost.wallSeconds).toFixed(0)} MB/s, ${(cost.cpuSeconds / gigabytes).toFixed(2)} CPU-s/GB`;
      place.say(`transfer: ${line(own)}; curl: ${line(curl)}`);
      best.own = Math.min(best.own, own.wallSeconds);
      best.fetched = Math.min(best.fetched, own.fetchedSeconds);
      best.ownCpu = Math.min(best.ownCpu, own.cpuSeconds);
      best.curl = Math.min(best.curl, curl.wallSeconds);
      best.curlCpu = Math.min(best.curlCpu, curl.cpuSeconds);
    }
  } finally {
    await server.close();
  }
  return [
    atLeast(`${name}: speed against curl`, best.curl / best.own, 0.9, '×'),
    stated(
      `${name}: speed against curl until flushed`,
      `${(best.curl / best.fetched).toFixed(2)} ×`,
    ),
    stated(`${name}: speed`, `${((gigabytes * 1000) / best.own).toFixed(0)} MB/s`),
    atMost(`${name}: CPU`, best.ownCpu / gigabytes, 4, 's/GB'),
    stated('curl on the same addresses: CPU', `${(best.curlCpu / gigabytes).toFixed(2)} s/GB`),
  ];
}

async function fetchAll(task: TransferTask, certificate: string): Promise<TransferCost> {
  const env = { NODE_EXTRA_CA_CERTS: certificate };
  const child = startChild<TransferTask, TransferCost>('./transfer-child.ts', { env });
  child.tell(task);
  const cost = await child.hear();
  await child.end();
  return cost;
}
