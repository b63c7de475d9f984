import { describe, expect, it } from 'vitest';
import { isRoomAgain, type Shortage } from '../../../src-main/sync/room.ts';

const SHORT: Shortage = { neededBytes: 500, usableBytes: 100, tryAtPassedMs: 1000 };

describe('room on a disk that was full', () => {
  it('is there once the next file fits, and not a byte before', () => {
    expect(isRoomAgain(SHORT, 499, 0)).toBe(false);
    expect(isRoomAgain(SHORT, 500, 0)).toBe(true);
    expect(isRoomAgain(SHORT, 499, 5000)).toBe(false);
  });

  it('is not believed where nothing was freed, as with a quota, until its time for a try has come', () => {
    const quota = { ...SHORT, usableBytes: 9000 };
    expect(isRoomAgain(quota, 9000, 999)).toBe(false);
    expect(isRoomAgain(quota, 9001, 999)).toBe(true);
    expect(isRoomAgain(quota, 9000, 1000)).toBe(true);
  });
});
