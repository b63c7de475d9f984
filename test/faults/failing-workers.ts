import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorCode } from '../../src-preload/contract/error-codes.ts';
import type { FailingWrites } from './failing-writes.ts';
import { type Fault, paused } from './fault.ts';

/** Bytes of the tagged file that go through before the disk refuses the rest. */
const AT_BYTES = [1, 5000, 20_000];

/** The source of a worker that does the audio's work on a disk that fails. */
const workerOn = (disk: FailingWrites): string => `
import { failWrites } from ${JSON.stringify(new URL('./failing-writes.ts', import.meta.url).href)};
failWrites(${JSON.stringify(disk)});
const worker = await import(${JSON.stringify(new URL('../../src-main/audio/worker.ts', import.meta.url).href)});
export const { prove, tag, inspect, hash } = worker;
`;

function whileTagging(code: string, bytes: number, named: ErrorCode): Fault {
  let folder = '';
  const armed = () => join(folder, 'armed');
  const struck = () => join(folder, 'struck');
  return {
    group: 'disk',
    name: `${code} at byte ${bytes.toLocaleString('en')} of a tagged file`,
    where: 'every file',
    expected: paused(named),
    costsNothingTwice: true,
    setting() {
      folder = mkdtempSync(join(tmpdir(), 'crateful-worker-'));
      const file = join(folder, 'worker.mjs');
      writeFileSync(file, workerOn({ code, bytes, armed: armed(), struck: struck() }));
      return { audioWorker: pathToFileURL(file) };
    },
    strike() {
      writeFileSync(armed(), '');
      return { hits: () => (existsSync(struck()) ? 1 : 0), mend: () => rmSync(armed()) };
    },
    after: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Faults of the disk in the threads that prove and tag, which make their calls by themselves. */
export const failingWorkers: readonly Fault[] = [
  ...AT_BYTES.map((bytes) => whileTagging('ENOSPC', bytes, 'DISK_FULL')),
  ...AT_BYTES.map((bytes) => whileTagging('EIO', bytes, 'DISK_FAILED')),
  whileTagging('EROFS', 1, 'PATH_NOT_WRITABLE'),
];
