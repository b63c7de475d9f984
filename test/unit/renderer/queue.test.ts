import { describe, expect, it } from 'vitest';
import { jobId } from '../../../src-preload/contract/ids.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { queueState } from '../../../src-renderer/store/queue-head.ts';
import {
  actionIds,
  albumProgress,
  backlog,
  pausedIds,
  queueRows,
  rowKey,
  sectionOf,
} from '../../../src-renderer/store/queue-rows.ts';
import { fromSnapshot } from '../../../src-renderer/store/reducer.ts';
import { atOnceOf, limitOf, megabytesOf } from '../../../src-renderer/views/activity/bandwidth.ts';
import { detailsText } from '../../../src-renderer/views/activity/details-text.ts';
import { rowAfter } from '../../../src-renderer/views/activity/row-after.ts';
import {
  keptSamples,
  roundTop,
  speedPath,
} from '../../../src-renderer/views/activity/speed-line.ts';
import { albums, SCENES } from '../../support/scenes.ts';

const syncing = fromSnapshot(SCENES.syncing.snapshot);
const closed = { running: true, filter: 'all', toggled: new Set<never>() } as const;
const jobsOf = (at: number): readonly JobView[] => syncing.jobs.get(albums[at]!.id)!;
const [done] = jobsOf(5) as readonly [JobView];
const like = (patch: Partial<JobView>): JobView => ({ ...done, error: null, ...patch });

describe('the rows of the queue', () => {
  it('put what is under way first, then what needs attention, what waits and what is done', () => {
    const sections = queueRows(syncing.jobs, closed).flatMap((row) =>
      row.kind === 'section' ? [`${row.section} ${row.albums}`] : [],
    );
    expect(sections).toEqual(['now 1', 'attention 1', 'next 2', 'done 2']);
  });

  it('open what is under way and what failed, and close the others', () => {
    const open = queueRows(syncing.jobs, closed).flatMap((row) =>
      row.kind === 'album' && row.open ? [row.albumId] : [],
    );
    expect(open).toEqual([albums[5]!.id, albums[3]!.id]);
  });

  it('show only failed files, opened, when asked for them', () => {
    const rows = queueRows(syncing.jobs, { ...closed, filter: 'failed' });
    const files = rows.flatMap((row) => (row.kind === 'job' ? [row.job.state] : []));
    expect(files).toEqual(['failed']);
  });

  it('follow the places of the jobs: an album moved to the top comes first, and so does its file', () => {
    const last = jobsOf(7).at(-1)!;
    const moved = fromSnapshot({
      ...SCENES.syncing.snapshot,
      jobs: SCENES.syncing.snapshot.jobs.map((job) =>
        job.id === last.id ? { ...job, position: -1 } : job,
      ),
    });
    const next = (groups: typeof moved.jobs) => {
      const rows = queueRows(groups, { ...closed, toggled: new Set([albums[7]!.id]) });
      const at = rows.findIndex((row) => row.kind === 'section' && row.section === 'next');
      return rows.slice(at + 1);
    };
    const before = next(syncing.jobs).flatMap((row) => (row.kind === 'album' ? [row.albumId] : []));
    expect(before.slice(0, 2)).toEqual([albums[2]!.id, albums[7]!.id]);
    const [album, job] = next(moved.jobs);
    expect(album).toMatchObject({ kind: 'album', albumId: albums[7]!.id });
    expect(job).toMatchObject({ kind: 'job', job: { id: last.id } });
  });

  it('keep what is paused and what was taken out apart from what waits', () => {
    expect(sectionOf([like({ state: 'paused' }), done], true)).toBe('paused');
    expect(sectionOf([like({ state: 'paused' }), like({ state: 'waiting' })], false)).toBe('next');
    expect(sectionOf([like({ state: 'cancelled' })], true)).toBe('cancelled');
    expect(sectionOf([like({ state: 'cancelled' }), done], true)).toBe('done');
  });

  it('count an album of which no track can be had as neither done nor in need of anybody', () => {
    const gone = like({ state: 'unavailable' });
    const cover = like({ kind: 'cover' });
    expect(sectionOf([gone, gone], false)).toBe('unavailable');
    expect(sectionOf([gone, cover], false)).toBe('unavailable');
    expect(sectionOf([gone, done], false)).toBe('done');
    expect(sectionOf([cover], false)).toBe('done');
    expect(sectionOf([gone, like({ state: 'waiting' })], true)).toBe('next');
  });

  it('keep an album in place between two of its files, and let go once the run stops', () => {
    const waiting = like({ state: 'waiting' });
    expect(sectionOf([done, waiting], true)).toBe('now');
    expect(sectionOf([done, waiting], false)).toBe('next');
  });

  it('have a key of their own each', () => {
    const keys = queueRows(syncing.jobs, closed).map(rowKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what can be done with a job', () => {
  it.each([
    ['waiting', ['pause', 'top', 'cancel']],
    ['running', ['pause', 'cancel']],
    ['retrying', ['pause', 'top', 'cancel']],
    ['paused', ['resume', 'top', 'cancel']],
    ['committing', []],
    ['done', []],
    ['failed', ['retry', 'cancel']],
    ['unavailable', ['retry', 'cancel']],
    ['cancelled', ['restore']],
  ] as const)('that is %s: %s', (state, allowed) => {
    const all = ['resume', 'pause', 'retry', 'restore', 'top', 'cancel'] as const;
    const job = like({ state });
    const order = (names: readonly string[]) => [...names].sort();
    expect(order(all.filter((action) => actionIds([job], action).length > 0))).toEqual(
      order(allowed),
    );
  });

  it('is chosen among an album’s jobs by each one’s state', () => {
    const pausable = jobsOf(5).filter(({ state }) => state !== 'done');
    expect(actionIds(jobsOf(5), 'pause')).toEqual(pausable.map(({ id }) => id));
    expect(actionIds(jobsOf(3), 'retry')).toHaveLength(2);
  });

  it('is no retry before a pre-order comes out', () => {
    const early = like({ state: 'unavailable', error: { code: 'PRE_ORDER', params: {} } });
    expect(actionIds([early], 'retry')).toEqual([]);
  });
});

describe('an album’s progress', () => {
  it('weighs what is there, at the speed of what is under way, without what is refused', () => {
    const jobs = [
      like({ totalBytes: 100, receivedBytes: 0 }),
      like({ state: 'running', totalBytes: 100, receivedBytes: 50, bytesPerSecond: 10 }),
      like({ state: 'waiting', totalBytes: 200, receivedBytes: 0, bytesPerSecond: 99 }),
      like({ state: 'unavailable', totalBytes: 1000 }),
      like({ state: 'cancelled', totalBytes: 1000 }),
    ];
    expect(albumProgress(jobs)).toEqual({ share: 150 / 400, bytesPerSecond: 10, secondsLeft: 25 });
  });

  it('does not guess a time without a speed', () => {
    expect(albumProgress([like({ state: 'waiting' })]).secondsLeft).toBeNull();
    expect(albumProgress([]).share).toBe(0);
  });
});

describe('what is left of the queue', () => {
  const restarted = fromSnapshot(SCENES['queue-restarted'].snapshot);

  it('counts files, bytes and what is paused', () => {
    const left = backlog(restarted.jobs);
    const open = SCENES['queue-restarted'].snapshot.jobs.filter(
      ({ state }) => state === 'waiting' || state === 'paused',
    );
    expect(left.files).toBe(open.length);
    expect(left.bytes).toBe(
      open.reduce((sum, { totalBytes, receivedBytes }) => sum + totalBytes - receivedBytes, 0),
    );
    expect(left.paused).toBeGreaterThan(0);
    expect(pausedIds(restarted.jobs)).toHaveLength(left.paused);
  });
});

describe('what the queue is doing', () => {
  const { run, queue, background } = syncing;
  const now = Date.now();
  const active = run!;
  it.each([
    ['running', {}],
    ['paused', { queue: { paused: true } }],
    ['paused', { run: { ...active, state: 'paused' as const } }],
    ['stopping', { run: { ...active, state: 'stopping' as const }, queue: { paused: true } }],
    ['offline', { run: { ...active, error: { code: 'OFFLINE', params: {} } as const } }],
    ['offline', { background: { ...background, online: false } }],
    ['cooling', { run: { ...active, coolDownUntilMs: now + 1000 } }],
    ['running', { run: { ...active, coolDownUntilMs: now - 1000 } }],
    ['failures', { run: { ...active, state: 'finished' as const } }],
    ['stopped', { run: { ...active, state: 'stopped' as const } }],
    ['waiting', { run: null }],
    ['paused', { run: null, queue: { paused: true } }],
  ] as const)('is %s', (state, patch) => {
    expect(queueState({ run, queue, background, ...patch }, now)).toBe(state);
  });

  it('is finished without failures, and up to date when there was nothing to fetch', () => {
    const clean = { ...active.totals, failed: 0 };
    const ended = { ...active, state: 'finished' as const, totals: clean };
    expect(queueState({ run: ended, queue, background }, now)).toBe('finished');
    const quiet = { ...ended, totals: { ...clean, downloaded: 0 } };
    expect(queueState({ run: quiet, queue, background }, now)).toBe('up-to-date');
  });
});

describe('keys in the queue', () => {
  const rows = queueRows(syncing.jobs, closed);
  const firstAlbum = rows.findIndex((row) => row.kind === 'album');
  const heading = rows.findIndex((row, at) => at > firstAlbum && row.kind === 'section');

  it('pass headings over', () => {
    expect(rowAfter(rows, heading - 1, 'ArrowDown')).toBe(heading + 1);
    expect(rowAfter(rows, heading + 1, 'ArrowUp')).toBe(heading - 1);
  });

  it('stop at the ends and jump to them', () => {
    expect(rowAfter(rows, firstAlbum, 'ArrowUp')).toBeNull();
    expect(rowAfter(rows, rows.length - 1, 'ArrowDown')).toBeNull();
    expect(rowAfter(rows, 5, 'Home')).toBe(firstAlbum);
    expect(rowAfter(rows, 5, 'End')).toBe(rows.length - 1);
    expect(rowAfter(rows, rows.length - 3, 'PageDown')).toBe(rows.length - 1);
    expect(rowAfter(rows, 3, 'PageUp')).toBe(firstAlbum);
    expect(rowAfter(rows, 5, 'a')).toBeNull();
  });
});

describe('the graph of the speed', () => {
  const box = { intervalSeconds: 2, top: 10, width: 300, height: 100 };

  it('ends at the right edge and begins where its past begins', () => {
    expect(speedPath([0, 5, 10], box)).toBe('M296 100L298 50L300 0');
  });

  it('draws nothing from less than two values', () => {
    expect(speedPath([], box)).toBe('');
    expect(speedPath([5], box)).toBe('');
  });

  it('keeps no more than it shows, and fills its width with that', () => {
    const kept = keptSamples(
      Array.from({ length: 1000 }, (_, at) => at),
      2,
    );
    expect(kept).toHaveLength(151);
    expect(kept.at(-1)).toBe(999);
    expect(speedPath(kept, { ...box, top: 1000 })).toMatch(/^M0 /);
  });

  it.each([
    [[], 1000],
    [[11_400_000], 20_000_000],
    [[4_900_000, 1], 5_000_000],
    [[5_000_001], 10_000_000],
    [[1_000_000], 1_000_000],
  ])('has a round number above %j', (samples, top) => {
    expect(roundTop(samples)).toBe(top);
  });
});

describe('limits as they are typed', () => {
  it('are kept in kilobytes, and refused outside their bounds', () => {
    expect(limitOf(5)).toBe(5000);
    expect(limitOf('2.5')).toBe(2500);
    expect(limitOf(0.1)).toBe(100);
    expect(limitOf(1000)).toBe(1_000_000);
    for (const bad of [0, -1, 0.01, 1001, '', 'fast']) expect(limitOf(bad)).toBeNull();
    expect(limitOf(megabytesOf(1234))).toBe(1234);
  });

  it('are whole numbers of downloads from 1 to 8', () => {
    expect(atOnceOf(1)).toBe(1);
    expect(atOnceOf('8')).toBe(8);
    for (const bad of [0, 9, 2.5, '', 'x']) expect(atOnceOf(bad)).toBeNull();
  });
});

describe('details to be copied', () => {
  const failed = jobsOf(3).find(({ state }) => state === 'failed')!;
  const text = detailsText(failed, failed.title, {
    id: jobId('1'),
    path: 'The Velvet Orchard/Paper Kingdoms/04 - Salt.flac',
    formatIds: [6, 5],
    attempts: [
      { number: 1, atMs: 0, error: { code: 'CDN_REFUSED', params: {} }, status: 403 },
      {
        number: 2,
        atMs: 60_000,
        error: { code: 'STREAM_STUB', params: { expectedBytes: 9, bytes: 1 } },
        status: null,
      },
    ],
  });

  it('name file, state and each attempt with its time, code and status', () => {
    expect(text).toContain('state: failed, STREAM_STUB');
    expect(text).toContain('file: The Velvet Orchard/Paper Kingdoms/04 - Salt.flac');
    expect(text).toContain('attempt 1: 1970-01-01T00:00:00.000Z, CDN_REFUSED, HTTP 403');
    expect(text).toContain(
      'attempt 2: 1970-01-01T00:01:00.000Z, STREAM_STUB (expectedBytes=9, bytes=1)',
    );
    expect(text.split('\n')).toHaveLength(7);
  });
});
