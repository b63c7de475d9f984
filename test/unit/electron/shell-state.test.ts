import { describe, expect, it } from 'vitest';
import { createShellState } from '../../../src-main/electron/shell-state.ts';
import { albumId, jobId, rootId, trackId } from '../../../src-preload/contract/ids.ts';
import type { JobView, Snapshot } from '../../../src-preload/contract/views.ts';
import { EMPTY_SNAPSHOT, ROOT } from '../../support/fake-bridge.ts';
import { settle } from '../../support/fake-clock.ts';
import { shellRun } from '../../support/shell-facts.ts';

const job = (id: string, change: Partial<JobView>) =>
  ({
    id: jobId(id),
    albumId: albumId('album1'),
    albumTitle: 'Slow Weather',
    trackId: trackId(1),
    kind: 'track',
    path: 'a/b.flac',
    state: 'waiting',
    ...change,
  }) as JobView;

async function scene(snapshot: Snapshot = EMPTY_SNAPSHOT) {
  const engine = { snapshot, asked: 0, recent: 0 };
  const state = createShellState(async () => ({
    snapshot: async () => {
      engine.asked += 1;
      return engine.snapshot;
    },
    recentAdditions: async () => {
      engine.recent += 1;
      return [{ albumId: albumId('album1'), title: 'Slow Weather', artist: 'Mira' }];
    },
  }));
  await settle();
  const facts = () => {
    const known = state.facts();
    if (!known) throw new Error('no facts yet');
    return known;
  };
  return { state, engine, facts };
}

describe('what the shell knows', () => {
  it('is asked for at the start, with what failed and what came last', async () => {
    const { facts } = await scene({ ...EMPTY_SNAPSHOT, jobs: [job('1', { state: 'failed' })] });
    expect([...facts().failed.values()]).toEqual(['album1/1']);
    expect(facts().recent).toHaveLength(1);
    expect(facts().added.size).toBe(0);
  });

  it('is kept by deltas, and not by those it has seen', async () => {
    const { state, facts } = await scene({ ...EMPTY_SNAPSHOT, seq: 5 });
    state.heard({ seq: 5, queue: { paused: true } });
    expect(facts().queue.paused).toBe(false);
    state.heard({ seq: 6, queue: { paused: true } });
    expect(facts().queue.paused).toBe(true);
    expect(facts().settings).toEqual(EMPTY_SNAPSHOT.settings);
    state.heard({ seq: 7, account: null });
    expect(facts().account).toBeNull();
  });

  it('notes each album once that gets a track, and what fails until it does not', async () => {
    const { state, facts } = await scene();
    const upsert = [
      job('1', { state: 'done' }),
      job('2', { state: 'done', trackId: trackId(2) }),
      job('3', { state: 'done', kind: 'cover', albumId: albumId('album2') }),
      job('4', { state: 'failed', trackId: trackId(4) }),
    ];
    state.heard({ seq: 1, jobs: { upsert, removed: [] } });
    expect([...facts().added]).toEqual([['album1', 'Slow Weather']]);
    expect([...facts().failed.values()]).toEqual(['album1/4']);
    state.toldAdded();
    expect(facts().added.size).toBe(0);
    state.heard({ seq: 2, jobs: { upsert: [], removed: [jobId('4')] } });
    expect(facts().failed.size).toBe(0);
  });

  it('asks again what came last when a run has ended or another folder is in use', async () => {
    const { state, engine } = await scene();
    expect(engine.recent).toBe(1);
    state.heard({ seq: 1, run: shellRun('running') });
    expect(engine.recent).toBe(1);
    state.heard({ seq: 2, run: shellRun('finished') });
    await settle();
    expect(engine.recent).toBe(2);
    state.heard({ seq: 3, root: { ...ROOT, id: rootId('other') } });
    await settle();
    expect(engine.recent).toBe(3);
  });

  it('begins anew with another engine', async () => {
    const { state, engine, facts } = await scene();
    state.heard({ seq: 1, jobs: { upsert: [job('1', { state: 'failed' })], removed: [] } });
    engine.snapshot = { ...EMPTY_SNAPSHOT, seq: 9 };
    state.heard({ seq: 2, reset: true });
    await settle();
    expect(engine.asked).toBe(2);
    expect(facts().failed.size).toBe(0);
  });
});
