import { join } from 'node:path';
import { createAudioPool } from '../../src-main/audio/pool.ts';
import { systemClock } from '../../src-main/clock.ts';
import { createBandwidth } from '../../src-main/downloads/bandwidth.ts';
import { createSpaceLedger } from '../../src-main/downloads/space-ledger.ts';
import { transfer } from '../../src-main/downloads/transfer.ts';
import { nodeFileSystem } from '../../src-main/files/file-system.ts';
import { type Library, openLibrary } from '../../src-main/library/library.ts';
import { addressPolicy } from '../../src-main/net/addresses.ts';
import { createHttpClient } from '../../src-main/net/http.ts';
import {
  accountId,
  albumId,
  jobId,
  rootId,
  runId,
  trackId,
} from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import { built } from './bench-engine.ts';
import type { TransferCost, TransferTask } from './transfer.ts';

/*
 * Fetches all files at once and walks their frames: what a sync does up to there, with its real parts.
 */

const account = accountId('1');
const root = rootId('bench');

async function addJobs(library: Library, folder: string, count: number): Promise<Job[]> {
  await library.accounts.upsert({ id: account, name: '', country: null, plan: null });
  const preference = 'best' as const;
  const row = {
    id: root,
    accountId: account,
    path: folder,
    template: 'default' as const,
    preference,
  };
  await library.roots.upsert(row);
  const jobs = Array.from(
    { length: count },
    (_, index): Job => ({
      id: jobId(`job-${index}`),
      runId: runId('run'),
      accountId: account,
      rootId: root,
      albumId: albumId('1'),
      trackId: trackId(index + 1),
      kind: 'track',
      sideIndex: 0,
      formatIds: [27],
      targetPath: `${index}.flac`,
      replaces: false,
      estimatedBytes: 0,
      state: 'waiting',
      attempts: 0,
      notBeforeMs: 0,
      error: null,
      receipt: null,
      position: index,
      title: '',
      artist: '',
      albumTitle: '',
    }),
  );
  await library.jobs.add(jobs);
  return jobs;
}

process.once('message', async ({ urls, folder }: TransferTask) => {
  const fs = nodeFileSystem;
  const clock = systemClock;
  const library = openLibrary(join(folder, 'library.sqlite'));
  const jobs = await addJobs(library, folder, urls.length);
  const http = createHttpClient({ userAgent: 'Bench', checkAddress: addressPolicy(urls[0] ?? '') });
  const audio = createAudioPool({ workerUrl: built('audio-worker'), threads: 2 });
  const space = createSpaceLedger(fs, folder, () => 1);
  const bandwidth = createBandwidth(clock);
  const signal = new AbortController().signal;
  const from = process.cpuUsage();
  const at = performance.now();
  let fetchedSeconds = 0;
  const work = jobs.map(async (job, index) => {
    const path = join(folder, `${job.id}.part`);
    await transfer(
      { http, fs, parts: library.parts, space, clock, bandwidth, bootedAtMs: 0 },
      {
        jobId: job.id,
        address: {
          url: urls[index] ?? '',
          formatId: 27,
          mimeType: 'audio/flac',
          samplingRateKHz: null,
          bitDepth: null,
          durationSeconds: null,
        },
        partPath: path,
        signal,
        onProgress: () => undefined,
        onNetworkBytes: () => undefined,
      },
    );
    fetchedSeconds = (performance.now() - at) / 1000;
    const asked = { path, extension: 'flac' as const, expectedDurationSeconds: null };
    await audio.prove({ ...asked, depth: 'walk' });
  });
  await Promise.all(work);
  const { user, system } = process.cpuUsage(from);
  const cost: TransferCost = {
    wallSeconds: (performance.now() - at) / 1000,
    cpuSeconds: (user + system) / 1e6,
    fetchedSeconds,
  };
  await audio.close();
  http.close();
  library.close();
  process.send?.(cost);
  process.disconnect();
});
