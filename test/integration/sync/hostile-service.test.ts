import { lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CatalogueData } from '../../../src-main/demo/catalogue.ts';
import type { StoreFault } from '../../../src-main/demo/faults.ts';
import { albumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { apiFaults, inject } from '../../support/faults.ts';
import { refusals } from '../../unit/files/name-rules.ts';

let run: EngineHarness;
afterEach(() => run.close());

const HOSTILE_NAMES = [
  '../../../../../../tmp/crateful-escaped',
  '/etc/cron.d/crateful',
  'C:\\Windows\\System32\\drivers\\etc\\hosts',
  '..\\..\\..\\escaped',
  '\\\\server\\share\\escaped',
  'before\0after',
  '\u202egpj.sevas\u202c',
  '\u2066..\u2069/\u200b..',
  'CON',
  'nul.flac',
  '.crateful',
  '..',
  'file:///etc/passwd',
  '%2e%2e%2fescaped',
  'a\r\nb: c',
  '$HOME $(touch escaped) `id` ; rm -rf ~',
];

/** A demo album under names that would lead out of the folder, or hide what a file is, if they were taken as they are. */
function hostileNames(id: string): CatalogueData {
  const data = demoAlbums(id);
  const name = (at: number) => HOSTILE_NAMES[at % HOSTILE_NAMES.length] ?? '';
  return {
    ...data,
    albums: data.albums.map((album) => ({
      ...album,
      title: name(0),
      artist: { ...album.artist, name: name(1) },
      artists: [{ ...album.artist, name: name(1) }],
      goodies: album.goodies.map((goodie) => ({ ...goodie, name: name(0) })),
      tracks: album.tracks.map((track, at) => ({
        ...track,
        title: name(at + 2),
        version: name(at),
      })),
    })),
  };
}

const answering = (contentType: string, body: string | Buffer, more = {}): StoreFault => ({
  intercept: () => ({
    status: 200,
    headers: { 'content-type': contentType, 'content-length': String(body.length), ...more },
    body,
  }),
});
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

describe('a service that means harm', () => {
  it('leads no file out of the folder, whatever its names say', async () => {
    run = await engineHarness({ catalogue: hostileNames(ALBUMS.longTable) });
    const around = dirname(run.root);
    const before = (await readdir(around)).sort();
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    const tree = await run.tree();
    expect(tree).toHaveLength(11);
    for (const path of tree) {
      expect([path, path.split('/').flatMap(refusals)]).toEqual([path, []]);
      expect((await lstat(run.path(path))).isFile()).toBe(true);
    }
    // The folder itself is the only thing that is new beside it.
    expect((await readdir(around)).sort()).toEqual([...new Set([...before, 'music'])].sort());
    await expect(lstat('/tmp/crateful-escaped')).rejects.toMatchObject({ code: 'ENOENT' });
    const manifest = await run.manifest();
    expect(manifest.every(({ path }) => tree.includes(path))).toBe(true);
  });

  it('sends nobody to another scheme, host or machine for a file: ADDRESS_REFUSED, asked for once', async () => {
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.longTable) });
    const addresses = [
      'file:///etc/passwd',
      'ftp://127.0.0.1/file.flac',
      'data:audio/flac;base64,ZkxhQw==',
      'https://10.0.0.1/file.flac',
      'http://169.254.169.254/latest/meta-data/',
      'https://[fe80::1]/file.flac',
      'http://127.0.0.1.evil.example/file.flac',
      'http://me:you@127.0.0.1/file.flac',
      'https://evil.example/file.flac',
    ];
    const tracks = tracksOf(ALBUMS.longTable);
    expect(tracks).toHaveLength(addresses.length);
    for (const [at, trackId] of tracks.entries()) {
      inject(run.store, apiFaults.foreignAddress(addresses[at] ?? ''), { trackId });
    }
    const { asked, result } = await run.asking(run.sync);
    expect(result.totals).toMatchObject({ downloaded: 0, failed: 9 });
    for (const [at, trackId] of tracks.entries()) {
      const { error } = await run.job(trackId);
      expect([addresses[at], error?.code]).toEqual([addresses[at], 'ADDRESS_REFUSED']);
      // A host may be named, never more of the address.
      expect(JSON.stringify(error)).not.toMatch(/passwd|meta-data|me:you|ZkxhQw/);
    }
    // Once for each, and once before them to try the app's secret.
    expect(asked.filter(({ call }) => call === 'track/getFileUrl')).toHaveLength(10);
    expect(asked.filter(({ call }) => call === 'file')).toEqual([]);
  });

  it.each([
    ['an SVG', answering('image/svg+xml', SVG)],
    ['an SVG that says it is a JPEG', answering('image/jpeg', SVG)],
    ['a page', answering('text/html', '<script>alert(1)</script>')],
    [
      '200 MB by its own word',
      answering('image/jpeg', Buffer.from([0xff, 0xd8, 0xff]), { 'content-length': '200000000' }),
    ],
    ['a program', answering('application/pdf', Buffer.from('MZ\x90\x00'))],
  ] as const)(
    'saves as cover or booklet nothing that is none: %s is SIDE_FILE_UNAVAILABLE, and no track is worse for it',
    async (_what, fault) => {
      run = await engineHarness({ catalogue: demoAlbums(ALBUMS.longTable) });
      inject(run.store, fault, { on: 'static' });
      expect(await run.sync()).toMatchObject({
        state: 'finished',
        totals: { downloaded: 9, failed: 0 },
      });
      const side = (await run.jobs()).filter((job) => job.kind !== 'track');
      expect(side.map(({ error }) => error?.code)).toEqual([
        'SIDE_FILE_UNAVAILABLE',
        'SIDE_FILE_UNAVAILABLE',
      ]);
      expect((await run.tree()).filter((path) => !path.endsWith('.flac'))).toEqual([]);
      expect((await run.workFiles()).filter((path) => /\.(part|tagged)$/.test(path))).toEqual([]);
      // The window gets none either, and none is kept for it.
      const shown = await run.engine.desk.coverFile(albumId(ALBUMS.longTable), 'small');
      expect(shown).toBeNull();
      expect(await readdir(join(run.home, 'covers')).catch(() => [])).toEqual([]);
      const [track] = (await run.tree()).filter((path) => path.endsWith('.flac'));
      expect((await readFile(run.path(track ?? ''))).includes('<svg')).toBe(false);
    },
  );
});
