import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';

let world: CliWorld;
afterEach(() => world.close());

it('rebuild makes a damaged record anew when it is told to, with what to do where it is met, and fetches nothing again', async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
  const database = join(world.home, 'library.sqlite');
  expect(await world.run(['rebuild'])).toMatchObject({
    code: 0,
    stdout: 'The record of your library is whole. There is nothing to rebuild.\n',
  });
  expect((await world.run(['sync', '--to', world.root])).code).toBe(0);
  // A sync leaves the day's backup.
  expect(await readdir(join(world.home, 'backups'))).toEqual([
    expect.stringMatching(/^library-\d{4}-\d{2}-\d{2}\.sqlite$/),
  ]);
  const file = await open(database, 'r+');
  await file.write(Buffer.alloc(4096), 0, 4096, 0);
  await file.close();
  const damaged = await readFile(database);

  const met = await world.run(['sync']);
  expect(met.code).toBe(4);
  expect(met.stderr).toMatch(/cannot be read\. Run “crateful rebuild”/);
  const unasked = await world.run(['rebuild']);
  expect(unasked).toMatchObject({ code: 2, stdout: '' });
  expect(unasked.stderr).toContain('--yes');
  expect((await readFile(database)).equals(damaged)).toBe(true);

  const rebuilt = await world.run(['rebuild', '--yes']);
  expect(rebuilt.code).toBe(0);
  expect(rebuilt.stdout).toMatch(/Made from the backup of/);
  expect(rebuilt.stdout).toContain(`4 tracks in ${world.root} are known again.`);
  const [aside = ''] = (await readdir(world.home)).filter((name) => name.includes('.damaged-'));
  expect((await readFile(join(world.home, aside))).equals(damaged)).toBe(true);
  const files = world.store.requests.filter(({ kind }) => kind === 'cdn').length;
  expect((await world.run(['sync'])).code).toBe(0);
  expect(world.store.requests.filter(({ kind }) => kind === 'cdn')).toHaveLength(files);
});
