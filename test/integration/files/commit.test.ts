import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitFile } from '../../../src-main/files/commit.ts';
import { type FileSystem, nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { listSetAside, setFileAside } from '../../../src-main/files/set-aside.ts';
import { instantClock } from '../../support/fake-clock.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';

const NEW = 'the new file, whole';
const OLD = 'the old file, whole';
const TARGET = 'Ada Lund/Night Ferry/01 - Song.flac';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-commit-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function root(name: string, old: string | null): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '.crateful'), { recursive: true });
  await writeFile(join(path, '.crateful/job.tagged'), NEW);
  if (old !== null) {
    await mkdir(join(path, 'Ada Lund/Night Ferry'), { recursive: true });
    await writeFile(join(path, TARGET), old);
  }
  return path;
}

const commit = (
  fs: FileSystem,
  rootPath: string,
  options: Partial<Parameters<typeof commitFile>[1]> = {},
) =>
  commitFile(fs, {
    rootPath,
    from: join(rootPath, '.crateful/job.tagged'),
    targetPath: TARGET,
    setAside: null,
    ...options,
  });

/** Moves what stands at the target into the store, as a job's commit does. */
const aside = (fs: FileSystem, rootPath: string) => () =>
  setFileAside(
    {
      fs,
      rootPath,
      clock: { ...instantClock(), now: () => 7 },
      hash: async (path) => {
        const bytes = await fs.readFile(path);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        return { sha256, bytes: bytes.length };
      },
    },
    {
      id: 'job',
      path: TARGET,
      reason: 'damaged',
      title: 'Song',
      artist: 'Ada Lund',
      albumTitle: 'Night Ferry',
      row: null,
    },
  );

const isNote = (path: string) => /\.json(\.new)?$/.test(path);

/** All files under a root and what is in them; notes of the store are left out. */
async function contents(path: string): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !isNote(entry.name));
  const pairs = files.map(async (file) => {
    const full = join(file.parentPath, file.name);
    return [full.slice(path.length + 1), await readFile(full, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

describe('commitFile', () => {
  it('gives a file its name under folders it creates', async () => {
    const path = await root('fresh', null);
    const saved = await commit(nodeFileSystem, path);
    expect(saved.bytes).toBe(NEW.length);
    expect(Number.isInteger(saved.modifiedMs)).toBe(true);
    expect(await contents(path)).toEqual({ [TARGET]: NEW });
  });

  it('flushes the file before the rename and every touched folder at its time', async () => {
    const path = await root('order', null);
    const fs = faultyFileSystem(() => null);
    await commit(fs, path);
    const order = fs.calls
      .filter(({ name }) => name === 'sync' || name === 'rename')
      .map((call) => `${call.name} ${call.path.slice(path.length + 1)}`);
    expect(order).toEqual([
      'sync .crateful/job.tagged',
      'sync Ada Lund',
      'sync ',
      'rename .crateful/job.tagged',
      'sync Ada Lund/Night Ferry',
    ]);
  });

  it('never overwrites what is there, be it a file, a folder or a link to nowhere', async () => {
    const path = await root('occupied', OLD);
    await expect(commit(nodeFileSystem, path)).rejects.toMatchObject({
      code: 'PATH_OCCUPIED',
      params: { path: TARGET },
    });
    expect(await contents(path)).toEqual({ [TARGET]: OLD, '.crateful/job.tagged': NEW });

    await mkdir(join(path, 'Ada Lund/Folder.flac'));
    await expect(
      commit(nodeFileSystem, path, {
        targetPath: 'Ada Lund/Folder.flac',
        setAside: aside(nodeFileSystem, path),
      }),
    ).rejects.toMatchObject({ code: 'PATH_OCCUPIED' });
  });

  it('names a file that stands where a folder belongs', async () => {
    const path = await root('blocked', null);
    await writeFile(join(path, 'Ada Lund'), 'mine');
    await expect(commit(nodeFileSystem, path)).rejects.toMatchObject({ code: 'PATH_OCCUPIED' });
  });

  it('sets the replaced file aside with its hash, beside those set aside before', async () => {
    const path = await root('replace', OLD);
    await mkdir(join(path, '.crateful/replaced/job/Ada Lund/Night Ferry'), { recursive: true });
    await writeFile(join(path, '.crateful/replaced/job', TARGET), 'older still');
    await commit(nodeFileSystem, path, { setAside: aside(nodeFileSystem, path) });
    expect(await contents(path)).toEqual({
      [TARGET]: NEW,
      [`.crateful/replaced/job/${TARGET}`]: 'older still',
      [`.crateful/replaced/job-2/${TARGET}`]: OLD,
    });
    const [older, noted] = await listSetAside(nodeFileSystem, path);
    expect(older).toMatchObject({ note: null, path: TARGET, bytes: 'older still'.length });
    expect(noted?.note).toMatchObject({
      path: TARGET,
      sha256: createHash('sha256').update(OLD).digest('hex'),
      bytes: OLD.length,
      atMs: 7,
      reason: 'damaged',
    });
  });

  it.each([
    ['a new file', null],
    ['a replaced file', OLD],
  ])('killed at any call, loses nothing of %s and goes on when called again', async (_, old) => {
    let finished = false;
    for (let kill = 0; !finished; kill += 1) {
      const path = await root(`kill-${kill}`, old);
      // A killed process makes no further call either.
      const dying = faultyFileSystem((_call, index) => (index >= kill ? systemError('EIO') : null));
      finished = await commit(dying, path, { setAside: aside(dying, path) }).then(
        () => true,
        () => false,
      );
      const left = await contents(path);
      const whole = Object.values(left).sort();
      expect(whole).toEqual([NEW, OLD].filter((text) => text === NEW || old !== null).sort());
      expect([NEW, old ?? undefined, undefined]).toContain(left[TARGET]);

      for (const entry of await listSetAside(nodeFileSystem, path)) {
        expect(entry.note).not.toBeNull();
      }
      if (left[TARGET] !== NEW) {
        await commit(nodeFileSystem, path, { setAside: aside(nodeFileSystem, path) });
      }
      const healed = await contents(path);
      expect(healed[TARGET]).toBe(NEW);
      expect(Object.values(healed).sort()).toEqual(whole);
      expect(kill).toBeLessThan(90);
    }
  });

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EACCES', 'PATH_NOT_WRITABLE'],
    ['EROFS', 'PATH_NOT_WRITABLE'],
    ['ENAMETOOLONG', 'PATH_TOO_LONG'],
    ['EIO', 'DISK_FAILED'],
    ['EXDEV', 'DISK_FAILED'],
  ])('calls %s at the rename %s and leaves both files as they were', async (system, code) => {
    const path = await root('fault', null);
    const fs = faultyFileSystem(({ name }) => (name === 'rename' ? systemError(system) : null));
    await expect(commit(fs, path)).rejects.toMatchObject({ code, params: { path: TARGET } });
    expect(await contents(path)).toEqual({ '.crateful/job.tagged': NEW });
  });

  it('tries a busy target again for a while, and then says so', async () => {
    const path = await root('busy', null);
    let refusals = 3;
    const busy = faultyFileSystem(({ name }) =>
      name === 'rename' && refusals-- > 0 ? systemError('EBUSY') : null,
    );
    await commit(busy, path, { clock: instantClock() });
    expect((await contents(path))[TARGET]).toBe(NEW);

    const stuck = await root('stuck', null);
    const clock = instantClock();
    const never = faultyFileSystem(({ name }) => (name === 'rename' ? systemError('EBUSY') : null));
    await expect(commit(never, stuck, { clock })).rejects.toMatchObject({ code: 'DISK_FAILED' });
    expect(clock.slept.length).toBeGreaterThan(2);
  });

  it('never leaves the root', async () => {
    const path = await root('escape', null);
    for (const targetPath of ['../out.flac', '/out.flac', 'a/../../out.flac', '..\\out.flac']) {
      await expect(commit(nodeFileSystem, path, { targetPath })).rejects.toMatchObject({
        code: 'PATH_NOT_WRITABLE',
      });
    }
    expect(await readdir(folder)).toEqual(['escape']);
  });
});
