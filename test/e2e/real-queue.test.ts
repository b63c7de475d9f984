import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobView, Snapshot } from '../../src-preload/contract/views.ts';
import { bigFiles } from '../support/big-files.ts';
import { ALBUMS } from '../support/demo-albums.ts';
import { bodyFaults, inject } from '../support/faults.ts';
import { type Desk, openDesk, WAIT } from '../support/window.ts';

let scratch: string;
let desk: Desk;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'crateful-e2e-queue-'));
});
afterEach(async () => {
  await desk.close();
  await rm(scratch, { recursive: true, force: true });
});

const home = () => join(scratch, 'home');
const folder = () => join(scratch, 'Music');

const open = async (...albums: readonly string[]): Promise<void> => {
  const catalogue = await bigFiles(join(scratch, 'sounds'), ...albums);
  desk = await openDesk({ home: home(), catalogue });
};

/** Ends the app as a power cut would, and starts it again on what it left. */
async function killAndStartAgain(): Promise<void> {
  const main = desk.app.electron.process();
  const gone = once(main, 'exit');
  main.kill('SIGKILL');
  await gone;
  desk = await openDesk({ home: home(), store: desk.store });
  await desk.signInAgain();
}

const tracks = ({ jobs }: Snapshot): readonly JobView[] =>
  jobs.filter(({ kind }) => kind === 'track');
/** Title and state of the tracks that are not there yet. */
const unfinished = (snapshot: Snapshot): Readonly<Record<string, JobView['state']>> =>
  Object.fromEntries(
    tracks(snapshot).flatMap(({ title, state }) => (state === 'done' ? [] : [[title, state]])),
  );
/** What was asked for of files since the first `from` requests. */
const fileRequests = (from = 0) =>
  desk.store.requests.slice(from).filter(({ kind }) => kind === 'cdn');
const files = async (): Promise<string[]> =>
  (await readdir(folder(), { recursive: true })).filter(
    (path) => !path.startsWith('.crateful') && /\.(flac|mp3|dsf)$/.test(path),
  );

describe('the queue after a kill', () => {
  it('is as it was: paused stays paused, and resuming fetches no byte twice', async () => {
    await open(ALBUMS.slowWeather);
    await desk.settleIn(folder());
    const slow = inject(desk.store, bodyFaults.drip({ bytes: 8192, pauseMs: 20 }));
    await desk.button('Sync').click();
    const moving = await desk.until(
      (now) => tracks(now).filter(({ receivedBytes }) => receivedBytes > 100_000).length >= 2,
      'two long files under way',
    );
    const [first] = tracks(moving).filter(({ receivedBytes }) => receivedBytes > 100_000);
    if (!first) throw new Error('nothing is under way');
    await desk.button(`Pause ${first.title}`).click();
    await desk.button('Pause all').click();
    await desk.heading('Paused').waitFor(WAIT);
    await desk.until(
      (now) => tracks(now).every(({ state }) => state !== 'running' && state !== 'committing'),
      'everything stands still',
    );
    const before = await desk.snapshot();

    await killAndStartAgain();
    const after = await desk.until(({ jobs }) => jobs.length > 0, 'the queue is back');
    expect(after.queue.paused).toBe(true);
    expect(unfinished(after)).toEqual(unfinished(before));
    expect(unfinished(after)[first.title]).toBe('paused');
    await desk.go('Queue');
    await desk.heading('Paused').waitFor(WAIT);

    const asked = desk.store.requests.length;
    slow.remove();
    await desk.button('Resume all').click();
    await desk.until(
      ({ run, jobs }) => run?.state === 'finished' && jobs.some(({ state }) => state === 'paused'),
      'everything but the paused file',
    );
    expect((await files()).filter((path) => path.includes(first.title))).toEqual([]);
    await desk.button('Resume paused files').click();
    await desk.until((now) => tracks(now).every(({ state }) => state === 'done'), 'all is there');
    expect(await files()).toHaveLength(9);

    // Every file that was begun goes on exactly where it stopped; what was whole is not asked for again.
    const begun = tracks(before).filter(
      ({ state, receivedBytes }) => state !== 'done' && receivedBytes > 0,
    );
    const later = fileRequests(asked);
    const ranges = later.map(({ range }) => range).filter((range) => range !== null);
    expect(ranges.toSorted()).toEqual(
      begun.map(({ receivedBytes }) => `bytes=${receivedBytes}-`).toSorted(),
    );
    expect(later).toHaveLength(tracks(before).filter(({ state }) => state !== 'done').length);
  });

  it('goes on by itself when it was killed while files flowed', async () => {
    await open();
    await desk.settleIn(folder());
    // What was received is handed to the disk by the megabyte; a kill loses what is gathered for it.
    const slow = inject(desk.store, bodyFaults.drip({ bytes: 65_536, pauseMs: 50 }));
    await desk.button('Sync').click();
    await desk.until(
      (now) => tracks(now).filter(({ receivedBytes }) => receivedBytes > 1_200_000).length === 3,
      'more than a megabyte of each file',
    );
    const asked = desk.store.requests.length;
    slow.remove();
    await killAndStartAgain();
    await desk.until(({ run }) => run?.state === 'finished', 'the sync has gone on to its end');
    expect(await files()).toHaveLength(3);
    const offsets = fileRequests(asked).map(({ range }) => Number(range?.match(/\d+/)?.[0]));
    expect(offsets).toHaveLength(3);
    for (const offset of offsets) expect(offset).toBeGreaterThanOrEqual(1_000_000);
    await desk.go('Queue');
    await desk.button('History').click();
    await desk.see('Cut off when Crateful ended');
  });
});

describe('the history', () => {
  it('counts what each run added, also when paused files are resumed later', async () => {
    await open(ALBUMS.slowWeather);
    await desk.settleIn(folder());
    const slow = inject(desk.store, bodyFaults.drip({ bytes: 8192, pauseMs: 20 }));
    await desk.button('Sync').click();
    const moving = await desk.until(
      (now) => tracks(now).some(({ receivedBytes }) => receivedBytes > 100_000),
      'a long file under way',
    );
    const one = tracks(moving).find(({ receivedBytes }) => receivedBytes > 100_000)!;
    await desk.button(`Pause ${one.title}`).click();
    slow.remove();
    await desk.until(({ run }) => run?.state === 'finished', 'the rest is there');
    await desk.button('Resume paused files').click();
    await desk.until((now) => tracks(now).every(({ state }) => state === 'done'), 'all is there');
    await desk.button('History').click();
    const runs = desk
      .page()
      .getByRole('main')
      .getByText(/tracks? added/);
    await expect.poll(() => runs.allTextContents()).toHaveLength(2);
    const added = (await runs.allTextContents()).map((text) => Number.parseInt(text, 10));
    expect(added).toEqual([1, 8]);
  });
});
