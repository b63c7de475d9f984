import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { apiFaults, inject } from '../../support/faults.ts';
import { faultyFileSystem, systemError } from '../../support/faulty-file-system.ts';

const ALBUM = ALBUMS.cathedral as AlbumId;
const [FIRST = 0] = tracksOf(ALBUMS.cathedral);

let run: EngineHarness;
let full = false;
/** A library of MP3s that were taken over: nobody knows what they were asked for as. */
beforeEach(async () => {
  full = false;
  const fs = faultyFileSystem(({ name, path }) =>
    full && name === 'write' && /\.(part|tagged)/.test(path) ? systemError('ENOSPC') : null,
  );
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.cathedral),
    settings: { preference: 'mp3' },
    standIns: { fs },
  });
  await run.sync();
  await sql('UPDATE files SET requested_format_id = NULL');
  await run.engine.updateSettings({ preference: 'best' });
});
afterEach(() => run.close());

/** Changes the database as another version, or another way into it, may have left it. */
async function sql(text: string) {
  const { home } = run;
  await run.engine.dispose();
  const database = new Database(join(home, 'library.sqlite'));
  database.exec(text);
  database.close();
  await run.reopen();
}
const offers = async () => (await run.engine.offers.page(null)).albums;
const endings = async () =>
  (await run.tree())
    .filter((path) => !path.endsWith('.jpg'))
    .map((path) => path.slice(path.lastIndexOf('.') + 1));
const idle = () =>
  eventually(async () => (await run.engine.snapshot()).run?.state).toMatch(/finished|stopped/);
const settled = async (work: Promise<void>) => {
  const before = (await run.engine.snapshot()).run?.id;
  await work;
  await eventually(async () => (await run.engine.snapshot()).run?.id).not.toBe(before);
  await idle();
};

describe('a better edition', () => {
  it('is offered and never fetched by itself; accepted, it takes the place of the old file, which can be had back', async () => {
    const before = (await run.manifest()).filter(({ kind }) => kind === 'track');
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4 });
    const [offer] = await offers();
    expect(offer).toMatchObject({ albumId: ALBUM, artist: 'Ondine Vasari' });
    expect(offer?.tracks).toHaveLength(4);
    expect(offer?.tracks[0]).toMatchObject({
      from: { formatId: 5 },
      to: { formatId: 27, bitDepth: 24 },
      accepted: false,
    });
    expect(offer?.tracks[0]?.bytes).toBeGreaterThan(0);

    await settled(run.engine.offers.accept([{ albumId: ALBUM, trackIds: null }]));
    expect(await endings()).toEqual(['flac', 'flac', 'flac', 'flac']);
    expect(await offers()).toEqual([]);
    const { entries } = await run.engine.setAside.page(null);
    for (const { path, bytes, receipt } of before) {
      const entry = entries.find((each) => each.path === path)!;
      expect(entry).toMatchObject({ reason: 'upgrade', bytes });
      const note = JSON.parse(
        await readFile(run.path(`.crateful/replaced/${entry.id}.json`), 'utf8'),
      );
      expect(note.sha256).toBe(receipt.sha256);
    }
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4 });

    await run.engine.setAside.restore(entries.map(({ id }) => id));
    expect(await endings()).toEqual(['mp3', 'mp3', 'mp3', 'mp3']);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4 });
    // Who brought a file back is not offered at once what they have just given back.
    expect(await offers()).toEqual([]);
  });

  it('of single tracks concerns those alone, and what was accepted survives a restart', async () => {
    inject(run.store, apiFaults.restricted('TrackRestrictedByRightHolders'), { times: 1 });
    await settled(run.engine.offers.accept([{ albumId: ALBUM, trackIds: [FIRST as never] }]));
    expect((await endings()).filter((ending) => ending === 'mp3')).toHaveLength(4);
    await run.reopen();
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 4 });
    run.clock.leap(31 * 24 * 3600 * 1000);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 1, skipped: 3 });
    expect((await offers())[0]?.tracks).toHaveLength(3);
  });

  it('that was dismissed stays away until it is another', async () => {
    await run.engine.offers.dismiss([{ albumId: ALBUM, trackIds: null }]);
    expect(await offers()).toEqual([]);
    await run.reopen();
    expect(await offers()).toEqual([]);
    await run.engine.updateSettings({ preference: 'cd' });
    expect((await offers())[0]?.tracks).toHaveLength(4);
    expect((await offers())[0]?.tracks[0]?.to).toMatchObject({ formatId: 6 });
  });

  it('that turns out no better leaves the file that is there, says so, and is not offered again: EDITION_NOT_BETTER', async () => {
    await sql('UPDATE files SET requested_format_id = 5');
    await run.engine.updateSettings({ preference: 'cd' });
    await run.sync();
    await sql('UPDATE files SET requested_format_id = NULL');
    await run.engine.updateSettings({ preference: 'best' });
    const there = (await run.manifest()).find(({ trackId }) => trackId === FIRST)!;
    const bytes = await readFile(run.path(there.path));
    expect((await offers())[0]?.tracks).toHaveLength(4);
    // The shop calls it 24 bit, and delivers what it always had.
    const { files } = run.store.catalogue.albums.get(ALBUM)!.tracks[0]!;
    run.store.catalogue.changeTrack(FIRST, { files: { ...files, 27: files[6]! } });
    await settled(run.engine.offers.accept([{ albumId: ALBUM, trackIds: [FIRST as never] }]));
    expect((await run.job(FIRST)).error?.code).toBe('EDITION_NOT_BETTER');
    expect(await readFile(run.path(there.path))).toEqual(bytes);
    expect((await offers())[0]?.tracks).toHaveLength(3);
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, failed: 0 });
  });

  it('that finds no room leaves the old file, and comes once there is some', async () => {
    const before = await run.tree();
    full = true;
    await settled(run.engine.offers.accept(null));
    expect((await run.engine.snapshot()).run?.error?.code).toBe('DISK_FULL');
    expect(await run.tree()).toEqual(before);
    expect(await run.engine.setAside.page(null)).toMatchObject({ total: 0 });
    full = false;
    expect((await run.sync()).totals).toMatchObject({ failed: 0 });
    expect(await endings()).toEqual(['flac', 'flac', 'flac', 'flac']);
  });
});
