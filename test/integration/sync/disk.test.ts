import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { openLibrary } from '../../../src-main/library/library.ts';
import { ERRORS, type ErrorCode } from '../../../src-preload/contract/error-codes.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { inject } from '../../support/faults.ts';
import { type DiskFault, faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';

const TRACKS = tracksOf(ALBUMS.slowWeather);
const FOREIGN_AUDIO = fileURLToPath(new URL('../../support/audio/preview.6.flac', import.meta.url));

let run: EngineHarness;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await run.close();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const open = async (fs: FileSystem, ids: readonly string[] = [ALBUMS.slowWeather]) => {
  run = await engineHarness({ catalogue: demoAlbums(...ids), standIns: { fs } });
  return run;
};
const trackFiles = async () => (await run.tree()).filter((path) => /\.(flac|mp3|dsf)$/.test(path));
const states = async () =>
  new Set((await run.jobs()).filter((job) => job.kind === 'track').map((job) => job.state));

/** The real disk on a volume of 1,000 blocks of which `free()` are free. */
const volume = (free: () => number): FileSystem => ({
  ...nodeFileSystem,
  statfs: (async () => ({ bsize: 4096, blocks: 1000, bavail: free() })) as never,
});

/** A disk on which a call fails from its n-th time on, until it is mended. */
function failing(name: RegExp, ending: string, from: number, code: string) {
  let mended = false;
  let seen = 0;
  const fault: DiskFault = (call) => {
    if (mended || !name.test(call.name) || !call.path.endsWith(ending)) return null;
    seen += 1;
    return seen >= from ? systemError(code) : null;
  };
  const mend = () => {
    mended = true;
  };
  return { fs: faultyFileSystem(fault), mend };
}

describe('a full disk', () => {
  it('stops the run with DISK_FULL before the reserve is touched, and the run goes on when there is room', async () => {
    let free = 20;
    await open(volume(() => free));
    const view = await run.sync();
    expect(view).toMatchObject({
      state: 'stopped',
      error: { code: 'DISK_FULL' },
      totals: { downloaded: 0, failed: 0 },
    });
    expect(ERRORS.DISK_FULL.exit).toBe(4);
    expect(await trackFiles()).toEqual([]);
    expect(await states()).toEqual(new Set(['waiting']));
    free = 900;
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { downloaded: 6 } });
  });

  it('counts the reserve the user set', async () => {
    await open(volume(() => 400));
    await run.engine.updateSettings({ reservePercent: 50 });
    expect((await run.sync()).error?.code).toBe('DISK_FULL');
    await run.engine.updateSettings({ reservePercent: 10 });
    expect((await run.sync()).state).toBe('finished');
  });

  it('in the middle of a file stops the run at once; what came is kept and what was saved is whole', async () => {
    const disk = failing(/^writev?$/, '.part', 3, 'ENOSPC');
    await open(disk.fs);
    const first = await run.asking(run.sync);
    expect(first.result).toMatchObject({
      state: 'stopped',
      error: { code: 'DISK_FULL' },
      totals: { failed: 0 },
    });
    const saved = await trackFiles();
    expect(saved.length).toBeLessThanOrEqual(2);
    const done = (await run.jobs()).filter((job) => job.state === 'done' && job.kind === 'track');
    expect(saved).toEqual(done.map((job) => job.path).sort());
    // Intake stopped: at most the four that were running had asked for their file.
    expect(first.asked.filter(({ call }) => call === 'file').length).toBeLessThanOrEqual(6);

    disk.mend();
    const second = await run.asking(run.sync);
    expect(second.result).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect(await trackFiles()).toHaveLength(6);
    const again = second.asked.flatMap(({ call, trackId }) => (call === 'file' ? [trackId] : []));
    expect(again.filter((id) => done.some((job) => job.trackId === id))).toEqual([]);
  });

  it('while the file gets its name leaves nothing under the name, and fetches nothing again', async () => {
    const disk = failing(/^rename$/, '.tagged', 1, 'ENOSPC');
    await open(disk.fs);
    expect((await run.sync()).error?.code).toBe('DISK_FULL');
    expect(await trackFiles()).toEqual([]);
    const parts = (await run.workFiles()).filter((path) => path.endsWith('.part')).length;
    expect(parts).toBeGreaterThan(0);
    disk.mend();
    const { asked, result } = await run.asking(run.sync);
    // What had only to get its name gets it before anything is fetched.
    expect(result).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect(await trackFiles()).toHaveLength(6);
    expect(asked.filter(({ call }) => call === 'file').length).toBe(6 - parts);
  });

  const root = process.getuid?.() === 0 && process.platform === 'linux';
  it.runIf(root)(
    `for real, on a small volume, leaves only whole files and goes on once it has grown${root ? '' : ' (needs root)'}`,
    async () => {
      const mount = await mkdtemp(join(tmpdir(), 'crateful-volume-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', mount]);
      cleanups.push(async () => {
        execFileSync('umount', [mount]);
        await rm(mount, { recursive: true });
      });
      run = await engineHarness({
        catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.cathedral, ALBUMS.longTable),
        root: join(mount, 'music'),
        settings: { reservePercent: 0 },
      });
      const first = await run.asking(run.sync);
      expect(first.result).toMatchObject({
        state: 'stopped',
        error: { code: 'DISK_FULL' },
        totals: { failed: 0 },
      });
      const done = (await run.jobs()).filter((job) => job.state === 'done' && job.kind === 'track');
      expect(await trackFiles()).toEqual(done.map((job) => job.path).sort());
      for (const job of done) {
        expect((await stat(run.path(job.path))).size).toBe(job.receivedBytes);
      }
      execFileSync('mount', ['-o', 'remount,size=16m', mount]);
      const second = await run.asking(run.sync);
      expect(second.result).toMatchObject({ state: 'finished', totals: { failed: 0 } });
      expect(await trackFiles()).toHaveLength(19);
      const again = second.asked.flatMap(({ call, trackId }) => (call === 'file' ? [trackId] : []));
      expect(again.filter((id) => done.some((job) => job.trackId === id))).toEqual([]);
      // Sound to the last frame: a third sync that looks inside every file keeps all of them.
      await rm(join(run.root, '.crateful', 'manifest.jsonl'));
      await run.reopen({ newHome: true });
      expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 19, failed: 0 });
    },
  );
});

describe('a disk that refuses', () => {
  const refusals: readonly (readonly [string, ErrorCode])[] = [
    ['EACCES', 'PATH_NOT_WRITABLE'],
    ['EROFS', 'PATH_NOT_WRITABLE'],
    ['EIO', 'DISK_FAILED'],
  ];
  it.each(refusals)('%s stops the run with %s, and the jobs wait', async (system, code) => {
    const disk = failing(/^open$/, '.part', 2, system);
    await open(disk.fs);
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'stopped', error: { code }, totals: { failed: 0 } });
    expect([...(await states())].sort()).not.toContain('failed');
    disk.mend();
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect(await trackFiles()).toHaveLength(6);
  });

  it('to have the folder created refuses the folder with PATH_NOT_WRITABLE', async () => {
    const disk = failing(/^mkdir$/, '.crateful', 1, 'EACCES');
    run = await engineHarness({ standIns: { fs: disk.fs }, folder: false });
    await expect(run.engine.useFolder(run.root)).rejects.toMatchObject({
      code: 'PATH_NOT_WRITABLE',
    });
    expect(await run.sync()).toMatchObject({ error: { code: 'NO_LIBRARY_ROOT' } });
  });
});

describe('a library folder that goes away in the middle of a run', () => {
  it('stops the run with LIBRARY_ROOT_MISSING; nothing is made at its place, and it goes on when it is back', async () => {
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.slowWeather),
      settings: { concurrency: 1 },
    });
    const away = `${run.root}-away`;
    let removed: Promise<void> | null = null;
    inject(run.store, {
      intercept: (call) => {
        if (call.query.get('track_id') === String(TRACKS[3])) removed ??= rename(run.root, away);
        return null;
      },
    });
    const view = await run.sync();
    await removed;
    expect(view).toMatchObject({
      state: 'stopped',
      error: { code: 'LIBRARY_ROOT_MISSING' },
      totals: { failed: 0 },
    });
    await expect(stat(run.root)).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(away, run.root);
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect(await trackFiles()).toHaveLength(6);
  });
});

describe('a process that ended between receipt and name', () => {
  /** Leaves one job as a kill would: proven, its second file there, without its name. */
  async function leaveOneCommitting() {
    const disk = failing(/^rename$/, '.tagged', 1, 'EIO');
    run = await engineHarness({
      catalogue: demoAlbums(ALBUMS.slowWeather),
      settings: { concurrency: 1 },
      standIns: { fs: disk.fs },
    });
    await run.sync();
    disk.mend();
    const [job] = (await run.jobs()).filter((each) => each.attempts === 0 && each.kind === 'track');
    await run.engine.dispose();
    const library = openLibrary(join(run.home, 'library.sqlite'));
    const rows = await library.jobs.open((await library.roots.byPath(run.root))!.id);
    const proven = rows.find((row) => row.receipt !== null)!;
    await library.jobs.setCommitting(proven.id, proven.receipt!);
    await library.close();
    return { ...job, trackId: proven.trackId!, path: proven.targetPath };
  }

  it('is healed by the next one: the file gets its name and is not fetched again', async () => {
    const { trackId, path } = await leaveOneCommitting();
    await run.reopen();
    const { asked, result } = await run.asking(run.sync);
    expect(result).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect(asked.filter((each) => each.trackId === trackId)).toEqual([]);
    expect(await run.tree()).toContain(path);
    expect(await trackFiles()).toHaveLength(6);
  });

  it('never overwrites what the user put there meanwhile, and saves everything else', async () => {
    const { path } = await leaveOneCommitting();
    await mkdir(dirname(run.path(path)), { recursive: true });
    await copyFile(FOREIGN_AUDIO, run.path(path));
    await run.reopen();
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', totals: { downloaded: 5, failed: 1 } });
    expect(await readFile(run.path(path))).toEqual(await readFile(FOREIGN_AUDIO));
    const [line] = (await run.jobs()).filter((job) => job.state === 'failed');
    expect(line?.error?.code).toBe('PATH_OCCUPIED');
  });
});
