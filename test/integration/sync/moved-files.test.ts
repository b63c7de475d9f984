import { copyFile, cp, mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';

const FOREIGN_AUDIO = fileURLToPath(new URL('../../support/audio/preview.6.flac', import.meta.url));
const FLACS = ALBUMS.slowWeather as AlbumId;
const MP3S = ALBUMS.tapeHiss as AlbumId;
const DISCS = ALBUMS.longTable as AlbumId;

let run: EngineHarness;

const synced = async (...ids: readonly AlbumId[]) => {
  run = await engineHarness({ catalogue: demoAlbums(...ids) });
  await run.sync();
};

/** Renames a file of the library as a person does, into a new folder where it says so. */
async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(run.path(to)), { recursive: true });
  await rename(run.path(from), run.path(to));
}

/** Changes a file's tags: its length and its time. */
async function retag(path: string): Promise<void> {
  const file = await readFile(run.path(path));
  if (path.endsWith('.mp3')) {
    const tag = Buffer.alloc(128);
    tag.write('TAG', 'latin1');
    await writeFile(run.path(path), Buffer.concat([file, tag]));
  } else {
    const padding = Buffer.alloc(4 + 512);
    padding[0] = 1;
    padding.writeUIntBE(512, 1, 3);
    await writeFile(
      run.path(path),
      Buffer.concat([file.subarray(0, 42), padding, file.subarray(42)]),
    );
  }
}

/** Takes the track's id, and every other tag, out of a file. */
async function untag(path: string): Promise<void> {
  const file = await readFile(run.path(path));
  const size = path.endsWith('.mp3')
    ? 10 + [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (file[at] ?? 0), 0)
    : 0;
  await writeFile(run.path(path), file.subarray(size));
}

/** What a sync asks for besides the listing; nothing where it fetches nothing. */
async function syncs(): Promise<readonly string[]> {
  const { asked, result } = await run.asking(run.sync);
  expect(result).toMatchObject({ state: 'finished', totals: { failed: 0 } });
  return asked.flatMap(({ call }) =>
    /^(file|track\/getFileUrl|goodies.*|covers.*)$/.test(call) ? [call] : [],
  );
}

const rowPaths = async () => (await run.manifest()).map(({ path }) => path).sort();
const reasons = async (): Promise<readonly (readonly [string, string, string])[]> => {
  const { albums } = await run.engine.plan({
    folder: null,
    preference: null,
    otherwise: 'best',
    anew: false,
    signal: new AbortController().signal,
  });
  return albums.flatMap(({ items }) =>
    items.map(({ path, action, reason }) => [path, action, reason] as const),
  );
};

const by = (part: string, ending: string) => async () =>
  (await run.tree()).filter((path) => path.includes(part) && path.endsWith(ending));
const flacs = by('Slow Weather', '.flac');
const mp3s = by('Tape Hiss Summer', '.mp3');
const disc = (number: number) => by(`The Long Table/Disc ${number}`, '.flac')();
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

describe('what somebody does to files inside the folder is followed, and nothing is fetched again:', () => {
  beforeAll(() => synced(FLACS, MP3S, DISCS));
  afterAll(() => run.close());

  const deeds: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'a file with another name',
      async () => {
        const [first = ''] = await flacs();
        await move(first, `${dirname(first)}/My favourite.flac`);
      },
    ],
    [
      'a file in another folder, with another time',
      async () => {
        const [first = ''] = await flacs();
        await move(first, 'By Hand/one.flac');
        await utimes(run.path('By Hand/one.flac'), 1, 1);
      },
    ],
    [
      'two files with each other’s names',
      async () => {
        const [first = '', second = ''] = await flacs();
        await move(first, 'aside');
        await move(second, first);
        await move('aside', second);
      },
    ],
    [
      'a name in other letters, and one as a Mac spells it',
      async () => {
        const [first = '', second = ''] = await flacs();
        await move(first, `${dirname(first)}/${nameOf(first).toUpperCase()}`);
        await move(second, `${dirname(second)}/Für später.flac`.normalize('NFD'));
      },
    ],
    [
      'files with new tags under new names',
      async () => {
        const [first = ''] = await flacs();
        const [other = ''] = await mp3s();
        await move(first, 'By Hand/x.flac');
        await retag('By Hand/x.flac');
        await move(other, 'By Hand/y.mp3');
        await retag('By Hand/y.mp3');
      },
    ],
    [
      'an MP3 without its tags under a new name',
      async () => {
        const [first = ''] = await mp3s();
        await move(first, 'By Hand/z.mp3');
        await untag('By Hand/z.mp3');
      },
    ],
    [
      'a file in the folder of another disc',
      async () => {
        const [first = ''] = await disc(1);
        await move(first, `${dirname((await disc(2))[0] ?? '')}/from disc one.flac`);
      },
    ],
    [
      'a cover and a booklet with other names',
      async () => {
        const [cover = ''] = await by('The Long Table', '.jpg')();
        const [booklet = ''] = await by('The Long Table', '.pdf')();
        await move(cover, `${dirname(cover)}/folder.jpg`);
        await move(booklet, 'Papers/The Long Table.pdf');
      },
    ],
    [
      'albums whose folders have each other’s names',
      async () => {
        const [one = ''] = (await flacs()).map(dirname);
        const [other = ''] = (await mp3s()).map(dirname);
        await move(one, 'aside');
        await move(other, one);
        await move('aside', other);
      },
    ],
  ];
  it.each(deeds)('%s', async (_, deed) => {
    await deed();
    const tree = (await run.tree()).map((path) => path.normalize('NFC')).sort();
    const planned = await reasons();
    expect(planned.filter(([, action]) => action !== 'keep')).toEqual([]);
    expect(planned.map(([path]) => path).sort()).toEqual(tree);
    expect(await syncs()).toEqual([]);
    expect(await rowPaths()).toEqual(tree);
    const { ended } = await run.engine.verification.start(null);
    expect((await ended).findings).toEqual([]);
    expect(await syncs()).toEqual([]);
    expect((await run.tree()).map((path) => path.normalize('NFC')).sort()).toEqual(tree);
    const { albums } = await run.engine.snapshot();
    expect(albums.map(({ status }) => status)).toEqual(['synced', 'synced', 'synced']);
  });
});

describe('a whole album that was moved', () => {
  afterEach(() => run.close());

  it('is followed with cover, booklet and discs, and what is fetched of it later goes where it is now', async () => {
    await synced(DISCS);
    const [folder = ''] = (await by('The Long Table', '.jpg')()).map(dirname);
    await move(folder, 'Shelf/Long Table, The');
    const tree = await run.tree();
    const [victim = ''] = await by('Disc 2', '.flac')();
    await rm(run.path(victim));
    const planned = await reasons();
    expect(planned.filter(([, action]) => action !== 'keep')).toEqual([
      [victim, 'download', 'missing'],
    ]);
    expect(await syncs()).toEqual(['track/getFileUrl', 'file']);
    expect(await run.tree()).toEqual(tree);
    // Even with everything known lost, as on another computer.
    await rm(run.path('Shelf/Long Table, The/cover.jpg'));
    await run.reopen({ newHome: true });
    await run.sync();
    expect(await run.tree()).toEqual(tree);
  });

  it('is not followed among the files of another album: what is new still goes where it was', async () => {
    await synced(FLACS, MP3S);
    const [other = ''] = (await mp3s()).map(dirname);
    const mine = await by('Slow Weather', '')();
    for (const path of mine.filter((each) => !each.endsWith('.jpg'))) {
      await move(path, `${other}/${nameOf(path)}`);
    }
    await rm(run.path(mine.find((path) => path.endsWith('.jpg')) ?? ''));
    await syncs();
    expect(await run.tree()).toContain(mine.find((path) => path.endsWith('.jpg')));
    expect(await by(other, '.flac')()).toHaveLength(6);
  });
});

describe('what is no move', () => {
  afterEach(() => run.close());

  it('is a copy beside the original, or instead of one that is there', async () => {
    await synced(FLACS);
    const [first = ''] = await flacs();
    await cp(run.path(first), run.path('Backup/copy.flac'), { preserveTimestamps: true });
    expect(await syncs()).toEqual([]);
    expect(await rowPaths()).not.toContain('Backup/copy.flac');
  });

  it('is a stranger in the place of a file that went elsewhere: the file is followed, the stranger stays', async () => {
    await synced(FLACS);
    const [first = '', second = ''] = await flacs();
    const before = await run.tree();
    await move(first, 'By Hand/first.flac');
    await copyFile(FOREIGN_AUDIO, run.path(first));
    // Of two good copies the same one is taken each time: here the one that kept its name.
    await cp(run.path(second), run.path(`A/${nameOf(second)}`));
    await cp(run.path(second), run.path('A/0.flac'));
    await rm(run.path(second));
    const planned = new Map((await reasons()).map(([path, ...rest]) => [path, rest]));
    expect(planned.get('By Hand/first.flac')).toEqual(['keep', 'moved']);
    expect(planned.get(`A/${nameOf(second)}`)).toEqual(['keep', 'moved']);
    expect(await syncs()).toEqual([]);
    expect(await readFile(run.path(first))).toEqual(await readFile(FOREIGN_AUDIO));
    expect(await rowPaths()).toEqual(
      [...before.slice(2), 'By Hand/first.flac', `A/${nameOf(second)}`].sort(),
    );
  });

  it('is a file that was damaged on its way: it stays, and a fresh one comes to its old place', async () => {
    await synced(FLACS);
    const [first = ''] = await flacs();
    await move(first, 'By Hand/cut.flac');
    const whole = await readFile(run.path('By Hand/cut.flac'));
    await writeFile(run.path('By Hand/cut.flac'), whole.subarray(0, whole.length - 700));
    expect(await syncs()).toEqual(['track/getFileUrl', 'file']);
    expect(await run.tree()).toContain('By Hand/cut.flac');
    expect(await readFile(run.path(first))).toEqual(whole);
  });
});
