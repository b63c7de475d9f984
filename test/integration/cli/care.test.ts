import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogueData } from '../../../src-main/demo/catalogue.ts';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';

let world: CliWorld;
const FLACS = 'DJ Ferrotype/Loud Neighbours/';
const [FIRST = 0, SECOND = 0] = tracksOf(ALBUMS.loudNeighbours);
const [COPY = 0] = tracksOf(ALBUMS.tapeHiss);

/** Two albums of which the first track is one recording; of the second there is nothing but MP3. */
function twice(): CatalogueData {
  const data = demoAlbums(ALBUMS.loudNeighbours, ALBUMS.tapeHiss);
  const [one, two] = [FIRST, COPY].map(
    (id) => data.albums.flatMap(({ tracks }) => tracks).find((track) => track.id === id)!,
  );
  const { isrc, durationSeconds, files } = one!;
  Object.assign(two!, { isrc, durationSeconds, files: { 5: files[5] } });
  return data;
}

/** A library of MP3s that were taken over, in a folder that prefers more: nobody knows what they were asked for as. */
beforeAll(async () => {
  world = await createCliWorld({ catalogue: twice() });
  expect((await world.run(['sync', '--to', world.root, '--format', 'mp3'])).code).toBe(0);
  const database = new Database(join(world.home, 'library.sqlite'));
  database.exec('UPDATE files SET requested_format_id = NULL');
  database.close();
  expect((await world.run(['sync', '--format', 'best'])).stdout).toContain('up to date');
});
afterAll(() => world.close());

const endings = async () =>
  (await readdir(join(world.root, FLACS)))
    .filter((name) => /^\d/.test(name))
    .sort()
    .map((name) => name.slice(name.lastIndexOf('.') + 1));
const ON_A_TERMINAL = [
  ...['bash', '-c'],
  `exec script -qefc "stty cols 90 rows 24 && exec \${*@Q}" /dev/null`,
  'bash',
];

describe('upgrades', () => {
  it('lists what is offered, takes what is named out of the list, and fetches the rest once told to', async () => {
    const listed = await world.run(['upgrades']);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toContain(`DJ Ferrotype – Loud Neighbours  (${ALBUMS.loudNeighbours})\n`);
    expect(listed.stdout).toContain('4 tracks · MP3 320 → FLAC 16/44.1 · ≈');
    expect(listed.stdout).toMatch(new RegExp(`\n {2}${FIRST} {2}\\S.* {2}≈`));

    const unknown = await world.run(['upgrades', '--take', ALBUMS.tapeHiss]);
    expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toContain(`No better edition is offered of ${ALBUMS.tapeHiss}.`);
    const unasked = await world.run(['upgrades', '--take']);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await endings()).toEqual(['mp3', 'mp3', 'mp3', 'mp3']);

    const dismissed = await world.run(['upgrades', '--dismiss', `${FIRST}`]);
    expect(dismissed.stdout).toContain('of 1 track is not offered again');
    const some = await world.run(['upgrades', '--take', `${SECOND}`, '--yes', '--json']);
    expect(some.lines.at(-1)).toMatchObject({ type: 'summary', downloaded: 1, failed: 0 });
    const rest = await world.run(['upgrades', '--take', 'all', '--yes']);
    expect(rest).toMatchObject({ code: 0, stderr: '' });
    expect(rest.stdout).toMatch(/saved {2}.*\.flac[\s\S]*2 downloaded [\s\S]*crateful set-aside/);
    expect(await endings()).toEqual(['mp3', 'flac', 'flac', 'flac']);
  });
});

describe('set-aside', () => {
  const aside = async () =>
    (await world.run(['set-aside', '--json'])).lines.filter(({ type }) => type === 'set-aside');

  it('lists what gave way, brings back what is whole and names what is not', async () => {
    const entries = await aside();
    expect(entries).toHaveLength(3);
    for (const { reason, sha256, album } of entries) {
      expect([reason, album, sha256]).toEqual([
        'upgrade',
        'Loud Neighbours',
        expect.stringMatching(/^[0-9a-f]{64}$/),
      ]);
    }
    const { id, path } = entries[0] as unknown as { id: string; path: string };
    await appendFile(join(world.root, '.crateful/replaced', id, path), 'x');
    const back = await world.run(['set-aside', '--restore', ALBUMS.loudNeighbours]);
    expect(back.code).toBe(1);
    expect(back.stdout).toContain(`not brought back  ${path}: `);
    expect(back.stdout).toContain('2 files are back where they stood.');
    expect((await endings()).filter((ending) => ending === 'mp3')).toHaveLength(3);
    expect((await world.run(['sync'])).stdout).toContain('Everything is up to date.');
    // A swap can be swapped again: what made room is named with its reason.
    const { stdout } = await world.run(['set-aside']);
    expect(stdout).toContain('It made room for a file that came back.\n');
    expect(stdout).toContain(`${id.slice(0, 8)}  ${path}  MP3 320 · `);
  });

  it('deletes for good what it was told to, after asking', async () => {
    const [first, ...others] = await aside();
    const asked = world.start(['set-aside', '--empty'], { TERM: 'xterm-256color' }, ON_A_TERMINAL);
    await asked.said(/3 files, .* will be gone[\s\S]*Delete for good\?/);
    asked.child.stdin!.write('n\n');
    expect(await asked.ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing was changed.'),
    });
    const id = String(first?.id).slice(0, 8);
    const one = await world.run(['set-aside', '--empty', id, '--yes']);
    expect(one).toMatchObject({ code: 0, stdout: '1 file is deleted for good.\n' });
    expect(await aside()).toEqual(others);
    const emptied = await world.run(['set-aside', '--empty', '--yes', '--json']);
    expect(emptied.lines).toEqual([{ type: 'summary', deleted: 2, stayed: 0 }]);
    expect(await readdir(join(world.root, '.crateful/replaced'))).toEqual([]);
  });
});

describe('duplicates', () => {
  it('lists copies, sets others than the one that is kept aside, and lists no more what is all kept', async () => {
    const listed = await world.run(['duplicates', '--json']);
    expect(listed.code).toBe(0);
    const [group] = listed.lines as unknown as { copies: { id: string; path: string }[] }[];
    expect(group?.copies.map(({ id }) => id).sort()).toEqual([`${FIRST}`, `${COPY}`].sort());
    const path = group!.copies.find(({ id }) => id === `${COPY}`)!.path;
    const kept = group!.copies.find(({ id }) => id === `${FIRST}`)!.path;

    const unasked = await world.run(['duplicates', '--keep', kept]);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const done = await world.run(['duplicates', '--keep', join(world.root, kept), '--yes']);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain(`set aside  ${path}\n1 copy is set aside.`);

    expect((await world.run(['set-aside', '--restore', ALBUMS.tapeHiss])).code).toBe(0);
    expect((await world.run(['duplicates'])).stdout).toContain(`  ${COPY}  ${path}  MP3 320 · `);
    const all = await world.run(['duplicates', '--keep-all', `${COPY}`]);
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect((await world.run(['duplicates'])).stdout).toBe('Nothing is there more than once.\n');
  });
});
