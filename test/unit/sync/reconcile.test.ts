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
const next = { id: () => jobId('new'), position: () => 1 };

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
});

const run = (items: readonly PlanItem[], jobs: readonly Job[]) =>
  reconcile(
    { albumId: albumId('album'), folder: 'Artist/Album', items },
    new Map(jobs.map((job) => [subjectOf(job), job])),
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
});
