import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import type { CatalogueData } from '../../src-main/demo/catalogue.ts';
import { systemError } from '../support/faulty-file-system.ts';
import { ownedTracks } from './originals.ts';
import { partsOf } from './parts.ts';
import { type PowerDisk, powerDisk } from './power-disk.ts';
import type { Result } from './result.ts';
import { lossesOf, wordsOf } from './trial.ts';
import { openWorld, type Pass } from './world.ts';

/** About as many calls that change something as one library takes. */
const CALLS = 120;

/**
 * Cuts the power at the n-th change of the disk, loses what was not flushed, starts the computer again and lets a sync
 * go on: at most what came since the last flush may be asked for again, and nothing may be wrong.
 */
export async function tryPowerCut(random: () => number, catalogue: CatalogueData): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'crateful-power-'));
  const at = 1 + Math.floor(random() * CALLS);
  const snapshot = join(folder, 'as-it-was');
  let disk: PowerDisk | null = null;
  let cut = false;
  let roots: { root: string; home: string } | null = null;
  const beforeCall = (call: number) => {
    if (cut) throw systemError('EIO');
    if (call < at || !roots) return;
    cut = true;
    // At one instant: nothing else of this process runs while it is copied.
    for (const name of ['root', 'home'] as const) {
      if (existsSync(roots[name])) cpSync(roots[name], join(snapshot, name), { recursive: true });
    }
    throw systemError('EIO');
  };
  disk = powerDisk(join(folder, 'stash'), beforeCall);
  const world = await openWorld({
    catalogue,
    standIns: { fs: disk.fs },
  });
  try {
    const { engine } = world;
    roots = { root: engine.root, home: engine.home };
    await world.sync();
    const passes: Pass[] = [];
    const wrong: string[] = [];
    if (cut) {
      await world.restart(async () => {
        for (const name of ['root', 'home'] as const) {
          const path = engine[name];
          await rm(path, { recursive: true, force: true });
          if (existsSync(join(snapshot, name))) await rename(join(snapshot, name), path);
        }
        disk.lose(random);
        cut = false;
        roots = null;
        // What the engine takes for the start of the computer is after everything that was written.
        engine.clock.leap((uptime() + 3600) * 1000);
      });
    }
    const had = await partsOf(engine);
    passes.push(await world.sync(), await world.sync());
    const [first, last] = passes;
    if (first?.view?.state !== 'finished') wrong.push(`the next run ended ${first?.view?.state}`);
    const missing = [...ownedTracks(engine.store.catalogue)].filter(
      (track) => !last?.findings.whole.has(track),
    );
    wrong.push(...missing.map((track) => `${track}: not there at the end`));
    return {
      group: 'power cuts',
      name: 'a power cut',
      where: `at change ${at} of the disk`,
      faults: 1,
      downloads: had.size,
      healed: first?.view?.state === 'finished' ? 1 : 0,
      told: {},
      losses: lossesOf(passes),
      bytesTwice: passes.reduce((sum, pass) => sum + pass.keptAgain, 0),
      wrong: [...wrong, ...passes.flatMap(wordsOf)],
    };
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}
