import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type Fault, paused } from '../fault.ts';

/** Whether a volume of any size can be had here. */
const canMount = process.getuid?.() === 0 && process.platform === 'linux';

/** A real volume that is too small, until it grows: no call is faked. Needs root, to mount one. */
function full(size: string): Fault {
  let mount = '';
  return {
    group: 'disk',
    name: `a real volume of ${size} that is full`,
    where: 'the library folder',
    expected: paused('DISK_FULL'),
    costsNothingTwice: true,
    setting() {
      mount = mkdtempSync(join(tmpdir(), 'crateful-volume-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', mount]);
      return {
        catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.cathedral, ALBUMS.longTable),
        root: join(mount, 'music'),
        settings: { reservePercent: 0 },
      };
    },
    strike: () => ({
      hits: () => 1,
      mend: () => execFileSync('mount', ['-o', 'remount,size=16m', mount]),
    }),
    after() {
      execFileSync('umount', [mount]);
      rmSync(mount, { recursive: true });
    },
  };
}

/** Full volumes for real; none where nobody may mount one. */
export const smallVolume: readonly Fault[] = canMount ? ['300k', '600k'].map(full) : [];
