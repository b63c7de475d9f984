import { describe, expect, it } from 'vitest';
import { reconcile, subjectOf } from '../../../src-main/sync/reconcile.ts';
import {
  accountId,
  albumId,
  jobId,
  rootId,
  runId,
  trackId,
} from '../../../src-preload/contract/ids.ts';
import type { Job } from '../../../src-preload/contract/library.ts';
import type { PlanItem } from '../../../src-preload/contract/plan.ts';

const owner = { runId: runId('now'), accountId: accountId('1'), rootId: rootId('root') };
const next = {
  id: () => jobId('new'),
  position: () => 100,
  titles: () => ({ title: 'Title', artist: 'Artist', albumTitle: 'Album' }),
};

const item = (track: number, action: PlanItem['action']): PlanItem => ({
  action,
  reason: action === 'keep' ? 'present' : 'new',
  albumId: albumId('album'),
  trackId: trackId(track),
  kind: 'track',
  sideIndex: 0,
  title: 'Title',
  path: `Artist/Album/0${track} - Title.flac`,
  formatId: 27,
  fallbackFormatIds: [7, 6],
  substitution: null,
  bytes: 10,
  refusal: null,
});

const earlier = (track: number, state: Job['state']): Job => ({
  id: jobId(`job-${track}`),
  ...owner,
  runId: runId('before'),
  albumId: albumId('album'),
  trackId: trackId(track),
  kind: 'track',
  sideIndex: 0,
  formatIds: [6],
  targetPath: 'Artist/Album/Old name.flac',
  replaces: false,
  estimatedBytes: 5,
  state,
  attempts: 4,
  notBeforeMs: 99,
  error: { code: 'STREAM_TRUNCATED', params: {} },
  receipt: null,
  position: 7,
  title: 'Old title',
  artist: 'Artist',
  albumTitle: 'Album',
});

const run = (
  items: readonly PlanItem[],
  jobs: readonly Job[],
  { live = [], resume = false }: { live?: readonly string[]; resume?: boolean } = {},
) =>
  reconcile(
    { albumId: albumId('album'), folder: 'Artist/Album', items },
    {
      earlier: (subject) => jobs.find((job) => subjectOf(job) === subject) ?? null,
      isLive: (id) => live.includes(id),
      resume,
    },
    owner,
    next,
  );

describe('a fresh plan over the jobs of an earlier run', () => {
  it('renews an open job under its old id, so that its part is used, with what the plan says now', () => {
    const { added, renewed } = run([item(1, 'download')], [earlier(1, 'failed')]);
    expect(added).toEqual([]);
    expect(renewed).toMatchObject([
      {
        id: 'job-1',
        runId: 'now',
        formatIds: [27, 7, 6],
        targetPath: 'Artist/Album/01 - Title.flac',
        state: 'waiting',
        attempts: 0,
        notBeforeMs: 0,
        error: null,
      },
    ]);
  });

  it('closes a job about what is there by now, and leaves one alone that was refused', () => {
    const jobs = [earlier(1, 'failed'), earlier(2, 'unavailable')];
    const { added, renewed, closed } = run([item(1, 'keep'), item(2, 'unavailable')], jobs);
    expect(closed.map((job) => job.id)).toEqual(['job-1']);
    expect([...added, ...renewed]).toEqual([]);
  });

  it('leaves an open job its place in the queue, and puts a new one at the end', () => {
    const { added, renewed } = run(
      [item(1, 'download'), item(2, 'download')],
      [earlier(1, 'failed')],
    );
    expect(renewed).toMatchObject([{ position: 7 }]);
    expect(added).toMatchObject([{ position: 100, title: 'Title' }]);
  });

  it('keeps a paused job paused, unless it is wanted all the same', () => {
    const jobs = [earlier(1, 'paused')];
    expect(run([item(1, 'download')], jobs).renewed).toMatchObject([{ state: 'paused' }]);
    const wanted = run([item(1, 'download')], jobs, { resume: true });
    expect(wanted.renewed).toMatchObject([{ state: 'waiting' }]);
  });

  it('goes on with what was cancelled under its old id, at the end of the queue', () => {
    const { renewed, closed } = run([item(1, 'download')], [earlier(1, 'cancelled')]);
    expect(renewed).toMatchObject([{ id: 'job-1', state: 'waiting', position: 100 }]);
    expect(closed).toEqual([]);
  });

  it('leaves a job in the pool alone as long as the plan agrees with it', () => {
    const agreed: Job = {
      ...earlier(1, 'running'),
      formatIds: [27, 7, 6],
      targetPath: 'Artist/Album/01 - Title.flac',
    };
    const options = { live: ['job-1', 'job-2'] };
    const jobs = [agreed, earlier(2, 'running')];
    const found = run([item(1, 'download'), item(2, 'download')], jobs, options);
    expect(found.live.map((job) => job.id)).toEqual(['job-1']);
    expect(found.outdated.map((job) => job.id)).toEqual(['job-2']);
    expect([...found.added, ...found.renewed]).toEqual([]);
  });
});
