import { describe, expect, it } from 'vitest';
import { type Bandwidth, createBandwidth, paced } from '../../../src-main/downloads/bandwidth.ts';
import { fakeClock, settle } from '../../support/fake-clock.ts';

const KB = 1000;

/** A download that takes what it may get, in chunks as a socket gives them. */
function download(bandwidth: Bandwidth, abort = new AbortController()) {
  const state = { bytes: 0, pieces: [] as number[], fault: null as unknown };
  const run = async () => {
    for (;;) {
      await paced(bandwidth, Buffer.alloc(64 * 1024), abort.signal, async (piece) => {
        state.bytes += piece.length;
        state.pieces.push(piece.length);
        // A network never has more than a minute's worth at once.
        if (state.bytes > 50_000 * KB) await new Promise(() => undefined);
      });
    }
  };
  run().catch((fault: unknown) => {
    state.fault = fault;
  });
  return Object.assign(state, { abort });
}

describe('the bandwidth limit', () => {
  it('lets as much through in a second as it says, for all downloads together', async () => {
    const clock = fakeClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(500 * KB);
    const downloads = [download(bandwidth), download(bandwidth), download(bandwidth)];
    await clock.advance(10_000);
    const total = downloads.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total).toBeGreaterThan(4_900 * KB);
    expect(total).toBeLessThan(5_200 * KB);
    // Each has its share.
    for (const { bytes } of downloads) expect(bytes).toBeGreaterThan(1_500 * KB);
  });

  it('is smooth: no second is fuller than another by much, however low it is', async () => {
    const clock = fakeClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(10 * KB);
    const one = download(bandwidth);
    let before = 0;
    for (let second = 0; second < 5; second++) {
      await clock.advance(1000);
      expect(one.bytes - before).toBeGreaterThan(8 * KB);
      expect(one.bytes - before).toBeLessThan(14 * KB);
      before = one.bytes;
    }
    expect(Math.max(...one.pieces)).toBeLessThanOrEqual(KB);
  });

  it('saves nothing up while nobody downloads', async () => {
    const clock = fakeClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(100 * KB);
    await clock.advance(3_600_000);
    const one = download(bandwidth);
    await clock.advance(1000);
    expect(one.bytes).toBeLessThan(140 * KB);
  });

  it('takes a higher limit at once, also for who waits under the old one', async () => {
    const clock = fakeClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(1);
    const one = download(bandwidth);
    await clock.advance(5000);
    expect(one.bytes).toBeLessThan(10);
    bandwidth.setLimit(1000 * KB);
    await clock.advance(1000);
    expect(one.bytes).toBeGreaterThan(900 * KB);
  });

  it('takes a lower one at once', async () => {
    const clock = fakeClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(10_000 * KB);
    const one = download(bandwidth);
    await clock.advance(1000);
    bandwidth.setLimit(10 * KB);
    const before = one.bytes;
    await clock.advance(1000);
    expect(one.bytes - before).toBeLessThan(20 * KB);
  });

  it('holds nothing back once it is off, and nobody asks it then', async () => {
    const clock = fakeClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(1);
    const one = download(bandwidth);
    await clock.advance(100);
    bandwidth.setLimit(0);
    await settle(50);
    expect(bandwidth.isUnlimited()).toBe(true);
    expect(one.bytes).toBeGreaterThan(10_000 * KB);
  });

  it('lets go of who gives up, without a loss for the others', async () => {
    const clock = fakeClock();
    const bandwidth = createBandwidth(clock);
    bandwidth.setLimit(100 * KB);
    const [one, other] = [download(bandwidth), download(bandwidth)];
    await clock.advance(1000);
    const reason = new Error('paused');
    one.abort.abort(reason);
    await settle();
    expect(one.fault).toBe(reason);
    const before = other.bytes;
    await clock.advance(1000);
    expect(other.bytes - before).toBeGreaterThan(80 * KB);
    expect(other.fault).toBeNull();
    other.abort.abort(reason);
    await settle();
    expect(clock.sleeping()).toBe(0);
  });
});
