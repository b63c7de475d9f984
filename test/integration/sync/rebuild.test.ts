import { existsSync } from 'node:fs';
import {
  copyFile,
  open as openFile,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Backup, listBackups } from '../../../src-main/library/backups.ts';
import { rebuildRecord } from '../../../src-main/sync/rebuild.ts';
import { ALBUMS, demoAlbums, demoPurchase } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';

const DAY = 24 * 3600_000;

let run: EngineHarness;
beforeEach(async () => {
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
  await run.sync();
});
afterEach(() => run.close());

const database = () => join(run.home, 'library.sqlite');
const backupFolder = () => join(run.home, 'backups');
const backups = () => listBackups(backupFolder());
const filesAsked = (asked: readonly { call: string }[]) =>
  asked.filter(({ call }) => call === 'file').length;
const rebuild = () => rebuildRecord({ home: run.home, clock: run.clock });
const isWhole = (path: string) => {
  const opened = new Database(path, { readonly: true });
  try {
    return opened.pragma('quick_check(1)', { simple: true }) === 'ok';
  } finally {
    opened.close();
  }
};

/** Overwrites a page of the closed database: a table's first one, or the file's very first. */
async function damage(table: string | null): Promise<void> {
  const opened = new Database(database());
  const page = Number(opened.pragma('page_size', { simple: true }));
  const root = table
    ? opened.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table)
    : 1;
  opened.close();
  const handle = await openFile(database(), 'r+');
  await handle.write(Buffer.alloc(page, table ? 0xa5 : 0), 0, page, (Number(root) - 1) * page);
  await handle.close();
}
async function buyAndSync(id: string) {
  run.store.catalogue.addPurchase(demoPurchase(id));
  await run.sync();
}
const refusesToOpen = () =>
  expect(run.reopen()).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });

describe('the backup of the database', () => {
  it('is made once a day, whole, for its owner alone, and the last seven are kept', async () => {
    await run.engine.care.backUpIfDue();
    const [first] = await backups();
    expect(isWhole(first!.path)).toBe(true);
    expect((await stat(first!.path)).mode & 0o077).toBe(0);
    const { mtimeMs } = await stat(first!.path);
    await run.engine.care.backUpIfDue();
    expect((await stat(first!.path)).mtimeMs).toBe(mtimeMs);
    for (let day = 0; day < 8; day++) {
      run.clock.leap(DAY);
      await run.engine.care.backUpIfDue();
    }
    const kept = await backups();
    expect(kept).toHaveLength(7);
    expect(kept.at(-1)!.dayMs).toBeGreaterThan(first!.dayMs);
    // Nothing half-made beside them.
    expect(await readdir(backupFolder())).toHaveLength(7);
  });

  it('waits until a music folder is in use: an earlier one would know of none, and stand for the day', async () => {
    await run.reopen({ newHome: true, folder: false });
    await run.engine.care.backUpIfDue();
    expect(await backups()).toEqual([]);
  });

  it('is never made of a damaged database', async () => {
    await run.engine.dispose();
    await damage('placements');
    const { size, mtimeNs, ino } = await stat(database(), { bigint: true });
    await writeFile(`${database()}.closed`, `${size} ${mtimeNs} ${ino}`);
    await run.reopen();
    await expect(run.engine.care.backUpIfDue()).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
    expect(await readdir(backupFolder())).toEqual([]);
  });
});

describe('a damaged database', () => {
  it('is set aside for the newest backup that is whole, and the folder tells what came since', async () => {
    await run.engine.care.backUpIfDue();
    run.clock.leap(DAY);
    await run.engine.care.backUpIfDue();
    const [newest] = (await backups()) as [Backup];
    await writeFile(newest.path, 'no database any more');
    await buyAndSync(ALBUMS.loudNeighbours);
    const manifest = await run.manifest();
    await run.engine.dispose();
    await damage('files');
    const damaged = await readFile(database());
    await refusesToOpen();

    const rebuilt = await rebuild();
    expect(rebuilt).toMatchObject({ source: 'backup', backup: { dayMs: newest.dayMs - DAY } });
    expect((await readFile(rebuilt!.setAside!)).equals(damaged)).toBe(true);
    await run.reopen();
    expect(await run.engine.care.learnAgain(rebuilt!)).toMatchObject({
      signedIn: true,
      folder: run.root,
      folderThere: true,
      tracks: 8,
    });
    const { asked, result } = await run.asking(run.sync);
    expect(filesAsked(asked)).toBe(0);
    expect(result.totals).toMatchObject({ downloaded: 0, skipped: 8, failed: 0 });
    expect(await run.manifest()).toEqual(manifest);
    expect(await rebuild().catch((error: { code: string }) => error.code)).toBe('ALREADY_RUNNING');
  });

  it('without a backup gives what of account, folder and settings can still be read', async () => {
    await run.engine.updateSettings({ concurrency: 7 });
    await run.engine.dispose();
    await damage('files');
    await refusesToOpen();
    const rebuilt = await rebuild();
    expect(rebuilt).toMatchObject({ source: 'salvaged', backup: null });
    await run.reopen();
    expect(await run.engine.care.learnAgain(rebuilt!)).toMatchObject({
      signedIn: true,
      folder: run.root,
      tracks: 4,
    });
    expect(run.engine.settings().concurrency).toBe(7);
    const { asked, result } = await run.asking(run.sync);
    expect(filesAsked(asked)).toBe(0);
    expect(result.totals).toMatchObject({ downloaded: 0, skipped: 4 });
  });

  it('of which nothing can be read costs a choice of the same folder, and not one track', async () => {
    await run.engine.dispose();
    await damage(null);
    await refusesToOpen();
    const rebuilt = await rebuild();
    expect(rebuilt).toMatchObject({ source: 'empty', backup: null });
    await run.reopen({ signedIn: false });
    // The sign-in is kept by the system and not here.
    expect(await run.engine.care.learnAgain(rebuilt!)).toMatchObject({
      signedIn: true,
      folder: null,
      tracks: 0,
    });
    await run.engine.useFolder(run.root);
    const { asked, result } = await run.asking(run.sync);
    expect(filesAsked(asked)).toBe(0);
    expect(result.totals).toMatchObject({ downloaded: 0, skipped: 4 });
  });

  it('is left alone when it is whole', async () => {
    await run.engine.dispose();
    const before = await readFile(database());
    expect(await rebuild()).toBeNull();
    expect((await readFile(database())).equals(before)).toBe(true);
    await run.reopen();
  });

  it('may meet a kill between the two names: the new one is found at the next opening', async () => {
    await run.engine.dispose();
    await damage('files');
    const rebuilt = await rebuild();
    await copyFile(database(), `${database()}.rebuilt`);
    await rm(database());
    await run.reopen();
    expect(existsSync(`${database()}.rebuilt`)).toBe(false);
    expect(await run.engine.care.learnAgain(rebuilt!)).toMatchObject({ tracks: 4 });
  });

  it('met in the middle of a run ends it with DATABASE_DAMAGED, and is not trusted at the next start', async () => {
    await run.engine.dispose();
    await damage('placements');
    const { size, mtimeNs, ino } = await stat(database(), { bigint: true });
    // As it was left, for all that anybody can see from outside.
    await writeFile(`${database()}.closed`, `${size} ${mtimeNs} ${ino}`);
    await run.reopen();
    expect(run.engine.damaged.aborted).toBe(false);
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'stopped', error: { code: 'DATABASE_DAMAGED' } });
    expect(view.totals.failed).toBe(0);
    expect(run.engine.damaged.aborted).toBe(true);
    await refusesToOpen();
  });
});

describe('a database whose log was lost', () => {
  it('opens as it was before, and the folder tells what the log held: nothing is fetched again', async () => {
    await run.reopen();
    const before = await readFile(database());
    await buyAndSync(ALBUMS.loudNeighbours);
    await run.engine.dispose();
    await writeFile(database(), before);
    for (const ending of ['-wal', '-shm', '.closed']) {
      await rm(`${database()}${ending}`, { force: true });
    }
    await run.reopen();
    const { asked, result } = await run.asking(run.sync);
    expect(filesAsked(asked)).toBe(0);
    expect(result.totals).toMatchObject({ downloaded: 0, skipped: 8, failed: 0 });
  });
});
