import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { acquireLock, type LockOptions } from '../../../src-main/files/lock.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';

const HOLDER = fileURLToPath(new URL('./lock-holder.ts', import.meta.url));
const DEAD_PID = 2 ** 30;

let folder: string;
let file: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-lock-'));
  file = join(folder, 'work', 'lock');
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(
    children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')),
  );
  await rm(folder, { recursive: true, force: true });
});

/** Starts another process that wants the lock; `said` is its first line. */
function contender(): { child: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, [HOLDER, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout! });
  return { child, said: once(lines, 'line').then(([line]) => String(line)) };
}

const acquire = (
  clock: FakeClock,
  options: Partial<LockOptions> = {},
  fs: FileSystem = nodeFileSystem,
) =>
  acquireLock(fs, file, {
    pid: process.pid,
    host: 'nas',
    clock,
    heartbeatMs: 5_000,
    staleMs: 30_000,
    what: 'the window',
    ...options,
  });

/** Acquires with a clock that moves on whenever somebody waits for it. */
async function acquireListening(clock: FakeClock, options: Partial<LockOptions> = {}) {
  let settled = false;
  const acquiring = acquire(clock, options).finally(() => {
    settled = true;
  });
  acquiring.catch(() => undefined);
  await vi.waitFor(async () => {
    await clock.advance(1000);
    expect(settled).toBe(true);
  }, 10_000);
  return acquiring;
}

describe('a lock between processes', () => {
  it('is held by one, who is named to the other, and free once it is released', async () => {
    const { child, said } = contender();
    expect(await said).toBe('held');
    const clock = fakeClock(Date.now());
    await expect(acquire(clock, { host: hostname() })).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      params: { holder: 'the holder', pid: child.pid },
    });
    child.stdin!.end();
    await once(child, 'exit');
    const lock = await acquire(clock, { host: hostname() });
    await lock.release();
  });

  it('is taken over at once when its holder was killed', async () => {
    const first = contender();
    expect(await first.said).toBe('held');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(await contender().said).toBe('held');
  });

  it('goes to exactly one of many who find its holder dead', async () => {
    const first = contender();
    await first.said;
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const said = await Promise.all(Array.from({ length: 6 }, () => contender().said));
    expect(said.filter((line) => line === 'held')).toHaveLength(1);
    expect(said.filter((line) => line.includes('ALREADY_RUNNING'))).toHaveLength(5);
  });
});

describe('a lock between computers', () => {
  const elsewhere = { host: 'laptop', pid: DEAD_PID, what: 'the command line' };

  it('is believed while its holder was heard from lately, whatever the process id means here', async () => {
    const clock = fakeClock();
    const lock = await acquire(clock, elsewhere);
    await expect(acquire(clock)).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      params: { holder: 'the command line (laptop)', pid: DEAD_PID },
    });
    await lock.release();
    await (await acquire(clock)).release();
  });

  it('is taken over after silence, and the one who was silent is told', async () => {
    const asleep = fakeClock();
    const lock = await acquire(asleep, elsewhere);
    const here = fakeClock(asleep.now() + 31_000);
    const mine = await acquireListening(here);

    expect(lock.lost.aborted).toBe(false);
    await vi.waitFor(async () => {
      await asleep.advance(5_000);
      expect(lock.lost.aborted).toBe(true);
    });
    expect(lock.lost.reason).toMatchObject({
      code: 'ALREADY_RUNNING',
      params: { holder: 'the window (nas)' },
    });

    await lock.release();
    await expect(acquire(fakeClock(here.now()), elsewhere)).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
    });
    await mine.release();
  });

  it.each([
    ['behind', 3_600_000],
    ['ahead', -3_600_000],
  ])('stays with a living holder whose clock is an hour %s', async (_, skewMs) => {
    const theirs = fakeClock();
    const lock = await acquire(theirs, elsewhere);
    const ours = fakeClock(theirs.now() + skewMs);
    const refused = acquire(ours);
    refused.catch(() => undefined);
    await vi.waitFor(() => expect(ours.sleeping()).toBe(1));
    const before = await readFile(`${file}.1`, 'utf8');
    await vi.waitFor(async () => {
      await theirs.advance(5_000);
      expect(await readFile(`${file}.1`, 'utf8')).not.toBe(before);
    });
    await ours.advance(15_000);
    await expect(refused).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    await lock.release();
  });
});

describe('a lock file', () => {
  it('with our own process id is abandoned only when it does not beat', async () => {
    // In a container that is started again, the new process often gets the number of the dead one.
    const stopped = fakeClock();
    await acquire(stopped, { host: 'box' });
    const beating = fakeClock(stopped.now());
    const lock = await acquireListening(beating, { host: 'box' });
    await expect(acquireListening(beating, { host: 'box' })).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
    });
    await lock.release();
  });

  it('that was never finished is taken over once nobody goes on writing it', async () => {
    await (await acquire(fakeClock())).release();
    await writeFile(`${file}.2`, '');
    const lock = await acquireListening(fakeClock());
    expect(await readdir(join(folder, 'work'))).toEqual(['lock.3']);
    await lock.release();
  });

  it('whose number was used and cleared away meanwhile is not won by a late creator', async () => {
    const clock = fakeClock();
    let late = true;
    const slow = faultyFileSystem(() => null);
    const open = slow.open.bind(slow);
    // Between this process's look at the folder and its claim, others come and go.
    slow.open = async (...parameters: Parameters<typeof open>) => {
      if (late && parameters[1] === 'wx') {
        late = false;
        await (await acquire(clock, { what: 'one' })).release();
        await acquire(clock, { what: 'another', host: 'laptop' });
      }
      return open(...parameters);
    };
    await expect(acquire(clock, {}, slow)).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      params: { holder: 'another (laptop)' },
    });
    expect(await readdir(join(folder, 'work'))).toEqual(['lock.2']);
  });

  it('on a drive that refuses is a disk fault, not a lock held', async () => {
    const fs = faultyFileSystem(({ name }) => (name === 'open' ? systemError('EROFS') : null));
    await expect(acquire(fakeClock(), {}, fs)).rejects.toMatchObject({ code: 'PATH_NOT_WRITABLE' });
  });
});
