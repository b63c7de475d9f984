import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type FileSystem, nodeFileSystem } from '../../src-main/files/file-system.ts';
import { pathKey } from '../../src-main/files/names.ts';
import { createRoot } from '../../src-main/files/root.ts';
import type { Library } from '../../src-main/library/library.ts';
import type { Clock } from '../../src-main/ports.ts';
import { createSteps, type Steps } from '../../src-main/sync/steps.ts';
import { albumId, trackId } from '../../src-preload/contract/ids.ts';
import type { StepMove } from '../../src-preload/contract/steps.ts';
import { ACCOUNT, file, libraryWithRoot, ROOT } from '../integration/library/rows.ts';

/** A root with files and rows on a real disk, and steps over it. */
export interface StepLab {
  readonly base: string;
  readonly root: string;
  readonly library: Library;
  /** Steps on this disk: the real one, or one with faults; on a clock that stands still for a killed process. */
  steps(fs?: FileSystem, clock?: Clock): Steps;
  /** Writes a file whose content is its name; with a row of an album and track of its own unless told otherwise. */
  put(path: string, options?: { readonly row?: boolean }): Promise<void>;
  /** A move of a file as it is now, its row with it. */
  move(from: string, to: string): Promise<StepMove>;
  /** Every file below a folder, what Crateful keeps left out, with what was written into it. */
  tree(folder?: string): Promise<Record<string, string>>;
  /** What each row says of where its file is, by what the file was called when it was put. */
  rows(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

const swift: Clock = {
  now: () => 1_790_000_000_000,
  passed: () => performance.now(),
  sleep: (_, signal) => setTimeout(5, undefined, { signal }),
};

/** Makes a root of its own. */
export async function stepLab(): Promise<StepLab> {
  const base = await mkdtemp(join(tmpdir(), 'crateful-steps-'));
  const root = join(base, 'music');
  const library = await libraryWithRoot(join(base, 'library.sqlite'));
  await library.roots.change(ROOT, { path: root });
  const marker = { version: 1 as const, libraryId: ROOT, accountId: ACCOUNT, createdAtMs: 1 };
  await createRoot(nodeFileSystem, root, marker);
  let files = 0;
  return {
    base,
    root,
    library,
    steps: (fs = nodeFileSystem, clock = swift) =>
      createSteps({
        fs,
        library,
        audio: {
          async hash(path) {
            const content = await readFile(path);
            const sha256 = createHash('sha256').update(content).digest('hex');
            return { sha256, bytes: content.length };
          },
        },
        clock,
        newId: randomUUID,
        settings: () => ({ reservePercent: 0 }),
        leave: async () => undefined,
        onMoved: async () => undefined,
        onChange: () => undefined,
        onReturned: () => undefined,
      }),
    async put(path, { row = true } = {}) {
      const absolute = path.startsWith('/') ? path : join(root, path);
      await mkdir(dirname(absolute), { recursive: true });
      await writeFile(absolute, path);
      if (!row) return;
      files += 1;
      const of = { albumId: albumId(`album of ${path}`), trackId: trackId(files) };
      const { size, mtimeMs } = await stat(absolute);
      const modifiedMs = Math.floor(mtimeMs);
      await library.files.put(file({ ...of, path, bytes: size, modifiedMs }), pathKey(path));
    },
    async move(from, to) {
      const { size, mtimeMs } = await stat(from.startsWith('/') ? from : join(root, from));
      const [bytes, modifiedMs] = [size, Math.floor(mtimeMs)];
      return { from, to, bytes, modifiedMs, before: null, after: null };
    },
    async tree(folder = root) {
      const found: Record<string, string> = {};
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
        if (!entry.isFile() || /^\.crateful\/(?!steps)/.test(path)) continue;
        found[path] = await readFile(join(folder, path), 'utf8');
      }
      return found;
    },
    async rows() {
      const rows = await library.files.list(ROOT);
      return Object.fromEntries(
        rows.map((row) => [row.albumId.slice('album of '.length), row.path]),
      );
    },
    async close() {
      library.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}
