import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { pathKey } from '../../../src-main/files/names.ts';
import { albumId } from '../../../src-preload/contract/ids.ts';
import type { Placement } from '../../../src-preload/contract/library.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';
import { type StepLab, stepLab } from '../../support/step-lab.ts';
import { ROOT } from '../library/rows.ts';

let lab: StepLab;
beforeEach(async () => {
  lab = await stepLab();
});
afterEach(() => lab.close());

const movesOf = (pairs: readonly (readonly [string, string])[]) =>
  Promise.all(pairs.map(([from, to]) => lab.move(from, to)));

const take = async (pairs: readonly (readonly [string, string])[], steps = lab.steps()) => {
  const moves = await movesOf(pairs);
  return await steps.run({ kind: 'rearrange', rootId: ROOT, moves, placements: [] });
};

/** Names of the same few folders, so that they meet: also in each other's way, and in other case. */
const NAMES = ['A/x', 'A/y', 'a/X', 'B/x', 'B', 'A/x/y', 'B/x/é', 'B/x/e\u0301', 'C/Disc 1/z'];

/** Some of the names no two of which can be on one disk together. */
const distinct = (names: readonly string[]): string[] => {
  const kept: string[] = [];
  for (const name of names) {
    const key = pathKey(name);
    const meets = kept.some((each) => {
      const other = pathKey(each);
      return other === key || other.startsWith(`${key}/`) || key.startsWith(`${other}/`);
    });
    if (!meets) kept.push(name);
  }
  return kept;
};

const changes = fc
  .tuple(fc.shuffledSubarray(NAMES, { minLength: 2 }), fc.shuffledSubarray(NAMES, { minLength: 2 }))
  .map(([olds, news]) => {
    const [froms, tos] = [distinct(olds), distinct(news)];
    return froms.slice(0, tos.length).map((from, at) => [from, tos[at] ?? ''] as const);
  });

describe('a step', () => {
  it('gives files any names, each other’s too, with their rows, and takes all of it back when undone', async () => {
    let run = 0;
    const nfc = (path: string) => path.normalize('NFC');
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (names, linked) => {
        run += 1;
        const steps = lab.steps(
          faultyFileSystem(({ name }) =>
            name === 'link' && !linked ? systemError('EPERM') : null,
          ),
        );
        const pairs = names.map(([from, to]) => [`${run}/${from}`, `${run}/${to}`] as const);
        for (const [from] of pairs) await lab.put(from);
        const tree = () => lab.tree(join(lab.root, `${run}`));
        const before = await tree();
        const done = await take(pairs, steps);
        expect(done).toMatchObject({ state: 'moved', files: pairs.length, stayed: [] });
        const found = Object.entries(await tree()).map(([path, said]) => [nfc(path), said]);
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries(names.map(([from, to]) => [nfc(to), `${run}/${from}`])),
        );
        expect(await lab.rows()).toMatchObject(
          Object.fromEntries(pairs.map(([from, to]) => [from, nfc(to)])),
        );
        expect(await steps.undo(done.stepId)).toMatchObject({ state: 'returned', stayed: [] });
        expect(await tree()).toEqual(before);
        expect(await lab.rows()).toMatchObject(
          Object.fromEntries(pairs.map(([from]) => [from, nfc(from)])),
        );
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('leaves what is no longer as planned, what is gone and what has no free name, and names it', async () => {
    for (const path of ['A/changed', 'A/gone', 'A/blocked', 'A/good']) await lab.put(path);
    const pairs = ['changed', 'gone', 'blocked', 'good'].map(
      (name) => [`A/${name}`, `B/${name}`] as const,
    );
    const moves = await movesOf(pairs);
    await writeFile(join(lab.root, 'A/changed'), 'edited by hand');
    await rm(join(lab.root, 'A/gone'));
    await lab.put('B/blocked', { row: false });
    const steps = lab.steps();
    const request = { kind: 'rearrange', rootId: ROOT, moves, placements: [] } as const;
    const outcome = await steps.run(request);
    expect(outcome).toMatchObject({
      files: 1,
      stayed: [
        { path: 'A/changed', reason: 'changed' },
        { path: 'A/gone', reason: 'vanished' },
        { path: 'A/blocked', reason: 'occupied' },
      ],
    });
    expect(await lab.tree()).toEqual({
      'A/changed': 'edited by hand',
      'A/blocked': 'A/blocked',
      'B/blocked': 'B/blocked',
      'B/good': 'A/good',
    });
    await writeFile(join(lab.root, 'B/good'), 'edited since');
    expect(await steps.undo(outcome.stepId)).toMatchObject({
      files: 0,
      stayed: [{ path: 'B/good', reason: 'changed' }],
    });
    expect(await lab.rows()).toMatchObject({ 'A/good': 'B/good', 'A/gone': 'A/gone' });
    await expect(steps.undo(outcome.stepId)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('gives albums their folders with the last file, and the old ones when undone', async () => {
    const of = (id: string, folder: string): Placement => ({
      rootId: ROOT,
      albumId: albumId(id),
      folder,
      template: '{album}/{title}',
      sides: { covers: true, booklets: false },
    });
    await lab.library.placements.add([of('one', 'A'), of('two', 'B')]);
    const [one, two] = await lab.library.placements.list(ROOT);
    const steps = lab.steps();
    const swapped = [
      { albumId: albumId('one'), before: one!, after: of('one', 'B') },
      { albumId: albumId('two'), before: two!, after: of('two', 'A') },
      { albumId: albumId('three'), before: null, after: of('three', 'C') },
    ];
    const request = { kind: 'adopt', rootId: ROOT, moves: [], placements: swapped } as const;
    const { stepId } = await steps.run(request);
    const folders = async () =>
      (await lab.library.placements.list(ROOT))
        .map((each) => `${each.albumId} ${each.folder}`)
        .sort();
    expect(await folders()).toEqual(['one B', 'three C', 'two A']);
    await steps.undo(stepId);
    expect(await lab.library.placements.list(ROOT)).toEqual(expect.arrayContaining([one, two]));
    expect(await folders()).toEqual(['one A', 'two B']);
  });

  it.each([
    { way: 'linked', links: true, keepsSource: false },
    { way: 'copied', links: false, keepsSource: false },
    { way: 'kept where they were', links: true, keepsSource: true },
  ])('takes files in from outside, $way, and gives them back', async ({ links, keepsSource }) => {
    const outside = join(lab.base, 'old music');
    const song = join(outside, 'x/song.flac');
    await lab.put(song, { row: false });
    const before = await lab.tree(outside);
    const planned = await lab.move(song, 'A/song.flac');
    await lab.put('model', { row: true });
    const [model] = await lab.library.files.byAlbum(ROOT, albumId('album of model'));
    const after = { ...model!, albumId: albumId('taken'), path: 'A/song.flac' };
    const fs = faultyFileSystem(({ name }) =>
      name === 'link' && !links ? systemError('EXDEV') : null,
    );
    const steps = lab.steps(fs);
    const { stepId } = await steps.run({
      kind: 'adopt',
      rootId: ROOT,
      moves: [{ ...planned, after }],
      placements: [],
      outside,
      keepsSource,
    });
    expect(await lab.tree()).toMatchObject({ 'A/song.flac': song });
    expect(await lab.tree(outside)).toEqual(keepsSource ? before : {});
    expect(await lab.library.files.byAlbum(ROOT, albumId('taken'))).toMatchObject([
      { path: 'A/song.flac' },
    ]);
    if (keepsSource) {
      const [one, other] = [await lstat(song), await lstat(join(lab.root, 'A/song.flac'))];
      expect(one.ino).not.toBe(other.ino);
    }
    expect(await steps.undo(stepId)).toMatchObject({ files: 1, stayed: [] });
    expect(await lab.tree()).toEqual({ model: 'model' });
    expect(await lab.tree(outside)).toEqual(before);
    expect(await lab.library.files.byAlbum(ROOT, albumId('taken'))).toEqual([]);
  });

  it('takes back what it did when the disk fails in the middle, and says why', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `A/${at}`);
    for (const name of names) await lab.put(name);
    const before = [await lab.tree(), await lab.rows()];
    const fs = faultyFileSystem(({ name, path }) =>
      name === 'link' && path.endsWith('A/38') ? systemError('EIO') : null,
    );
    const steps = lab.steps(fs);
    await expect(
      take(
        names.map((name) => [name, `B/${name}`] as const),
        steps,
      ),
    ).rejects.toMatchObject({
      code: 'DISK_FAILED',
    });
    expect([await lab.tree(), await lab.rows()]).toEqual(before);
    expect(await steps.list(ROOT)).toMatchObject([{ state: 'returned' }]);
  });

  it('waits for a drive that goes away in the middle, and goes on when it is back', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `A/${at}`);
    for (const name of names) await lab.put(name);
    const away = join(lab.base, 'away');
    let links = 0;
    const fs = {
      ...nodeFileSystem,
      async link(from: string, to: string) {
        links += 1;
        if (links === 36) await rename(lab.root, away);
        return nodeFileSystem.link(from, to);
      },
    };
    const pairs = names.map((name) => [name, `B/${name}`] as const);
    await expect(take(pairs, lab.steps(fs as never))).rejects.toMatchObject({
      code: 'LIBRARY_ROOT_MISSING',
    });
    const root = (await lab.library.roots.get(ROOT))!;
    await expect(lab.steps().resume(root)).rejects.toMatchObject({ code: 'LIBRARY_ROOT_MISSING' });
    await rm(lab.root, { recursive: true, force: true });
    await rename(away, lab.root);
    expect(await lab.steps().resume(root)).toMatchObject({ state: 'moved', files: 40, stayed: [] });
    expect(Object.keys(await lab.tree()).sort()).toEqual(names.map((name) => `B/${name}`).sort());
  });

  it('is not undone when another file has the old name since, and never overwrites it', async () => {
    await lab.put('A/x');
    const steps = lab.steps();
    const { stepId } = await take([['A/x', 'B/x']], steps);
    await lab.put('A/x', { row: false });
    await writeFile(join(lab.root, 'A/x'), 'a stranger');
    expect(await steps.undo(stepId)).toMatchObject({
      files: 0,
      stayed: [{ path: 'B/x', reason: 'occupied' }],
    });
    expect(await lab.tree()).toEqual({ 'A/x': 'a stranger', 'B/x': 'A/x' });
    expect(await lab.rows()).toEqual({ 'A/x': 'B/x' });
  });

  it('remembers the last twenty, none longer than ninety days', async () => {
    const steps = lab.steps();
    const request = { kind: 'rearrange', rootId: ROOT, moves: [], placements: [] } as const;
    for (let taken = 0; taken < 22; taken += 1) await steps.run(request);
    expect(await steps.list(ROOT)).toHaveLength(20);
  });
});
