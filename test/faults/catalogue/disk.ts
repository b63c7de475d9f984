import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCode } from '../../../src-preload/contract/error-codes.ts';
import { bigFiles } from '../../support/big-files.ts';
import { inject } from '../../support/faults.ts';
import { type DiskCall, systemError } from '../../support/faulty-file-system.ts';
import { failingWorkers } from '../failing-workers.ts';
import { type Expected, type Fault, healed, paused } from '../fault.ts';
import { smallVolume } from './small-volume.ts';

/** Which calls at the disk a fault is about. */
type Which = (call: DiskCall) => boolean;

const toPart: Which = ({ name, path }) => /^writev?$/.test(name) && path.endsWith('.part');
const flushOfPart: Which = ({ name, path }) => /sync$/.test(name) && path.endsWith('.part');
const openingPart: Which = ({ name, path }) => name === 'open' && path.endsWith('.part');
const giveName: Which = ({ name, path }) => name === 'rename' && path.endsWith('.tagged');
const makeFolder: Which = ({ name, path }) => name === 'mkdir' && !path.endsWith('.crateful');
const writeManifest: Which = ({ name, path }) => name === 'appendFile' && path.includes('manifest');

/** Calls fail once `bytes` bytes were handed to them (from the first call on when 0), so many times. */
function failing(
  which: Which,
  code: string,
  bytes = 0,
  times = Number.POSITIVE_INFINITY,
): Fault['strike'] {
  return (world) => {
    let handed = 0;
    let hits = 0;
    world.disk = (call) => {
      if (!which(call) || hits >= times) return null;
      handed += call.bytes;
      if (handed < bytes) return null;
      hits += 1;
      return systemError(code);
    };
    return {
      hits: () => hits,
      mend() {
        world.disk = null;
      },
    };
  };
}

interface DiskRow {
  readonly name: string;
  readonly where: string;
  readonly strike: Fault['strike'];
  readonly expected: Expected;
}

const atBytes = (code: string, named: ErrorCode): DiskRow[] =>
  [1, 40_000, 150_000].map((bytes) => ({
    name: `${code} at byte ${bytes.toLocaleString('en')} of what is fetched`,
    where: 'every write from then on',
    strike: failing(toPart, code, bytes),
    expected: paused(named),
  }));

const refusing = (code: string, named: ErrorCode): DiskRow[] => [
  {
    name: `${code} for a new part`,
    where: 'every file',
    strike: failing(openingPart, code),
    expected: paused(named),
  },
  {
    name: `${code} for a name`,
    where: 'every file',
    strike: failing(giveName, code),
    expected: paused(named),
  },
];

const ROWS: readonly DiskRow[] = [
  ...atBytes('ENOSPC', 'DISK_FULL'),
  ...atBytes('EIO', 'DISK_FAILED'),
  ...refusing('EROFS', 'PATH_NOT_WRITABLE'),
  ...refusing('EACCES', 'PATH_NOT_WRITABLE'),
  {
    name: 'EIO when a part is flushed',
    where: 'every file',
    strike: failing(flushOfPart, 'EIO'),
    expected: paused('DISK_FAILED'),
  },
  {
    name: 'ENOSPC for a name',
    where: 'every file',
    strike: failing(giveName, 'ENOSPC'),
    expected: paused('DISK_FULL'),
  },
  {
    name: 'ENOSPC for an album’s folder',
    where: 'every folder',
    strike: failing(makeFolder, 'ENOSPC'),
    expected: paused('DISK_FULL'),
  },
  {
    name: 'EXDEV for a name',
    where: 'every file',
    strike: failing(giveName, 'EXDEV'),
    expected: paused('DISK_FAILED'),
  },
  {
    name: 'EBUSY for a name, as another program holds it',
    where: 'three times',
    strike: failing(giveName, 'EBUSY', 0, 3),
    expected: healed,
  },
  {
    name: 'EBUSY for a name, as another program holds it',
    where: 'for ever',
    strike: failing(giveName, 'EBUSY'),
    expected: paused('DISK_FAILED'),
  },
  {
    name: 'a rename that is refused (EPERM)',
    where: 'for ever',
    strike: failing(giveName, 'EPERM'),
    expected: paused('PATH_NOT_WRITABLE'),
  },
  {
    name: 'ENOSPC for the receipts’ file',
    where: 'at the end of the run',
    strike: failing(writeManifest, 'ENOSPC'),
    expected: paused('DISK_FULL'),
  },
  {
    name: 'a slow network share',
    where: 'every call, half a second each',
    expected: healed,
    strike(world) {
      let hits = 0;
      world.disk = async () => {
        hits += 1;
        await world.engine.clock.sleep(500);
        return null;
      };
      return {
        hits: () => hits,
        mend() {
          world.disk = null;
        },
      };
    },
  },
];

/** The folder is renamed away while the first file comes in; an empty one stands in its place, or nothing. */
const goesAway = (name: string, emptyInstead: boolean): Fault => ({
  group: 'disk',
  name,
  where: 'in the middle of a file',
  expected: paused('LIBRARY_ROOT_MISSING'),
  setting: () => ({ settings: { concurrency: 1 } }),
  strike({ engine, victim }) {
    const away = `${engine.root}-away`;
    let gone: Promise<unknown> | null = null;
    const leave = async () => {
      await rename(engine.root, away);
      if (emptyInstead) await mkdir(engine.root);
    };
    const struck = inject(
      engine.store,
      {
        shape(answer) {
          gone ??= leave();
          return { ...answer, body: after(gone, answer.body) };
        },
      },
      { trackId: victim, times: 1 },
    );
    return {
      hits: () => struck.hits,
      async mend() {
        await gone;
        await rm(engine.root, { recursive: true, force: true });
        await rename(away, engine.root);
      },
    };
  },
});

async function* after(moment: Promise<unknown>, body: AsyncIterable<Uint8Array>) {
  await moment;
  yield* body;
}

/** Between two runs, with everything saved: nothing may be taken for lost. */
const isAway = (name: string, emptyInstead: boolean): Fault => ({
  group: 'disk',
  name,
  where: 'a whole library, before a run',
  expected: paused('LIBRARY_ROOT_MISSING'),
  async strike(world) {
    await world.sync();
    const { root } = world.engine;
    const away = `${root}-away`;
    await rename(root, away);
    if (emptyInstead) await mkdir(root);
    return {
      hits: () => (existsSync(away) ? 1 : 0),
      async mend() {
        await rm(root, { recursive: true, force: true });
        await rename(away, root);
      },
    };
  },
});

/** The same in the middle of files of some megabytes, of which a part is kept. */
function full(bytes: number): Fault {
  let folder = '';
  return {
    group: 'disk',
    name: `ENOSPC at byte ${bytes.toLocaleString('en')} of big files`,
    where: 'every write from then on',
    expected: paused('DISK_FULL'),
    costsNothingTwice: true,
    async setting() {
      folder = await mkdtemp(join(tmpdir(), 'crateful-big-'));
      return { catalogue: await bigFiles(folder) };
    },
    strike: failing(toPart, 'ENOSPC', bytes),
    after: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Faults of the disk (traps §3). */
export const diskCatalogue: readonly Fault[] = [
  ...ROWS.map((row): Fault => ({ group: 'disk', ...row, costsNothingTwice: true })),
  full(1_000_000),
  full(4_000_000),
  ...failingWorkers,
  goesAway('the folder is removed', false),
  goesAway('the drive is unplugged, its mount point empty', true),
  isAway('the drive is away', false),
  isAway('the drive is away, its mount point empty', true),
  ...smallVolume,
];
