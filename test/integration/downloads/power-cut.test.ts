import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/clock.ts';
import { type DemoStore, startDemoStore } from '../../../src-main/demo/store.ts';
import { createBandwidth } from '../../../src-main/downloads/bandwidth.ts';
import { createSpaceLedger } from '../../../src-main/downloads/space-ledger.ts';
import { transfer } from '../../../src-main/downloads/transfer.ts';
import { nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { type Library, openLibrary } from '../../../src-main/library/library.ts';
import { createHttpClient, type HttpClient } from '../../../src-main/net/http.ts';
import {
  accountId,
  albumId,
  jobId,
  rootId,
  runId,
  trackId,
} from '../../../src-preload/contract/ids.ts';
import type { Job } from '../../../src-preload/contract/library.ts';

const TRACK = 184211101;
const JOB = jobId('cut');

let folder: string;
let store: DemoStore;
let library: Library;
let http: HttpClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-power-'));
  store = await startDemoStore();
  library = openLibrary(join(folder, 'library.sqlite'));
  http = createHttpClient({ userAgent: 'Crateful/test', checkAddress: () => undefined });
  await library.accounts.upsert({ id: accountId('1'), name: 'A', country: null, plan: null });
  const root = { id: rootId('root'), accountId: accountId('1'), path: folder };
  await library.roots.upsert({ ...root, template: 'default', preference: 'best' });
  await library.jobs.add([job]);
});
afterEach(async () => {
  http.close();
  library.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const job: Job = {
  id: JOB,
  runId: runId('run'),
  accountId: accountId('1'),
  rootId: rootId('root'),
  albumId: albumId('0602455830919'),
  trackId: trackId(TRACK),
  kind: 'track',
  sideIndex: 0,
  formatIds: [5],
  targetPath: 'a/b.mp3',
  replaces: false,
  estimatedBytes: 0,
  state: 'waiting',
  attempts: 0,
  notBeforeMs: 0,
  error: null,
  receipt: null,
  position: 1,
  title: '',
  artist: '',
  albumTitle: '',
};

/** Fetches the track over a part whose unflushed tail reads as zeros, as after a power cut. */
async function fetchOverHole(
  writtenAtMs: number,
): Promise<{ ranges: (string | null)[]; whole: boolean }> {
  const url = store.fileUrl(TRACK, 5);
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  const flushed = 20_000;
  const partPath = join(folder, 'cut.part');
  await writeFile(partPath, Buffer.concat([whole.subarray(0, flushed), Buffer.alloc(30_000)]));
  await library.parts.put({
    jobId: JOB,
    formatId: 5,
    totalBytes: whole.length,
    mimeType: 'audio/mpeg',
    etag: null,
    stage: 'fetching',
    durableBytes: flushed,
    samplingRateKHz: 44.1,
    bitDepth: 16,
    updatedAtMs: writtenAtMs,
  });
  const before = store.requests.length;
  await transfer(
    {
      http,
      fs: nodeFileSystem,
      parts: library.parts,
      bandwidth: createBandwidth(systemClock),
      space: createSpaceLedger(nodeFileSystem, folder, () => 0),
      clock: systemClock,
      bootedAtMs: 1000,
    },
    {
      jobId: JOB,
      address: {
        url,
        formatId: 5,
        mimeType: 'audio/mpeg',
        samplingRateKHz: 44.1,
        bitDepth: 16,
        durationSeconds: null,
      },
      partPath,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onNetworkBytes: () => undefined,
    },
  );
  const ranges = store.requests.slice(before).map((request) => request.range);
  return { ranges, whole: whole.equals(await readFile(partPath)) };
}

describe('a part from before the computer was started', () => {
  it('is believed only as far as it was flushed to the disk', async () => {
    expect(await fetchOverHole(999)).toEqual({ ranges: ['bytes=20000-'], whole: true });
  });
});

describe('a part of a process that was killed since', () => {
  it('is believed as far as it goes', async () => {
    const { ranges } = await fetchOverHole(1001);
    expect(ranges).toEqual(['bytes=50000-']);
  });
});
