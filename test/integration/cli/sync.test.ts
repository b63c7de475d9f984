import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { apiFaults, bodyFaults, inject, statusFaults } from '../../support/faults.ts';

let world: CliWorld;
afterEach(() => world.close());

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.crateful'))
    .sort();

const requests = (kind: string, path?: string) =>
  world.store.requests.filter(
    (request) => request.kind === kind && (path === undefined || request.path === path),
  );

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('sync --dry-run', () => {
  beforeEach(async () => {
    world = await createCliWorld({
      catalogue: demoAlbums(ALBUMS.copperAndGlass, ALBUMS.preOrder, ALBUMS.tapeHiss),
    });
  });

  it('plans what a sync then does, and writes nothing there, not even the folder', async () => {
    const planned = await world.run(['sync', '--to', world.root, '--dry-run', '--json']);
    expect(planned.code).toBe(0);
    expect(await exists(world.root)).toBe(false);
    expect(requests('cdn')).toEqual([]);
    expect(requests('api', 'track/getFileUrl')).toEqual([]);
    const plan = planned.lines.filter(({ type }) => type === 'planned');
    expect(plan.map((line) => Object.keys(line))).toEqual(
      plan.map(() => ['type', 'trackId', 'path', 'formatId']),
    );
    expect(plan.map(({ trackId }) => trackId).sort()).toEqual(
      [...tracksOf(ALBUMS.copperAndGlass), ...tracksOf(ALBUMS.tapeHiss)].sort(),
    );
    expect(planned.lines.at(-1)).toMatchObject({
      type: 'summary',
      downloaded: 0,
      skipped: 0,
      failed: 0,
      unavailable: 4,
    });

    const synced = await world.run(['sync', '--to', world.root, '--json']);
    expect(synced.code).toBe(0);
    const tracks = (await filesIn(world.root)).filter((path) => !path.endsWith('.jpg'));
    expect(tracks).toEqual(plan.map(({ path }) => path).sort());
    const again = await world.run(['sync', '--dry-run', '--json']);
    expect(again.lines.filter(({ type }) => type === 'planned')).toEqual([]);
    expect(again.lines.at(-1)).toMatchObject({ skipped: 9, unavailable: 4 });
  });

  it('lists the purchases anew, so that what was just bought is planned', async () => {
    await world.run(['sync', '--to', world.root, '--json']);
    const bought = demoAlbums(ALBUMS.oneTake).purchases;
    for (const purchase of bought) world.store.catalogue.addPurchase(purchase);
    const { lines } = await world.run(['sync', '--dry-run', '--json']);
    expect(lines.filter(({ type }) => type === 'planned')).toEqual([
      {
        type: 'planned',
        trackId: tracksOf(ALBUMS.oneTake)[0],
        path: 'Takumi Arden Trio/One Take/01 - One Take.dsf',
        formatId: 55,
      },
    ]);
  });

  it('says what could not be saved, ends with 1, and plans the other albums', async () => {
    const file = join(world.root, 'The Velvet Umbrellas/Tape Hiss Summer/02 - Flat Battery.mp3');
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, 'mine');
    const unreadable = { status: 200, headers: {}, body: '{}' };
    world.store.faults.add({
      intercept: ({ path, query }) =>
        path === 'album/get' && query.get('album_id') === ALBUMS.copperAndGlass ? unreadable : null,
    });
    const { code, lines } = await world.run(['sync', '--to', world.root, '--dry-run', '--json']);
    expect(code).toBe(1);
    const failed = lines.filter(({ type }) => type === 'failed');
    expect(failed).toMatchObject([
      { code: 'PATH_OCCUPIED', album: 'Tape Hiss Summer', title: 'Flat Battery' },
      { code: 'SERVICE_UNREADABLE', trackId: null, album: 'Copper & Glass' },
    ]);
    expect(lines.filter(({ type }) => type === 'planned')).toHaveLength(3);
    expect(lines.at(-1)).toMatchObject({ type: 'summary', failed: 2 });
  });

  it('plans in words where nobody asked for JSON', async () => {
    const { stdout, code } = await world.run(['sync', '--to', world.root, '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'would fetch  Tessellate/Copper & Glass/01 - Patina.flac  (FLAC 24/96)\n',
    );
    expect(stdout).toMatch(/A sync would fetch 9 tracks, about [\d.]+.MB\.\n0 up to date, 4 una/);
  });
});

describe('sync --json', () => {
  it('prints nothing but one object a line, each type in its shape, the summary last', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.nightBus, ALBUMS.preOrder) });
    const [broken = 0, withheldAt = 4] = [tracksOf(ALBUMS.nightBus)[0]];
    inject(world.store, apiFaults.foreignAddress('https://elsewhere.invalid/file'), {
      trackId: broken,
    });
    inject(world.store, bodyFaults.cutAt(0.5), {
      trackId: tracksOf(ALBUMS.nightBus)[1]!,
      times: 1,
    });
    const { code, lines, stderr } = await world.run(['sync', '--to', world.root, '--json']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });

    const shapes: Record<string, string[]> = {
      started: ['type', 'trackId', 'path'],
      progress: ['type', 'trackId', 'receivedBytes', 'totalBytes'],
      done: ['type', 'trackId', 'path', 'formatId', 'bytes'],
      failed: ['type', 'trackId', 'album', 'title', 'code', 'message'],
      unavailable: ['type', 'trackId', 'album', 'title', 'code', 'message'],
      notice: ['type', 'level', 'code', 'message'],
      summary: ['type', 'downloaded', 'skipped', 'failed', 'unavailable', 'bytes', 'failures'],
    };
    for (const line of lines) expect(Object.keys(line)).toEqual(shapes[line.type]);
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(Object.keys(shapes)));

    const ofType = (type: string) => lines.filter((line) => line.type === type);
    const saved = ofType('done');
    expect(saved).toHaveLength(5);
    for (const { path, bytes } of saved) {
      expect((await stat(join(world.root, String(path)))).size).toBe(bytes);
    }
    expect(ofType('started').map(({ trackId }) => trackId)).toEqual(
      expect.arrayContaining(saved.map(({ trackId }) => trackId)),
    );
    expect(
      ofType('unavailable')
        .map(({ code }) => code)
        .sort(),
    ).toEqual([...Array(4).fill('PRE_ORDER'), 'TRACK_WITHHELD']);
    expect(ofType('unavailable').map(({ trackId }) => trackId)).toContain(
      tracksOf(ALBUMS.nightBus)[withheldAt],
    );
    const failure = {
      trackId: broken,
      album: 'Night Bus: Songs for the Last Ride Home',
      title: expect.any(String),
      code: 'ADDRESS_REFUSED',
      message: expect.stringMatching(/does not trust/),
    };
    expect(ofType('failed')).toEqual([{ type: 'failed', ...failure }]);
    expect(lines.at(-1)).toEqual({
      type: 'summary',
      downloaded: 5,
      skipped: 0,
      failed: 1,
      unavailable: 5,
      bytes: expect.any(Number),
      failures: [failure],
    });
    expect(Number(lines.at(-1)?.bytes)).toBeGreaterThan(0);
  });

  it('keeps 0 when everything that is missing is unavailable, and says the same reason again', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.nightBus) });
    const unavailable = (lines: readonly { type: string }[]) =>
      lines.filter(({ type }) => type === 'unavailable');
    const first = await world.run(['sync', '--to', world.root, '--json']);
    expect(first.code).toBe(0);
    expect(unavailable(first.lines)).toMatchObject([{ code: 'TRACK_WITHHELD' }]);
    const asked = requests('api', 'track/getFileUrl').length;
    const second = await world.run(['sync', '--json']);
    expect(second.code).toBe(0);
    expect(unavailable(second.lines)).toEqual(unavailable(first.lines));
    expect(second.lines.at(-1)).toMatchObject({ downloaded: 0, skipped: 6, unavailable: 1 });
    expect(requests('api', 'track/getFileUrl')).toHaveLength(asked);
  });

  it('counts tracks only, whatever became of covers and booklets', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.longTable) });
    inject(world.store, statusFaults.notFound(), { on: 'static' });
    const { code, lines } = await world.run(['sync', '--to', world.root, '--json']);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ downloaded: 9, failed: 0, unavailable: 0, failures: [] });
    const notices = lines.filter(({ type }) => type === 'notice');
    expect(notices.map((line) => line.code)).toEqual([
      'SIDE_FILE_UNAVAILABLE',
      'SIDE_FILE_UNAVAILABLE',
    ]);
  });

  it('leaves a file of the user alone and ends with 1', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    const path = 'The Velvet Umbrellas/Tape Hiss Summer/02 - Flat Battery.mp3';
    await mkdir(join(world.root, path, '..'), { recursive: true });
    await writeFile(join(world.root, path), 'mine');
    const { code, lines } = await world.run(['sync', '--to', world.root, '--json']);
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatchObject({
      downloaded: 3,
      failed: 1,
      failures: [{ code: 'PATH_OCCUPIED', message: expect.stringContaining(path) }],
    });
    expect((await stat(join(world.root, path))).size).toBe(4);
  });

  it('ends with 5 and the summary when the service has changed', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    inject(world.store, statusFaults.gone(), { on: 'purchase/getUserPurchases' });
    const { code, lines } = await world.run(['sync', '--to', world.root, '--json']);
    expect(code).toBe(5);
    expect(lines.slice(-2)).toMatchObject([
      { type: 'notice', level: 'error', code: 'SERVICE_CHANGED' },
      { type: 'summary', downloaded: 0 },
    ]);
  });

  it('writes its log to standard error when asked for one', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.oneTake) });
    const { code, lines, stderr } = await world.run([
      ...['sync', '--to', world.root, '--json', '--verbose'],
    ]);
    expect(code).toBe(0);
    expect(lines.at(-1)?.type).toBe('summary');
    expect(stderr).toMatch(/^info: JOB_DONE /m);
  });
});

describe('sync', () => {
  it('writes plain lines where there is no terminal, and everything again at the end', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.nightBus) });
    const { code, stdout, stderr } = await world.run(['sync', '--to', world.root]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
    expect(stdout).not.toMatch(/[\u001b\r]/);
    expect(
      stdout.match(/^saved {2}Various Artists\/Night Bus .+\.flac {2}\(\d+.kB\)$/gm),
    ).toHaveLength(6);
    expect(stdout).toMatch(/^ {2}Night Bus: .+Umbrella: .+The rights holder withholds it\.$/m);
    expect(stdout).toMatch(/^6 downloaded \(.+\), 0 up to date, 1 unavailable, 0 failed\.\n$/m);
    const second = await world.run(['sync']);
    expect(second.stdout).toContain('Everything is up to date.\n0 downloaded');
  });

  it('gives a new folder the best there is, and a known one the format of --format from then on', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.cathedral) });
    const formats = async (...args: string[]) => {
      const { lines } = await world.run(['sync', ...args, '--json']);
      const done = lines.filter(({ type }) => type === 'done');
      return [...new Set(done.map(({ formatId }) => formatId))];
    };
    expect(await formats('--to', world.root, '--format', 'mp3')).toEqual([5]);
    expect(await formats('--to', world.root)).toEqual([]);
    const other = join(world.folder, 'other');
    expect(await formats('--to', other)).toEqual([27]);
    expect(await formats('--format', 'cd')).toEqual([6]);
    const replaced = await readdir(join(other, '.crateful/replaced'), { recursive: true });
    expect(replaced.filter((name) => name.endsWith('.flac'))).toHaveLength(4);
    expect((await filesIn(world.root)).filter((path) => path.endsWith('.mp3'))).toHaveLength(4);
  });

  it.each([1, 3])('fetches %i files at the same time when told so', async (concurrency) => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    let open = 0;
    let most = 0;
    const enough = Promise.withResolvers<void>();
    async function* gated(body: AsyncIterable<Uint8Array>) {
      open += 1;
      most = Math.max(most, open);
      // Nobody gets anything until as many wait as may.
      if (open === concurrency) enough.resolve();
      await enough.promise;
      yield* body;
      open -= 1;
    }
    world.store.faults.add({ shape: (answer) => ({ ...answer, body: gated(answer.body) }) });
    const { code } = await world.run([
      ...['sync', '--to', world.root, '--concurrency', String(concurrency)],
    ]);
    expect({ code, most }).toEqual({ code: 0, most: concurrency });
  });

  it('refuses a known folder without its marker, until it is started anew', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.oneTake) });
    expect((await world.run(['sync', '--to', world.root])).code).toBe(0);
    await rm(world.root, { recursive: true });
    for (const args of [['sync'], ['sync', '--to', world.root], ['sync', '--dry-run']]) {
      const { code, stderr } = await world.run(args);
      expect(code).toBe(4);
      expect(stderr).toMatch(/^Your music folder is not where it was.+--new-root/);
    }
    expect(await exists(world.root)).toBe(false);
    const planned = await world.run(['sync', '--new-root', '--dry-run', '--json']);
    expect(planned.lines.filter(({ type }) => type === 'planned')).toHaveLength(1);
    expect(await exists(world.root)).toBe(false);
    const anew = await world.run(['sync', '--new-root', '--json']);
    expect(anew.lines.at(-1)).toMatchObject({ downloaded: 1 });
    expect(await filesIn(world.root)).toHaveLength(2);
  });

  it('ends with 4 where a file has the name of the folder', async () => {
    world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.oneTake) });
    await writeFile(world.root, 'not a folder');
    const { code, lines } = await world.run(['sync', '--to', world.root, '--json']);
    expect(code).toBe(4);
    expect(lines).toMatchObject([
      { type: 'notice', level: 'error', code: 'PATH_NOT_WRITABLE' },
      { type: 'summary', downloaded: 0, failures: [] },
    ]);
  });
});
