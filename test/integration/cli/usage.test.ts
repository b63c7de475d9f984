import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
});
afterEach(() => world.close());

describe('the command line', () => {
  it('lists its commands, its environment and its exit codes', async () => {
    const { code, stdout, stderr } = await world.run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      'sync',
      'status',
      'login',
      'logout',
      'rebuild',
      'rearrange',
      'upgrades',
      'duplicates',
      'set-aside',
      'QOBUZ_USER_AUTH_TOKEN',
      '130',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it('gives sync the options of its contract, and none for a secret', async () => {
    const { code, stdout } = await world.run(['sync', '--help']);
    expect(code).toBe(0);
    const options = [...stdout.matchAll(/^\s+(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name);
    expect(options.sort()).toEqual(
      [
        ...['--to', '--format', '--dry-run', '--json', '--concurrency', '--new-root'],
        ...['--verbose', '--help'],
      ].sort(),
    );
    expect(stdout).not.toMatch(/token|password|secret/i);
  });

  it.each([
    {
      environment: { LC_ALL: 'de_AT.UTF-8' },
      help: 'alles Gekaufte laden',
      asks: 'Für deine Musik wurde noch kein Ordner gewählt. Nenne mit „crateful sync --to ORDNER“ einen Ordner.\n',
    },
    {
      environment: { LC_ALL: '', LANGUAGE: 'sv:fr', LANG: 'sv_SE.UTF-8' },
      help: 'télécharger tous les achats',
      asks: 'Aucun dossier n’a encore été choisi pour votre musique. Indiquez un dossier avec « crateful sync --to DOSSIER ».\n',
    },
  ])('speaks the language of $environment', async ({ environment, help, asks }) => {
    expect((await world.run(['--help'], environment)).stdout).toContain(help);
    expect(await world.run(['sync'], environment)).toMatchObject({ code: 4, stderr: asks });
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(
      await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    expect(await world.run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it.each([
    { args: [], says: 'Usage: crateful' },
    { args: ['dance'], says: "unknown command 'dance'" },
    { args: ['sync', '--token', 'x'], says: "unknown option '--token'" },
    { args: ['sync', '--format', 'wav'], says: 'best, hires96, cd, mp3' },
    { args: ['sync', '--concurrency', '9'], says: 'from 1 to 8' },
    { args: ['sync', '--concurrency', '2.5'], says: 'from 1 to 8' },
    { args: ['sync', '--to'], says: 'argument missing' },
    { args: ['sync', '--to', ''], says: 'It must name a folder' },
    { args: ['sync', 'somewhere'], says: 'too many arguments' },
  ])('ends with 2 and a sentence for $args, and asks the store nothing', async ({ args, says }) => {
    const { code, stdout, stderr } = await world.run(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
    expect(world.store.requests).toEqual([]);
    expect(await readdir(world.folder)).toEqual([]);
  });

  it('asks for a folder, with 4, while none was ever chosen', async () => {
    const { code, stderr } = await world.run(['sync']);
    expect(code).toBe(4);
    expect(stderr).toBe(
      'No folder has been chosen for your music yet. Name a folder with “crateful sync --to DIR”.\n',
    );
  });

  it('takes a call rate that is no number for none', async () => {
    for (const rate of ['fast', '-3', '0', 'Infinity', '']) {
      const { code } = await world.run(['sync', '--to', world.root, '--dry-run'], {
        CRATEFUL_API_RATE: rate,
        CRATEFUL_HOME: join(world.folder, `home ${rate}`),
      });
      expect({ rate, code }).toEqual({ rate, code: 0 });
    }
  });
});
