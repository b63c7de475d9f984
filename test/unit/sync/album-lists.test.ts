import { describe, expect, it } from 'vitest';
import { CratefulError } from '../../../src-main/errors.ts';
import { createAlbumLists } from '../../../src-main/sync/album-lists.ts';
import { groupByAlbum } from '../../../src-main/sync/ownership.ts';
import type { AlbumDetail } from '../../../src-preload/contract/catalogue.ts';
import { detail, purchase } from '../../integration/library/rows.ts';

const OWNED = groupByAlbum([purchase('a')])[0]!;
const asking = (abort = new AbortController()) => ({
  abort,
  how: { priority: 'listing' as const, signal: abort.signal },
});

/** Lists over a service whose answers the test gives, call by call. */
function setup() {
  const calls: PromiseWithResolvers<AlbumDetail & { complete: boolean }>[] = [];
  const cache = new Map<string, AlbumDetail>();
  const lists = createAlbumLists({
    qobuz: {
      album(_id, { signal }) {
        const call = Promise.withResolvers<AlbumDetail & { complete: boolean }>();
        signal?.addEventListener('abort', () => call.reject(signal.reason));
        calls.push(call);
        return call.promise;
      },
    },
    library: {
      albums: {
        get: async (id: string) => cache.get(id) ?? null,
        put: async (put: AlbumDetail) => void cache.set(put.album.id, put),
        known: async () => new Set(),
      } as never,
    },
    events: { emit: () => ({}) as never },
  });
  return { lists, calls };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('those who ask for one track list at a time', () => {
  it('share one call', async () => {
    const { lists, calls } = setup();
    const both = Promise.all([lists.of(OWNED, asking().how), lists.of(OWNED, asking().how)]);
    await turn();
    calls[0]!.resolve({ ...detail('a', 1, 2), complete: true });
    expect((await both).map((list) => list.detail.tracks.length)).toEqual([2, 2]);
    expect(calls).toHaveLength(1);
  });

  it('do not share that the first gave up: the second asks for itself', async () => {
    const { lists, calls } = setup();
    const first = asking();
    const given = lists.of(OWNED, first.how).catch((error: unknown) => error);
    await turn();
    const second = lists.of(OWNED, asking().how);
    await turn();
    first.abort.abort(new CratefulError('CANCELLED'));
    expect(await given).toMatchObject({ code: 'CANCELLED' });
    await turn();
    calls[1]!.resolve({ ...detail('a', 1), complete: true });
    expect((await second).detail.tracks).toHaveLength(1);
  });

  it('do not wait for the first when the second gives up, and the first goes on', async () => {
    const { lists, calls } = setup();
    const first = lists.of(OWNED, asking().how);
    await turn();
    const second = asking();
    const waiting = lists.of(OWNED, second.how).catch((error: unknown) => error);
    await turn();
    second.abort.abort(new CratefulError('CANCELLED'));
    expect(await waiting).toMatchObject({ code: 'CANCELLED' });
    calls[0]!.resolve({ ...detail('a', 1), complete: true });
    expect((await first).state).toBe('complete');
  });

  it('share a fault', async () => {
    const { lists, calls } = setup();
    const both = Promise.allSettled([lists.of(OWNED, asking().how), lists.of(OWNED, asking().how)]);
    await turn();
    calls[0]!.reject(new CratefulError('OFFLINE'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls).toHaveLength(1);
  });
});
