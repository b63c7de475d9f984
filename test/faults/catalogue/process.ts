import { type ChildProcess, spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { acquireLock } from '../../../src-main/files/lock.ts';
import { type Fault, healed, paused, refused } from '../fault.ts';
import type { World } from '../world.ts';

/** A process that does nothing, for a lock to be held by. */
const another = (): ChildProcess =>
  spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300000)'], { stdio: 'ignore' });

/** Takes a lock as another process would, which then does not let go. */
async function heldBy(pid: number, host: string, file: string, { engine }: World) {
  return acquireLock(nodeFileSystem, file, {
    pid,
    host,
    clock: engine.clock,
    heartbeatMs: 3000,
    staleMs: 30_000,
    what: `Crateful, process ${pid}`,
  });
}

const rootLock = ({ engine }: World): string => join(engine.root, '.crateful', 'lock');

const second = (where: 'the library folder' | 'the data folder'): Fault => ({
  group: 'process',
  name: 'a second instance',
  where,
  expected: where === 'the library folder' ? paused('ALREADY_RUNNING') : refused('ALREADY_RUNNING'),
  costsNothingTwice: true,
  async strike(world) {
    const child = another();
    const pid = child.pid ?? 0;
    const hold = (file: string) => heldBy(pid, hostname(), file, world);
    const ofRoot = where === 'the library folder';
    let held = ofRoot ? await hold(rootLock(world)) : null;
    if (!ofRoot) {
      await world.restart(async () => {
        held = await hold(join(world.engine.home, 'lock'));
      });
    }
    return {
      hits: () => 1,
      async mend() {
        await held?.release();
        child.kill();
        if (!ofRoot) await world.restart(async () => undefined);
      },
    };
  },
});

/** A lock whose process is gone, or whose computer has been silent for longer than a holder may be. */
const stale = (name: string, host: string): Fault => ({
  group: 'process',
  name,
  where: 'the library folder',
  expected: healed,
  costsNothingTwice: true,
  async strike(world) {
    const child = another();
    const held = await heldBy(child.pid ?? 0, host, rootLock(world), world);
    child.kill('SIGKILL');
    // Nobody beats any more, and long enough has passed for another computer to be believed dead.
    await new Promise((resolve) => child.once('exit', resolve));
    return { hits: () => 1, mend: () => held.release() };
  },
});

/** Faults of processes that are no kills (traps §3); those are in kills.ts. */
export const processCatalogue: readonly Fault[] = [
  second('the library folder'),
  second('the data folder'),
  stale('a lock whose process is gone', hostname()),
];
