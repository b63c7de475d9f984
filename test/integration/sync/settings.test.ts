import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_TEMPLATE, TEMPLATE_PRESETS } from '../../../src-preload/contract/naming.ts';
import { DEFAULT_SETTINGS, type SettingsPatch } from '../../../src-preload/contract/settings.ts';
import {
  type EngineHarness,
  engineHarness,
  type HarnessOptions,
} from '../../support/engine-harness.ts';

let run: EngineHarness | undefined;

const open = async (options: HarnessOptions = {}) => {
  run = await engineHarness(options);
  return run;
};

afterEach(async () => {
  await run?.close();
  run = undefined;
});

const settingsOf = async (harness: EngineHarness) => (await harness.engine.snapshot()).settings;

/** Writes into the database of a harness that is closed for the moment. */
const damage = async (harness: EngineHarness, sql: string) => {
  await harness.engine.dispose();
  const database = new BetterSqlite3(join(harness.home, 'library.sqlite'));
  database.exec(sql);
  database.close();
  await harness.reopen();
};

/** How many damaged settings stand in the record of events. */
const recorded = (harness: EngineHarness) => {
  const database = new BetterSqlite3(join(harness.home, 'library.sqlite'), { readonly: true });
  const [row] = database
    .prepare("SELECT count(*) AS n FROM events WHERE code = 'SETTING_RESET'")
    .all();
  database.close();
  return (row as { n: number }).n;
};

describe('the first steps', () => {
  it('count as done where there are files, however they were left', async () => {
    const { engine, sync } = await open();
    expect((await engine.snapshot()).settings.setupStep).toBe('folder');
    await sync();
    expect((await engine.snapshot()).settings.setupStep).toBe('done');
    await run!.reopen();
    expect((await settingsOf(run!)).setupStep).toBe('done');
  });

  it('are not done by a folder that is still empty', async () => {
    const harness = await open({ settings: { setupStep: 'background' } });
    await harness.reopen();
    expect((await settingsOf(harness)).setupStep).toBe('background');
  });
});

describe('settings', () => {
  it('chosen before there is a folder wait and become the first folder’s', async () => {
    const { engine, root } = await open({ folder: false });
    const chosen: SettingsPatch = {
      preference: 'cd',
      namingTemplate: TEMPLATE_PRESETS.flat,
      saveCovers: false,
      writeReplayGain: false,
      theme: 'dark',
    };
    await engine.updateSettings(chosen);
    await engine.useFolder(root);
    expect((await engine.snapshot()).settings).toEqual({ ...DEFAULT_SETTINGS, ...chosen });
  });

  it('of a folder stay with it, those of the machine hold everywhere', async () => {
    const harness = await open({ settings: { saveBooklets: false } });
    const { engine, root } = harness;
    await engine.useFolder(`${root}-2`);
    expect(await settingsOf(harness)).toMatchObject({ saveBooklets: false });
    await engine.updateSettings({ saveBooklets: true, preference: 'mp3', concurrency: 2 });
    await engine.updateSettings({ namingTemplate: TEMPLATE_PRESETS.year });
    await engine.useFolder(root);
    expect(await settingsOf(harness)).toMatchObject({
      saveBooklets: false,
      preference: 'best',
      namingTemplate: DEFAULT_TEMPLATE,
      concurrency: 2,
    });
    await engine.useFolder(`${root}-2`);
    await harness.reopen();
    await harness.engine.useFolder(`${root}-2`);
    expect(await settingsOf(harness)).toMatchObject({
      saveBooklets: true,
      preference: 'mp3',
      namingTemplate: TEMPLATE_PRESETS.year,
    });
  });

  it('made at the same time all hold', async () => {
    const harness = await open();
    await Promise.all([
      harness.engine.updateSettings({ preference: 'cd' }),
      harness.engine.updateSettings({ namingTemplate: TEMPLATE_PRESETS.label }),
      harness.engine.updateSettings({ embedCovers: false }),
    ]);
    const chosen = { preference: 'cd', namingTemplate: TEMPLATE_PRESETS.label, embedCovers: false };
    expect(await settingsOf(harness)).toMatchObject(chosen);
    await harness.reopen();
    expect(await settingsOf(harness)).toMatchObject(chosen);
  });

  it.each([
    { concurrency: 99 },
    { namingTemplate: '{album}/{titel}' },
    { namingTemplate: '{title}' },
    { reservePercent: -1 },
    { somethingElse: true },
  ])('refuse %j and change nothing', async (bad) => {
    const harness = await open();
    const both = { theme: 'dark', saveCovers: false, ...bad } as SettingsPatch;
    await expect(harness.engine.updateSettings(both)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await harness.reopen();
    expect(await settingsOf(harness)).toEqual(DEFAULT_SETTINGS);
  });

  it('that are damaged fall back one by one, and are named until they are set again', async () => {
    const harness = await open({ settings: { theme: 'dark', saveCovers: false } });
    await damage(
      harness,
      `INSERT OR REPLACE INTO settings VALUES ('machine', '', 'concurrency', '{"half');
       UPDATE settings SET value = '"no"' WHERE key = 'saveCovers';
       UPDATE library_roots SET preference = 'loudest', template = '{album}';`,
    );
    const damaged = ['concurrency', 'preference', 'namingTemplate', 'saveCovers'];
    const named = async () => [...(await harness.engine.snapshot()).resetSettings].sort();
    expect(await settingsOf(harness)).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(await named()).toEqual([...damaged].sort());
    expect(recorded(harness)).toBe(4);

    await harness.engine.updateSettings({ theme: 'light', concurrency: 4 });
    await harness.engine.updateSettings({ preference: 'best', saveCovers: true });
    expect(await named()).toEqual(['namingTemplate']);
    await harness.engine.updateSettings({ namingTemplate: DEFAULT_TEMPLATE });
    expect(await named()).toEqual([]);
    await harness.reopen();
    expect(await named()).toEqual([]);
  });
});

describe('a picked folder', () => {
  it('is looked at without being changed, then taken into use', async () => {
    const harness = await open({ folder: false });
    const { engine, root } = harness;
    await mkdir(join(root, 'Old', '.crateful'), { recursive: true });
    for (const name of ['a.flac', 'b.MP3', 'cover.jpg', 'Old/c.wav']) {
      await writeFile(join(root, name), '');
    }
    const before = await harness.tree();
    const facts = await engine.folders.look(root);
    expect(facts).toMatchObject({
      path: root,
      state: 'new',
      files: 4,
      audioFiles: 3,
      filesAreMore: false,
    });
    expect(facts.freeBytes).toBeGreaterThan(0);
    expect(await harness.tree()).toEqual(before);
    expect(await harness.workFiles()).toEqual([]);

    await engine.folders.use('use');
    expect((await engine.snapshot()).root).toMatchObject({ path: root, state: 'ready' });
    expect(await engine.folders.look(root)).toMatchObject({ state: 'current', files: 4 });
    expect(await engine.folders.look(`${root}-2`)).toMatchObject({ state: 'new', files: 0 });
  });

  it('is named for what it is: a known one without its drive, somebody else’s, one that is no folder', async () => {
    const harness = await open();
    const { engine, root } = harness;
    await rm(root, { recursive: true });
    expect(await engine.folders.look(root)).toMatchObject({ state: 'missing' });
    const other = `${root}-other`;
    await mkdir(join(other, '.crateful'), { recursive: true });
    await writeFile(join(other, '.crateful', 'root.json'), '{}');
    expect(await engine.folders.look(other)).toMatchObject({ state: 'foreign' });
    await writeFile(`${root}-file`, '');
    expect(await engine.folders.look(`${root}-file`)).toMatchObject({ state: 'not-writable' });
  });

  it('counts no further than to ten thousand', async () => {
    const { engine, root } = await open({ folder: false });
    await mkdir(root);
    const names = Array.from({ length: 10_001 }, (_, index) => join(root, `${index}.flac`));
    for (let from = 0; from < names.length; from += 500) {
      await Promise.all(names.slice(from, from + 500).map((name) => writeFile(name, '')));
    }
    expect(await engine.folders.look(root)).toMatchObject({ files: 10_000, filesAreMore: true });
  });

  it('is used anew with a library id of its own, the files in it staying', async () => {
    const harness = await open();
    const { engine, root } = harness;
    const first = (await engine.snapshot()).root?.id;
    await writeFile(join(root, 'mine.flac'), 'mine');
    await engine.folders.look(root);
    await engine.folders.use('anew');
    const second = (await engine.snapshot()).root;
    expect(second).toMatchObject({ path: root, state: 'ready' });
    expect(second?.id).not.toBe(first);
    expect(await harness.tree()).toEqual(['mine.flac']);
  });

  it('has to be picked first', async () => {
    const { engine } = await open();
    await expect(engine.folders.use('use')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
