import { describe, expect, it } from 'vitest';
import { afterDelta, fromSnapshot } from '../../../src-renderer/store/reducer.ts';
import { EMPTY_SNAPSHOT } from '../../support/fake-bridge.ts';
import { albums, jobs } from '../../support/scenes.ts';

const start = fromSnapshot({ ...EMPTY_SNAPSHOT, seq: 10, albums, jobs });
const first = albums[0]!;
const quartets = albums[5]!;

describe('the mirror', () => {
  it('lists albums most recently bought first, whatever order they came in', () => {
    const shuffled = fromSnapshot({ ...EMPTY_SNAPSHOT, albums: [...albums].reverse() });
    expect(shuffled.albumOrder).toEqual(albums.map((album) => album.id));
  });

  it('ignores a delta it already contains', () => {
    expect(afterDelta(start, { seq: 10, account: null, run: null })).toBe(start);
  });

  it('leaves what a delta does not mention as the very same objects', () => {
    const next = afterDelta(start, { seq: 11, root: null });
    expect(next.albums).toBe(start.albums);
    expect(next.jobs).toBe(start.jobs);
    expect(next.settings).toBe(start.settings);
  });

  it('keeps the order of albums while only their status changes', () => {
    const upsert = [{ ...first, status: 'partly' as const, tracksDone: 3 }];
    const next = afterDelta(start, { seq: 11, albums: { upsert, removed: [] } });
    expect(next.albums.get(first.id)?.tracksDone).toBe(3);
    expect(next.albumOrder).toBe(start.albumOrder);
  });

  it('takes a new album into its place and a removed one out', () => {
    const fresh = { ...first, id: quartets.id, purchasedAt: first.purchasedAt + 5 };
    const next = afterDelta(start, { seq: 11, albums: { upsert: [fresh], removed: [first.id] } });
    expect(next.albumOrder[0]).toBe(quartets.id);
    expect(next.albumOrder).not.toContain(first.id);
    expect(next.albumOrder).toHaveLength(albums.length - 1);
  });

  it('updates a job in place and leaves the jobs of other albums alone', () => {
    const old = start.jobs.get(quartets.id)![5]!;
    const moved = { ...old, receivedBytes: old.receivedBytes + 1000 };
    const next = afterDelta(start, { seq: 11, jobs: { upsert: [moved], removed: [] } });
    expect(next.jobs.get(quartets.id)![5]).toBe(moved);
    expect(next.jobs.get(quartets.id)).toHaveLength(start.jobs.get(quartets.id)!.length);
    expect(next.jobs.get(first.id)).toBe(start.jobs.get(first.id));
    expect(start.jobs.get(quartets.id)![5]).toBe(old);
  });

  it('forgets removed jobs, and an album once its last job is gone', () => {
    const group = start.jobs.get(first.id)!;
    const one = afterDelta(start, { seq: 11, jobs: { upsert: [], removed: [group[0]!.id] } });
    expect(one.jobs.get(first.id)).toHaveLength(group.length - 1);
    const all = afterDelta(start, {
      seq: 11,
      jobs: { upsert: [], removed: group.map((job) => job.id) },
    });
    expect(all.jobs.has(first.id)).toBe(false);
  });

  it('takes null for "gone" and absence for "as before"', () => {
    const run = { ...start, run: null };
    const next = afterDelta(run, { seq: 12, account: null });
    expect(next.account).toBeNull();
    expect(next.root).toBe(run.root);
  });

  it('takes over every other part as a whole, and leaves out one that is there in name only', () => {
    const verify = {
      state: 'running',
      albumIds: [first.id],
      filesDone: 1,
      filesTotal: 11,
      bytesDone: 1,
      bytesTotal: 11,
      secondsLeft: null,
      bytesPerSecond: null,
      endedAtMs: null,
      findings: [],
      findingsTotal: 0,
      error: null,
    } as const;
    const next = afterDelta(start, {
      seq: 11,
      verify,
      queue: { paused: true },
      links: undefined as unknown as [],
    });
    expect(next.verify).toBe(verify);
    expect(next.queue.paused).toBe(true);
    expect(next.links).toBe(start.links);
  });
});
