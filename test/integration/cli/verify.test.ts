import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';

let world: CliWorld;
const FLAC = 'Mirela Quint/Slow Weather/';
const MP3 = 'The Velvet Umbrellas/Tape Hiss Summer/';

const filesIn = (folder: string) =>
  readdirSync(join(world.root, folder))
    .sort()
    .map((name) => `${folder}${name}`);
const sums = (file: string) =>
  spawnSync('sha256sum', ['--check', '--strict', '--quiet', file], {
    cwd: world.root,
    encoding: 'utf8',
  });

beforeAll(async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss) });
  expect((await world.run(['sync', '--to', world.root])).code).toBe(0);
});
afterAll(() => world.close());

/** Turns over one bit in the middle of a file. */
async function flip(path: string): Promise<void> {
  const handle = await open(join(world.root, path), 'r+');
  const { size } = await handle.stat();
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, size >> 1);
  await handle.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, size >> 1);
  await handle.close();
}

describe('export', () => {
  it('writes sums that sha256sum accepts as they are, whatever the names, and JSON of the same files', async () => {
    const [first = '', second = ''] = filesIn(FLAC);
    const odd = 'Für später \\ 2\nlines/größer  als #1.flac';
    await mkdir(join(world.root, odd, '..'), { recursive: true });
    await rename(join(world.root, second), join(world.root, odd));
    // Tags edited: other bytes than the receipt says, and no fault.
    const file = await readFile(join(world.root, first));
    const padding = Buffer.from([1, 0, 0, 64, ...Array<number>(64).fill(0)]);
    await writeFile(
      join(world.root, first),
      Buffer.concat([file.subarray(0, 42), padding, file.subarray(42)]),
    );
    await world.run(['sync']);
    const [json, sha256] = [join(world.folder, 'r.json'), join(world.folder, 'r.sha256')];
    const { code, stderr } = await world.run(['export', '--json', json, '--sha256', sha256]);
    expect([code, stderr]).toEqual([
      0,
      'Wrote the receipts of 12 files.\n1 has other tags since it was saved.\n',
    ]);
    expect(sums(sha256)).toMatchObject({ status: 0, stderr: '', stdout: '' });
    const exported = JSON.parse(await readFile(json, 'utf8'));
    expect(exported).toMatchObject({
      format: 'crateful-receipts',
      version: 1,
      counts: { saved: 11, edited: 1, changed: 0, damaged: 0, missing: 0 },
    });
    const of = (path: string) =>
      exported.files.find((each: { path: string }) => each.path === path);
    expect(of(odd)).toMatchObject({ state: 'saved', kind: 'track', album: 'Slow Weather' });
    expect(of(odd).current.sha256).toBe(of(odd).receipt.sha256);
    expect(of(first)).toMatchObject({ state: 'edited' });
    expect(of(first).current.sha256).not.toBe(of(first).receipt.sha256);
    expect(of(first).receipt.audioHash).toMatchObject({ kind: 'flac-pcm-md5' });
  });

  it('names what is damaged or missing, gives it no sum, and ends with 1', async () => {
    const [, damaged = '', missing = ''] = filesIn(FLAC);
    const kept = await readFile(join(world.root, missing));
    const whole = await readFile(join(world.root, damaged));
    await rm(join(world.root, missing));
    await flip(damaged);
    const { code, stdout } = await world.run(['export', '--sha256', '-']);
    expect(code).toBe(1);
    expect(stdout).toContain(`# damaged: ${damaged}\n`);
    expect(stdout).toContain(`# missing: ${missing}\n`);
    const list = join(world.folder, 'known.sha256');
    await writeFile(list, stdout);
    expect(sums(list)).toMatchObject({ status: 0 });
    expect(stdout.split('\n').filter((line) => /^\\?[0-9a-f]{64}/.test(line))).toHaveLength(10);
    await writeFile(join(world.root, missing), kept);
    await writeFile(join(world.root, damaged), whole);
  });

  it('leaves what stood there when it cannot be written to its end, and says why', async () => {
    const folder = join(world.folder, 'exports');
    await mkdir(folder);
    const json = join(folder, 'old.json');
    await writeFile(json, 'old');
    await rename(world.root, `${world.root}-away`);
    const { code, stderr } = await world.run(['export', '--json', json]);
    await rename(`${world.root}-away`, world.root);
    expect(code).toBe(4);
    expect(stderr).toContain('music folder is not where it was');
    expect([await readFile(json, 'utf8'), readdirSync(folder)]).toEqual(['old', ['old.json']]);
    const nowhere = await world.run(['export', '--json', join(world.folder, 'no/such/x.json')]);
    expect([nowhere.code, nowhere.stderr]).toEqual([4, expect.stringMatching(/write/)]);
  });
});

describe('verify', () => {
  it('ends with 0 where everything is whole, offline too; on a terminal with a bar and what is left', async () => {
    const offline = { CRATEFUL_QOBUZ_API: 'http://127.0.0.1:9/api', TERM: 'xterm-256color' };
    const { code, stdout } = await world.start(['verify'], offline, [
      ...['bash', '-c'],
      `exec script -qefc "stty cols 90 rows 16 && exec \${*@Q}" /dev/null`,
      'bash',
    ]).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/[━─].*\d+ of 12 files/);
    expect(stdout).toMatch(/All 12 files \(\d+.kB\) are as they were saved\./);
  });

  it('finds a flipped bit, a cut MP3, an empty file and another track in a place; --repair brings them back', async () => {
    const [other = '', flipped = '', empty = '', exchanged = ''] = filesIn(FLAC).filter((path) =>
      path.endsWith('.flac'),
    );
    const [cut = '', gone = ''] = filesIn(MP3).filter((path) => path.endsWith('.mp3'));
    const broken = [flipped, empty, exchanged, cut, gone];
    const whole = await Promise.all(broken.map((path) => readFile(join(world.root, path))));
    await flip(flipped);
    await truncate(join(world.root, empty), 0);
    await writeFile(join(world.root, exchanged), await readFile(join(world.root, other)));
    const frames = await readFile(join(world.root, cut));
    await truncate(join(world.root, cut), Math.floor(frames.length * 0.7));
    await rm(join(world.root, gone));

    const found = await world.run(['verify', '--json']);
    expect(found.code).toBe(1);
    const findings = found.lines.filter(({ type }) => type === 'finding');
    const problems = new Map(findings.map(({ path, problem }) => [path, problem]));
    expect([...problems.keys()].sort()).toEqual([...broken].sort());
    expect(broken.map((path) => problems.get(path))).toEqual([
      'damaged',
      'damaged',
      expect.stringMatching(/changed|damaged/),
      'damaged',
      'missing',
    ]);
    expect(found.lines.at(-1)).toMatchObject({ type: 'summary', files: 12, missing: 1 });
    await rm(join(world.root, exchanged));

    const repaired = await world.run(['verify', '--repair']);
    expect([repaired.code, repaired.stderr]).toEqual([0, '']);
    expect(repaired.stdout).toContain(`damaged  ${flipped}\n`);
    expect(repaired.stdout).toContain('5 files are whole again.\n');
    const now = await Promise.all(broken.map((path) => readFile(join(world.root, path))));
    expect(now.map((each, index) => each.equals(whole[index]!))).toEqual(broken.map(() => true));
  });

  it('ends with 4 while the drive is away, and with 130 when it is interrupted', async () => {
    await rename(world.root, `${world.root}-away`);
    const away = await world.run(['verify']);
    await rename(`${world.root}-away`, world.root);
    expect([away.code, away.stdout]).toEqual([4, '']);
    const stopped = world.start(['verify', '--json', '--album', ALBUMS.slowWeather]);
    await stopped.said(/"type":"progress"/);
    stopped.kill('SIGINT');
    expect((await stopped.ended).code).toBe(130);
  });
});
