import { createHash } from 'node:crypto';
import {
  type FileHandle,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { createRoot, inspectRoot } from '../../../src-main/files/root.ts';
import type { Library } from '../../../src-main/library/library.ts';
import {
  type MoveParts,
  moveLibrary,
  pendingMove,
  sweep,
  wasBegun,
} from '../../../src-main/sync/library-move.ts';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';
import { ACCOUNT, file, keyOf, libraryWithRoot, ROOT } from '../library/rows.ts';

const SCAN_WORKER = new URL('../../../out/main/scan-worker.js', import.meta.url);
/** Killing at every single call would take minutes and show the same. */
const EVERY = 4;
const PATHS = ['A/One/01 - x.flac', 'A/One/cover.jpg', 'B/C/Disc 1/01.mp3'];

let base: string;
let library: Library;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'crateful-move-kill-'));
});

afterEach(() => rm(base, { recursive: true, force: true }));

/** A library of four files in a folder of its own. */
const prepare = async (name: string): Promise<{ from: string; to: string }> => {
  const from = join(base, name, 'old');
  library = await libraryWithRoot(join(base, name, 'library.sqlite'));
  await library.roots.change(ROOT, { path: from });
  const marker = { version: 1 as const, libraryId: ROOT, accountId: ACCOUNT, createdAtMs: 1 };
  await createRoot(nodeFileSystem, from, marker);
  for (const [index, path] of PATHS.entries()) {
    await mkdir(dirname(join(from, path)), { recursive: true });
    await writeFile(join(from, path), path);
    const row = file({ albumId: albumId('a'), trackId: trackId(index + 1), path });
    await library.files.put({ ...row, bytes: path.length }, keyOf({ ...row, path }));
  }
  return { from, to: join(base, name, 'new') };
};

const parts = (fs: FileSystem, sleep: MoveParts['clock']['sleep']): MoveParts => ({
  fs,
  library,
  audio: {
    async hash(path) {
      const content = await readFile(path);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return { sha256, bytes: content.length };
    },
  },
  clock: { now: () => 1, passed: () => 1, sleep },
  scanWorkerUrl: SCAN_WORKER,
  settings: () => ({ reservePercent: 0 }),
});

const never = () => new Promise<never>(() => undefined);
/** A clock that stands still: a killed process shows no more that it lives. */
const asleep: MoveParts['clock']['sleep'] = (_, signal) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

/** What killed processes had open, which the system closes for them. */
const opened: Promise<FileHandle>[] = [];
const closeAll = async () => {
  for (const handle of await Promise.allSettled(opened.splice(0))) {
    if (handle.status === 'fulfilled') await handle.value.close().catch(() => undefined);
  }
};

/** Moves until the disk has had `calls` calls; then nothing more ever happens, as in a process that was killed. */
const killedAfter = async (calls: number, to: string, link: boolean): Promise<boolean> => {
  const root = await library.roots.get(ROOT);
  if (!root) throw new Error('no root');
  const killed = Promise.withResolvers<true>();
  const disk = faultyFileSystem(({ name }) =>
    name === 'link' && !link ? systemError('EPERM') : null,
  );
  const fs = new Proxy(disk, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (disk.calls.length < calls) {
          const answer = member.apply(target, args) as unknown;
          if (key === 'open') opened.push(answer as Promise<FileHandle>);
          return answer;
        }
        killed.resolve(true);
        return never();
      };
    },
  });
  const request = { root, to, signal: new AbortController().signal, onProgress: () => undefined };
  return Promise.race([killed.promise, moveLibrary(parts(fs, asleep), request).then(() => false)]);
};

/** What the next start does. */
const goOn = async (): Promise<void> => {
  const next = parts(nodeFileSystem, (_, signal) => setTimeout(5, undefined, { signal }));
  const [root, pending] = [await library.roots.get(ROOT), await pendingMove({ library }, ROOT)];
  if (!root || !pending) return;
  const { signal } = new AbortController();
  if (root.path === pending.to) await sweep(next, ROOT, { ...pending, proven: new Map() });
  else if (await wasBegun(nodeFileSystem, pending.to)) {
    await moveLibrary(next, { root, to: pending.to, signal, onProgress: () => undefined });
  }
};

const musicIn = async (root: string): Promise<string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const music = paths.filter((path) => !path.startsWith('.crateful'));
  for (const path of music) expect(await readFile(join(root, path), 'utf8')).toBe(path);
  return music.sort();
};

describe('a process that is killed while it moves a library', () => {
  it.each([
    { way: 'with second names', link: true, first: 1 },
    { way: 'as copies', link: false, first: 3 },
  ])(
    'leaves a whole library in use wherever it is killed, and the next one goes on: $way',
    async ({ link, first }) => {
      let kept = 0;
      let arrived = 0;
      for (let calls = first, killed = true; killed; calls += EVERY) {
        const { from, to } = await prepare(`${calls}`);
        killed = await killedAfter(calls, to, link);
        await closeAll();
        const inUse = (await library.roots.get(ROOT))?.path ?? '';
        const said = `after ${calls} calls`;
        expect(await musicIn(inUse), said).toEqual([...PATHS].sort());
        expect((await inspectRoot(nodeFileSystem, inUse)).marker?.libraryId, said).toBe(ROOT);
        await goOn();
        const then = (await library.roots.get(ROOT))?.path ?? '';
        expect(await musicIn(then), said).toEqual([...PATHS].sort());
        expect(await musicIn(then === to ? from : to), said).toEqual([]);
        if (then === to) expect(await readdir(from), said).toEqual([]);
        if (inUse === from) kept += 1;
        if (then === to) arrived += 1;
        library.close();
        await rm(join(base, `${calls}`), { recursive: true, force: true });
      }
      // Most kills come before the switch, and nearly all of those moves arrive in the end.
      expect(kept).toBeGreaterThan(10);
      expect(arrived).toBeGreaterThan(10);
    },
    120_000,
  );
});
