import { createHash } from 'node:crypto';
import {
  access,
  constants,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import {
  type EngineHarness,
  engineHarness,
  type HarnessOptions,
} from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { type DiskFault, faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';

let run: EngineHarness;
const elsewhere: string[] = [];
let letGo = () => {};

afterEach(async () => {
  letGo();
  await run.close();
  for (const folder of elsewhere.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A synced library, and the disk it meets from then on. */
const synced = async (fault: DiskFault = () => null, fs = faultyFileSystem(fault)) => {
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.tapeHiss, ALBUMS.longTable),
    standIns: { fs },
  });
  await run.sync();
  return { fs, before: await contents(run.root), to: join(dirname(run.root), 'new', 'Music') };
};

/** Paths below a folder, Crateful's own left out, with what is in the files. */
const contents = async (root: string): Promise<Record<string, string>> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes('.crateful')) continue;
    const hash = createHash('sha256').update(await readFile(path));
    found[path.slice(root.length + 1)] = hash.digest('hex');
  }
  return found;
};

const move = async () => (await run.engine.snapshot()).move;
const ends = async (state: 'finished' | 'cancelled' | 'failed') => {
  await eventually(async () => (await move())?.state).toBe(state);
  return move();
};

const begin = async (to: string) => {
  await run.engine.folders.look(to);
  await run.engine.folders.use('move');
};

/** The old folder is whole and in use, and nothing is left at the new one. */
const expectAsBefore = async (before: Record<string, string>, to: string) => {
  expect(await contents(run.root)).toEqual(before);
  expect(await readdir(join(to, '.crateful')).catch(() => [])).toEqual([]);
  expect(await contents(to)).toEqual({});
  expect((await run.engine.snapshot()).root).toMatchObject({ path: run.root, state: 'ready' });
  await expectSettled();
};

/** A sync finds everything where it should be. */
const expectSettled = async () => {
  const { asked } = await run.asking(() => run.sync());
  expect(asked.filter(({ call }) => call === 'file' || call === 'track/getFileUrl')).toEqual([]);
};

const noLinks: DiskFault = ({ name }) => (name === 'link' ? systemError('EXDEV') : null);

/** A library on its way that gets no further until told. */
const held = async (options: Partial<HarnessOptions> = {}) => {
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const fs: FileSystem = {
    ...nodeFileSystem,
    async link(from, to) {
      if (run && !String(to).includes('.crateful')) await gate;
      return nodeFileSystem.link(from, to);
    },
  };
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.tapeHiss),
    standIns: { fs },
    ...options,
  });
  await run.sync();
  const to = join(dirname(run.root), 'new', 'Music');
  await begin(to);
  await eventually(async () => (await move())?.filesTotal ?? 0).toBeGreaterThan(0);
};

/** A folder on another volume than the one tests work on; null where there is none. */
async function otherVolume(): Promise<string | null> {
  const { dev } = await nodeFileSystem.stat(tmpdir());
  for (const folder of ['/dev/shm', '/var/tmp']) {
    const isWritable = await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (isWritable && (await nodeFileSystem.stat(folder)).dev !== dev) return folder;
  }
  return null;
}

describe('while a library is on its way', () => {
  it('the schedule asks the service for nothing, and looks once it has arrived', async () => {
    await held({ settings: { setupStep: 'done', syncEveryMinutes: 15 } });
    await run.engine.background.begin();
    const stamps = () => run.asked().filter(({ call }) => call === 'user/lastUpdate').length;
    const before = stamps();
    run.clock.leap(3600_000);
    const from = run.clock.now();
    await eventually(() => run.clock.now() - from > 120_000).toBe(true);
    expect(stamps()).toBe(before);
    letGo();
    await ends('finished');
    await eventually(stamps).toBeGreaterThan(before);
  });

  it('its files are not verified', async () => {
    await held();
    await expect(run.engine.verification.start(null)).rejects.toMatchObject({
      code: 'LIBRARY_MOVING',
    });
    letGo();
    await ends('finished');
    await (await run.engine.verification.start(null)).ended;
    expect((await run.engine.snapshot()).verify).toMatchObject({ findingsTotal: 0 });
  });
});

describe('a library on its way to another folder', () => {
  it.each([
    { way: 'with second names on the same volume', fault: () => null },
    { way: 'as proven copies where there are no second names', fault: noLinks },
  ])('arrives whole, keeps its id, and leaves no marker behind: $way', async ({ fault }) => {
    const { before, to, fs } = await synced(fault);
    const { id } = (await run.engine.snapshot()).root ?? {};
    await writeFile(join(run.root, 'mine.flac'), 'mine');
    await mkdir(join(run.root, '.crateful', 'replaced', 'job'), { recursive: true });
    await writeFile(join(run.root, '.crateful', 'replaced', 'job', 'old.mp3'), 'old');
    await writeFile(join(run.root, '.crateful', 'waiting.part'), 'half');
    const from = fs.calls.length;
    await begin(to);
    const view = await ends('finished');

    expect(await contents(to)).toEqual(before);
    expect(await readFile(join(to, '.crateful/replaced/job/old.mp3'), 'utf8')).toBe('old');
    expect(await readFile(join(to, '.crateful/waiting.part'), 'utf8')).toBe('half');
    expect(await readdir(run.root)).toEqual(['mine.flac']);
    const files = Object.keys(before).length + 2;
    expect(view).toMatchObject({ from: run.root, to, filesDone: files, filesTotal: files });
    expect(view).toMatchObject({ leftBehind: 1, error: null });
    expect(view?.bytesDone).toBe(view?.bytesTotal);
    expect((await run.engine.snapshot()).root).toMatchObject({ id, path: to, state: 'ready' });
    const copies = fs.calls.slice(from).filter(({ name }) => name === 'copyFile').length;
    expect(copies).toBe(fault === noLinks ? files : 0);
    await expectSettled();
    await run.reopen({ folder: false });
    await expectSettled();
    expect(await readdir(join(to, '.crateful'))).not.toContain('move.jsonl');
  });

  it('arrives on another volume', async (context) => {
    const { before } = await synced();
    const volume = await otherVolume();
    if (volume === null) return context.skip('this machine has one volume only');
    const folder = await mkdtemp(join(volume, 'crateful-move-'));
    elsewhere.push(folder);
    await begin(folder);
    await ends('finished');
    expect(await contents(folder)).toEqual(before);
    expect(await readdir(run.root)).toEqual([]);
    await expectSettled();
  });

  it('keeps runs and other folders waiting, under LIBRARY_MOVING', async () => {
    const gate = Promise.withResolvers<void>();
    const fs = faultyFileSystem(() => null);
    const slow = {
      ...nodeFileSystem,
      link: (...paths: Parameters<typeof fs.link>) =>
        gate.promise.then(() => nodeFileSystem.link(...paths)),
    };
    const { to } = await synced(undefined, Object.assign(fs, slow));
    await begin(to);
    await eventually(async () => (await move())?.state).toBe('running');
    await expect(run.engine.useFolder(`${to}-3`)).rejects.toMatchObject({ code: 'LIBRARY_MOVING' });
    await expect(run.engine.folders.use('move')).rejects.toMatchObject({ code: 'LIBRARY_MOVING' });
    expect(await run.sync()).toMatchObject({ state: 'stopped', error: { code: 'LIBRARY_MOVING' } });
    gate.resolve();
    await ends('finished');
  });

  it('stays where it was when it is cancelled half way', async () => {
    let brought = 0;
    let cancelled: Promise<void> | null = null;
    const { before, to } = await synced((call) => {
      if (call.name !== 'link') return null;
      if (brought === 4) cancelled = run.engine.folders.cancelMove();
      brought += 1;
      return null;
    });
    await begin(to);
    await ends('cancelled');
    await cancelled;
    expect(brought).toBeGreaterThan(4);
    expect(brought).toBeLessThan(Object.keys(before).length);
    await expectAsBefore(before, to);
  });

  it('goes on with the next start when the app ends half way', async () => {
    let brought = 0;
    let ended: Promise<void> | null = null;
    const { before, to } = await synced((call) => {
      if (call.name === 'link') brought += 1;
      if (brought === 5) ended ??= run.engine.dispose();
      return null;
    });
    await begin(to);
    await eventually(() => ended !== null).toBe(true);
    await ended;
    expect(await contents(run.root)).toEqual(before);
    const half = Object.keys(await contents(to)).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(Object.keys(before).length);

    await run.reopen({ standIns: {}, folder: false });
    expect((await run.engine.snapshot()).root).toMatchObject({ path: run.root });
    await run.engine.resume();
    expect(await move()).toMatchObject({ state: 'finished', to });
    expect(await contents(to)).toEqual(before);
    expect(await readdir(run.root)).toEqual([]);
    await expectSettled();
  });

  it('does not go on where the new drive is away, and stays in use where it is', async () => {
    let ended: Promise<void> | null = null;
    const { before, to } = await synced(({ name, path }) => {
      const isBrought = name === 'appendFile' && path.endsWith('move.jsonl');
      if (isBrought && ended === null) ended = run.engine.dispose();
      return null;
    });
    await begin(to);
    await eventually(() => ended !== null).toBe(true);
    await ended;
    await rm(dirname(to), { recursive: true });
    await run.reopen({ standIns: {}, folder: false });
    await run.engine.resume();
    expect(await readdir(dirname(dirname(to)))).not.toContain('new');
    await expectAsBefore(before, to);
  });

  it.each([
    { name: 'DISK_FULL before anything is brought', code: 'DISK_FULL' },
    { name: 'PATH_OCCUPIED by somebody else’s file', code: 'PATH_OCCUPIED' },
    { name: 'DISK_FAILED in the middle', code: 'DISK_FAILED' },
    { name: 'LIBRARY_ROOT_FOREIGN at the new place', code: 'LIBRARY_ROOT_FOREIGN' },
  ])('stays where it was at a fault: $name', async ({ code }) => {
    let copies = 0;
    let moving = false;
    const { before, to, fs } = await synced((call, index) => {
      const { name } = call;
      if (name === 'copyFile') copies += 1;
      if (moving && code === 'DISK_FAILED' && copies === 5 && name === 'utimes') {
        return systemError('EIO');
      }
      return noLinks(call, index);
    });
    moving = true;
    const theirs: Record<string, string> = {};
    if (code === 'DISK_FULL') {
      const full = { bavail: 10, bsize: 1, blocks: 1_000_000 };
      Object.assign(fs, { statfs: async () => full });
    }
    if (code === 'PATH_OCCUPIED') {
      const [path] = Object.keys(before).filter((each) => each.endsWith('.mp3'));
      await mkdir(dirname(join(to, path ?? '')), { recursive: true });
      await writeFile(join(to, path ?? ''), 'theirs');
      Object.assign(theirs, await contents(to));
    }
    if (code === 'LIBRARY_ROOT_FOREIGN') {
      await mkdir(join(to, '.crateful'), { recursive: true });
      await writeFile(join(to, '.crateful', 'root.json'), '{}');
    }
    await begin(to);
    expect(await ends('failed')).toMatchObject({ error: { code } });
    expect(await contents(to)).toEqual(theirs);
    expect(await contents(run.root)).toEqual(before);
    expect((await run.engine.snapshot()).root).toMatchObject({ path: run.root, state: 'ready' });
    await expectSettled();
  });

  it.each([
    ['itself', ''],
    ['into its own folder', '/Ada/inner'],
    ['around its own folder', '/..'],
  ])('is refused %s, under FOLDER_OVERLAPS', async (_, way) => {
    const { before } = await synced();
    await begin(`${run.root}${way}`);
    expect(await ends('failed')).toMatchObject({ error: { code: 'FOLDER_OVERLAPS' } });
    expect(await contents(run.root)).toEqual(before);
    await expectSettled();
  });

  it('takes what is there already when it is the same', async () => {
    const { before, to } = await synced(noLinks);
    const [path = ''] = Object.keys(before);
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), await readFile(join(run.root, path)));
    await begin(to);
    await ends('finished');
    expect(await contents(to)).toEqual(before);
  });
});
