import { copyFile, mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMp3Header } from '../../../src-main/audio/mp3.ts';
import { WORK_FOLDER } from '../../../src-main/files/work-folder.ts';
import { accountId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { changeAnswer } from '../../support/store-answers.ts';

const FOREIGN_AUDIO = fileURLToPath(new URL('../../support/audio/preview.6.flac', import.meta.url));

let run: EngineHarness;
beforeEach(async () => {
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
  await run.sync();
});
afterEach(() => run.close());

const tracks = async () => (await run.tree()).filter((path) => path.endsWith('.flac'));
const contents = async () => {
  const pairs = (await run.tree()).map(
    async (path) => [path, (await readFile(run.path(path))).toString('hex')] as const,
  );
  return Object.fromEntries(await Promise.all(pairs));
};
const fetched = (asked: readonly { call: string }[]) =>
  asked.filter(({ call }) => call === 'file').length;

/** Rewrites a FLAC with a longer text in its first Vorbis comment block, as a tag editor would. */
async function editTags(path: string): Promise<void> {
  const file = await readFile(path);
  const padding = Buffer.alloc(4 + 2048);
  padding[0] = 1; // a PADDING block, not the last one
  padding.writeUIntBE(2048, 1, 3);
  const afterStreamInfo = 4 + 4 + 34;
  await writeFile(
    path,
    Buffer.concat([file.subarray(0, afterStreamInfo), padding, file.subarray(afterStreamInfo)]),
  );
}

/** Where the frame begins that has so many behind it: a cut there leaves whole frames only. */
async function frameNearTheEnd(path: string, behind: number): Promise<number> {
  const file = await readFile(path);
  const frames: number[] = [];
  let at = 10 + [...file.subarray(6, 10)].reduce((size, byte) => size * 128 + byte, 0);
  for (let frame = parseMp3Header(file, at); frame; frame = parseMp3Header(file, at)) {
    frames.push(at);
    at += frame.frameBytes;
  }
  return frames.at(-behind)!;
}

describe('a sync of a folder in which something changed', () => {
  it('fetches a deleted file again, under the same name', async () => {
    const before = await contents();
    const [victim] = await tracks();
    await rm(run.path(victim!));
    const { asked, result } = await run.asking(run.sync);
    expect(fetched(asked)).toBe(1);
    expect(result.totals).toMatchObject({ downloaded: 1, skipped: 5 });
    expect(await contents()).toEqual(before);
  });

  it('fetches a truncated file again and sets the damaged one aside', async () => {
    const before = await contents();
    const [victim] = await tracks();
    await truncate(run.path(victim!), 20_000);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, skipped: 5 });
    expect(await contents()).toEqual(before);
    const [replaced] = (await run.workFiles()).filter((path) => /\/replaced\/.*\.flac$/.test(path));
    expect((await stat(run.path(replaced!))).size).toBe(20_000);
  });

  it('fetches a deleted cover again', async () => {
    const before = await contents();
    await rm(run.path('Mirela Quint/Slow Weather/cover.jpg'));
    const { asked } = await run.asking(run.sync);
    expect(fetched(asked)).toBe(0);
    expect(await contents()).toEqual(before);
  });

  it('keeps a file whose tags the user edited and remembers its new size', async () => {
    const [edited] = await tracks();
    await editTags(run.path(edited!));
    const before = await contents();
    const { asked, result } = await run.asking(run.sync);
    expect(fetched(asked)).toBe(0);
    expect(result.totals).toMatchObject({ downloaded: 0, skipped: 6 });
    expect(await contents()).toEqual(before);
    expect(run.eventCodes().filter((code) => code === 'TAGS_KEPT')).toHaveLength(1);
    const row = (await run.manifest()).find((file) => file.path === edited);
    expect(row?.bytes).toBe((await stat(run.path(edited!))).size);
    await run.sync();
    expect(run.eventCodes().filter((code) => code === 'TAGS_KEPT')).toHaveLength(1);
  });

  it('sets other audio aside that took the place of a track, and puts the track back', async () => {
    const before = await contents();
    const [victim] = await tracks();
    await copyFile(FOREIGN_AUDIO, run.path(victim!));
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, failed: 0 });
    expect(await contents()).toEqual(before);
    const [replaced] = (await run.workFiles()).filter((path) => /\/replaced\/.*\.flac$/.test(path));
    expect(await readFile(run.path(replaced!))).toEqual(await readFile(FOREIGN_AUDIO));
  });

  it('fetches an MP3 again that was cut between two frames, which no structure tells', async () => {
    await run.close();
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
    await run.sync();
    const before = await contents();
    const victim = (await run.tree()).find((path) => path.endsWith('.mp3'))!;
    await truncate(run.path(victim), await frameNearTheEnd(run.path(victim), 30));
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, skipped: 3, failed: 0 });
    expect(await contents()).toEqual(before);
  });

  it('leaves files alone that it did not put there', async () => {
    const own = 'Mirela Quint/Slow Weather/my notes.txt';
    await writeFile(run.path(own), 'mine');
    await run.sync();
    expect(await readFile(run.path(own), 'utf8')).toBe('mine');
  });
});

describe('a lost database', () => {
  it('loses nothing: the manifest in the folder brings the rows back, and nothing is fetched', async () => {
    const before = await contents();
    const receipts = await run.manifest();
    await run.reopen({ newHome: true });
    const { asked, result } = await run.asking(run.sync);
    expect(asked.map(({ call }) => call)).toEqual([
      'purchase/getUserPurchases',
      'purchase/getUserPurchases',
    ]);
    expect(result.totals).toMatchObject({ downloaded: 0, skipped: 6, failed: 0 });
    expect(await contents()).toEqual(before);
    expect(await run.manifest()).toEqual(receipts);
  });

  it('keeps every album in its folder, also one the shop has renamed since', async () => {
    const [victim, ...others] = await tracks();
    await rm(run.path(victim!));
    const rename = (answer: Record<string, unknown>) => {
      answer.title = 'Slow Weather (Remastered)';
    };
    await changeAnswer(run.store, 'album/get', { album_id: ALBUMS.slowWeather }, rename);
    await changeAnswer(run.store, 'purchase/getUserPurchases', { type: 'albums' }, ({ albums }) =>
      rename(albums.items[0]!),
    );
    await run.reopen({ newHome: true });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, skipped: 5, failed: 0 });
    expect(await tracks()).toEqual([victim, ...others]);
  });

  it('is learnt to the end by the next process when one ended in the middle of it', async () => {
    const receipts = await run.manifest();
    await run.reopen({ newHome: true });
    await run.engine.dispose();
    // As after a kill between two of the transactions that brought the rows back.
    const database = new Database(join(run.home, 'library.sqlite'));
    database.exec('DELETE FROM files WHERE id > 2; UPDATE library_roots SET manifest_read = 0');
    database.close();
    await run.reopen();
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 6 });
    expect(run.eventCodes()).not.toContain('FILE_ADOPTED');
    const byPath = (a: { path: string }, b: { path: string }) => a.path.localeCompare(b.path);
    expect((await run.manifest()).sort(byPath)).toEqual(receipts.sort(byPath));
  });

  it('loses no file even when the manifest is lost too: their tags tell which tracks they are', async () => {
    const before = await contents();
    await rm(join(run.root, WORK_FOLDER, 'manifest.jsonl'));
    await run.reopen({ newHome: true });
    const { asked, result } = await run.asking(run.sync);
    expect(fetched(asked)).toBe(0);
    expect(result.totals).toMatchObject({ downloaded: 0, skipped: 6, failed: 0 });
    expect(run.eventCodes().filter((code) => code === 'FILE_ADOPTED')).toHaveLength(6);
    expect(await contents()).toEqual(before);
    const rows = (await run.manifest()).filter((file) => file.kind === 'track');
    expect(rows.map((row) => row.receipt.audioHash?.kind)).toEqual(Array(6).fill('flac-pcm-md5'));
    expect(rows[0]?.receipt).toMatchObject({
      requestedFormatId: 6,
      servedFormatId: 6,
      samplingRateKHz: 44.1,
      bitDepth: 16,
    });
    const again = await run.asking(run.sync);
    expect(again.asked.map(({ call }) => call)).not.toContain('album/get');
    expect(again.result.totals).toMatchObject({ downloaded: 0, skipped: 6 });
    await run.engine.updateSettings({ preference: 'mp3' });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 6, skipped: 0, failed: 0 });
  });
});

describe('the folder of a known library', () => {
  const marker = () => join(run.root, WORK_FOLDER, 'root.json');

  it('without its marker stops the run with LIBRARY_ROOT_MISSING, and nothing is touched', async () => {
    const [victim] = await tracks();
    await rm(run.path(victim!));
    await rm(marker());
    const before = [await contents(), await run.workFiles()];
    const { asked, result } = await run.asking(run.sync);
    expect(result).toMatchObject({ state: 'stopped', error: { code: 'LIBRARY_ROOT_MISSING' } });
    expect(asked).toEqual([]);
    expect([await contents(), await run.workFiles()]).toEqual(before);
    expect((await run.engine.snapshot()).root?.state).toBe('missing');
  });

  it('that is an empty mount point stops the run with LIBRARY_ROOT_MISSING and stays empty', async () => {
    await rm(run.root, { recursive: true });
    await mkdir(run.root);
    expect((await run.sync()).error?.code).toBe('LIBRARY_ROOT_MISSING');
    await expect(run.engine.preview()).rejects.toMatchObject({ code: 'LIBRARY_ROOT_MISSING' });
    expect([...(await run.tree()), ...(await run.workFiles())]).toEqual([]);
  });

  it('is synced in full again once the user starts it anew; what stands there is taken over', async () => {
    const [victim] = await tracks();
    await rm(marker());
    await rm(run.path(victim!));
    await run.engine.folders.startAnew();
    const { totals } = await run.sync();
    expect(totals).toMatchObject({ downloaded: 1, skipped: 5, failed: 0 });
  });

  it('that belongs to another account is refused with LIBRARY_ROOT_FOREIGN until the user insists', async () => {
    const text = JSON.parse(await readFile(marker(), 'utf8'));
    const foreign = { ...text, libraryId: 'elsewhere', accountId: accountId('somebody') };
    await writeFile(marker(), JSON.stringify(foreign));
    expect((await run.sync()).error?.code).toBe('LIBRARY_ROOT_FOREIGN');
    await expect(run.engine.useFolder(run.root)).rejects.toMatchObject({
      code: 'LIBRARY_ROOT_FOREIGN',
    });
    expect(JSON.parse(await readFile(marker(), 'utf8'))).toEqual(foreign);
    await run.engine.useFolder(run.root, { anew: true });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 6 });
  });

  it('may move: its marker says which library it is', async () => {
    const moved = `${run.root}-moved`;
    await rename(run.root, moved);
    await run.engine.useFolder(moved);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 6 });
  });
});

describe('a name that is taken', () => {
  it('is left to the user: the track fails with PATH_OCCUPIED, the others are saved', async () => {
    await run.close();
    run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    const taken = 'Mirela Quint/Slow Weather/02 - Slow Weather.flac';
    await mkdir(dirname(run.path(taken)), { recursive: true });
    await copyFile(FOREIGN_AUDIO, run.path(taken));
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', totals: { downloaded: 5, failed: 1 } });
    const [line] = (await run.jobs()).filter((job) => job.state === 'failed');
    expect(line).toMatchObject({ path: taken, error: { code: 'PATH_OCCUPIED' } });
    expect(await readFile(run.path(taken))).toEqual(await readFile(FOREIGN_AUDIO));
    await rm(run.path(taken));
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, skipped: 5, failed: 0 });
  });
});
