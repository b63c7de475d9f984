import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LibraryFile } from '../../../src-preload/contract/library.ts';
import type { RunView } from '../../../src-preload/contract/views.ts';
import { ALBUMS, tracksOf } from '../../support/demo-albums.ts';
import { type Asked, type EngineHarness, engineHarness } from '../../support/engine-harness.ts';

describe('a first sync of the whole demo', () => {
  let run: EngineHarness;
  let view: RunView;
  let asked: Asked[];
  let files: LibraryFile[];
  beforeAll(async () => {
    run = await engineHarness();
    ({ asked, result: view } = await run.asking(run.sync));
    files = await run.manifest();
  });
  afterAll(() => run.close());

  it('ends with every track that can be had, and no failure', () => {
    expect(view).toMatchObject({ state: 'finished', error: null, listingDone: true });
    expect(view.totals).toMatchObject({ downloaded: 62, skipped: 0, failed: 0, unavailable: 5 });
  });

  it('leaves nothing under the folder but files that have a receipt, each as long and as hashed as it says', async () => {
    expect(files.map((file) => file.path).sort()).toEqual(await run.tree());
    for (const { path, receipt, bytes } of files) {
      const content = await readFile(run.path(path));
      expect(content.length, path).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex'), path).toBe(receipt.sha256);
    }
    const own = await run.workFiles();
    expect(own.filter((path) => /\.(part|tagged)$/.test(path))).toEqual([]);
  });

  it('leaves tracks that last as long as the service said and carry its tags', async () => {
    const tracks = files.filter((file) => file.kind === 'track');
    expect(tracks).toHaveLength(62);
    for (const { path, trackId, albumId } of tracks) {
      const track = run.store.catalogue.find(trackId!)!.track;
      const { format, common } = await parseFile(run.path(path), { duration: true });
      expect(Math.abs(format.duration! - track.durationSeconds), path).toBeLessThan(1.5);
      expect(common.title, path).toContain(track.title);
      expect(common.album, path).toContain(run.store.catalogue.albums.get(albumId)!.title);
      expect(common.track.no, path).toBe(track.trackNumber);
      expect(common.isrc, path).toEqual([track.isrc]);
      expect(common.picture, path).toHaveLength(1);
    }
  });

  it('takes the best format each track is entitled to, and writes down what was refused before', () => {
    const formats = (albumId: string) =>
      files
        .filter((file) => file.albumId === albumId && file.kind === 'track')
        .sort((a, b) => a.trackId! - b.trackId!)
        .map(({ receipt }) => receipt.servedFormatId);
    expect(formats(ALBUMS.cathedral)).toEqual([27, 27, 27, 27]);
    expect(formats(ALBUMS.tapeHiss)).toEqual([5, 5, 5, 5]);
    expect(formats(ALBUMS.oneTake)).toEqual([55]);
    expect(formats(ALBUMS.copperAndGlass)).toEqual([7, 7, 6, 7, 6]);
    const third = files.find((file) => file.trackId === tracksOf(ALBUMS.copperAndGlass)[2])!;
    expect(third.receipt).toMatchObject({
      requestedFormatId: 7,
      samplingRateKHz: 44.1,
      bitDepth: 16,
      refusedFormats: [{ formatId: 7, restriction: 'FormatRestrictedByFormatAvailability' }],
    });
  });

  it('puts cover and booklets beside the tracks', async () => {
    const tree = await run.tree();
    expect(tree.filter((path) => path.endsWith('/cover.jpg'))).toHaveLength(13);
    expect(tree.filter((path) => path.endsWith('.pdf'))).toHaveLength(4);
  });

  it('names what cannot be had and why', async () => {
    const jobs = (await run.jobs()).filter((job) => job.state === 'unavailable');
    const reasons = jobs.map((job) => [job.trackId, job.error?.code]);
    expect(reasons.sort()).toEqual(
      [
        [tracksOf(ALBUMS.nightBus)[4], 'TRACK_WITHHELD'],
        ...tracksOf(ALBUMS.preOrder).map((id) => [id, 'PRE_ORDER']),
      ].sort(),
    );
  });

  it('stores a track once that was bought singly and inside its album', () => {
    const twice = tracksOf(ALBUMS.slowWeather)[2]!;
    expect(files.filter((file) => file.trackId === twice)).toHaveLength(1);
    expect(asked.filter(({ call, trackId }) => call === 'file' && trackId === twice)).toHaveLength(
      1,
    );
  });

  it('reports a purchase it cannot read, and lists the others all the same', async () => {
    expect(run.eventCodes()).toContain('LISTING_ODD_ROW');
    const { purchases, albums } = await run.engine.snapshot();
    expect(purchases).toMatchObject({ state: 'ready', oddRows: 1 });
    expect(albums).toHaveLength(14);
  });

  it('asks for each list and each file once', () => {
    const times = (call: string) => asked.filter((each) => each.call === call).length;
    expect(times('album/get')).toBe(14);
    expect(times('file')).toBe(62);
    expect(asked.every(({ request }) => request.userAgent === 'Crateful/0.0.0')).toBe(true);
  });

  it('is up to date afterwards: a second sync reads the two lists of purchases and asks nothing else', async () => {
    const before = await run.tree();
    const again = await run.asking(run.sync);
    expect(again.asked.map(({ call }) => call)).toEqual([
      'purchase/getUserPurchases',
      'purchase/getUserPurchases',
    ]);
    expect(again.result.state).toBe('finished');
    expect(again.result.totals).toMatchObject({
      downloaded: 0,
      skipped: 62,
      failed: 0,
      unavailable: 5,
      bytes: 0,
    });
    expect(await run.tree()).toEqual(before);
  });

  it('stays up to date for the next process', async () => {
    await run.reopen();
    const again = await run.asking(run.sync);
    expect(again.asked.map(({ call }) => call)).toEqual([
      'purchase/getUserPurchases',
      'purchase/getUserPurchases',
    ]);
    expect(again.result.totals).toMatchObject({ downloaded: 0, skipped: 62 });
  });
});
