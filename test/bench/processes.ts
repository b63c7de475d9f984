import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LaunchOptions, startAppProcess } from '../support/electron-app.ts';

/** Clock ticks a second in /proc, the same on every Linux of today. */
const TICKS = 100;
/** What the start itself still does is over by then. */
const SETTLE_MS = 15_000;

/** What an idle app takes: CPU over the time watched, and the memory its processes do not share, plus their parts of what they do. */
export async function idleUse(
  options: LaunchOptions & { readonly home: string },
  watchedMs: number,
): Promise<{ readonly cpuPercent: number; readonly memoryMb: number } | null> {
  if (process.platform !== 'linux') return null;
  const app = startAppProcess({
    ...options,
    switches: ['--password-store=basic', '--hidden'],
  });
  const { pid } = app;
  if (pid === undefined) throw new Error('The app did not start.');
  try {
    await sleep(SETTLE_MS);
    const before = ticksOf(pid);
    await sleep(watchedMs);
    const ticks = ticksOf(pid) - before;
    return {
      cpuPercent: (ticks / TICKS / (watchedMs / 1000)) * 100,
      memoryMb: family(pid).reduce((sum, each) => sum + proportionalKb(each), 0) / 1000,
    };
  } finally {
    app.kill();
    await once(app, 'exit');
  }
}

const ticksOf = (pid: number): number =>
  family(pid).reduce((sum, each) => sum + processTicks(each), 0);

/** A process with all that descend from it. */
function family(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(statOf(Number(name))[1] ?? 0));
  }
  const members = [root];
  for (const member of members) {
    for (const [pid, parent] of parents) if (parent === member) members.push(pid);
  }
  return members;
}

/** Fields of /proc/<pid>/stat from the state on; empty for a process that has ended. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function processTicks(pid: number): number {
  const fields = statOf(pid);
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function proportionalKb(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
