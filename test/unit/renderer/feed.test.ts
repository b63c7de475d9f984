import { describe, expect, it, vi } from 'vitest';
import type { CallReply } from '../../../src-preload/contract/calls.ts';
import type { Delta, Snapshot } from '../../../src-preload/contract/views.ts';
import { openFeed } from '../../../src-renderer/store/feed.ts';
import { ACCOUNT, EMPTY_SNAPSHOT, ROOT } from '../../support/fake-bridge.ts';

/** A bridge whose snapshots are answered by hand. */
function slowBridge() {
  const answers: ((reply: CallReply<Snapshot>) => void)[] = [];
  const listeners = new Set<(delta: Delta) => void>();
  return {
    bridge: {
      getSnapshot: () => new Promise<CallReply<Snapshot>>((resolve) => answers.push(resolve)),
      onDelta: (listener: (delta: Delta) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    answer: (place: number, value: Snapshot) => answers[place]?.({ ok: true, value }),
    asked: () => answers.length,
    send: (delta: Delta) => {
      for (const listener of listeners) listener(delta);
    },
    listeners,
    answers,
  };
}

describe('the feed', () => {
  it('folds in the deltas that arrived while the snapshot was on its way, and no older one', async () => {
    const slow = slowBridge();
    const feed = openFeed(slow.bridge);
    slow.send({ seq: 4, root: null });
    slow.send({ seq: 5, root: ROOT });
    slow.send({ seq: 6, account: ACCOUNT });
    slow.answer(0, { ...EMPTY_SNAPSHOT, seq: 5, root: { ...ROOT, freeBytes: 7 } });
    await vi.waitFor(() => expect(feed.store.getState().mirror).not.toBeNull());
    const { mirror } = feed.store.getState();
    expect(mirror?.root?.freeBytes).toBe(7);
    expect(mirror?.account).toEqual(ACCOUNT);
    expect(mirror?.seq).toBe(6);
  });

  it('asks for a new snapshot on reset and forgets what the old engine said', async () => {
    const slow = slowBridge();
    const feed = openFeed(slow.bridge);
    slow.answer(0, { ...EMPTY_SNAPSHOT, seq: 90, account: ACCOUNT });
    await vi.waitFor(() => expect(feed.store.getState().mirror?.seq).toBe(90));
    slow.send({ seq: 91, reset: true });
    expect(slow.asked()).toBe(2);
    slow.answer(1, { ...EMPTY_SNAPSHOT, seq: 0, app: { ...EMPTY_SNAPSHOT.app, demo: true } });
    await vi.waitFor(() => expect(feed.store.getState().mirror?.app.demo).toBe(true));
    slow.send({ seq: 1, root: ROOT });
    expect(feed.store.getState().mirror?.root).toEqual(ROOT);
    expect(feed.store.getState().mirror?.account).toBeNull();
  });

  it('drops a snapshot that a later reset overtook', async () => {
    const slow = slowBridge();
    const feed = openFeed(slow.bridge);
    slow.send({ seq: 1, reset: true });
    slow.answer(1, { ...EMPTY_SNAPSHOT, seq: 3, root: ROOT });
    await vi.waitFor(() => expect(feed.store.getState().mirror?.seq).toBe(3));
    slow.answer(0, { ...EMPTY_SNAPSHOT, seq: 2 });
    await Promise.resolve();
    expect(feed.store.getState().mirror?.root).toEqual(ROOT);
  });

  it('shows the fault that kept the snapshot away, and recovers when asked again', async () => {
    const slow = slowBridge();
    const feed = openFeed(slow.bridge);
    slow.answers[0]?.({ ok: false, error: { code: 'DATABASE_TOO_NEW', params: {} } });
    await vi.waitFor(() => expect(feed.store.getState().fault?.code).toBe('DATABASE_TOO_NEW'));
    void feed.refresh();
    slow.answer(1, EMPTY_SNAPSHOT);
    await vi.waitFor(() => expect(feed.store.getState().mirror).not.toBeNull());
    expect(feed.store.getState().fault).toBeNull();
  });

  it('hears nothing more once stopped', async () => {
    const slow = slowBridge();
    openFeed(slow.bridge).stop();
    expect(slow.listeners.size).toBe(0);
  });
});
