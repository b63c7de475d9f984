import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openLibrary } from '../../../src-main/library/library.ts';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';

let world: CliWorld;
afterEach(() => world.close());

const TEMPLATE = '{year}/{album} - {albumArtist}/{track}. {title}';
const ON_A_TERMINAL = [
  ...['bash', '-c'],
  `exec script -qefc "stty cols 90 rows 24 && exec \${*@Q}" /dev/null`,
  'bash',
];

const contents = async () => {
  const entries = await readdir(world.root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  return Object.fromEntries(
    await Promise.all(
      paths
        .map((path) => path.slice(world.root.length + 1))
        .filter((path) => !path.startsWith('.crateful/'))
        .sort()
        .map(async (path) => [path, (await readFile(join(world.root, path))).toString('base64')]),
    ),
  );
};

/** Another template for the folder, as the window's settings store it. */
const useTemplate = async (template: string) => {
  const library = openLibrary(join(world.home, 'library.sqlite'));
  const root = await library.roots.byPath(world.root);
  await library.roots.change(root!.id, { template });
  library.close();
};

describe('rearrange', () => {
  it('shows what moves, moves it when told to, leaves a sync nothing to do, and undoes it', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    expect((await world.run(['sync', '--to', world.root])).code).toBe(0);
    const before = await contents();
    expect(await world.run(['rearrange', '--undo', '--yes'])).toMatchObject({
      code: 0,
      stdout: 'There is nothing to undo.\n',
    });
    await useTemplate(TEMPLATE);

    const shown = await world.run(['rearrange', '--dry-run']);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/1 album with \d files gets its new name\.\n {2}The Velvet Umb/);
    expect(shown.stdout).toMatch(/\n {4}→ \d{4}\/Tape Hiss Summer - The Velvet Umbrellas\/01\. /);
    const unasked = await world.run(['rearrange']);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await contents()).toEqual(before);

    const moved = await world.run(['rearrange', '--yes', '--json']);
    expect(moved.code).toBe(0);
    expect(moved.lines.at(0)).toMatchObject({ type: 'preview', albums: 1, keeps: [] });
    expect(moved.lines.at(-1)).toMatchObject({ type: 'summary', state: 'moved', stayed: [] });
    const after = await contents();
    expect(Object.values(after).sort()).toEqual(Object.values(before).sort());
    for (const path of Object.keys(after)) expect(path).toMatch(/^\d{4}\/Tape Hiss Summer - /);
    const fetched = world.store.requests.filter(({ kind }) => kind === 'cdn').length;
    expect((await world.run(['sync'])).stdout).toContain('Everything is up to date.');
    expect(world.store.requests.filter(({ kind }) => kind === 'cdn')).toHaveLength(fetched);
    expect((await world.run(['rearrange', '--yes'])).stdout).toContain('is where the naming');

    const asked = world.start(['rearrange', '--undo'], { TERM: 'xterm-256color' }, ON_A_TERMINAL);
    await asked.said(/\d files that were moved on .*\s+Undo it\? \[y\/N\]/);
    asked.child.stdin!.write('n\n');
    expect(await asked.ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing was changed.'),
    });
    expect(await contents()).toEqual(after);
    const undone = world.start(['rearrange', '--undo'], { TERM: 'xterm-256color' }, ON_A_TERMINAL);
    await undone.said(/Undo it\?/);
    undone.child.stdin!.write('y\n');
    expect(await undone.ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('have their old names again.'),
    });
    expect(await contents()).toEqual(before);
  });
});
