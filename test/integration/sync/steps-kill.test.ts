import { type FileHandle, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSystem } from '../../../src-main/files/file-system.ts';
import type { Clock } from '../../../src-main/ports.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';
import { type StepLab, stepLab } from '../../support/step-lab.ts';
import { ROOT } from '../library/rows.ts';

/** Killing at every single call would take minutes and show the same. */
const EVERY = 17;
/** A swap, a cycle of three, a name in other case, a plain move, and a file without a row that goes along. */
const PAIRS = [
  ['A/one', 'A/two'],
  ['A/two', 'A/one'],
  ['B/x', 'B/y'],
  ['B/y', 'C/z'],
  ['C/z', 'B/x'],
  ['D/name', 'D/NAME'],
  ['E/plain', 'F/G/plain'],
  ['E/notes.txt', 'F/G/notes.txt'],
] as const;

const put = async (lab: StepLab) => {
  for (const [from] of PAIRS) await lab.put(from, { row: !from.endsWith('.txt') });
};

/** A clock that stands still: a killed process shows no more that it lives. */
const asleep: Clock = {
  now: () => 1_790_000_000_000,
  passed: () => 0,
  sleep: (_, signal) =>
    new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

/** What killed processes had open, which the system closes for them. */
const opened: Promise<FileHandle>[] = [];
const closeAll = async () => {
  for (const handle of await Promise.allSettled(opened.splice(0))) {
    if (handle.status === 'fulfilled') await handle.value.close().catch(() => undefined);
  }
};

/** Works until the disk has had `calls` calls; then nothing more ever happens, as in a process that was killed. */
const killedAfter = async (
  calls: number,
  linked: boolean,
  work: (fs: FileSystem) => Promise<unknown>,
): Promise<boolean> => {
  const killed = Promise.withResolvers<true>();
  const disk = faultyFileSystem(({ name }) =>
    name === 'link' && !linked ? systemError('EPERM') : null,
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
        return new Promise<never>(() => undefined);
      };
    },
  });
  const dead = await Promise.race([killed.promise, work(fs).then(() => false)]);
  await closeAll();
  return dead;
};

/** A lock of a dead process is taken over after listening, which a clock that stands still does not do. */
const dropLocks = async (lab: StepLab) => {
  const work = join(lab.root, '.crateful');
  for (const name of await readdir(work)) {
    if (name.startsWith('lock.')) await rm(join(work, name));
  }
};

/** Where each file should be, by what is in it. */
const there = Object.fromEntries(PAIRS.map(([from, to]) => [to, from]));
const back = Object.fromEntries(PAIRS.map(([from]) => [from, from]));
const rowsOf = (tree: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(tree).flatMap(([path, from]) => (from.endsWith('.txt') ? [] : [[from, path]])),
  );

describe('a process that is killed during a step', () => {
  it.each([
    { way: 'with second names', linked: true },
    { way: 'by renaming', linked: false },
  ])(
    'leaves each file once, and the next one goes on, there and back: $way',
    async ({ linked }) => {
      let wentOn = 0;
      const lab = await stepLab();
      await put(lab);
      for (let calls = 8, killed = true; killed; calls += EVERY) {
        const said = `after ${calls} calls`;
        const moves = await Promise.all(PAIRS.map(([from, to]) => lab.move(from, to)));
        const request = { kind: 'rearrange', rootId: ROOT, moves, placements: [] } as const;
        await dropLocks(lab);
        killed = await killedAfter(calls, linked, (fs) => lab.steps(fs, asleep).run(request));
        // A name that was begun beside the old one is there twice; no file is ever there less than once.
        expect(new Set(Object.values(await lab.tree())).size, said).toBe(PAIRS.length);
        const root = (await lab.library.roots.get(ROOT))!;
        const steps = lab.steps();
        await steps.resume(root);
        const step = (await steps.list(ROOT)).find(({ state }) => state === 'moved');
        expect(await lab.tree(), said).toEqual(step ? there : back);
        expect(await lab.rows(), said).toEqual(rowsOf(step ? there : back));
        if (step) {
          if (killed) wentOn += 1;
          // The way back, killed as late.
          await dropLocks(lab);
          await killedAfter(calls, linked, (fs) => lab.steps(fs, asleep).undo(step.id));
          expect(new Set(Object.values(await lab.tree())).size, said).toBe(PAIRS.length);
          const next = lab.steps();
          await next.resume(root);
          const left = (await next.list(ROOT)).find(({ state }) => state === 'moved');
          if (left) await next.undo(left.id);
          expect(await lab.tree(), said).toEqual(back);
          expect(await lab.rows(), said).toEqual(rowsOf(back));
        }
      }
      await lab.close();
      expect(wentOn).toBeGreaterThan(5);
    },
    120_000,
  );
});
