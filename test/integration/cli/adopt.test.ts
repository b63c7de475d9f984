import { appendFile, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';

let world: CliWorld;
afterEach(() => world.close());

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.mp3')).sort();

it('adopt says what files are and why, takes them over once told to, and gives them back', async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
  expect((await world.run(['sync', '--to', world.root])).code).toBe(0);
  // As another program would have left them: fetched by a data folder that is no more.
  const old = join(world.folder, 'old');
  const files = await filesIn(world.root);
  await mkdir(old);
  for (const [index, file] of files.entries()) {
    await rename(join(world.root, file), join(old, `${index}.mp3`));
  }
  const before = await filesIn(old);
  const fresh = { CRATEFUL_HOME: join(world.folder, 'fresh') };
  const root = join(world.folder, 'new');
  const sent = () => world.store.requests.filter(({ kind }) => kind === 'cdn').length;
  const sentBefore = sent();

  expect((await world.run(['adopt'], fresh)).code).toBe(2);
  const looked = await world.run(['adopt', old, '--dry-run'], fresh);
  expect(looked).toMatchObject({ code: 0, stderr: '' });
  expect(looked.stdout).toContain('0.mp3  The tags name this purchase.');
  const unasked = await world.run(['adopt', old, '--move'], fresh);
  expect(unasked.code).toBe(2);
  expect(unasked.stderr).toContain('--yes');
  expect(await filesIn(old)).toEqual(before);
  expect((await world.run(['adopt', old, '--to', root, '--move'], fresh)).code).toBe(2);
  expect((await world.run(['status'], fresh)).stdout).toContain('No folder chosen yet.');

  const taken = await world.run(['adopt', old, '--to', root, '--move', '--yes', '--json'], fresh);
  expect(taken.code).toBe(0);
  expect(taken.lines.at(-1)).toMatchObject({
    type: 'summary',
    way: 'move',
    taken: files.length,
    stayedTotal: 0,
  });
  expect(await filesIn(root)).toEqual(files);
  expect(await filesIn(old)).toEqual([]);
  expect(sent()).toBe(sentBefore);

  // What somebody worked on since is theirs, and is named.
  const [edited = '', ...others] = files;
  await appendFile(join(root, edited), 'more');
  const back = await world.run(['adopt', '--undo', '--yes'], fresh);
  expect(back).toMatchObject({ code: 1, stderr: '' });
  expect(back.stdout).toBe(
    `Undone: ${others.length} files.\n1 file could not go back:\n  ${edited}  changed meanwhile\n`,
  );
  expect(await filesIn(old)).toEqual(before.slice(1));
  expect(await filesIn(root)).toEqual([edited]);
  expect((await world.run(['adopt', '--undo'], fresh)).stdout).toBe('There is nothing to undo.\n');
});
